/** RENDER burned by epoch, as tokens a day. */
import { z } from 'zod';
import type { Reading } from '../../../core/ports.ts';
import type { Sample } from '../../../core/series.ts';
import type { Instant } from '../../../core/time.ts';
import { join, readPiece, without } from '../../figures.ts';
import { once } from '../../once.ts';
import { amountOf } from './amount.ts';
import { daysOf, FIRST_TOTAL, KEPT, runningEpoch, spanOf, weekOf } from './epochs.ts';

const SERIES = 'render.burned';

const Epoch = z
  .object({ id: z.int().nonnegative(), startDate: z.unknown(), endDate: z.unknown() })
  .partial({ startDate: true, endDate: true });
/** In tokens. An epoch without any burn was never seen. */
const Burned = z.object({
  burnedRender: amountOf(z.number().positive({ error: 'is 0 or less: not settled yet, or failed' })),
});

/** Epochs that are over, each at its end: the tokens burned in it by its days. */
export function readBurned(rows: readonly unknown[], source: string, now: Instant): Reading {
  const readings: Reading[] = [];
  const found: [string, Sample][] = [];
  for (const [index, row] of rows.entries()) {
    const read = readEpoch(row, source, now);
    if (typeof read === 'string') readings.push(without(`${SERIES} of row ${index}`, read));
    else if (read !== null) found.push(read);
  }
  const { kept, torn } = once(found);
  for (const id of torn)
    readings.push(without(`${SERIES} of epoch ${id}`, 'is in the answer twice, with different figures'));
  if (kept.size === 0) readings.push(without(SERIES, 'no epoch that is over has a burn'));
  return { ...join(readings), samples: [...kept.values()] };
}

/** Null for totals, the running epoch and what is too old to be kept. */
function readEpoch(row: unknown, source: string, now: Instant): [string, Sample] | string | null {
  const epoch = readPiece(Epoch, row);
  if (!epoch.ok) return epoch.reason;
  const { id, startDate, endDate } = epoch.value;
  if (id >= FIRST_TOTAL) return null;
  const own = spanOf(startDate, endDate);
  if (typeof own === 'string') return `epoch ${id}: ${own}`;
  if (own === null && id > runningEpoch(now) + 1) return `epoch ${id} is not dated, and epochs no longer last a week`;
  const span = own ?? weekOf(id);
  if (span.end > now || span.end <= now - KEPT) return null;
  const burned = readPiece(Burned, row);
  if (!burned.ok) return `epoch ${id}: ${burned.reason}`;
  return [String(id), { series: SERIES, at: span.end, value: burned.value.burnedRender / daysOf(span), source }];
}
