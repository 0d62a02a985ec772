/** Nexus by its own chain: that it lives. Nothing about its compute is published. */
import { HOUR, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { BlockHeight } from '../chain/evm.ts';
import { readRpc, rpcCall } from '../chain/json-rpc.ts';
import { without } from '../figures.ts';

const ID = 'nexus';
const HEIGHT = 'nexus.block_height';
/** Chain id 3946. */
const BLOCK = rpcCall('https://mainnet.rpc.nexus.xyz', 'eth_blockNumber', []);

export function nexus({ every = HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Nexus chain',
    homepage: 'https://nexus.xyz',
    about: "The newest block of Nexus' own chain.",
    terms: 'Public endpoint of the chain.',
    key: null,
    limits: 'Counted by address; more calls than it allows are answered with error -32005.',
    least: 10 * MINUTE,
    confidence: 'high',
    caveats: [
      'The network publishes no supply, utilization, price or revenue.',
      'Its token is not looked up: the symbols that are told of it belong to other tokens, or to none.',
    ],
    every,
    series: [{ id: HEIGHT, refresh: MINUTE }],
    requests: () => [BLOCK],
    parse: (reply, _request, now) => {
      const height = readRpc(reply, BlockHeight);
      if (!height.ok) return without(HEIGHT, height.reason);
      return { samples: [{ series: HEIGHT, at: now, value: height.value, source: ID }], articles: [], dropped: [] };
    },
  };
}
