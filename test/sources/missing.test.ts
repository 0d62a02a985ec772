import { expect, test } from 'vitest';
import { missing } from '../../src/sources/missing.ts';

test.each([
  ['nothing of a whole list', [5, 6, 7, 8, 9], 10, 0],
  ['a gap', [5, 7, 9], 10, 2],
  ['the last ones', [5, 6], 10, 3],
  ['nothing for the running one and later ones', [8, 9, 10, 12], 10, 0],
  ['nothing for doubles', [9, 9, 8, 8], 10, 0],
  ['nothing of no list', [], 10, 0],
  ['nothing where none has closed', [10, 11], 10, 0],
])('%s', (_, periods, running, count) => {
  expect(missing(periods, running)).toBe(count);
});
