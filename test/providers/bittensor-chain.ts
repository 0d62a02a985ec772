/** A Bittensor node: storage as hex of little-endian bytes. */
import type { Provider } from './provider.ts';

/** 11,180,113.34 TAO, some months after the first halving. */
const ISSUED = '0x00e72dfc40b82700';

export const bittensorChain: Provider = {
  source: 'bittensor-chain',
  routes: () => [
    {
      url: 'entrypoint-finney.opentensor.ai/',
      asks: 'state_getStorage',
      body: { jsonrpc: '2.0', id: 1, result: ISSUED },
    },
  ],
  gives: { 'bittensor.token_supply': 11_180_113.34, 'bittensor.emission': 3600 },
};
