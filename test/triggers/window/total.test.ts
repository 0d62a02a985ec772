import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageOf, include, sumOf, total } from '../../../src/triggers/window/total.ts';
import { nearest, wholeOf } from './rational.ts';

/** From 1e-90 to 1e90: far more than two doubles hold together. */
const anyValue = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -300, max: 300 }))
  .map(([digits, exponent]) => (Math.abs(digits) < 1e-9 ? 0 : digits * 2 ** exponent));
const share = fc.double({ min: 0.001, max: 1, noNaN: true });
const price = fc.integer({ min: -1000, max: 1000 }).map((step) => 1e6 + step * 1e-3);
const few = fc.constantFrom(0, 0.1, 0.2, -0.2, 0.3, 1, 1e16, -1e16, 2 ** -53, 2 ** -54);

function exactly(values: readonly number[]): bigint {
  return values.reduce((sum, value) => sum + wholeOf(value), 0n);
}

describe.each([
  ['values of any size', anyValue],
  ['ratios', share],
  ['prices', price],
  ['a few that tie and cancel', few],
])('a running total of %s', (_, value) => {
  it('is the double nearest to what a queue holds, and so is its average', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.boolean()), { maxLength: 120 }), (moves) => {
        const held = total();
        const queue: number[] = [];
        for (const [value, drop] of moves) {
          include(held, value);
          queue.push(value);
          if (drop) include(held, -(queue.shift() ?? 0));
          if (queue.length === 0) continue;
          const sum = exactly(queue);
          expect(sumOf(held)).toBe(nearest(sum, 1n) + 0);
          expect(averageOf(held, queue.length)).toBe(nearest(sum, BigInt(queue.length)) + 0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a running total', () => {
  it('forgets a huge value that has passed', () => {
    const held = total();
    for (const value of [1e-30, 0.1, 1e60, 0.2, -1e60, -0.1]) include(held, value);
    expect(sumOf(held)).toBe(0.2);
    include(held, -0.2);
    expect(sumOf(held)).toBe(1e-30);
    include(held, -1e-30);
    expect([sumOf(held), averageOf(held, 3)]).toEqual([0, 0]);
  });

  it('decides by what lies far below where two doubles are equally near', () => {
    const held = total();
    for (const value of [1, 2 ** -53]) include(held, value);
    expect(sumOf(held)).toBe(1);
    include(held, 2 ** -150);
    expect(sumOf(held)).toBe(1 + 2 ** -52);
    include(held, -(2 ** -149));
    expect(sumOf(held)).toBe(1);
  });

  it('decides by what lies far below also where it was spilt while something larger passed', () => {
    const held = total();
    for (const value of [1, 2 ** -53, 2 ** 60, 2 ** -150, -(2 ** 60)]) include(held, value);
    expect([sumOf(held), averageOf(held, 1)]).toEqual([1 + 2 ** -52, 1 + 2 ** -52]);
  });

  it('averages what a passing value left behind', () => {
    const held = total();
    for (const value of [2 ** 60, 1, -(2 ** 60), 3 * 2 ** -54]) include(held, value);
    expect(averageOf(held, 3)).toBe(nearest(exactly([1, 3 * 2 ** -54]), 3n));
  });

  it('averages to the nearest double where the quotient is a hair off the middle of two', () => {
    const held = total();
    for (const value of [3, 3 * 2 ** -53, 2 ** -160]) include(held, value);
    expect(averageOf(held, 3)).toBe(1 + 2 ** -52);
    include(held, -(2 ** -159));
    expect(averageOf(held, 3)).toBe(1);
  });
});
