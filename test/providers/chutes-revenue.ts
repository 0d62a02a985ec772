/** Chutes' revenue: a row a UTC day, newest first, the running day among them. */
import { DAY, toDay } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

export const chutesRevenue: Provider = {
  source: 'chutes-revenue',
  routes: (now) => {
    const row = (ago: number, total: number, pending: number, sponsored: number) => ({
      date: toDay(now - ago * DAY),
      new_subscriber_count: 96,
      new_subscriber_revenue: 1536,
      paygo_revenue: total - pending - sponsored - 1536,
      pending_instance_revenue: pending,
      sponsored_inference: sponsored,
      total_revenue: total,
    });
    return [
      {
        url: 'api.chutes.ai/daily_revenue_summary',
        // The oldest row has parts that are more than the whole.
        body: [row(0, 3000.5, 100, 0), row(1, 9776.5, 610.5, 66), row(2, 11_668, 500, 0), row(3, 400, 500, 0)],
      },
    ];
  },
  gives: { 'chutes.revenue': 9100 },
};
