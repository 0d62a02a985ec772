import { describe, expect, test } from 'vitest';
import { DAY, toIso } from '../../../src/core/time.ts';
import { coingecko } from '../../../src/sources/metrics/coingecko.ts';
import { coingecko as provider } from '../../providers/coingecko.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf, routeOf } from '../parse.ts';

const source = coingecko({});
const MARKETS = requestOf(source, '/coins/markets');
const CHARTS = source.backfill?.() ?? [];
const coin = (id: string, current_price: number | null, total_supply: number | null) => ({
  id,
  symbol: id.slice(0, 3),
  current_price,
  total_supply,
  max_supply: null,
  last_updated: '2026-07-17T20:08:21.599Z',
});
const markets = [
  coin('bitcoin', 118_000, 20_050_000),
  coin('ethereum', 3400, 121_000_000),
  coin('bittensor', 410.5, 11_100_000),
  coin('render-token', 3.75, 532_000_000),
  coin('akash-network', 0.5437, 295_000_000),
  coin('io', 0.625, 800_000_000),
];

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

describe('the key', () => {
  test('goes into a header, never into the address', () => {
    const [request] = coingecko({ key: 'CG-secret' }).requests();
    expect(request?.headers).toEqual({ 'x-cg-demo-api-key': 'CG-secret' });
    expect(request?.url).toBe(MARKETS.url);
    for (const [index, chart] of (coingecko({ key: 'CG-secret' }).backfill?.() ?? []).entries()) {
      expect(chart.headers).toEqual({ 'x-cg-demo-api-key': 'CG-secret' });
      expect(chart.url).toBe(CHARTS[index]?.url);
    }
  });

  test('is not needed', () => {
    for (const { headers } of [MARKETS, ...CHARTS]) expect(headers).toBeUndefined();
    expect(source.key).toMatchObject({ variable: 'COINGECKO_API_KEY', required: false });
  });
});

describe('coins/markets', () => {
  test('asks for all coins in one call', () => {
    expect(source.requests()).toHaveLength(1);
    expect(MARKETS.url).toContain('ids=render-token,akash-network,io,bittensor,bitcoin,ethereum');
  });

  test("gives prices and supplies at their own time; supplies that a chain tells are the chain's affair", () => {
    const reading = source.parse(replyOf(markets), MARKETS, NOW);
    expect(valuesOf(reading)).toEqual({
      'bitcoin.token_price': 118_000,
      'bitcoin.token_supply': 20_050_000,
      'ethereum.token_price': 3400,
      'ethereum.token_supply': 121_000_000,
      'bittensor.token_price': 410.5,
      'render.token_price': 3.75,
      'render.token_supply': 532_000_000,
      'akash.token_price': 0.5437,
      'ionet.token_price': 0.625,
    });
    expect(reading.samples.every((sample) => sample.at === Date.parse('2026-07-17T20:08:21.599Z'))).toBe(true);
    expect(reading.dropped).toEqual([]);
  });

  test('a coin left out without a word is named', () => {
    const reading = source.parse(replyOf(markets.slice(0, 5)), MARKETS, NOW);
    expect(reading.samples).toHaveLength(8);
    expect(reading.dropped).toEqual([{ what: 'ionet.token_price', reason: 'io is not in the answer' }]);
  });

  test('null is not zero', () => {
    const others = markets.filter(({ id }) => id !== 'render-token');
    const reading = source.parse(replyOf([...others, coin('render-token', null, null)]), MARKETS, NOW);
    expect(reasonsOf(reading)).toEqual({
      'render.token_price': 'current_price: expected number, received null',
      'render.token_supply': 'total_supply: expected number, received null',
    });
  });

  test('a price of 0 is a dead endpoint', () => {
    const reading = source.parse(replyOf([...markets.slice(0, 5), coin('io', 0, null)]), MARKETS, NOW);
    expect(valuesOf(reading)['ionet.token_price']).toBeUndefined();
  });

  test('a coin given twice counts once, with two prices it is not trusted', () => {
    expect(source.parse(replyOf([...markets, ...markets]), MARKETS, NOW)).toEqual(
      source.parse(replyOf(markets), MARKETS, NOW),
    );
    const reading = source.parse(replyOf([...markets, coin('io', 9, 9)]), MARKETS, NOW);
    expect(valuesOf(reading)['ionet.token_price']).toBeUndefined();
    expect(reasonsOf(reading)['ionet.token_price']).toBe('io is in the answer 2 times, with different figures');
  });
});

describe('market_chart', () => {
  const chartOf = (id: string) => CHARTS.find(({ url }) => url.includes(`/coins/${id}/`)) ?? MARKETS;
  const at = (text: string) => Date.parse(text);

  /** [time, USD] of akash.token_price, and what was left out. */
  function read(prices: unknown, now = NOW) {
    const reading = source.parse(
      replyOf({ prices, market_caps: [], total_volumes: [] }),
      chartOf('akash-network'),
      now,
    );
    for (const sample of reading.samples)
      expect(sample).toMatchObject({ series: 'akash.token_price', source: 'coingecko' });
    return { prices: reading.samples.map((sample) => [toIso(sample.at), sample.value]), left: reasonsOf(reading) };
  }

  test('is asked apart, once for each coin, a year by the day', () => {
    expect(CHARTS.map(({ url }) => url)).toEqual(
      ['render-token', 'akash-network', 'io', 'bittensor', 'bitcoin', 'ethereum'].map(
        (id) => `https://api.coingecko.com/api/v3/coins/${id}/market_chart?vs_currency=usd&days=365&interval=daily`,
      ),
    );
  });

  test('is the price of its coin at each midnight before the running day, in order', () => {
    const prices = { 'akash.token_price': 0.5, 'ionet.token_price': 0.25, 'bitcoin.token_price': 80_000 };
    for (const [id, series] of [
      ['akash-network', 'akash.token_price'],
      ['io', 'ionet.token_price'],
      ['bitcoin', 'bitcoin.token_price'],
    ] as const) {
      const reading = source.parse(replyOf(routeOf(provider, chartOf(id), NOW).body), chartOf(id), NOW);
      expect(reading.samples.map((sample) => [sample.series, toIso(sample.at), sample.value / prices[series]])).toEqual(
        [
          [series, '2026-07-13T00:00:00Z', 0.75],
          [series, '2026-07-14T00:00:00Z', 1.5],
          [series, '2026-07-15T00:00:00Z', 1.25],
          [series, '2026-07-16T00:00:00Z', 0.875],
        ],
      );
      expect(reading.dropped).toEqual([]);
    }
  });

  test('the running day, its midnight and its newest moment are left out without a word', () => {
    const points = [
      [at('2026-07-16'), 0.5],
      [at('2026-07-17'), 0.75],
      [at('2026-07-17T20:07:21.599Z'), 1],
    ];
    expect(read(points)).toEqual({ prices: [['2026-07-16T00:00:00Z', 0.5]], left: {} });
    // A clock that is ahead of ours may have begun the next day.
    expect(read(points, at('2026-07-16T23:59:00Z')).prices).toEqual([]);
    expect(read([...points.slice(0, 1), [at('2026-07-17'), 0.75]], at('2026-07-16T23:59:00Z'))).toEqual({
      prices: [],
      left: { 'akash.token_price': 'the chart has no price of a day before this one' },
    });
    expect(read(points, at('2026-07-18')).prices).toEqual([
      ['2026-07-16T00:00:00Z', 0.5],
      ['2026-07-17T00:00:00Z', 0.75],
    ]);
  });

  test.each([
    ['0', [at('2026-07-15'), 0], 'is a price of 0 or less'],
    ['less than 0', [at('2026-07-15'), -0.5], 'is a price of 0 or less'],
    ['null', [at('2026-07-15'), null], 'is not [unix milliseconds, USD]'],
    ['in quotes', [at('2026-07-15'), '0.5'], 'is not [unix milliseconds, USD]'],
    ['without its time', [0.5], 'is not [unix milliseconds, USD]'],
    ['with a third figure', [at('2026-07-15'), 0.5, 1], 'is not [unix milliseconds, USD]'],
    ['at noon', [at('2026-07-15T12:00:00Z'), 0.5], 'is not dated at midnight UTC'],
    ['a moment after midnight', [at('2026-07-15') + 1, 0.5], 'is not dated at midnight UTC'],
    ['in unix seconds', [at('2026-07-15') / 1000, 0.5], 'is dated before 2000: an empty date, not an instant'],
    ['to come', [at('2026-07-18'), 0.5], 'is dated more than 5 minutes in the future'],
  ])('a price %s is left out with a reason', (_, odd, reason) => {
    const { prices, left } = read([[at('2026-07-14'), 0.25], odd, [at('2026-07-16'), 0.5]]);
    expect(prices).toEqual([
      ['2026-07-14T00:00:00Z', 0.25],
      ['2026-07-16T00:00:00Z', 0.5],
    ]);
    expect(left).toEqual({
      'akash.token_price of 1 points': reason,
      'akash.token_price': '1 of the days up to yesterday have no price',
    });
  });

  test('a day that is there twice counts once, with two prices it is not trusted; in any order', () => {
    const points = [
      [at('2026-07-14'), 0.25],
      [at('2026-07-15'), 0.5],
      [at('2026-07-16'), 0.75],
      [at('2026-07-15'), 0.5],
    ];
    expect(read(points)).toEqual(read(points.slice(0, 3)));
    const torn = [...points, [at('2026-07-15'), 1]];
    expect(read(torn).prices).toEqual([
      ['2026-07-14T00:00:00Z', 0.25],
      ['2026-07-16T00:00:00Z', 0.75],
    ]);
    expect(read(torn).left['akash.token_price of 1 points']).toBe('is in the chart twice, with different prices');
    expect(read(torn.toReversed())).toEqual(read(torn));
  });

  test('the newest 800 days are kept, and a list that is no daily chart is refused', () => {
    const days = Array.from({ length: 1000 }, (_, ago) => [at('2026-07-16') - ago * DAY, 0.5]);
    const { prices, left } = read(days);
    expect(prices).toHaveLength(799);
    expect(prices[0]?.[0]).toBe('2024-05-09T00:00:00Z');
    expect(left).toEqual({});
    const long = read(Array.from({ length: 10_001 }, () => [at('2026-07-16'), 0.5]));
    expect(long.prices).toEqual([]);
    expect(long.left['akash.token_price']).toMatch(/^prices: Too big/);
  });
});

survivesAnything(source, MARKETS, markets);
for (const request of CHARTS.slice(0, 1)) survivesAnything(source, request, routeOf(provider, request, NOW).body);
