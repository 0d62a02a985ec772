import { expect, test } from 'vitest';
import { akashOracle } from '../../../src/sources/metrics/akash-oracle.ts';
import { akashOracle as provider } from '../../providers/akash-oracle.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf, routeOf } from '../parse.ts';

const source = akashOracle({});
const PRICE = requestOf(source, '/market-data/akt');
const good = { price: 0.5434716, volume: 0, marketCap: 0, marketCapRank: 0, priceChange24h: 0 };

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
  expect(source.every).toBeGreaterThanOrEqual(source.least);
});

test('the price holds at the time of the fetch', () => {
  const reading = source.parse(replyOf(good), PRICE, NOW);
  expect(reading.samples).toEqual([{ series: 'akash.token_price', at: NOW, value: 0.5434716, source: 'akash-oracle' }]);
  expect(reading.dropped).toEqual([]);
});

test.each([
  ['0: neither the oracle nor the stored price answered', { ...good, price: 0 }, 'price: is 0 or less: neither'],
  ['null', { ...good, price: null }, 'price: expected number'],
  ['in quotes', { ...good, price: '0.54' }, 'price: expected number'],
  ['without a price', { volume: 0 }, 'price: expected number'],
])('%s is no price', (_, body, reason) => {
  const reading = source.parse(replyOf(body), PRICE, NOW);
  expect(valuesOf(reading)).toEqual({});
  expect(reasonsOf(reading)['akash.token_price']).toContain(reason);
});

survivesAnything(source, PRICE, routeOf(provider, PRICE, NOW).body);
