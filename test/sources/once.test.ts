import { expect, test } from 'vitest';
import { once } from '../../src/sources/once.ts';

test('identical rows count once', () => {
  const { kept, torn } = once([
    ['a', { n: 1 }],
    ['b', { n: 2 }],
    ['a', { n: 1 }],
  ]);
  expect([...kept]).toEqual([
    ['a', { n: 1 }],
    ['b', { n: 2 }],
  ]);
  expect(torn).toEqual([]);
});

test('contradicting rows count not at all, in any order and however often', () => {
  const rows = [
    ['a', 1],
    ['a', 2],
    ['a', 1],
    ['b', 3],
  ] as const;
  for (const order of [rows, rows.toReversed()]) {
    const { kept, torn } = once(order);
    expect([...kept]).toEqual([['b', 3]]);
    expect(torn).toEqual(['a']);
  }
});
