/** 500.farm: Vast.ai's GPUs by model, every leaf a list of one. */
import { MINUTE, SECOND, toIso } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

/** Counts of GPUs, and a price only where there are any. */
const leaf = (count: number, price: number) => [count === 0 ? { count } : { count, price_median: price }];

/** Rented and free GPUs, each of verified hosts and of others. */
function model(name: string, vram: number, rented: [number, number], free: [number, number], price: number) {
  const split = (verified: number, others: number) => ({
    verified: leaf(verified, price),
    all: leaf(verified + others, price),
  });
  return {
    name,
    stats: {
      rented: split(...rented),
      available: split(...free),
      all: split(rented[0] + free[0], rented[1] + free[1]),
    },
    info: { vram },
  };
}

function withoutRented({ stats: { rented: _, ...stats }, ...row }: ReturnType<typeof model>) {
  return { ...row, stats };
}

export const vast: Provider = {
  source: 'vast',
  routes: (now) => [
    {
      url: '500.farm/vastai-exporter/gpu-stats',
      body: {
        url: '/gpu-stats',
        timestamp: toIso(Math.floor((now - MINUTE) / SECOND) * SECOND).replace('Z', '.123456789Z'),
        notes: ['Sorted from most to least popular.'],
        models: [
          model('RTX 5090', 32, [2200, 300], [400, 100], 0.45),
          model('H100 SXM', 80, [280, 20], [60, 40], 2.25),
          // Another card: not an H100 with SXM, and not an H200 either.
          model('H100 NVL', 94, [30, 0], [10, 0], 2),
          model('H200', 141, [60, 0], [0, 20], 3.125),
          model('H200 NVL', 141, [8, 0], [8, 0], 2.75),
          model('B200', 180, [36, 0], [12, 0], 4.5),
          // Modded memory: of no known size.
          model('A100 SXM4', 96, [8, 0], [8, 0], 0.75),
          model('GTX 1070', 8, [0, 12], [0, 4], 0.05),
          // Nobody rents one, which is said by leaving it out.
          withoutRented(model('RTX 4060', 8, [0, 0], [6, 2], 0.0625)),
        ],
      },
    },
  ],
  gives: {
    'vast.h100_total': 400,
    'vast.h100_leased': 300,
    'vast.h100_utilization': 0.75,
    'vast.h100_price': 2.25,
    'vast.h200_total': 80,
    'vast.h200_leased': 60,
    'vast.h200_utilization': 0.75,
    'vast.b200_total': 48,
    'vast.b200_leased': 36,
    'vast.b200_utilization': 0.75,
    'vast.b200_price': 4.5,
    'vast.gpus_total': 3624,
    'vast.gpus_leased': 2954,
    'vast.gpu_utilization': 2954 / 3624,
  },
};
