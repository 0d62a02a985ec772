/** CoinGecko's markets: many fields may be null, and unknown coins are left out. */
import { MINUTE, toIso } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

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
          coin('bittensor', 287.75, null),
          coin('render-token', 1.875, 533_340_000.5),
          coin('akash-network', 0.543761, null),
          coin('io', 0.1625, 800_000_000),
        ],
      },
    ];
  },
  gives: {
    'bitcoin.token_price': 77_671,
    'bitcoin.token_supply': 20_030_843,
    'ethereum.token_price': 3412.5,
    'ethereum.token_supply': 120_700_000.25,
    'bittensor.token_price': 287.75,
    'render.token_price': 1.875,
    'render.token_supply': 533_340_000.5,
    'akash.token_price': 0.543761,
    'ionet.token_price': 0.1625,
  },
  unread: ['symbol', 'market_cap', 'total_volume', 'max_supply'],
};
