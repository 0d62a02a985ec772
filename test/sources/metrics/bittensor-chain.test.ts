import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/core/ports.ts';
import { bittensorChain } from '../../../src/sources/metrics/bittensor-chain.ts';
import { bittensorChain as provider } from '../../providers/bittensor-chain.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = bittensorChain({});
const ISSUANCE: Request = requestOf(source, 'finney');
const answer = (result: unknown) => ({ jsonrpc: '2.0', id: 1, result });
const read = (result: unknown) => source.parse(replyOf(answer(result)), ISSUANCE, NOW);

/** A u64 as the chain stores it. */
function stored(rao: bigint): string {
  const bytes = rao.toString(16).padStart(16, '0').match(/../g) ?? [];
  return `0x${bytes.toReversed().join('')}`;
}

test('asks for TotalIssuance, never for the stale BlockEmission', () => {
  expect(source.requests()).toHaveLength(1);
  expect(JSON.parse(ISSUANCE.body ?? '')).toEqual({
    jsonrpc: '2.0',
    id: 1,
    method: 'state_getStorage',
    params: ['0x658faa385070e074c85bf6b568cf055557c875e4cff74148e4628f264b974c80'],
  });
});

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

describe('the issuance', () => {
  test('reads bytes lowest first, at the time of the fetch', () => {
    const reading = read(stored(11_180_113_340_000_000n));
    expect(valuesOf(reading)).toEqual({ 'bittensor.token_supply': 11_180_113.34, 'bittensor.emission': 3600 });
    expect(reading.samples.every(({ at, source: from }) => at === NOW && from === 'bittensor-chain')).toBe(true);
    expect(reading.dropped).toEqual([]);
  });

  test.each([
    [10_500_000_000_000_000n, 7200, 3600],
    [15_750_000_000_000_000n, 3600, 1800],
    [18_375_000_000_000_000n, 1800, 900],
  ])('halves the emission at %s rao, not a rao before', (rao, before, after) => {
    expect(valuesOf(read(stored(rao - 1n)))['bittensor.emission']).toBe(before);
    expect(valuesOf(read(stored(rao)))['bittensor.emission']).toBe(after);
  });

  test('may be all there will ever be', () => {
    expect(valuesOf(read(stored(21_000_000_000_000_000n)))).toEqual({
      'bittensor.token_supply': 21_000_000,
      'bittensor.emission': 0,
    });
  });

  test.each([
    ['nothing stored', null, 'result: nothing is stored under this key'],
    ['0', stored(0n), 'result: is not between 0 and 21 million TAO'],
    ['a rao too many', stored(21_000_000_000_000_001n), 'result: is not between 0 and 21 million TAO'],
    ['all bits', '0xffffffffffffffff', 'result: is not between 0 and 21 million TAO'],
    ['too few bytes', '0x00e72dfc40b827', 'result: expected 8 bytes in hex'],
    ['a u128', `${stored(1n)}0000000000000000`, 'result: expected 8 bytes in hex'],
    ['no 0x', stored(1n).slice(2), 'result: expected 8 bytes in hex'],
    ['a number', 11_180_113.34, 'result: expected string, received number'],
  ])('%s costs both figures', (_, result, reason) => {
    const reading = read(result);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)).toEqual({ 'bittensor.token_supply': reason, 'bittensor.emission': reason });
  });

  test("the node's own error is told", () => {
    const body = { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'Client error' } };
    expect(reasonsOf(source.parse(replyOf(body), ISSUANCE, NOW))['bittensor.emission']).toBe(
      'the node answers error -32603 (internal error): Client error',
    );
  });
});

survivesAnything(source, ISSUANCE, answer(stored(11_180_113_340_000_000n)));
