/** Dates as publishers write them, the honest and the lying. */
import { expect, test } from 'vitest';
import { toIso } from '../../../src/core/time.ts';
import { feedDate, publishedAt } from '../../../src/sources/news/dates.ts';
import { NOW } from './networks.ts';

test.each([
  ['2026-06-30T10:00:00Z', '2026-06-30T10:00:00Z'],
  ['2026-06-30T10:00:00.123+02:00', '2026-06-30T08:00:00.123Z'],
  ['2026-06-30T10:00:00', '2026-06-30T10:00:00Z'],
  ['2026-06-30 10:00:00 +0200', '2026-06-30T08:00:00Z'],
  ['2026-06-30', '2026-06-30T00:00:00Z'],
  ['Tue, 30 Jun 2026 10:00:00 GMT', '2026-06-30T10:00:00Z'],
  ['Tue, 30 Jun 2026 10:00:00 -0700', '2026-06-30T17:00:00Z'],
  ['30 June 26 1:05 EST', '2026-06-30T06:05:00Z'],
  ['Tue, 30 Jun 2026 10:00:00', '2026-06-30T10:00:00Z'],
  ['Tue, 30 Jun 2026', '2026-06-30T00:00:00Z'],
])('%s is %s', (text, instant) => {
  expect(toIso(feedDate(text) ?? Number.NaN)).toBe(instant);
});

test.each([
  '',
  'yesterday',
  '31 Feb 2026 10:00:00 GMT',
  '2026-02-30',
  'Tue, 30 Foo 2026 10:00:00 GMT',
  '30/06/2026',
  '1782813600',
])('%j is no date', (text) => {
  expect(feedDate(text)).toBeUndefined();
});

test.each([
  ['the first that can be read', ['soon', '2026-06-30T10:00:00Z'], '2026-06-30T10:00:00Z'],
  ['unknown, where none is given', [undefined], undefined],
  ['unknown, where it cannot be read', ['soon'], undefined],
  ['unknown, where it lies more than an hour ahead', ['2026-07-01T13:00:01Z'], undefined],
  ['a little ahead, by a fast clock', ['2026-07-01T12:59:59Z'], '2026-07-01T12:59:59Z'],
  ['the update, where the first lies ahead', ['2099-01-01', '2026-06-01'], '2026-06-01T00:00:00Z'],
  ['long ago', ['1999-01-01'], '1999-01-01T00:00:00Z'],
])('published is %s', (_, dates, instant) => {
  const published = publishedAt(dates, NOW);
  expect(published === undefined ? undefined : toIso(published)).toBe(instant);
});
