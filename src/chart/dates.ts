/** Round dates along the time axis, in UTC, and how they are written. */
import { DAY, type Duration, HOUR, type Instant, MINUTE } from '../core/time.ts';

export type DateTick = { readonly at: Instant; readonly label: string };

/** More than this would not fit beside each other. */
const MOST = 6;
const FIXED: readonly Duration[] = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7, 14].map((days) => days * DAY),
];
/** Months, up to a thousand years. */
const CALENDAR = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12_000] as const;
const MONTH = 30 * DAY;
/** Weeks begin on Mondays; the first of 1970 was a Thursday. */
const MONDAY = 4 * DAY;

/** At most seven ticks. The first says the most: the day before an hour, the year after a day or a month. */
export function dateTicks(from: Instant, to: Instant): readonly DateTick[] {
  const fixed = FIXED.find((step) => (to - from) / step <= MOST);
  if (fixed !== undefined) return fixedTicks(from, to, fixed);
  const months = CALENDAR.find((step) => (to - from) / (step * MONTH) <= MOST) ?? 12_000;
  return calendarTicks(from, to, months);
}

function fixedTicks(from: Instant, to: Instant, step: Duration): readonly DateTick[] {
  const start = Math.ceil((from - MONDAY) / step) * step + MONDAY;
  const count = Math.max(0, Math.floor((to - start) / step) + 1);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * step;
    if (step >= DAY) return { at, label: index === 0 ? `${day(at)} ${year(at)}` : day(at) };
    if (at % DAY === 0) return { at, label: day(at) };
    return { at, label: index === 0 ? `${day(at)} ${time(at)}` : time(at) };
  });
}

function calendarTicks(from: Instant, to: Instant, step: number): readonly DateTick[] {
  const ticks: DateTick[] = [];
  const first = new Date(from);
  let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step;
  for (; instantOf(month) <= to; month += step) {
    const at = instantOf(month);
    if (at < from) continue;
    const name = month % 12 === 0 ? year(at) : monthName(at);
    ticks.push({ at, label: ticks.length === 0 && month % 12 !== 0 ? `${name} ${year(at)}` : name });
  }
  return ticks;
}

/** The beginning of a month counted from the year 0. */
function instantOf(month: number): Instant {
  return Date.UTC(Math.floor(month / 12), month % 12);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function monthName(at: Instant): string {
  return MONTHS[new Date(at).getUTCMonth()] as string;
}

function day(at: Instant): string {
  return `${new Date(at).getUTCDate()} ${monthName(at)}`;
}

function year(at: Instant): string {
  return String(new Date(at).getUTCFullYear());
}

function time(at: Instant): string {
  return new Date(at).toISOString().slice(11, 16);
}
