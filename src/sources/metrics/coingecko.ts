/** CoinGecko: token prices and supplies, one keyless call for all of them. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, readFigures, readPiece, withoutAll } from '../figures.ts';
import { IsoInstant } from '../instant.ts';
import { readJson } from '../json.ts';

const ID = 'coingecko';

/** Pinned ids, never symbols: symbols are shared. Akash's supply comes from its own chain, see akash.ts. */
const COINS: readonly { readonly id: string; readonly price: string; readonly supply: string | null }[] = [
  { id: 'render-token', price: 'render.token_price', supply: 'render.token_supply' },
  { id: 'akash-network', price: 'akash.token_price', supply: null },
  { id: 'io', price: 'ionet.token_price', supply: 'ionet.token_supply' },
  { id: 'bittensor', price: 'bittensor.token_price', supply: 'bittensor.token_supply' },
  { id: 'bitcoin', price: 'bitcoin.token_price', supply: 'bitcoin.token_supply' },
  { id: 'ethereum', price: 'ethereum.token_price', supply: 'ethereum.token_supply' },
];
const MARKETS: Request = {
  url: `https://api.coingecko.com/api/v3/coins/markets?vs_currency=usd&ids=${COINS.map((coin) => coin.id).join(',')}`,
};

const Rows = z.array(z.unknown());
const Row = z.object({ id: z.string() });
const Updated = z.object({ last_updated: IsoInstant });
const Price = z.object({ current_price: z.number().positive() }).transform((row) => row.current_price);
const Supply = z.object({ total_supply: z.number().positive() }).transform((row) => row.total_supply);

/** Without a key: about 5 calls a minute. A coin it does not know is left out of the answer, without a word. */
export function coingecko({ every = 10 * MINUTE }: Options): BuiltInSource {
  const series = COINS.flatMap(seriesOf);
  return {
    id: ID,
    title: 'CoinGecko',
    homepage: 'https://www.coingecko.com',
    about: 'Token prices and supplies, all in one call.',
    terms: 'Free for personal use, with a link to CoinGecko.',
    key: null,
    limits: '5 to 15 calls a minute without a key.',
    least: 5 * MINUTE,
    confidence: 'high',
    caveats: ['A coin it does not know is left out of the answer, without a word.'],
    every,
    series: series.map((id) => ({ id, refresh: 5 * MINUTE })),
    requests: () => [MARKETS],
    parse: (reply) => {
      const body = readJson(reply);
      if (!body.ok) return withoutAll(series, body.reason);
      const rows = readPiece(Rows, body.value);
      return rows.ok ? join(COINS.map((coin) => readCoin(coin, rows.value))) : withoutAll(series, rows.reason);
    },
  };
}

type Coin = (typeof COINS)[number];

function seriesOf(coin: Coin): readonly string[] {
  return coin.supply === null ? [coin.price] : [coin.price, coin.supply];
}

function readCoin(coin: Coin, rows: readonly unknown[]): Reading {
  const own = rows.filter((row) => Row.safeParse(row).data?.id === coin.id);
  if (own.length === 0) return withoutAll(seriesOf(coin), `${coin.id} is not in the answer`);
  if (own.length > 1) return withoutAll(seriesOf(coin), `${coin.id} is in the answer ${own.length} times`);
  const updated = readPiece(Updated, own[0]);
  if (!updated.ok) return withoutAll(seriesOf(coin), updated.reason);
  const figures = { [coin.price]: Price, ...(coin.supply === null ? {} : { [coin.supply]: Supply }) };
  return readFigures(own[0], figures, ID, updated.value.last_updated);
}
