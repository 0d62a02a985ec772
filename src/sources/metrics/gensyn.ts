/** Gensyn by its own chain: that it lives, and how many of its tokens there are. */
import { HOUR, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { BlockHeight, TokenAmount } from '../chain/evm.ts';
import { readRpc, rpcCall } from '../chain/json-rpc.ts';
import { without } from '../figures.ts';

const ID = 'gensyn';
const HEIGHT = 'gensyn.block_height';
const SUPPLY = 'gensyn.token_supply';

/** Chain id 685689. */
const NODE = 'https://gensyn-mainnet.g.alchemy.com/public';
/** By its contract, never by its ticker, AI, which is other tokens' too. */
const TOKEN = '0x4e742319f6b0fec4afa504fc8ed3ceab0fb751a2';
/** The selector of ERC-20's totalSupply(). */
const TOTAL_SUPPLY = '0x18160ddd';

const BLOCK = rpcCall(NODE, 'eth_blockNumber', []);
const ISSUED = rpcCall(NODE, 'eth_call', [{ to: TOKEN, data: TOTAL_SUPPLY }, 'latest']);

/** Two calls to one address, told apart by their bodies. */
export function gensyn({ every = HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Gensyn chain',
    homepage: 'https://www.gensyn.ai',
    about: "The newest block of Gensyn's own chain, and the supply of its token.",
    terms: 'Public endpoint of the chain, run by Alchemy.',
    key: null,
    limits: 'None published; two small calls an hour.',
    least: 10 * MINUTE,
    confidence: 'medium',
    caveats: [
      'The network publishes no GPU supply, utilization, price or revenue from compute.',
      'Ten billion tokens were made at once: the supply only moves when some are burned.',
    ],
    every,
    series: [HEIGHT, SUPPLY].map((id) => ({ id, refresh: MINUTE })),
    requests: () => [BLOCK, ISSUED],
    parse: (reply, request, now) => {
      const isBlock = request.body === BLOCK.body;
      const [series, figure] = isBlock ? [HEIGHT, BlockHeight] : [SUPPLY, TokenAmount];
      const value = readRpc(reply, figure);
      if (!value.ok) return without(series, value.reason);
      return { samples: [{ series, at: now, value: value.value, source: ID }], articles: [], dropped: [] };
    },
  };
}
