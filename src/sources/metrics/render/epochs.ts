/** The Render Network's epochs: which days a row of its statistics means. */
import { DAY, type Duration, type Instant } from '../../../core/time.ts';
import { readInstant } from '../../instant.ts';

const WEEK: Duration = 7 * DAY;
/**
 * Epoch 1 ran from 2023-12-20 to 2023-12-27, as the Foundation announced, and epoch 97 to 2025-10-29: all of them in
 * between lasted from Wednesday to Wednesday in the Foundation's own statistics.
 */
const BEGINNING: Instant = Date.UTC(2023, 11, 20);
/** Rows with such ids are totals, not epochs. */
export const FIRST_TOTAL = 10_000;
/** What the store keeps; older epochs are left out. */
export const KEPT: Duration = 800 * DAY;
/** Other channels began a month earlier. */
const EARLIEST: Instant = Date.UTC(2023, 0, 1);
const LONGEST: Duration = 366 * DAY;

/** From the first moment to the last; both are midnights, or a few hours later. */
export type Span = { readonly start: Instant; readonly end: Instant };

/** When an epoch runs by its number alone: good while epochs last a week. */
export function weekOf(epoch: number): Span {
  const start = BEGINNING + (epoch - 1) * WEEK;
  return { start, end: start + WEEK };
}

/** The epoch that runs now by the calendar. */
export function runningEpoch(now: Instant): number {
  return Math.floor((now - BEGINNING) / WEEK) + 1;
}

/** By the row's own dates; null where it has none, a reason where they cannot be. */
export function spanOf(start: unknown, end: unknown): Span | string | null {
  if ((start ?? null) === null && (end ?? null) === null) return null;
  const [from, to] = [readInstant(start), readInstant(end)];
  if (from === undefined || to === undefined) return 'its start and end are not two instants';
  if (from < EARLIEST) return 'it starts before there were epochs';
  const span = { start: from, end: to };
  const days = daysOf(span);
  return days >= 1 && days * DAY <= LONGEST ? span : `it lasts ${days} days`;
}

/** Whole days: some epochs began or ended two hours late. */
export function daysOf({ start, end }: Span): number {
  return dayOf(end) - dayOf(start);
}

/** The UTC day whose midnight is nearest, as a number. */
export function dayOf(at: Instant): number {
  return Math.round(at / DAY);
}
