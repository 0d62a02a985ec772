/** Akash's console API on the price of AKT. */
import type { Provider } from './provider.ts';

export const akashOracle: Provider = {
  source: 'akash-oracle',
  routes: () => [
    {
      url: 'console-api.akash.network/v1/market-data/akt',
      // All but the price is 0 there, always or at times.
      body: { volume: 0, marketCap: 0, marketCapRank: 0, priceChange24h: 0, priceChangePercentage24: 0, price: 0.5625 },
    },
  ],
  gives: { 'akash.token_price': 0.5625 },
};
