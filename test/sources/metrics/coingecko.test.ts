import { describe, expect, test } from 'vitest';
import { coingecko } from '../../../src/sources/metrics/coingecko.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';

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

describe('coins/markets', () => {
  test('asks for all coins in one call', () => {
    expect(source.requests()).toHaveLength(1);
    expect(MARKETS.url).toContain('ids=render-token,akash-network,io,bittensor,bitcoin,ethereum');
  });

  test("gives prices and supplies at their own time; Akash's supply is its own chain's affair", () => {
    const reading = source.parse(replyOf(markets), MARKETS, NOW);
    expect(valuesOf(reading)).toEqual({
      'bitcoin.token_price': 118_000,
      'bitcoin.token_supply': 20_050_000,
      'ethereum.token_price': 3400,
      'ethereum.token_supply': 121_000_000,
      'bittensor.token_price': 410.5,
      'bittensor.token_supply': 11_100_000,
      'render.token_price': 3.75,
      'render.token_supply': 532_000_000,
      'akash.token_price': 0.5437,
      'ionet.token_price': 0.625,
      'ionet.token_supply': 800_000_000,
    });
    expect(reading.samples.every((sample) => sample.at === Date.parse('2026-07-17T20:08:21.599Z'))).toBe(true);
    expect(reading.dropped).toEqual([]);
  });

  test('a coin left out without a word is named', () => {
    const reading = source.parse(replyOf(markets.slice(0, 5)), MARKETS, NOW);
    expect(reading.samples).toHaveLength(9);
    expect(reading.dropped).toEqual([
      { what: 'ionet.token_price', reason: 'io is not in the answer' },
      { what: 'ionet.token_supply', reason: 'io is not in the answer' },
    ]);
  });

  test('null is not zero', () => {
    const reading = source.parse(replyOf([...markets.slice(0, 5), coin('io', null, null)]), MARKETS, NOW);
    expect(reasonsOf(reading)).toEqual({
      'ionet.token_price': 'current_price: expected number, received null',
      'ionet.token_supply': 'total_supply: expected number, received null',
    });
  });

  test('a coin given twice is not trusted', () => {
    const reading = source.parse(replyOf([...markets, coin('io', 9, 9)]), MARKETS, NOW);
    expect(valuesOf(reading)['ionet.token_price']).toBeUndefined();
    expect(reasonsOf(reading)['ionet.token_price']).toBe('io is in the answer 2 times');
  });
});

survivesAnything(source, MARKETS, markets);
