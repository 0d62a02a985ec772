/** How alike two sets are, by what is kept of them. */
import { expect, test } from 'vitest';
import { likeness, SKETCH } from '../../src/core/alike.ts';

test.each<[string, readonly number[], readonly number[], number]>([
  ['equal', [1, 2, 3], [1, 2, 3], 1],
  ['half', [1, 2, 3], [2, 3, 4], 0.5],
  ['nothing', [1, 2], [3, 4], 0],
  ['empty', [], [1], 0],
  ['both empty', [], [], 0],
])('likeness of %s', (_, a, b, share) => {
  expect([likeness(a, b), likeness(b, a)]).toEqual([share, share]);
});

test('likeness of the smallest hashes estimates that of all', () => {
  const all = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => Math.imul(from + n, 2654435761) >>> 0);
  const smallest = (list: readonly number[]) => list.toSorted((a, b) => a - b).slice(0, SKETCH);
  // 0 to 1999 and 500 to 2499: 1500 of 2500 are common.
  expect(likeness(smallest(all(0, 2000)), smallest(all(500, 2500)))).toBeCloseTo(0.6, 0);
});
