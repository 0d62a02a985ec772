import { describe, expect, test } from 'vitest';
import { liumRevenue } from '../../../src/sources/metrics/lium-revenue.ts';
import { liumRevenue as provider } from '../../providers/lium-revenue.ts';
import { NOW, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = liumRevenue({});
const REVENUE = requestOf(source, 'revenue-for-validators');
const read = (months: unknown, now = NOW) => source.parse(replyOf(months), REVENUE, now);
const reasons = (months: unknown) => read(months).dropped.map(({ reason }) => reason);

test('gives what its provider says, at any time of the year', () => {
  for (let now = NOW; now < NOW + 400 * 86_400_000; now += 9 * 86_400_000)
    expect(newestOf(readingOf(source, provider, now))).toEqual(provider.gives);
});

describe('a month', () => {
  test('is told at its end, as the mean of its days, all validators together', () => {
    const reading = read({ '2026-06': { '5Csv': 600_000, '5E1n': 4500 }, '2026-05': { '5Csv': 310_000 } });
    expect(reading.samples).toEqual([
      { series: 'lium.revenue', at: Date.parse('2026-06-01'), value: 10_000, source: 'lium-revenue' },
      { series: 'lium.revenue', at: Date.parse('2026-07-01'), value: 20_150, source: 'lium-revenue' },
    ]);
    expect(reading.dropped).toEqual([]);
  });

  test('has its own number of days', () => {
    const now = Date.parse('2028-03-15T00:00:00Z');
    expect(read({ '2028-02': { a: 29 } }, now).samples[0]?.value).toBe(1);
    expect(read({ '2028-02': { a: 29 } }, now).samples[0]?.at).toBe(Date.parse('2028-03-01'));
    expect(read({ '2027-12': { a: 62 }, '2028-01': { a: 31 }, '2028-02': { a: 29 } }, now).samples).toMatchObject([
      { at: Date.parse('2028-01-01'), value: 2 },
      { at: Date.parse('2028-02-01'), value: 1 },
      { at: Date.parse('2028-03-01'), value: 1 },
    ]);
  });

  test('that is running is left out, to its last instant', () => {
    const months = { '2026-07': { a: 310 }, '2026-06': { a: 30 } };
    expect(read(months, Date.parse('2026-07-31T23:59:59.999Z')).samples).toHaveLength(1);
    expect(read(months, Date.parse('2026-08-01T00:00:00Z')).samples).toHaveLength(2);
    expect(valuesOf(read(months))).toEqual({ 'lium.revenue': 1 });
    expect(reasons(months)).toEqual([]);
  });

  test('adds up to the same whatever the order of validators', () => {
    const amounts = { a: 0.1, b: 0.2, c: 0.3 };
    const backwards = Object.fromEntries(Object.entries(amounts).toReversed());
    expect(read({ '2026-06': amounts })).toEqual(read({ '2026-06': backwards }));
  });

  test.each([
    ['nobody in it', {}, '2026-06: nobody is in it, which is not a revenue of 0'],
    ['an amount below 0', { a: 5, b: -1 }, '2026-06: is not amounts of USD by address'],
    ['an amount in quotes', { a: '5' }, '2026-06: is not amounts of USD by address'],
    ['a null', { a: 5, b: null }, '2026-06: is not amounts of USD by address'],
    ['a number for all', 600_000, '2026-06: is not amounts of USD by address'],
    ['more than a number holds', { a: 1.7e308, b: 1.7e308 }, '2026-06: is more than a number can hold'],
  ])('with %s is dropped, and leaves the others', (_, amounts, reason) => {
    const months = { '2026-06': amounts, '2026-05': { a: 31 } };
    expect(valuesOf(read(months))).toEqual({ 'lium.revenue': 1 });
    expect(reasons(months)).toEqual([reason]);
  });

  test('to come is no figure', () => {
    expect(reasons({ '2026-08': { a: 1 }, '2026-06': { a: 30 } })).toEqual(['2026-08: is to come']);
  });

  test('that is left out is missed', () => {
    expect(reasons({ '2026-06': { a: 30 }, '2026-03': { a: 31 } })).toEqual([
      '2 of the months up to the last are not in the answer',
    ]);
    expect(reasons({ '2026-05': { a: 31 } })).toEqual(['1 of the months up to the last are not in the answer']);
  });
});

test('keys that are no months are dropped, and not shown: they may be addresses', () => {
  const months = { '5CsvAddress': { '2026-06': 1 }, '2026-13': { a: 1 }, '2026-6': { a: 1 }, '2026-06': { a: 30 } };
  expect(valuesOf(read(months))).toEqual({ 'lium.revenue': 1 });
  expect(reasons(months)).toEqual(Array(3).fill('a key is not a month such as 2026-05'));
});

test('no address is ever shown', () => {
  for (const amounts of [{ '5CsvAddress': -1 }, { '5CsvAddress': null }, { '5CsvAddress': { '5CsvAddress': 1 } }])
    expect(JSON.stringify(read({ '2026-06': amounts }))).not.toContain('5Csv');
});

test('without a complete month there is no figure', () => {
  expect(reasons({ '2026-07': { a: 1 } })).toEqual(['there is no complete month']);
  expect(reasons([])).toEqual(['expected record, received array']);
});

survivesAnything(source, REVENUE, {
  '2026-07': { a: 31 },
  '2026-06': { a: 600 },
  '2026-05': { a: 310 },
  '2026-04': {},
});
