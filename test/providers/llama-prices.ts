/** DefiLlama's prices: a coin it does not know would be missing. */
import { SECOND } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

const COIN = 'gensyn:0x4e742319f6b0fec4afa504fc8ed3ceab0fb751a2';

export const llamaPrices: Provider = {
  source: 'llama-prices',
  routes: (now) => [
    {
      url: `coins.llama.fi/prices/current/${COIN}`,
      body: {
        coins: {
          [COIN]: {
            decimals: 18,
            symbol: 'AI',
            price: 0.0415,
            timestamp: Math.floor(now / SECOND) - 240,
            confidence: 0.99,
          },
        },
      },
    },
  ],
  gives: { 'gensyn.token_price': 0.0415 },
  unread: ['decimals', 'symbol', 'confidence'],
};
