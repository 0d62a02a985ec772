/** What Lium, Bittensor's subnet 51, says it took in, by complete month. */
import { z } from 'zod';
import type { Dropped, Reading, Request } from '../../core/ports.ts';
import { DAY, HOUR, type Instant } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { type Piece, without } from '../figures.ts';
import { readBody } from '../json.ts';
import { missing } from '../missing.ts';

const ID = 'lium-revenue';
const SERIES = 'lium.revenue';
const REVENUE: Request = { url: 'https://lium.io/api/billing/revenue-for-validators' };
const MONTH = 31 * DAY;
/** More than the provider has, and enough for any window. */
const MOST_MONTHS = 800;

const Months = z.record(z.string(), z.unknown());
/** USD by the address of a validator. */
const Amounts = z.record(z.string(), z.number().nonnegative());

/** The sample stands at the end of its month, as the mean of the month's days; the running month is left out. */
export function liumRevenue({ every = 12 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Lium revenue',
    homepage: 'https://lium.io',
    about: 'Revenue of Bittensor subnet 51 by month, as a mean a day.',
    terms: 'Public API; it says nothing on programs that ask.',
    key: null,
    limits: 'None published; asked twice a day.',
    least: HOUR,
    confidence: 'medium',
    caveats: [
      'Its meaning is disputed: all that users paid, or only the part of it that goes to validators.',
      'A month is told as the mean of its days, once it is over.',
    ],
    every,
    series: [{ id: SERIES, refresh: MONTH }],
    requests: () => [REVENUE],
    parse: (reply, _request, now) => {
      const months = readBody(reply, Months);
      return months.ok ? readMonths(months.value, now) : without(SERIES, months.reason);
    },
  };
}

function readMonths(months: Readonly<Record<string, unknown>>, now: Instant): Reading {
  const running = monthAt(now);
  const read = Object.entries(months).flatMap(([name, amounts]): readonly Month[] => {
    const month = monthNamed(name);
    return month === running ? [] : [{ name, month, total: totalOf(amounts, month, running) }];
  });
  const samples = read
    .flatMap(({ month, total }) => (month !== undefined && total.ok ? [{ month, total: total.value }] : []))
    .toSorted((a, b) => a.month - b.month)
    .slice(-MOST_MONTHS)
    .map(({ month, total }) => ({ series: SERIES, at: startOf(month + 1), value: total / daysOf(month), source: ID }));
  return { samples, articles: [], dropped: [...refused(read), ...left(read, running, samples.length)] };
}

/** `month` counts months from year 0; undefined for a key that is no month. */
type Month = { readonly name: string; readonly month: number | undefined; readonly total: Piece<number> };

function refused(months: readonly Month[]): readonly Dropped[] {
  return months.flatMap(({ name, month, total }) =>
    total.ok ? [] : [{ what: SERIES, reason: month === undefined ? total.reason : `${name}: ${total.reason}` }],
  );
}

function left(months: readonly Month[], running: number, samples: number): readonly Dropped[] {
  const known = months.flatMap(({ month }) => (month === undefined ? [] : [month]));
  const lost = missing(known, running);
  return [
    ...(samples === 0 ? [{ what: SERIES, reason: 'there is no complete month' }] : []),
    ...(lost === 0 ? [] : [{ what: SERIES, reason: `${lost} of the months up to the last are not in the answer` }]),
  ];
}

/** The reasons name no address: whose revenue it is does not matter here. */
function totalOf(amounts: unknown, month: number | undefined, running: number): Piece<number> {
  if (month === undefined) return { ok: false, reason: 'a key is not a month such as 2026-05' };
  if (month > running) return { ok: false, reason: 'is to come' };
  const read = Amounts.safeParse(amounts).data;
  if (read === undefined) return { ok: false, reason: 'is not amounts of USD by address' };
  const values = Object.values(read);
  if (values.length === 0) return { ok: false, reason: 'nobody is in it, which is not a revenue of 0' };
  // Smallest first: doubles added in another order give another sum.
  const total = values.toSorted((a, b) => a - b).reduce((sum, value) => sum + value, 0);
  return Number.isFinite(total) ? { ok: true, value: total } : { ok: false, reason: 'is more than a number can hold' };
}

function monthNamed(name: string): number | undefined {
  const [, year, month] = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(name) ?? [];
  return year === undefined ? undefined : Number(year) * 12 + Number(month) - 1;
}

function monthAt(instant: Instant): number {
  const date = new Date(instant);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function startOf(month: number): Instant {
  return Date.UTC(Math.floor(month / 12), month % 12, 1);
}

function daysOf(month: number): number {
  return (startOf(month + 1) - startOf(month)) / DAY;
}
