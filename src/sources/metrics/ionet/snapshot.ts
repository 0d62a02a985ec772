/** io.net's market snapshot: how many GPUs of each model there are, and how many of them are hired. */
import { z } from 'zod';
import type { Reading } from '../../../core/ports.ts';
import type { Instant } from '../../../core/time.ts';
import { readPiece, withoutAll } from '../../figures.ts';
import { once } from '../../once.ts';

export const SNAPSHOT_SERIES: readonly string[] = ['ionet.gpu_utilization', 'ionet.gpus_leased', 'ionet.gpus_total'];

/**
 * Between 500 and 20,000 GPUs were ever active, hundreds of thousands are registered. A larger sum counts the
 * registered ones, and a utilization against those would always look like a collapse.
 */
const MOST_ONLINE = 100_000;
const MOST_ROWS = 200_000;

const Body = z.object({
  status: z.literal('succeeded', { error: 'is not "succeeded"' }),
  data: z.array(z.unknown()).max(MOST_ROWS),
});
const Kind = z.object({ type: z.string().transform((text) => text.toUpperCase()) });
const Count = z.int().nonnegative();
const Row = z
  .object({ id: z.union([z.string(), z.number()]), total: Count, idle: Count, hired: Count })
  .refine((row) => row.hired + row.idle <= row.total, { error: 'more GPUs are hired and idle than there are' });
type Row = z.infer<typeof Row>;

/** Sums over all models. One row that cannot be read or cannot be true spoils the sums, and nothing is given. */
export function readSnapshot(body: unknown, source: string, now: Instant): Reading {
  const snapshot = readPiece(Body, body);
  if (!snapshot.ok) return withoutAll(SNAPSHOT_SERIES, snapshot.reason);
  const rows = readRows(snapshot.value.data);
  if (typeof rows === 'string') return withoutAll(SNAPSHOT_SERIES, rows);
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  const hired = rows.reduce((sum, row) => sum + row.hired, 0);
  if (total === 0) return withoutAll(SNAPSHOT_SERIES, 'it counts no GPU at all, which a dead endpoint says too');
  if (total > MOST_ONLINE)
    return withoutAll(SNAPSHOT_SERIES, `it counts ${total} GPUs: the registered ones, not those that are online`);
  const values = [hired / total, hired, total];
  const samples = SNAPSHOT_SERIES.map((series, at) => ({ series, at: now, value: values[at] as number, source }));
  return { samples, articles: [], dropped: [] };
}

/** The GPU rows, each once, or what is wrong with one of them. */
function readRows(data: readonly unknown[]): readonly Row[] | string {
  const rows: [string, Row][] = [];
  for (const [index, item] of data.entries()) {
    const kind = readPiece(Kind, item);
    if (!kind.ok) return `data.${index}: ${kind.reason}`;
    if (kind.value.type === 'CPU') continue;
    if (kind.value.type !== 'GPU') return `data.${index}: type: is neither GPU nor CPU`;
    const row = readPiece(Row, item);
    if (!row.ok) return `data.${index}: ${row.reason}`;
    rows.push([JSON.stringify(row.value.id), row.value]);
  }
  const { kept, torn } = once(rows);
  return torn.length === 0 ? [...kept.values()] : `id ${torn[0]} is in the answer twice, with different figures`;
}
