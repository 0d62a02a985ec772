/** Lium's revenue: months, and in them USD by the address of a validator. */
import { DAY, type Instant } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

/** The month `ago` months before this one, its name and its days. */
function month(now: Instant, ago: number) {
  const today = new Date(now);
  const start = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - ago, 1);
  const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - ago + 1, 1);
  return { name: new Date(start).toISOString().slice(0, 7), days: (end - start) / DAY };
}

export const liumRevenue: Provider = {
  source: 'lium-revenue',
  routes: (now) => {
    const [running, last, before, broken] = [0, 1, 2, 3].map((ago) => month(now, ago)) as [Month, Month, Month, Month];
    return [
      {
        url: 'lium.io/api/billing/revenue-for-validators',
        body: {
          [running.name]: { '5Validator1': 1234.5 },
          [last.name]: { '5Validator1': 9000 * last.days, '5Validator2': 250.5 * last.days },
          [before.name]: { '5Validator1': 8000 * before.days },
          [broken.name]: {},
        },
      },
    ];
  },
  gives: { 'lium.revenue': 9250.5 },
};

type Month = ReturnType<typeof month>;
