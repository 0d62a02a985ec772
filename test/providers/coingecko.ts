/** CoinGecko's markets, where many fields may be null and unknown coins are left out, and its daily charts. */
import { DAY, type Instant, MINUTE, toIso } from '../../src/core/time.ts';
import type { Provider, Route } from './provider.ts';

/** Midnights out of order, the oldest of them twice, that of the running day, and the running moment. */
function chart(now: Instant, id: string, price: number): Route {
  const today = Math.floor(now / DAY) * DAY;
  const points = [
    [today - 4 * DAY, price * 0.75],
    [today - 2 * DAY, price * 1.25],
    [today - 3 * DAY, price * 1.5],
    [today - DAY, price * 0.875],
    [today - 4 * DAY, price * 0.75],
    [today, price * 0.9375],
    [Math.max(today, now - MINUTE), price],
  ] as const;
  return {
    url: `api.coingecko.com/api/v3/coins/${id}/market_chart?vs_currency=usd&days=365&interval=daily`,
    body: {
      prices: points,
      market_caps: points.map(([at, value]) => [at, value * 1e8]).slice(0, 2),
      total_volumes: points.map(([at, value]) => [at, value * 1e6]).slice(0, 2),
    },
  };
}

export const coingecko: Provider = {
  source: 'coingecko',
  key: 'CG-demo-key',
  routes: (now) => {
    const coin = (id: string, current_price: number, total_supply: number | null) => ({
      id,
      symbol: id.slice(0, 3),
      current_price,
      market_cap: null,
      total_volume: 33_235_034,
      total_supply,
      max_supply: null,
      last_updated: toIso(now - 2 * MINUTE),
    });
    return [
      {
        url: 'api.coingecko.com/api/v3/coins/markets?vs_currency=usd&ids=render-token,akash-network,io,bittensor,bitcoin,ethereum',
        body: [
          coin('bitcoin', 77_671, 20_030_843),
          coin('ethereum', 3412.5, 120_700_000.25),
          coin('bittensor', 205.25, null),
          coin('render-token', 1.875, 533_340_000.5),
          coin('akash-network', 0.543761, null),
          coin('io', 0.1625, 800_000_000),
        ],
      },
      chart(now, 'render-token', 2),
      chart(now, 'akash-network', 0.5),
      chart(now, 'io', 0.25),
      chart(now, 'bittensor', 205),
      chart(now, 'bitcoin', 80_000),
      chart(now, 'ethereum', 3200),
    ];
  },
  gives: {
    'bitcoin.token_price': 77_671,
    'bitcoin.token_supply': 20_030_843,
    'ethereum.token_price': 3412.5,
    'ethereum.token_supply': 120_700_000.25,
    'bittensor.token_price': 205.25,
    'render.token_price': 1.875,
    'render.token_supply': 533_340_000.5,
    'akash.token_price': 0.543761,
    'ionet.token_price': 0.1625,
  },
  unread: ['symbol', 'market_cap', 'total_volume', 'max_supply', 'market_caps', 'total_volumes'],
};
