/** Akash by its own console API: GPUs, providers, leases, spend, emission, and what a GPU-hour costs there. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { type Figures, join, readFigures, readPiece, without, withoutAll } from '../figures.ts';
import { type Bus, GPU_IDS, gpuId, isFollowed } from '../gpus.ts';
import { IsoInstant } from '../instant.ts';
import { readJson } from '../json.ts';

const ID = 'akash';
const API = 'https://console-api.akash.network/v1';
/** Every GPU series is from one endpoint each: the API has three different counts of active GPUs. */
const CAPACITY: Request = { url: `${API}/network-capacity` };
const DASHBOARD: Request = { url: `${API}/dashboard-data` };
const PRICES: Request = { url: `${API}/gpu-prices` };

/** uakt and uusd. */
const MICRO = 1e6;
const DAYS_A_YEAR = 365;

const Count = z.number().nonnegative();
/** The API swallows its own errors and answers zeros: where nothing can be 0 in earnest, 0 is a failure. */
const Alive = z.number().positive({ error: 'is 0 or less, which this API answers where it failed' });

const Gpu = z.object({
  resources: z.object({ gpu: z.object({ active: Count, pending: Count, total: Alive }) }),
});
const Total = z.object({ resources: z.object({ gpu: z.object({ total: Alive }) }) });

const CAPACITY_FIGURES: Figures = {
  // The dashboard's own formula: a lease whose GPUs are still being deployed holds them, too.
  'akash.gpu_utilization': Gpu.transform(({ resources: { gpu } }) => (gpu.active + gpu.pending) / gpu.total),
  'akash.gpus_leased': Gpu.transform(({ resources: { gpu } }) => gpu.active + gpu.pending),
  'akash.gpus_total': Total.transform(({ resources: { gpu } }) => gpu.total),
  'akash.providers_active': z.object({ activeProviderCount: Alive }).transform((body) => body.activeProviderCount),
};

/** The time of the figures; a height of 0 means that the API could not read the chain. */
const Moment = z.object({ now: z.object({ date: IsoInstant, height: Alive }) });
const Supply = z.object({ chainStats: z.object({ totalSupply: Alive }) });
const Minting = z.object({ chainStats: z.object({ totalSupply: Alive, inflation: Alive.max(1) }) });

const DASHBOARD_FIGURES: Figures = {
  'akash.revenue': z
    .object({ now: z.object({ dailyUUsdSpent: Count }) })
    .transform((body) => body.now.dailyUUsdSpent / MICRO),
  'akash.leases_active': z
    .object({ now: z.object({ activeLeaseCount: Count }) })
    .transform((body) => body.now.activeLeaseCount),
  'akash.token_supply': Supply.transform(({ chainStats }) => chainStats.totalSupply / MICRO),
  // Cosmos mint module: yearly inflation on the total supply.
  'akash.emission': Minting.transform(
    ({ chainStats }) => ((chainStats.totalSupply / MICRO) * chainStats.inflation) / DAYS_A_YEAR,
  ),
};

const PRICE_SERIES = GPU_IDS.map((gpu) => `akash.${gpu}_price`);

/**
 * Three endpoints. The capacity and price endpoints give no time of their own: their figures hold at `now`.
 * Cache times as in console apps/api: capacity 60 s, dashboard 2 min, prices 15 min.
 */
export function akash({ every = 10 * MINUTE }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Akash console API',
    homepage: 'https://akash.network',
    about: "GPUs, providers, leases, spend, emission and GPU prices, as the network's own console counts them.",
    terms: 'Public API of an Apache-2.0 project; /v1 is promised to stay as it is.',
    key: null,
    limits: 'None found in its code; answers are cached for 15 s to 15 min.',
    least: 2 * MINUTE,
    confidence: 'high',
    caveats: ['Where it fails it answers zeros; those are dropped.'],
    every,
    series: [
      ...Object.keys(CAPACITY_FIGURES).map((id) => ({ id, refresh: MINUTE })),
      ...Object.keys(DASHBOARD_FIGURES).map((id) => ({ id, refresh: 2 * MINUTE })),
      ...PRICE_SERIES.map((id) => ({ id, refresh: 15 * MINUTE })),
    ],
    requests: () => [CAPACITY, DASHBOARD, PRICES],
    parse: (reply, request, now) => {
      const body = readJson(reply);
      if (!body.ok) return withoutAll(expected(request), body.reason);
      if (request.url === CAPACITY.url) return readFigures(body.value, CAPACITY_FIGURES, ID, now);
      return request.url === DASHBOARD.url ? readDashboard(body.value) : readPrices(body.value, now);
    },
  };
}

function expected({ url }: Request): readonly string[] {
  if (url === CAPACITY.url) return Object.keys(CAPACITY_FIGURES);
  return url === DASHBOARD.url ? Object.keys(DASHBOARD_FIGURES) : ['akash.<gpu>_price'];
}

function readDashboard(body: unknown): Reading {
  const moment = readPiece(Moment, body);
  if (!moment.ok) return withoutAll(Object.keys(DASHBOARD_FIGURES), moment.reason);
  return readFigures(body, DASHBOARD_FIGURES, ID, moment.value.now.date);
}

const Listing = z.object({ models: z.array(z.unknown()) });
const Named = z.object({ vendor: z.string(), model: z.string() });
const Card = z.object({ ram: z.string(), interface: z.string() });
/** `med` is the median of single-GPU bids of the last weeks, in USD an hour; null where nobody bid. */
const Bids = z.object({
  price: z.object(
    { currency: z.literal('USD').optional(), med: z.number().positive() },
    { error: (issue) => (issue.input === null ? 'nobody bid on it' : undefined) },
  ),
});

/** One sample a GPU the catalogue knows; the lowest median where several rows are the same card. */
function readPrices(body: unknown, now: Instant): Reading {
  const listing = readPiece(Listing, body);
  if (!listing.ok) return without('akash.<gpu>_price', listing.reason);
  const lowest = new Map<string, number>();
  const readings = listing.value.models.map((row, index): Reading => {
    const read = readRow(row, `models.${index}`);
    if ('dropped' in read) return read;
    if (read.gpu !== null) lowest.set(read.gpu, Math.min(read.price, lowest.get(read.gpu) ?? Number.POSITIVE_INFINITY));
    return NOTHING;
  });
  const samples = [...lowest].map(([gpu, value]) => ({ series: `akash.${gpu}_price`, at: now, value, source: ID }));
  if (samples.length === 0) readings.push(without('akash.<gpu>_price', 'no row has the price of a followed GPU'));
  return { ...join(readings), samples };
}

const NOTHING: Reading = { samples: [], articles: [], dropped: [] };
type Row = { readonly gpu: string; readonly price: number } | { readonly gpu: null };

/** A price, or null for a card that no metric stands for: most of the list, and no fault. */
function readRow(row: unknown, where: string): Row | Reading {
  const named = readPiece(Named, row);
  if (!named.ok) return without(where, named.reason);
  const { vendor, model } = named.value;
  if (vendor.toLowerCase() !== 'nvidia' || !isFollowed(model)) return { gpu: null };
  const card = readPiece(Card, row);
  if (!card.ok) return without(where, card.reason);
  const [bus, memory] = [busOf(card.value.interface), memoryOf(card.value.ram)];
  if (bus === undefined || memory === undefined)
    return without(where, 'its interface or memory is written in an unknown way');
  const gpu = gpuId(model, bus, memory);
  if (gpu === undefined) return { gpu: null };
  const bids = readPiece(Bids, row);
  return bids.ok ? { gpu, price: bids.value.price.med } : without(`akash.${gpu}_price`, bids.reason);
}

/** `SXM4`, `SXM5`, `PCIe`. */
function busOf(text: string): Bus | undefined {
  const match = /^(sxm|pcie|nvl)/i.exec(text)?.[1]?.toLowerCase();
  return match === 'sxm' || match === 'pcie' || match === 'nvl' ? match : undefined;
}

/** `80Gi` as 80. */
function memoryOf(text: string): number | undefined {
  const match = /^(\d{1,4})Gi$/.exec(text);
  return match === null ? undefined : Number(match[1]);
}
