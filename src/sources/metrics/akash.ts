/** Akash by its own console API: GPUs, providers, leases, spend and emission, now and day by day. */
import { z } from 'zod';
import type { Reading } from '../../core/ports.ts';
import { MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { type Figures, readFigures, readPiece, withoutAll } from '../figures.ts';
import { IsoInstant } from '../instant.ts';
import { Alive, CONSOLE, endpointOf, MICRO, parserOf } from './akash/console.ts';
import { type Graph, graphEndpoint } from './akash/graph.ts';

const ID = 'akash';
const DAYS_A_YEAR = 365;

const Count = z.number().nonnegative();

const Gpu = z.object({
  resources: z.object({ gpu: z.object({ active: Count, pending: Count, total: Alive }) }),
});
const Total = z.object({ resources: z.object({ gpu: z.object({ total: Alive }) }) });

/** GPUs are counted by what providers report: the API has two more counts, by leases on chain and by machines. */
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
/** The last 24 hours are the total less that of a day before, which the API takes for 0 where it is missing. */
const Spent = z
  .object({ now: z.object({ dailyUUsdSpent: Count, totalUUsdSpent: z.unknown().optional() }) })
  .refine(
    ({ now }) => typeof now.totalUUsdSpent !== 'number' || now.dailyUUsdSpent < now.totalUUsdSpent,
    'now.dailyUUsdSpent is all that was ever spent, not that of a day',
  );

const DASHBOARD_FIGURES: Figures = {
  'akash.revenue': Spent.transform((body) => body.now.dailyUUsdSpent / MICRO),
  'akash.leases_active': z
    .object({ now: z.object({ activeLeaseCount: Count }) })
    .transform((body) => body.now.activeLeaseCount),
  'akash.token_supply': Supply.transform(({ chainStats }) => chainStats.totalSupply / MICRO),
  // Cosmos mint module: yearly inflation on the total supply.
  'akash.emission': Minting.transform(
    ({ chainStats }) => ((chainStats.totalSupply / MICRO) * chainStats.inflation) / DAYS_A_YEAR,
  ),
};

const LIVE = [
  endpointOf('/network-capacity', Object.keys(CAPACITY_FIGURES), (body, now) =>
    readFigures(body, CAPACITY_FIGURES, ID, now),
  ),
  endpointOf('/dashboard-data', Object.keys(DASHBOARD_FIGURES), readDashboard),
];

/** Not activeGPU, which counts leases on chain. Utilization is in percent. */
const GRAPHS: readonly Graph[] = [
  { path: '/graph-data/gpuUtilization', series: 'akash.gpu_utilization', kind: 'level', units: 100 },
  { path: '/graph-data/activeLeaseCount', series: 'akash.leases_active', kind: 'level', units: 1 },
  { path: '/provider-graph-data/count', series: 'akash.providers_active', kind: 'level', units: 1 },
  // Active, pending and available ones, as in the total of the capacity.
  { path: '/provider-graph-data/gpu', series: 'akash.gpus_total', kind: 'level', units: 1 },
  { path: '/graph-data/dailyUUsdSpent', series: 'akash.revenue', kind: 'flow', units: MICRO },
];
const PAST = GRAPHS.map((graph) => graphEndpoint(graph, ID));

/**
 * The capacity endpoint gives no time of its own: its figures hold at `now`. Cache times as in console apps/api:
 * capacity 60 s, dashboard 2 min.
 */
export function akash({ every = 10 * MINUTE }: Options): BuiltInSource {
  return {
    ...CONSOLE,
    id: ID,
    title: 'Akash console API',
    about: "GPUs, providers, leases, spend and emission, as the network's own console counts them.",
    limits: 'None found in its code; answers are cached for 15 s to 5 min.',
    least: 2 * MINUTE,
    confidence: 'high',
    caveats: [
      'Where it fails it answers zeros; those are dropped.',
      'Revenue is that of the last 24 hours; figures of the past are by complete UTC day.',
      'When one provider of the small fleet goes offline, its leased and its free GPUs leave the count together.',
    ],
    every,
    series: [
      ...Object.keys(CAPACITY_FIGURES).map((id) => ({ id, refresh: MINUTE })),
      ...Object.keys(DASHBOARD_FIGURES).map((id) => ({ id, refresh: 2 * MINUTE })),
    ],
    requests: () => LIVE.map(({ request }) => request),
    backfill: () => PAST.map(({ request }) => request),
    parse: parserOf([...LIVE, ...PAST]),
  };
}

function readDashboard(body: unknown): Reading {
  const moment = readPiece(Moment, body);
  if (!moment.ok) return withoutAll(Object.keys(DASHBOARD_FIGURES), moment.reason);
  return readFigures(body, DASHBOARD_FIGURES, ID, moment.value.now.date);
}
