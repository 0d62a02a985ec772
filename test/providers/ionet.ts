/** io.net's explorer, as its clients read it: nobody has seen a body. */
import { DAY, type Instant } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

const NETWORK = 'api.io.solutions/v1/io-explorer/network';

function row(id: number | string, hardware_name: string, counts: readonly [number, number, number], price: unknown) {
  const [total, idle, hired] = counts;
  return { id, type: 'GPU', hardware_name, total, idle, hired, price, caas_price: null, vmaas_price: null };
}

function earnings(now: Instant) {
  const today = Math.floor(now / DAY) * DAY;
  const day = (start: Instant) => new Date(start).toISOString().slice(0, 10);
  return [
    { date: day(today - DAY), daily_earnings: 21_437.5, total_earnings: 27_120_412.75 },
    // The running day is not over, and counts for nothing.
    { date: day(today), daily_earnings: 3_100.25, total_earnings: 27_123_513 },
  ];
}

export const ionet: Provider = {
  source: 'ionet',
  routes: (now) => [
    {
      url: `${NETWORK}/market-snapshot?hardware_type=gpu`,
      body: {
        status: 'succeeded',
        data: [
          row(7, 'H100 PCIe', [400, 80, 300], 2.19),
          // Prices come as numbers, in quotes, or not at all; none of them is read here.
          row('b-12', 'GeForce RTX 4090', [1500, 900, 540], '0.37'),
          row(31, 'A100-SXM4-80GB', [100, 0, 100], null),
          { ...row(90, 'Apple M2', [8000, 7990, 10], 0.05), type: 'CPU' },
        ],
      },
    },
    {
      url: `${NETWORK}/info`,
      // A million registered GPUs stand beside 1,446 active ones.
      body: {
        status: 'succeeded',
        data: { total_gpus: 1_060_412, verified_gpus: 327_004, active_gpus: 1446, total_cpus: 40_100 },
      },
    },
    {
      url: `${NETWORK}/info/cluster/total-earnings-summary`,
      body: { status: 'succeeded', data: earnings(now) },
    },
  ],
  gives: {
    'ionet.gpu_utilization': 0.47,
    'ionet.gpus_leased': 940,
    'ionet.gpus_total': 2000,
    'ionet.gpus_registered': 1_060_412,
    'ionet.gpus_verified': 327_004,
    'ionet.gpus_active': 1446,
    'ionet.revenue': 21_437.5,
  },
  unread: ['hardware_name', 'price', 'caas_price', 'vmaas_price', 'total_cpus', 'total_earnings'],
};
