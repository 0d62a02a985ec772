/** CoinGecko: token prices, and supplies that no chain of ours tells; one call for all of them. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, readFigures, readPiece, withoutAll } from '../figures.ts';
import { IsoInstant } from '../instant.ts';
import { readJson } from '../json.ts';

const ID = 'coingecko';

/** Pinned ids, never symbols: symbols are shared. The supplies of AKT, IO and TAO come from their own chains. */
const COINS: readonly { readonly id: string; readonly price: string; readonly supply: string | null }[] = [
  { id: 'render-token', price: 'render.token_price', supply: 'render.token_supply' },
  { id: 'akash-network', price: 'akash.token_price', supply: null },
  { id: 'io', price: 'ionet.token_price', supply: null },
  { id: 'bittensor', price: 'bittensor.token_price', supply: null },
  { id: 'bitcoin', price: 'bitcoin.token_price', supply: 'bitcoin.token_supply' },
  { id: 'ethereum', price: 'ethereum.token_price', supply: 'ethereum.token_supply' },
];
const MARKETS = `https://api.coingecko.com/api/v3/coins/markets?vs_currency=usd&ids=${COINS.map((coin) => coin.id).join(',')}`;

/** A page holds 250 coins at most. */
const Rows = z.array(z.unknown()).max(250);
const Row = z.object({ id: z.string() });
const Updated = z.object({ last_updated: IsoInstant });
const Price = z.object({ current_price: z.number().positive() }).transform((row) => row.current_price);
const Supply = z.object({ total_supply: z.number().positive() }).transform((row) => row.total_supply);

/** Figures stand at the time when CoinGecko last renewed the coin. */
export function coingecko({ every = 10 * MINUTE, key }: Options): BuiltInSource {
  const series = COINS.flatMap(seriesOf);
  const markets: Request =
    key === undefined ? { url: MARKETS } : { url: MARKETS, headers: { 'x-cg-demo-api-key': key } };
  return {
    id: ID,
    title: 'CoinGecko',
    homepage: 'https://www.coingecko.com',
    about: 'Prices of six tokens and the supplies of three, all in one call.',
    terms: 'Free for personal use, with a link to CoinGecko.',
    key: {
      variable: 'COINGECKO_API_KEY',
      from: 'https://www.coingecko.com/en/api, the Demo plan',
      required: false,
    },
    limits: '5 to 15 calls a minute without a key, 30 a minute and 10,000 a month with one.',
    least: 5 * MINUTE,
    confidence: 'high',
    caveats: [
      'A coin it does not know is left out of the answer, without a word.',
      'RENDER is counted over all chains, and is not what Solana tells.',
    ],
    every,
    series: series.map((id) => ({ id, refresh: 5 * MINUTE })),
    requests: () => [markets],
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
  const [row, ...more] = own;
  if (row === undefined) return withoutAll(seriesOf(coin), `${coin.id} is not in the answer`);
  if (more.some((one) => JSON.stringify(one) !== JSON.stringify(row)))
    return withoutAll(seriesOf(coin), `${coin.id} is in the answer ${own.length} times, with different figures`);
  const updated = readPiece(Updated, row);
  if (!updated.ok) return withoutAll(seriesOf(coin), updated.reason);
  const figures = { [coin.price]: Price, ...(coin.supply === null ? {} : { [coin.supply]: Supply }) };
  return readFigures(row, figures, ID, updated.value.last_updated);
}
