import { expect, test } from 'vitest';
import { backoff, isPassing, parseRetryAfter } from '../../../src/engine/http/retry.ts';

const NOW = Date.parse('2026-07-17T20:00:00Z');

test.each([
  ['120', 120_000],
  ['0', 0],
  [' 5 ', 5000],
  ['Fri, 17 Jul 2026 20:01:00 GMT', 60_000],
  ['Fri, 17 Jul 2026 19:00:00 GMT', 0],
  ['1.5', null],
  ['-5', null],
  ['1e9', null],
  ['99999999999999999999', null],
  ['tomorrow', null],
  ['2026-07-17T20:01:00Z', null],
  ['', null],
  [null, null],
])('Retry-After %j is %j ms', (header, wanted) => {
  expect(parseRetryAfter(header, NOW)).toBe(wanted);
});

test('the bound doubles, up to ten seconds', () => {
  expect([1, 2, 3, 9].map((attempt) => backoff(attempt, 500, 1))).toEqual([500, 1000, 2000, 10_000]);
  expect(backoff(3, 500, 0)).toBe(0);
});

test.each([
  [408, true],
  [425, true],
  [429, true],
  [500, true],
  [503, true],
  [400, false],
  [404, false],
  [304, false],
])('%i passes by itself: %s', (status, passing) => {
  expect(isPassing(status)).toBe(passing);
});
