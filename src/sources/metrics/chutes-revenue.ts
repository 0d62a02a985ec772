/** What users paid Chutes, Bittensor's subnet 64, by complete UTC day. */
import { z } from 'zod';
import type { Dropped, Reading, Request } from '../../core/ports.ts';
import { DAY, HOUR, type Instant, parseInstant, toDay } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { type Piece, readPiece, without } from '../figures.ts';
import { readBody } from '../json.ts';
import { missing } from '../missing.ts';
import { once } from '../once.ts';

const ID = 'chutes-revenue';
const SERIES = 'chutes.revenue';
/** Of the last 90 days, newest first. `/payments/summary/tao` is a part of these, in USD despite its name: never added. */
const REVENUE: Request = { url: 'https://api.chutes.ai/daily_revenue_summary' };
const MOST_DAYS = 800;

const List = z.array(z.unknown()).max(200_000);
const Dated = z.object({ date: z.iso.date() });
const Usd = z.number().nonnegative();
/** The total holds what the subnet pays for itself and what is not settled: neither is a user's payment. */
const External = z
  .object({ total_revenue: Usd, sponsored_inference: Usd, pending_instance_revenue: Usd })
  .transform((day) => day.total_revenue - day.sponsored_inference - day.pending_instance_revenue)
  .refine((external) => external >= 0, { error: 'the parts of the total are more than the total' });

/** Today's row grows during the day, and is left out; a sample stands at the end of its day. */
export function chutesRevenue({ every = 6 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Chutes daily revenue',
    homepage: 'https://chutes.ai',
    about: 'What users of Bittensor subnet 64 paid, by complete UTC day.',
    terms: 'Public API of an open-source project; it says nothing on programs that ask.',
    key: null,
    limits: 'None published; asked four times a day.',
    least: HOUR,
    confidence: 'high',
    caveats: [
      "Inference that the subnet pays for itself and instances not settled yet are taken off the provider's total.",
      'DefiLlama reads the same endpoint, and takes neither off: its figure is higher by them.',
      'One report says that it asks for a login; it did not in August 2026.',
    ],
    every,
    series: [{ id: SERIES, refresh: DAY }],
    requests: () => [REVENUE],
    parse: (reply, _request, now) => {
      const list = readBody(reply, List);
      return list.ok ? readDays(list.value, now) : without(SERIES, list.reason);
    },
  };
}

function readDays(list: readonly unknown[], now: Instant): Reading {
  const running = Math.floor(now / DAY);
  const dated = list.map((row) => ({ row, day: dayOf(row) }));
  const closed = dated.flatMap(({ row, day }) => (day !== undefined && day < running ? [{ row, day }] : []));
  const { kept, torn } = once(closed.map(({ row, day }) => [String(day), figureOf(row, day)] as const));
  const days = [...kept.values()];
  const samples = days
    .flatMap(({ day, revenue }) => (revenue.ok ? [{ day, value: revenue.value }] : []))
    .toSorted((a, b) => a.day - b.day)
    .slice(-MOST_DAYS)
    .map(({ day, value }) => ({ series: SERIES, at: (day + 1) * DAY, value, source: ID }));
  const reasons = [
    ...(samples.length === 0 ? ['there is no complete day'] : []),
    ...odd(
      dated.map(({ day }) => day),
      running,
    ),
    ...torn.map((day) => `${nameOf(Number(day))}: is there several times, with different figures`),
    ...days.flatMap(({ day, revenue }) => (revenue.ok ? [] : [`${nameOf(day)}: ${revenue.reason}`])),
  ];
  return { samples, articles: [], dropped: reasons.map((reason): Dropped => ({ what: SERIES, reason })) };
}

/** Days since 1970; undefined where a row has no date, as the provider's own code allows. */
function dayOf(row: unknown): number | undefined {
  const date = Dated.safeParse(row).data?.date;
  const at = date === undefined ? undefined : parseInstant(date);
  return at === undefined ? undefined : at / DAY;
}

type Day = { readonly day: number; readonly revenue: Piece<number> };

function figureOf(row: unknown, day: number): Day {
  return { day, revenue: readPiece(External, row) };
}

/** What is wrong with the list as a whole. */
function odd(days: readonly (number | undefined)[], running: number): readonly string[] {
  const known = days.filter((day) => day !== undefined);
  const later = known.filter((day) => day > running).length;
  const lost = missing(known, running);
  return [
    ...(known.length === days.length ? [] : [`${days.length - known.length} rows have no date`]),
    ...(later === 0 ? [] : [`${later} rows are of days to come`]),
    ...(lost === 0 ? [] : [`${lost} of the days up to yesterday are not in the answer`]),
  ];
}

function nameOf(day: number): string {
  return toDay(day * DAY);
}
