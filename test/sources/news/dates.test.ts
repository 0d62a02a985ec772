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
  ['2026/6/30 10:00:00', '2026-06-30T10:00:00Z'],
  ['2026/06/30', '2026-06-30T00:00:00Z'],
  ['Tue, 30 Jun 2026 10:00 PM', '2026-06-30T22:00:00Z'],
  ['2026-06-30 12:05:00 a.m.', '2026-06-30T00:05:00Z'],
  ['2026-06-30 10:00:00 UTC', '2026-06-30T10:00:00Z'],
  ['2026-06-30T10:00:00 EST', '2026-06-30T15:00:00Z'],
  ['Tue, 30 Jun 2026 10:00:00 GMT+0200', '2026-06-30T08:00:00Z'],
  ['Tue Jun 30 2026 10:00:00 GMT+0200 (Eastern European Time)', '2026-06-30T08:00:00Z'],
  ['2026-06-30T10:00:00+00', '2026-06-30T10:00:00Z'],
  ['2026-06-30T10:00:00,123Z', '2026-06-30T10:00:00.123Z'],
  ['2026-06-30T9:05:00Z', '2026-06-30T09:05:00Z'],
  ['Jun 30, 2026', '2026-06-30T00:00:00Z'],
  ['June 30, 2026 10:00 AM', '2026-06-30T10:00:00Z'],
  ['Tue, 30 Jun 2026 24:00:00 GMT', '2026-07-01T00:00:00Z'],
  ['Tue, 30 Jun 2026 23:59:60 GMT', '2026-07-01T00:00:00Z'],
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
  '2026-06-30 13:00 PM',
  '2026-06-30T24:01:00Z',
  '2026-06-30T10:00:00+99',
  '2026-06-30 and more',
])('%j is no date', (text) => {
  expect(feedDate(text)).toBeUndefined();
});

const at = (dates: readonly (string | undefined)[], link: string | null = null) => {
  const published = publishedAt(dates, link, NOW);
  return 'ahead' in published ? ['ahead', toIso(published.ahead)] : [toIso(published.at), published.doubt];
};

test.each([
  ['the first that can be read', ['soon', '2026-06-30T10:00:00Z'], '2026-06-30T10:00:00Z'],
  ['a little ahead, by a fast clock', ['2026-07-01T12:59:59Z'], '2026-07-01T12:59:59Z'],
  ['the update, where the first lies ahead', ['2099-01-01', '2026-06-01'], '2026-06-01T00:00:00Z'],
  ['the update, where the first lies before the web', ['1970-01-01', '2026-06-01'], '2026-06-01T00:00:00Z'],
  ['the update, where the first is in another zone', ['2026-07-01T20:00Z', '2026-06-01'], '2026-06-01T00:00:00Z'],
  ['long ago', ['1999-01-01'], '1999-01-01T00:00:00Z'],
  ['now, where local time is given as GMT', ['Wed, 01 Jul 2026 20:00:00 GMT'], '2026-07-01T12:00:00Z'],
  ['now, in the zone furthest ahead', ['Thu, 02 Jul 2026 02:00:00 GMT'], '2026-07-01T12:00:00Z'],
])('published is %s', (_, dates, instant) => {
  expect(at(dates)).toEqual([instant, undefined]);
});

test.each([
  ['none', [undefined, ' '], 'gives no date'],
  ['one that cannot be read', ['soon'], 'gives no date that can be read (soon)'],
  ['markup and more', [`<b>x</b>\u202e${'y'.repeat(99)}`], `gives no date that can be read (x ${'y'.repeat(37)}…)`],
  ['the epoch', ['1970-01-01T00:00:00Z'], 'gives no date that can be believed (1970-01-01)'],
  ['one before the web', ['1989-12-31'], 'gives no date that can be believed (1989-12-31)'],
  ['a year of two digits', ['0026-06-30'], 'gives no date that can be read (0026-06-30)'],
])('of dates, %s is doubted, in words', (_, dates, doubt) => {
  expect(at(dates)).toEqual([toIso(NOW), doubt]);
});

test.each([
  ['https://a.example/2025/03/14/slug', '2025-03-14', '2025-03-14'],
  ['https://a.example/news/2025/3/4', '2025-03-04', '2025-03-04'],
  ['https://a.example/2025/03/14.html#top', '2025-03-14', '2025-03-14'],
  ['https://a.example/2025/03/slug', '2025-03', '2025-03-31'],
  ['https://a.example/2024/02/slug', '2024-02', '2024-02-29'],
  ['https://a.example/2025-03-14-slug.html', '2025-03-14', '2025-03-14'],
  ['https://a.example/news/20250314-slug', '2025-03-14', '2025-03-14'],
  ['https://a.example/2026/05/16/slug', '2026-05-16', '2026-05-16'],
])('the address %s is believed rather than a date long after it', (link, written, day) => {
  expect(at(['2026-07-01T08:00:00Z'], link)).toEqual([
    `${day}T23:59:59.999Z`,
    `says it is of 2026-07-01, and its address of ${written}`,
  ]);
});

test.each([
  'https://a.example/2026/06/30/slug',
  'https://a.example/2026/05/17/slug',
  'https://a.example/2026/05/slug',
  'https://a.example/2027/01/01/slug',
  'https://a.example/report-2025-03-14',
  'https://a.example/2025/13/slug',
  'https://a.example/2025/02/30/slug',
  'https://a.example/20250314159',
  'https://a.example/article/20151203/',
  'https://a.example/article/20151203/4',
  'https://a.example/1984/01/01/slug',
  'https://a.example/item?date=/2025/03/14/',
  'https://a.example/slug',
])('the address %s tells nothing against the date', (link) => {
  expect(at(['2026-07-01T08:00:00Z'], link)).toEqual(['2026-07-01T08:00:00Z', undefined]);
});

test.each([
  ['2031-01-01', '2031-01-01T00:00:00Z'],
  ['2026-07-02T02:00:01Z', '2026-07-02T02:00:01Z'],
])('an item of %s is still to come', (date, instant) => {
  expect(at([date])).toEqual(['ahead', instant]);
});
