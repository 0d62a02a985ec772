/** Lium's GPUs, rented and listed, of all cards and of each: what `/executors/stats` says. */
import { z } from 'zod';
import type { Dropped, Reading } from '../../../core/ports.ts';
import type { Instant } from '../../../core/time.ts';
import { join, readPiece, withoutAll } from '../../figures.ts';
import { GPU_IDS } from '../../gpus.ts';
import { nvidiaGpu } from '../../nvidia-name.ts';
import { once } from '../../once.ts';

/** The share that is rented, GPUs rented, GPUs listed. */
type Names = readonly [utilization: string, leased: string, total: string];

const ALL: Names = ['lium.gpu_utilization', 'lium.gpus_leased', 'lium.gpus_total'];
/** Every series that the answer may give; `<gpu>` stands for each followed card. */
export const FLEET_SERIES: readonly string[] = [...ALL, ...namesOf('<gpu>')];

function namesOf(gpu: string): Names {
  return [`lium.${gpu}_utilization`, `lium.${gpu}_leased`, `lium.${gpu}_total`];
}

const List = z.array(z.unknown()).max(200_000);
const Named = z.object({ gpu_type: z.string().min(1) });
const Count = z.int().nonnegative();
/** GPUs, not machines. */
const Counts = z
  .object({ rented_count: Count, all_count: Count })
  .refine((row) => row.rented_count <= row.all_count, { error: 'more GPUs are rented than there are' });
type Counts = z.infer<typeof Counts>;

/** The sums need every row; a card needs its own rows only. */
export function readFleet(body: unknown, source: string, at: Instant): Reading {
  const list = readPiece(List, body);
  if (!list.ok) return withoutAll(FLEET_SERIES, list.reason);
  const rows = readRows(list.value);
  const said: Reading = { samples: [], articles: [], dropped: rows.dropped };
  const all = sum([...rows.rows.values()]);
  if (all.all_count === 0)
    return join([said, withoutAll(FLEET_SERIES, 'no GPU is counted, which is a failure, not an empty network')]);
  const whole = rows.dropped.length === 0;
  return join([
    said,
    whole ? figures(ALL, all, source, at) : withoutAll(ALL, 'not every row could be used'),
    ...cards(rows, source, at),
  ]);
}

type Rows = {
  /** By the name of the card. */
  readonly rows: ReadonlyMap<string, Counts>;
  /** Names of cards whose rows could not be used. */
  readonly unusable: readonly string[];
  readonly dropped: readonly Dropped[];
};

function readRows(list: readonly unknown[]): Rows {
  const read: (readonly [string, Counts])[] = [];
  const unusable: string[] = [];
  const dropped: Dropped[] = [];
  for (const [index, row] of list.entries()) {
    const named = readPiece(Named, row);
    const counts = readPiece(Counts, row);
    if (named.ok && counts.ok) read.push([named.value.gpu_type, counts.value]);
    else if (named.ok) unusable.push(named.value.gpu_type);
    const bad = named.ok ? counts : named;
    if (!bad.ok) dropped.push({ what: `row ${index}`, reason: bad.reason });
  }
  const { kept, torn } = once(read);
  const several = torn.map((): Dropped => ({ what: 'rows of one card', reason: 'they contradict each other' }));
  return { rows: kept, unusable: [...unusable, ...torn], dropped: [...dropped, ...several] };
}

/**
 * A card may go by several names; those that no metric stands for are left out without a word. So is a followed card
 * that Lium does not have, but for the H100, by which Bittensor is compared.
 */
function cards({ rows, unusable }: Rows, source: string, at: Instant): readonly Reading[] {
  const spoilt = new Set(unusable.map(nvidiaGpu));
  const named = [...rows].map(([name, counts]) => ({ gpu: nvidiaGpu(name), counts }));
  return GPU_IDS.flatMap((gpu): readonly Reading[] => {
    if (spoilt.has(gpu)) return [withoutAll(namesOf(gpu), 'a row of it could not be used')];
    const own = named.filter((row) => row.gpu === gpu).map((row) => row.counts);
    if (own.length > 0) return [figures(namesOf(gpu), sum(own), source, at)];
    return gpu === 'h100' ? [withoutAll(namesOf(gpu), 'not in the answer')] : [];
  });
}

function sum(rows: readonly Counts[]): Counts {
  return {
    rented_count: rows.reduce((total, row) => total + row.rented_count, 0),
    all_count: rows.reduce((total, row) => total + row.all_count, 0),
  };
}

/** Of no GPUs no share can be rented: where a card is not there at all, that is said in place of 0%. */
function figures([utilization, leased, total]: Names, counts: Counts, source: string, at: Instant): Reading {
  const samples = [
    { series: leased, at, value: counts.rented_count, source },
    { series: total, at, value: counts.all_count, source },
  ];
  if (counts.all_count === 0)
    return { samples, articles: [], dropped: [{ what: utilization, reason: 'no such GPU is listed' }] };
  const share = { series: utilization, at, value: counts.rented_count / counts.all_count, source };
  return { samples: [share, ...samples], articles: [], dropped: [] };
}
