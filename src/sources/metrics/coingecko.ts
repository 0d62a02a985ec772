/** CoinGecko: token prices and supplies that no chain of ours tells, in one call, and prices of the past year by day. */
import { z } from 'zod';
import type { Dropped, Reading, Request } from '../../core/ports.ts';
import type { Sample } from '../../core/series.ts';
import { DAY, type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, readFigures, readPiece, without, withoutAll } from '../figures.ts';
import { IsoInstant, oddInstant } from '../instant.ts';
import { readJson } from '../json.ts';
import { missing } from '../missing.ts';
import { once } from '../once.ts';

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
const API = 'https://api.coingecko.com/api/v3/coins';
const MARKETS = `${API}/markets?vs_currency=usd&ids=${COINS.map((coin) => coin.id).join(',')}`;

/** A page holds 250 coins at most. */
const Rows = z.array(z.unknown()).max(250);
const Row = z.object({ id: z.string() });
const Updated = z.object({ last_updated: IsoInstant });
const Price = z.object({ current_price: z.number().positive() }).transform((row) => row.current_price);
const Supply = z.object({ total_supply: z.number().positive() }).transform((row) => row.total_supply);

/** What the store keeps; older days are left out. */
const KEPT = 800 * DAY;
/** A year by the hour: a longer list is no daily chart. */
const MOST_POINTS = 10_000;

const Chart = z.object({ prices: z.array(z.unknown()).max(MOST_POINTS) });
/** [unix milliseconds, USD] */
const Point = z.tuple([z.int(), z.number()]);

/**
 * Figures stand at the time when CoinGecko last renewed the coin, those of the past at the midnight whose price they
 * are. Free callers are given no more than a year.
 */
export function coingecko({ every = 10 * MINUTE, key }: Options): BuiltInSource {
  const series = COINS.flatMap(seriesOf);
  const asking = (url: string): Request =>
    key === undefined ? { url } : { url, headers: { 'x-cg-demo-api-key': key } };
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
      'The past is the price at each midnight UTC for a year, and takes one call for each of the six coins.',
    ],
    every,
    series: series.map((id) => ({ id, refresh: 5 * MINUTE })),
    requests: () => [asking(MARKETS)],
    backfill: () => COINS.map((coin) => asking(chartOf(coin))),
    parse: (reply, request, now) => {
      const body = readJson(reply);
      const coin = COINS.find((one) => chartOf(one) === request.url);
      if (coin !== undefined)
        return body.ok ? readChart(body.value, coin.price, now) : without(coin.price, body.reason);
      if (!body.ok) return withoutAll(series, body.reason);
      const rows = readPiece(Rows, body.value);
      return rows.ok ? join(COINS.map((coin) => readCoin(coin, rows.value))) : withoutAll(series, rows.reason);
    },
  };
}

type Coin = (typeof COINS)[number];

function chartOf({ id }: Coin): string {
  return `${API}/${id}/market_chart?vs_currency=usd&days=365&interval=daily`;
}

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

/** The price at each midnight UTC of the days before the running one, in order of time. */
function readChart(body: unknown, series: string, now: Instant): Reading {
  const chart = readPiece(Chart, body);
  if (!chart.ok) return without(series, chart.reason);
  const found: [string, Sample][] = [];
  const refused = new Map<string, number>();
  const refuse = (reason: string) => refused.set(reason, (refused.get(reason) ?? 0) + 1);
  for (const point of chart.value.prices) {
    const read = readPoint(point, series, now);
    if (typeof read === 'string') refuse(read);
    else if (read !== null) found.push([String(read.at), read]);
  }
  const { kept, torn } = once(found);
  for (const _ of torn) refuse('is in the chart twice, with different prices');
  const samples = [...kept.values()].toSorted((one, other) => one.at - other.at);
  const dropped = [...refused].map(([reason, count]): Dropped => ({ what: `${series} of ${count} points`, reason }));
  const days = samples.map(({ at }) => at / DAY);
  return { samples, articles: [], dropped: [...dropped, ...withoutDays(series, days, now)] };
}

/** Null for the running day, whose newest point is the running moment, and for what is too old to be kept. */
function readPoint(point: unknown, series: string, now: Instant): Sample | string | null {
  const read = Point.safeParse(point).data;
  if (read === undefined) return 'is not [unix milliseconds, USD]';
  const [at, value] = read;
  const odd = oddInstant(at, now);
  if (odd !== null) return odd;
  if (at >= Math.floor(now / DAY) * DAY || at <= now - KEPT) return null;
  if (at % DAY !== 0) return 'is not dated at midnight UTC';
  return value > 0 ? { series, at, value, source: ID } : 'is a price of 0 or less';
}

function withoutDays(series: string, days: readonly number[], now: Instant): readonly Dropped[] {
  if (days.length === 0) return [{ what: series, reason: 'the chart has no price of a day before this one' }];
  const lost = missing(days, Math.floor(now / DAY));
  return lost === 0 ? [] : [{ what: series, reason: `${lost} of the days up to yesterday have no price` }];
}
