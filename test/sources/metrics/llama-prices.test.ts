import { describe, expect, test } from 'vitest';
import { llamaPrices } from '../../../src/sources/metrics/llama-prices.ts';
import { llamaPrices as provider } from '../../providers/llama-prices.ts';
import { NOW, reasonsOf, replyOf, requestOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = llamaPrices({});
const CURRENT = requestOf(source, 'prices/current');
const COIN = 'gensyn:0x4e742319f6b0fec4afa504fc8ed3ceab0fb751a2';
const SOON = Math.floor(NOW / 1000);
const prices = (coin: unknown) => ({ coins: { [COIN]: coin } });
const read = (body: unknown) => source.parse(replyOf(body), CURRENT, NOW);

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

describe('the price', () => {
  test('stands at its own time, however old', () => {
    const timestamp = SOON - 40 * 86_400;
    expect(read(prices({ price: 0.04, timestamp })).samples).toEqual([
      { series: 'gensyn.token_price', at: timestamp * 1000, value: 0.04, source: 'llama-prices' },
    ]);
  });

  test('a coin left out without a word is named', () => {
    expect(read({ coins: {} }).dropped).toEqual([
      { what: 'gensyn.token_price', reason: `${COIN} is not in the answer` },
    ]);
    // Never by symbol: it is another token's too.
    expect(read({ coins: { 'coingecko:ai': { price: 9, symbol: 'AI', timestamp: SOON } } }).samples).toEqual([]);
  });

  test.each([
    ['0', { price: 0, timestamp: SOON }, /price/],
    ['null', { price: null, timestamp: SOON }, /received null/],
    ['in quotes', { price: '0.04', timestamp: SOON }, /received string/],
    ['without a time', { price: 0.04 }, /timestamp/],
    ['of tomorrow', { price: 0.04, timestamp: SOON + 86_400 }, /more than 5 minutes in the future/],
    ['of 1970', { price: 0.04, timestamp: 1 }, /before 2000/],
    ['in milliseconds', { price: 0.04, timestamp: NOW }, /in the future/],
  ])('%s is no price', (_, coin, reason) => {
    const reading = read(prices(coin));
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['gensyn.token_price']).toMatch(reason);
  });
});

survivesAnything(
  source,
  CURRENT,
  prices({ decimals: 18, symbol: 'AI', price: 0.04, timestamp: SOON, confidence: 0.9 }),
);
