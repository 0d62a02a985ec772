import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockEmission, MOST_RAO, RAO, taoOf } from '../../../src/sources/chain/tao.ts';

/** The issuance at which the nth halving falls, in rao: 21 million × (1 − 2^−n). */
const halving = (n: bigint): bigint => (MOST_RAO * ((1n << n) - 1n)) / (1n << n);

describe('the emission of a block', () => {
  test.each([
    ['10.5 million', halving(1n), 10_500_000n * RAO, 1_000_000_000n],
    ['15.75 million', halving(2n), 15_750_000n * RAO, 500_000_000n],
    ['18.375 million', halving(3n), 18_375_000n * RAO, 250_000_000n],
    ['19.6875 million', halving(4n), 19_687_500n * RAO, 125_000_000n],
  ])('halves at %s TAO, to the rao', (_, at, rao, before) => {
    expect(at).toBe(rao);
    expect(blockEmission(at - 1n)).toBe(before);
    expect(blockEmission(at)).toBe(before / 2n);
    expect(blockEmission(at + 1n)).toBe(before / 2n);
  });

  test('begins with a whole TAO and ends with nothing', () => {
    expect(blockEmission(0n)).toBe(RAO);
    expect(blockEmission(1n)).toBe(RAO);
    expect(blockEmission(MOST_RAO - 1n)).toBe(0n);
    expect(blockEmission(MOST_RAO)).toBe(0n);
  });

  test('was half a TAO at 11,180,113.34', () => {
    expect(blockEmission(11_180_113_340_000_000n)).toBe(RAO / 2n);
  });

  test('never rises with the issuance', () => {
    const Issuance = fc.bigInt({ min: 0n, max: MOST_RAO });
    fc.assert(
      fc.property(Issuance, Issuance, (one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        expect(blockEmission(less)).toBeGreaterThanOrEqual(blockEmission(more));
      }),
    );
  });
});

test('rao as TAO', () => {
  expect(taoOf(11_180_113_340_000_000n)).toBe(11_180_113.34);
  expect(taoOf(1n)).toBe(1e-9);
});
