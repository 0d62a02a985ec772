import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../src/core/ports.ts';
import { akashChain } from '../../../src/sources/metrics/akash-chain.ts';
import { akashChain as provider } from '../../providers/akash-chain.ts';
import { NOW, reasonsOf, replyOf, requestOf, textReply, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = akashChain({});
const SUPPLY = requestOf(source, '/supply');

function page(next_key: unknown, ...coins: readonly (readonly [denom: unknown, amount: unknown])[]): Reply {
  return replyOf({ supply: coins.map(([denom, amount]) => ({ denom, amount })), pagination: { next_key, total: '9' } });
}

function supplyOf(first: Reply, ...further: readonly Reply[]) {
  return source.parse(further.length === 0 ? first : { ...first, further }, SUPPLY, NOW);
}

test('gives what its provider says, from the second of two pages', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
  expect(source.every).toBeGreaterThanOrEqual(source.least);
});

describe('pages', () => {
  test('the key of the next one is encoded for a URL', () => {
    const url = source.next?.(page('dWFj+C8/aQ=='), SUPPLY)?.url ?? '';
    expect(url).toBe(`${SUPPLY.url}&pagination.key=dWFj%2BC8%2FaQ%3D%3D`);
    expect(new URL(url).searchParams.get('pagination.key')).toBe('dWFj+C8/aQ==');
  });

  test.each([
    ['the last page', page(null)],
    ['an empty key', page('')],
    ['no text', page(5)],
    ['half a character', page('\ud800')],
    ['more than a key', page('abc&pagination.limit=1')],
    ['no pages', replyOf({ supply: [] })],
    ['no JSON', textReply('<html>')],
    ['null', textReply('null')],
  ])('none after %s', (_, reply) => {
    expect(source.next?.(reply, SUPPLY)).toBeNull();
  });

  test('one that cannot be read spoils the answer: what it held nobody knows', () => {
    const reading = supplyOf(page('YQ==', ['uakt', '5000000']), textReply('<html></html>'));
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['akash.token_supply']).toBe('page 2: the body is an HTML page, not JSON');
  });
});

describe('the supply', () => {
  test('is in uakt, at the time of the fetch', () => {
    const reading = supplyOf(page(null, ['uact', '7'], ['uakt', '295868912489891']));
    expect(reading.samples).toEqual([
      { series: 'akash.token_supply', at: NOW, value: 295_868_912.489891, source: 'akash-chain' },
    ]);
    expect(reading.dropped).toEqual([]);
  });

  test('keeps its digits where uakt have more than a double', () => {
    const reading = supplyOf(page(null, ['uakt', '9007199254740993000000']));
    expect(valuesOf(reading)['akash.token_supply']).toBe(Number(9007199254740993n));
    // As a double, 2^53 + 1 would be one less.
    expect(valuesOf(supplyOf(page(null, ['uakt', '9007199254740993'])))).toEqual({
      'akash.token_supply': 9_007_199_254.740993,
    });
  });

  test('the same coin twice is the same coin; two amounts are none', () => {
    expect(valuesOf(supplyOf(page('YQ==', ['uakt', '5000000']), page(null, ['uakt', '5000000'])))).toEqual({
      'akash.token_supply': 5,
    });
    const reading = supplyOf(page(null, ['uakt', '5000000'], ['uakt', '6000000']));
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['akash.token_supply']).toBe('uakt is in the answer with different amounts');
  });

  test.each([
    ['0', '0'],
    ['many zeros', '000'],
    ['a number', 5_000_000],
    ['a broken number', '5000000.5'],
    ['a power', '5e12'],
    ['negative', '-5000000'],
    ['nothing', ''],
    ['too long', '9'.repeat(41)],
    ['null', null],
  ])('an amount that is %s is refused', (_, amount) => {
    const reading = supplyOf(page(null, ['uact', '7'], ['uakt', amount]));
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['akash.token_supply']).toMatch(/^supply\.1\.amount: expected/);
  });

  test('without uakt there is none; a row that cannot be read is told', () => {
    const reading = supplyOf(page(null, ['factory/akash1xyz/uakt', '7'], [null, '8']));
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)).toEqual({
      'supply.1': 'denom: expected string, received null',
      'akash.token_supply': 'uakt is not in the answer',
    });
  });

  test('a page beyond measure is refused', () => {
    const reading = supplyOf(replyOf({ supply: new Array(200_001).fill(null) }));
    expect(reasonsOf(reading)['akash.token_supply']).toMatch(/^supply: Too big/);
  });
});

survivesAnything(source, SUPPLY, {
  supply: [
    { denom: 'uact', amount: '1900000000000' },
    { denom: 'uakt', amount: '292000000250000' },
  ],
  pagination: { next_key: null, total: '2' },
});
