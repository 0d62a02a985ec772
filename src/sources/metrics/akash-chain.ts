/** The supply of AKT from a public node of the chain itself: a second witness beside the console. */
import { z } from 'zod';
import type { Dropped, Reading, Reply, Request } from '../../core/ports.ts';
import { HOUR, type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readPiece, without } from '../figures.ts';
import { readBody } from '../json.ts';

const ID = 'akash-chain';
const SUPPLY = 'akash.token_supply';
const FIRST: Request = { url: 'https://akash-rest.publicnode.com/cosmos/bank/v1beta1/supply?pagination.limit=1000' };
/** A page has 1000 at most. */
const MOST_COINS = 200_000;

const Page = z.object({ supply: z.array(z.unknown()).max(MOST_COINS) });
/** Base64, standard or for URLs; null on the last page. */
const More = z.object({ pagination: z.object({ next_key: z.string().regex(/^[\w+/-]{1,1000}={0,2}$/) }) });
const Coin = z.object({ denom: z.string() });
const Amount = z.object({
  amount: z.string().regex(/^(?!0+$)\d{1,40}$/, { error: 'expected the digits of a number above 0' }),
});

/** All coins of the chain, a thousand a page. The body has no time: the supply holds at `now`. */
export function akashChain({ every = HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Akash chain',
    homepage: 'https://akash.network',
    about: 'The supply of AKT, from the bank module of the chain.',
    terms: "The chain's own record, by the free public node of PublicNode.",
    key: null,
    limits: 'None published for the node; asked once an hour.',
    least: 10 * MINUTE,
    confidence: 'medium',
    caveats: ['Any other REST node of the chain serves as well: name it as `base`.'],
    every,
    series: [{ id: SUPPLY, refresh: MINUTE }],
    requests: () => [FIRST],
    next,
    parse: (reply, _request, now) => readSupply([reply, ...(reply.further ?? [])], now),
  };
}

function next(page: Reply): Request | null {
  const more = readBody(page, More);
  if (!more.ok) return null;
  return { url: `${FIRST.url}&pagination.key=${encodeURIComponent(more.value.pagination.next_key)}` };
}

function readSupply(pages: readonly Reply[], now: Instant): Reading {
  const dropped: Dropped[] = [];
  const amounts = new Set<string>();
  for (const [index, page] of pages.entries()) {
    const where = pages.length === 1 ? '' : `page ${index + 1}: `;
    const coins = readBody(page, Page);
    if (!coins.ok) return without(SUPPLY, where + coins.reason);
    for (const [row, coin] of coins.value.supply.entries()) {
      const named = readPiece(Coin, coin);
      if (!named.ok) dropped.push({ what: `${where}supply.${row}`, reason: named.reason });
      else if (named.value.denom === 'uakt') {
        const read = readPiece(Amount, coin);
        if (!read.ok) return without(SUPPLY, `${where}supply.${row}.${read.reason}`);
        amounts.add(read.value.amount);
      }
    }
  }
  const [amount] = amounts;
  if (amount === undefined) dropped.push({ what: SUPPLY, reason: 'uakt is not in the answer' });
  if (amount === undefined) return { samples: [], articles: [], dropped };
  if (amounts.size > 1) return without(SUPPLY, 'uakt is in the answer with different amounts');
  return { samples: [{ series: SUPPLY, at: now, value: toAkt(amount), source: ID }], articles: [], dropped };
}

/** uakt as AKT; whole coins and their rest apart, since a double does not hold all digits of uakt. */
function toAkt(uakt: string): number {
  const micro = BigInt(uakt);
  return Number(micro / 1_000_000n) + Number(micro % 1_000_000n) / 1e6;
}
