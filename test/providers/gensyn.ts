/** A node of the Gensyn chain: two calls to one address. */
import type { Provider } from './provider.ts';

/** 9,999,000,000.5 tokens of 18 decimals. */
const SUPPLY = `0x${(9_999_000_000_500_000_000n * 10n ** 9n).toString(16).padStart(64, '0')}`;

export const gensyn: Provider = {
  source: 'gensyn',
  routes: () => [
    {
      url: 'gensyn-mainnet.g.alchemy.com/public',
      asks: 'eth_blockNumber',
      body: { jsonrpc: '2.0', id: 1, result: '0x1e8480' },
    },
    {
      url: 'gensyn-mainnet.g.alchemy.com/public',
      asks: 'eth_call',
      body: { jsonrpc: '2.0', id: 1, result: SUPPLY },
    },
  ],
  gives: { 'gensyn.block_height': 2_000_000, 'gensyn.token_supply': 9_999_000_000.5 },
};
