/** A node of the Nexus chain. */
import type { Provider } from './provider.ts';

export const nexus: Provider = {
  source: 'nexus',
  routes: () => [
    {
      url: 'mainnet.rpc.nexus.xyz/',
      asks: 'eth_blockNumber',
      body: { jsonrpc: '2.0', id: 1, result: '0x2f4a10' },
    },
  ],
  gives: { 'nexus.block_height': 3_099_152 },
};
