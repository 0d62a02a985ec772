/** Vast.ai as 500.farm counts it: how many GPUs of each model are listed and rented, and what a free one costs. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, readPiece, withoutAll } from '../figures.ts';
import { gpuId } from '../gpus.ts';
import { IsoInstant } from '../instant.ts';
import { readBody } from '../json.ts';
import { type Listing, type Row, Rows, readListing, seriesOf } from './stock/listing.ts';

const ID = 'vast';
const STATS: Request = { url: 'https://500.farm/vastai-exporter/gpu-stats' };

/** By Vast's own names. `A100 SXM4` is not here: it stands for cards of 40 and of 80 GB. */
const GPUS: ReadonlyMap<string, string> = new Map([
  ['H100 SXM', 'h100'],
  ['H100 PCIE', 'h100_pcie'],
  ['H200', 'h200'],
  ['B200', 'b200'],
  ['L40S', 'l40s'],
  ['L4', 'l4'],
  ['Tesla T4', 't4'],
  ['RTX 4090', 'rtx4090'],
  ['RTX 3090', 'rtx3090'],
]);
const A100 = 'A100 SXM4';
const A100S: readonly string[] = ['a100', 'a100_40gb'];

type Counts = { readonly total: number; readonly leased: number };

const COUNTS: Listing<Counts> = {
  id: ID,
  gpus: [...GPUS.values(), ...A100S],
  figures: {
    total: (rows) => sum(rows, 'total'),
    leased: (rows) => sum(rows, 'leased'),
    utilization,
  },
};
/** Not the A100 of 80 GB: its median is one of both sizes. */
const PRICES: Listing<number> = {
  id: ID,
  gpus: [...GPUS.values(), 'a100_40gb'],
  figures: { price: ([price]) => price ?? 'no price' },
};
const ALL = ['vast.gpu_utilization', 'vast.gpus_total', 'vast.gpus_leased'];

const Body = z.object({ timestamp: IsoInstant, models: Rows });
const Named = z.object({ name: z.string() });
/** GB, the most that any machine of this name has. */
const Memory = z.object({
  info: z.object({
    vram: z.number().refine((memory) => memory === 40 || memory === 80, { error: 'is neither 40 nor 80' }),
  }),
});
/** GPUs. Every leaf is a list of one. */
const Count = z.tuple([z.object({ count: z.number().int().nonnegative() })]).transform(([leaf]) => leaf.count);
const InAll = z.object({ all: Count });
/** How a leaf without any GPU may be written; null is Go's empty list. */
const NoCount = z.tuple([]).nullish();
/** A model of which nobody rents any may lack its rented ones: that none is rented shows where all of them are free. */
const Idle = z
  .object({ stats: z.object({ rented: z.object({ all: NoCount }).nullish(), available: InAll, all: InAll }) })
  .refine(({ stats }) => stats.available.all === stats.all.all)
  .transform(({ stats }) => ({ stats: { rented: leafOf(0), all: leafOf(stats.all.all) } }));
const Counted = z.preprocess(
  (row) => Idle.safeParse(row).data ?? row,
  z
    .object({ stats: z.object({ rented: InAll, all: InAll }) })
    .transform(({ stats }): Counts => ({ total: stats.all.all, leased: stats.rented.all }))
    .refine(({ total, leased }) => leased <= total, { error: 'more are rented than listed', path: ['stats'] }),
);
const Model = z.intersection(Named, Counted);
/** USD for one GPU and hour, over the free GPUs of verified hosts; the median is left out where there are none. */
const Priced = z
  .object({
    stats: z.object({
      available: z.object({
        verified: z.tuple([
          z.object({
            count: z.number().int().positive({ error: 'no verified host has one free' }),
            price_median: z.number().positive(),
          }),
        ]),
      }),
    }),
  })
  .transform(({ stats }) => stats.available.verified[0].price_median);

/** One file, renewed every minute and dated by its own `timestamp`. */
export function vast({ every = 15 * MINUTE }: Options): BuiltInSource {
  const series = [...seriesOf(COUNTS), ...seriesOf(PRICES), ...ALL];
  return {
    id: ID,
    title: '500.farm: Vast.ai',
    homepage: 'https://500.farm/vastai',
    about:
      "How many of the GPUs listed on Vast.ai are rented, by model and in all, and what a verified host's free GPU costs.",
    terms:
      "A hobby service's open file; Vast.ai's own terms restrict systematic retrieval, so it is asked a few times an hour.",
    key: null,
    limits: 'None published; the file is renewed every minute.',
    least: 5 * MINUTE,
    confidence: 'medium',
    caveats: [
      "Worked out of Vast.ai's offers by a third party: Vast.ai itself tells rented GPUs to hosts only.",
      'A100 SXM4 is one name for cards of 40 and 80 GB: where any of 80 GB is listed, all of them count as a100, and no price is given.',
    ],
    every,
    series: series.map((id) => ({ id, refresh: MINUTE })),
    requests: () => [STATS],
    parse: (reply) => {
      const body = readBody(reply, Body);
      if (!body.ok) return withoutAll(series, body.reason);
      const { timestamp, models } = body.value;
      return join([
        readListing(
          COUNTS,
          models.map((row, index) => readModel(row, index, Counted)),
          timestamp,
        ),
        readListing(
          PRICES,
          models.map((row, index) => readModel(row, index, Priced)),
          timestamp,
        ),
        readAll(models, timestamp),
      ]);
    },
  };
}

function leafOf(count: number) {
  return { all: [{ count }] };
}

function readModel<T>(row: unknown, index: number, schema: z.ZodType<T>): Row<T> {
  const where = `models.${index}`;
  const named = readPiece(Named, row);
  if (!named.ok) return { gpus: null, reason: `${where}.${named.reason}` };
  const { name } = named.value;
  const memory = name === A100 ? readPiece(Memory, row) : null;
  if (memory?.ok === false) return { gpus: A100S, reason: `${where}.${memory.reason}` };
  const gpu = memory === null ? GPUS.get(name) : gpuId('A100', 'sxm', memory.value.info.vram);
  if (gpu === undefined) return null;
  const read = readPiece(schema, row);
  return read.ok ? { gpu, key: name, value: read.value } : { gpus: [gpu], reason: `${where}.${read.reason}` };
}

/** Over every model, followed or not: a sum that lacks one would pass for the whole. */
function readAll(models: readonly unknown[], at: Instant): Reading {
  const counts = new Map<string, Counts>();
  for (const [index, row] of models.entries()) {
    const read = readPiece(Model, row);
    if (!read.ok) return withoutAll(ALL, `models.${index}.${read.reason}`);
    const { name, total, leased } = read.value;
    const before = counts.get(name);
    if (before !== undefined && (before.total !== total || before.leased !== leased))
      return withoutAll(ALL, `models.${index}: its name is listed twice with different figures`);
    counts.set(name, { total, leased });
  }
  const rows = [...counts.values()];
  const [total, leased] = [sum(rows, 'total'), sum(rows, 'leased')];
  if (total === 0) return withoutAll(ALL, 'no GPU is listed');
  const values = { gpu_utilization: leased / total, gpus_total: total, gpus_leased: leased };
  const samples = Object.entries(values).map(([metric, value]) => ({
    series: `vast.${metric}`,
    at,
    value,
    source: ID,
  }));
  return { samples, articles: [], dropped: [] };
}

function sum(rows: readonly Counts[], count: keyof Counts): number {
  return rows.reduce((before, row) => before + row[count], 0);
}

function utilization(rows: readonly Counts[]): number | string {
  const total = sum(rows, 'total');
  return total === 0 ? 'none is listed' : sum(rows, 'leased') / total;
}
