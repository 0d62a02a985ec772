/** DefiLlama's fees: one point a UTC day, the running day among them. */
import { DAY, type Instant } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

function summary(name: string, now: Instant, yesterday: number) {
  const today = (Math.floor(now / DAY) * DAY) / 1000;
  return {
    name,
    latestFetchIsOk: true,
    protocolType: 'protocol',
    total24h: yesterday,
    total7d: yesterday * 7,
    change_1d: 7.47,
    totalDataChart: [
      [today - 86_400, yesterday],
      [today, 12.5],
    ],
  };
}

export const defillama: Provider = {
  source: 'defillama',
  routes: (now) => [
    {
      url: 'api.llama.fi/summary/fees/render-network-bme?dataType=dailyFees',
      body: summary('Render Network BME', now, 3641.25),
    },
    { url: 'api.llama.fi/summary/fees/chutes?dataType=dailyFees', body: summary('Chutes', now, 9_700.5) },
  ],
  gives: { 'render.revenue': 3641.25, 'chutes.revenue': 9_700.5 },
  unread: ['name', 'protocolType', 'total24h', 'total7d', 'change_1d'],
};
