/** io.net's own account of what the network earned, day by day. */
import { z } from 'zod';
import type { Reading } from '../../../core/ports.ts';
import { DAY, type Instant, parseInstant } from '../../../core/time.ts';
import { readPiece, without } from '../../figures.ts';
import { readInstant } from '../../instant.ts';
import { once } from '../../once.ts';

const SERIES = 'ionet.revenue';
export const EARNINGS_SERIES: readonly string[] = [SERIES];

/** What the store keeps; older days are not looked at. */
const KEPT = 800 * DAY;
const MOST_ROWS = 200_000;
/** `2026-07-16`, also with midnight behind it, with or without a zone. */
const DAY_TEXT = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?)?$/;

const Body = z.object({
  status: z.literal('succeeded', { error: 'is not "succeeded"' }).optional(),
  data: z.array(z.unknown()).max(MOST_ROWS),
});
const Named = z.object({ date: z.unknown(), day: z.unknown(), timestamp: z.unknown() }).partial();
const Earned = z.object({ daily_earnings: z.number().nonnegative() });

/** USD of the UTC day that starts at `day`. */
type Earning = { readonly day: Instant; readonly value: number };
/** Why days were not used, and how many. */
type Reasons = Map<string, number>;

/** Complete UTC days in USD, each at its end. Rows that do not name their day cannot be told from last month's. */
export function readEarnings(body: unknown, source: string, now: Instant): Reading {
  const earnings = readPiece(Body, body);
  if (!earnings.ok) return without(SERIES, earnings.reason);
  const reasons: Reasons = new Map();
  const days = readDays(earnings.value.data, now, reasons);
  const samples = [...days]
    .filter(([day, value]) => isAlive(value, days.get(day - DAY), reasons))
    .map(([day, value]) => ({ series: SERIES, at: day + DAY, value, source }));
  if (samples.length === 0) count(reasons, 'no complete day has earnings');
  const dropped = [...reasons].map(([reason, rows]) => ({
    what: SERIES,
    reason: rows > 1 ? `${reason} (${rows} rows)` : reason,
  }));
  return { samples, articles: [], dropped };
}

/** USD by the start of its day, for the days that are over and readable. */
function readDays(rows: readonly unknown[], now: Instant, reasons: Reasons): ReadonlyMap<Instant, number> {
  const found = rows.flatMap((row): [string, Earning][] => {
    const day = dayOf(row);
    if (day === undefined) {
      count(reasons, 'a row does not name its UTC day: save the answer with `tierwatch probe ionet --record DIR`');
      return [];
    }
    if (day + DAY > now || day + DAY <= now - KEPT) return [];
    const earned = readPiece(Earned, row);
    if (earned.ok) return [[String(day), { day, value: earned.value.daily_earnings }]];
    count(reasons, earned.reason);
    return [];
  });
  const { kept, torn } = once(found);
  for (const _ of torn) count(reasons, 'a day is in the answer twice, with different figures');
  return new Map([...kept.values()].map(({ day, value }) => [day, value]));
}

/** The start of the row's day; undefined where it names none. */
function dayOf(row: unknown): Instant | undefined {
  const named = Named.safeParse(row).data;
  const value = named?.date ?? named?.day ?? named?.timestamp;
  const match = typeof value === 'string' ? DAY_TEXT.exec(value) : null;
  const day = match === null ? readInstant(value) : parseInstant(match[1] as string);
  return day !== undefined && day > 0 && day % DAY === 0 ? day : undefined;
}

/** A job that stopped goes on with zeros, or with its last figure. */
function isAlive(value: number, before: number | undefined, reasons: Reasons): boolean {
  if (value === 0) count(reasons, 'a day earned 0, which a dead job says too');
  else if (value === before) count(reasons, 'a day repeats the day before to the cent, as a dead job does');
  else return true;
  return false;
}

function count(reasons: Reasons, reason: string): void {
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}
