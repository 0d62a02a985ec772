import { describe, expect, test } from 'vitest';
import { coingecko } from '../../../src/sources/metrics/coingecko.ts';
import { coingecko as provider } from '../../providers/coingecko.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = coingecko({});
const MARKETS = requestOf(source, '/coins/markets');
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
  });

  test('is not needed', () => {
    expect(MARKETS.headers).toBeUndefined();
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

survivesAnything(source, MARKETS, markets);
