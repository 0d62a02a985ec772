import { describe, expect, test } from 'vitest';
import { solana } from '../../../src/sources/metrics/solana.ts';
import { solana as provider } from '../../providers/solana.ts';
import { NOW, reasonsOf, replyOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf, routeOf } from '../parse.ts';

const source = solana({});
const [IO, RENDER] = source.requests();
if (IO === undefined || RENDER === undefined) throw new Error('two tokens are asked for');

const answer = (amount: unknown, decimals: unknown, uiAmountString: unknown) => ({
  jsonrpc: '2.0',
  id: 1,
  result: { context: { slot: 371_204_556 }, value: { amount, decimals, uiAmount: 0, uiAmountString } },
});
const read = (body: unknown) => source.parse(replyOf(body), IO, NOW);

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

test('asks for the finalized supply of each mint', () => {
  expect(source.requests().map(({ body }) => JSON.parse(body ?? ''))).toEqual([
    {
      jsonrpc: '2.0',
      id: 1,
      method: 'getTokenSupply',
      params: ['BZLbGTNCSFfoth2GYDtwr7e4imWzpR5jqcUuGEwr646K', { commitment: 'finalized' }],
    },
    {
      jsonrpc: '2.0',
      id: 1,
      method: 'getTokenSupply',
      params: ['rndrizKT3MK1iimdxRdWabcF7Zg7AR5T4nud4EkHBof', { commitment: 'finalized' }],
    },
  ]);
});

describe('a supply', () => {
  test('is read by the decimals of the answer, and holds at now', () => {
    expect(read(answer('79912345600000000', 8, '799123456')).samples).toEqual([
      { series: 'ionet.token_supply', at: NOW, value: 799_123_456, source: 'solana' },
    ]);
    expect(valuesOf(read(answer('100000', 2, '1000')))).toEqual({ 'ionet.token_supply': 1000 });
    expect(valuesOf(read(answer('1000', 0, '1000')))).toEqual({ 'ionet.token_supply': 1000 });
  });

  test('belongs to the token that was asked for', () => {
    const reading = source.parse(replyOf(answer('100000', 2, '1000')), RENDER, NOW);
    expect(valuesOf(reading)).toEqual({ 'render.solana_supply': 1000 });
  });

  test('keeps digits that a double loses on the way', () => {
    const exact = Number('720575940.37927957');
    expect(Number('72057594037927957') / 1e8).not.toBe(exact);
    expect(valuesOf(read(answer('72057594037927957', 8, '720575940.37927957')))).toEqual({
      'ionet.token_supply': exact,
    });
    expect(valuesOf(read(answer('5', 8, '0.00000005')))).toEqual({ 'ionet.token_supply': 5e-8 });
    expect(valuesOf(read(answer('150000000', 8, '1.5')))).toEqual({ 'ionet.token_supply': 1.5 });
  });

  test.each([
    ['a number for an amount', answer(100_000, 2, '1000'), /amount: .*received number/],
    ['other decimals than it says', answer('100000', 3, '1000'), /amount and uiAmountString disagree/],
    ['0', answer('0', 2, '0'), /0 is no supply/],
    ['null', answer(null, 2, '1000'), /received null/],
    ['a negative amount', answer('-5', 0, '-5'), /expected digits/],
    ['an amount in words', answer('1e9', 0, '1e9'), /expected digits/],
    ['decimals in quotes', answer('100000', '2', '1000'), /decimals: .*received string/],
    ['decimals beyond any token', answer('1', 400, '0'), /decimals/],
  ])('%s is refused', (_, body, reason) => {
    const reading = read(body);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['ionet.token_supply']).toMatch(reason);
  });

  test('an error of the node is named', () => {
    const reading = read({
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32_602, message: 'Invalid param: not a Token mint' },
    });
    expect(reasonsOf(reading)['ionet.token_supply']).toMatch('Invalid param: not a Token mint');
  });
});

for (const request of [IO, RENDER]) survivesAnything(source, request, routeOf(provider, request, NOW).body);
