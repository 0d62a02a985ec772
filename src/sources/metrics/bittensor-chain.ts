/** Bittensor by its own chain: how many TAO there are, and how many come a day. */
import { z } from 'zod';
import type { Reading } from '../../core/ports.ts';
import { HOUR, type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readRpc, rpcCall } from '../chain/json-rpc.ts';
import { BLOCKS_A_DAY, blockEmission, MOST_RAO, taoOf } from '../chain/tao.ts';
import { withoutAll } from '../figures.ts';

const ID = 'bittensor-chain';
const SUPPLY = 'bittensor.token_supply';
const EMISSION = 'bittensor.emission';

/**
 * The storage item SubtensorModule.TotalIssuance: twox128 of both names. Not BlockEmission, which has said 1 TAO a block
 * ever since the first halving made it half.
 */
const TOTAL_ISSUANCE = '0x658faa385070e074c85bf6b568cf055557c875e4cff74148e4628f264b974c80';
const ISSUANCE = rpcCall('https://entrypoint-finney.opentensor.ai', 'state_getStorage', [TOTAL_ISSUANCE]);

/** A u64, its lowest byte first, in rao. */
const Issuance = z
  .string({ error: (issue) => (issue.input === null ? 'nothing is stored under this key' : undefined) })
  .regex(/^0x[0-9a-f]{16}$/i, { error: 'expected 8 bytes in hex' })
  .transform((hex) => BigInt(`0x${(hex.slice(2).match(/../g) ?? []).toReversed().join('')}`))
  .refine((rao) => rao > 0n && rao <= MOST_RAO, { error: 'is not between 0 and 21 million TAO' });

/** The answer holds no time of its own: its figures hold at `now`. */
export function bittensorChain({ every = HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Bittensor chain',
    homepage: 'https://bittensor.com',
    about: "TAO in existence and TAO emitted a day, read from the chain's storage.",
    terms: 'Public endpoint of the chain, run by the Opentensor Foundation.',
    key: null,
    limits: 'None published; one small call an hour.',
    least: 10 * MINUTE,
    confidence: 'high',
    caveats: [
      "The emission is worked out of the supply by the chain's own halving rule and 7,200 blocks a day; blocks that come late are not counted.",
      'All of the emission, to every subnet; compute subnets get a part of it.',
    ],
    every,
    series: [SUPPLY, EMISSION].map((id) => ({ id, refresh: MINUTE })),
    requests: () => [ISSUANCE],
    parse: (reply, _request, now) => {
      const issuance = readRpc(reply, Issuance);
      return issuance.ok ? figures(issuance.value, now) : withoutAll([SUPPLY, EMISSION], issuance.reason);
    },
  };
}

function figures(issuance: bigint, at: Instant): Reading {
  const emission = taoOf(blockEmission(issuance)) * BLOCKS_A_DAY;
  return {
    samples: [
      { series: SUPPLY, at, value: taoOf(issuance), source: ID },
      { series: EMISSION, at, value: emission, source: ID },
    ],
    articles: [],
    dropped: [],
  };
}
