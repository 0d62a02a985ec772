/** DefiLlama's price service: the price of Gensyn's token, which has no other pinned source. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { type Instant, MINUTE, SECOND } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readPiece, without } from '../figures.ts';
import { oddInstant } from '../instant.ts';
import { readJson } from '../json.ts';

const ID = 'llama-prices';
const SERIES = 'gensyn.token_price';
/** By chain and contract: the ticker, AI, is another token's too. */
const COIN = 'gensyn:0x4e742319f6b0fec4afa504fc8ed3ceab0fb751a2';
const CURRENT: Request = { url: `https://coins.llama.fi/prices/current/${COIN}` };

const Coins = z.object({ coins: z.record(z.string(), z.unknown()) });
/** USD, and unix seconds. */
const Price = z.object({ price: z.number().positive(), timestamp: z.int().positive() });

/** A coin it does not know is missing in the answer, without a word. A price that stopped is simply old. */
export function llamaPrices({ every = 10 * MINUTE }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'DefiLlama prices',
    homepage: 'https://defillama.com',
    about: "The price of Gensyn's token, by its contract.",
    terms: 'Free and open API.',
    key: null,
    limits: 'None published.',
    least: 5 * MINUTE,
    confidence: 'low',
    caveats: [
      'Whether DefiLlama knows the token was never seen: it leaves out what it does not know, without a word.',
      'The contract is the only pinned name of the token; listings by symbol mean another one.',
    ],
    every,
    series: [{ id: SERIES, refresh: 5 * MINUTE }],
    requests: () => [CURRENT],
    parse: (reply, _request, now) => {
      const body = readJson(reply);
      return body.ok ? readPrice(body.value, now) : without(SERIES, body.reason);
    },
  };
}

function readPrice(body: unknown, now: Instant): Reading {
  const answer = readPiece(Coins, body);
  if (!answer.ok) return without(SERIES, answer.reason);
  if (!Object.hasOwn(answer.value.coins, COIN)) return without(SERIES, `${COIN} is not in the answer`);
  const coin = readPiece(Price, answer.value.coins[COIN]);
  if (!coin.ok) return without(SERIES, coin.reason);
  const at = coin.value.timestamp * SECOND;
  const odd = oddInstant(at, now);
  if (odd !== null) return without(SERIES, `timestamp: ${odd}`);
  return { samples: [{ series: SERIES, at, value: coin.value.price, source: ID }], articles: [], dropped: [] };
}
