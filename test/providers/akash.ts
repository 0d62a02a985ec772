/** Akash's console API: what it counts now, and its graphs of the days before. */
import { type Instant, MINUTE } from '../../src/core/time.ts';
import { graphOf, iso, midnight } from './akash-graph.ts';
import type { Provider, Route } from './provider.ts';

const API = 'console-api.akash.network/v1';

const CAPACITY = {
  activeProviderCount: 57,
  resources: {
    cpu: { total: 10_100_000, active: 2_850_000, pending: 250_000, available: 7_000_000 },
    gpu: { total: 250, available: 110, active: 130, pending: 10 },
  },
};

function dashboard(now: Instant) {
  const date = iso(now - 3 * MINUTE);
  return {
    // Another count of GPUs, which is not to be mixed with that of the capacity.
    now: {
      height: 27_761_552,
      date,
      activeLeaseCount: 640,
      activeGPU: 126,
      dailyUUsdSpent: 7_250_000_000,
      totalUUsdSpent: 9_100_000_000_000,
    },
    compare: { height: 27_747_152, date: iso(now - 1443 * MINUTE), activeLeaseCount: 610, activeGPU: 120 },
    chainStats: {
      height: 27_761_502,
      totalSupply: 292_000_000_000_000,
      inflation: 0.05,
      bondedTokens: 88_000_000_000_000,
    },
  };
}

function graphs(now: Instant): readonly Route[] {
  const today = midnight(now);
  const block = Math.max(today, now - 3 * MINUTE);
  return [
    {
      url: `${API}/graph-data/gpuUtilization`,
      body: graphOf(now, [52.25, 54.5, 55.75], { date: today, value: 12.5 }),
    },
    {
      url: `${API}/graph-data/activeLeaseCount`,
      body: graphOf(now, [601, 622, 631], { date: block, value: 640 }),
    },
    {
      // The first figure is all that was spent until then.
      url: `${API}/graph-data/dailyUUsdSpent`,
      body: graphOf(now, [9_070_000_000_000, 6_900_000_000, 7_000_500_000.5, 7_100_000_000], {
        date: block,
        value: 5_900_000_000,
      }),
    },
    {
      url: `${API}/provider-graph-data/count`,
      body: {
        ...graphOf(now, [58, 59, 56], { date: today, value: 31 }),
        now: { count: 31, cpu: 10_100_000, gpu: 250 },
        compare: { count: 56, cpu: 10_000_000, gpu: 245 },
      },
    },
    {
      url: `${API}/provider-graph-data/gpu`,
      body: {
        ...graphOf(now, [236, 241, 245], { date: today, value: 250 }),
        now: { count: 31, cpu: 10_100_000, gpu: 250 },
        compare: { count: 56, cpu: 10_000_000, gpu: 245 },
      },
    },
  ];
}

export const akash: Provider = {
  source: 'akash',
  routes: (now) => [
    { url: `${API}/network-capacity`, body: CAPACITY },
    { url: `${API}/dashboard-data`, body: dashboard(now) },
    ...graphs(now),
  ],
  gives: {
    'akash.gpu_utilization': 0.56,
    'akash.gpus_leased': 140,
    'akash.gpus_total': 250,
    'akash.providers_active': 57,
    'akash.revenue': 7250,
    'akash.leases_active': 640,
    'akash.token_supply': 292_000_000,
    'akash.emission': 40_000,
  },
};
