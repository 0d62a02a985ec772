/** RENDER owed for work, as new tokens a day, by weekly epoch. */
import { z } from 'zod';
import type { Reading } from '../../../core/ports.ts';
import type { Instant } from '../../../core/time.ts';
import { readPiece, without } from '../../figures.ts';
import { once } from '../../once.ts';
import { amountOf } from './amount.ts';
import { dayOf, daysOf, FIRST_TOTAL, KEPT, type Span, spanOf, weekOf } from './epochs.ts';

const SERIES = 'render.minted';
/** Amounts are integers of 1e-8 RENDER. */
const UNITS = 1e8;

/** Its epochs are those of the burns, and set the days that are given. */
const WORK = 'node_operator';
/** Channels whose epochs have the numbers of the burns. All others have a calendar, and numbers, of their own. */
const WEEKLY: ReadonlySet<string> = new Set([WORK, 'availability']);
/** Paid for moving tokens from Ethereum to Solana, not for work. */
const MOVING = 'upgrade';

const Row = z
  .object({ epochId: z.int().nonnegative(), channel: z.string().min(1), start: z.unknown(), end: z.unknown() })
  .partial({ start: true, end: true });
const Amount = z.object({ amountDue: amountOf(z.int().nonnegative()) });
/** There is always work: nothing owed for it is a failure. */
const Earned = z.object({ amountDue: amountOf(z.int().positive()) });

/** One row: what a channel owes for its epoch. Null: it is in the answer, but cannot be read. */
type Owed = {
  readonly channel: string;
  readonly epoch: number;
  readonly span: Span;
  readonly amount: number | null;
};

/**
 * Every row is spread evenly over its own days, as the channels' epochs differ; a weekly epoch has the mean of its
 * days. A row that cannot be read spoils its days, and all of them where it does not tell its days.
 */
export function readMinted(rows: readonly unknown[], source: string, now: Instant): Reading {
  const owed = readRows(rows);
  if (typeof owed === 'string') return without(SERIES, owed);
  const daily = spread(owed);
  const weeks = settled(owed, now);
  const samples = weeks
    .map(({ span }) => ({ series: SERIES, at: span.end, value: mean(daily, span) / UNITS, source }))
    .filter(({ value }) => Number.isFinite(value));
  const lost = weeks.length - samples.length;
  const dropped =
    lost === 0
      ? []
      : [{ what: `${SERIES} of ${lost} epochs`, reason: 'an amount that belongs to it is not readable, or 0' }];
  if (weeks.length === 0) dropped.push({ what: SERIES, reason: 'no epoch that is over is in the answer, whole' });
  return { samples, articles: [], dropped };
}

/** Epochs that are over. One that lacks a channel which the epoch before had is not settled yet. */
function settled(owed: readonly Owed[], now: Instant): readonly Owed[] {
  const present = new Set(owed.map(({ channel, epoch }) => `${channel} ${epoch}`));
  const isWhole = (epoch: number): boolean =>
    [...WEEKLY].every((channel) => present.has(`${channel} ${epoch}`) || !present.has(`${channel} ${epoch - 1}`));
  return owed.filter(
    ({ channel, epoch, span }) => channel === WORK && span.end <= now && span.end > now - KEPT && isWhole(epoch),
  );
}

/** Each epoch of a channel once, in an order that does not depend on the answer's. */
function readRows(rows: readonly unknown[]): readonly Owed[] | string {
  const found: [string, Owed][] = [];
  for (const [index, item] of rows.entries()) {
    const row = readPiece(Row, item);
    if (!row.ok) return `row ${index}: ${row.reason}`;
    const { epochId, channel, start, end } = row.value;
    if (epochId >= FIRST_TOTAL || channel === MOVING) continue;
    const own = spanOf(start, end);
    if (typeof own === 'string') return `row ${index}: ${own}`;
    const span = own ?? (WEEKLY.has(channel) ? weekOf(epochId) : null);
    // An undated row of another calendar may be of any year: it cannot be counted.
    if (span === null) continue;
    const amount = readPiece(channel === WORK ? Earned : Amount, item);
    found.push([
      `${channel} ${String(epochId).padStart(4, '0')}`,
      { channel, epoch: epochId, span, amount: amount.ok ? amount.value.amountDue : null },
    ]);
  }
  const { kept, torn } = once(found);
  if (torn.length > 0) return `${torn[0]} is in the answer twice, with different figures`;
  return [...kept].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

/** Base units by day; NaN where something of the day is not known. */
function spread(owed: readonly Owed[]): ReadonlyMap<number, number> {
  const daily = new Map<number, number>();
  for (const { span, amount } of owed) {
    const share = amount === null ? Number.NaN : amount / daysOf(span);
    for (let day = dayOf(span.start); day < dayOf(span.end); day++) daily.set(day, (daily.get(day) ?? 0) + share);
  }
  return daily;
}

function mean(daily: ReadonlyMap<number, number>, span: Span): number {
  let sum = 0;
  for (let day = dayOf(span.start); day < dayOf(span.end); day++) sum += daily.get(day) ?? 0;
  return sum / daysOf(span);
}
