import { describe, expect, test } from 'vitest';
import { chutesRevenue } from '../../../src/sources/metrics/chutes-revenue.ts';
import { chutesRevenue as provider } from '../../providers/chutes-revenue.ts';
import { NOW, replyOf, requestOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = chutesRevenue({});
const REVENUE = requestOf(source, 'daily_revenue_summary');
const read = (rows: unknown, now = NOW) => source.parse(replyOf(rows), REVENUE, now);
const reasons = (rows: unknown) => read(rows).dropped.map(({ reason }) => reason);
const day = (date: unknown, total: unknown, pending: unknown = 0, sponsored: unknown = 0) => ({
  date,
  new_subscriber_revenue: 0,
  paygo_revenue: total,
  pending_instance_revenue: pending,
  sponsored_inference: sponsored,
  total_revenue: total,
});

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

describe('a day', () => {
  test('is told at its end: the total without what is sponsored or not settled', () => {
    const reading = read([day('2026-07-16', 9776.5, 610.5, 66), day('2026-07-15', 11_668)]);
    expect(reading.samples).toEqual([
      { series: 'chutes.revenue', at: Date.parse('2026-07-16'), value: 11_668, source: 'chutes-revenue' },
      { series: 'chutes.revenue', at: Date.parse('2026-07-17'), value: 9100, source: 'chutes-revenue' },
    ]);
    expect(reading.dropped).toEqual([]);
  });

  test('that is running is left out, to its last instant', () => {
    const rows = [day('2026-07-17', 3000), day('2026-07-16', 9000)];
    expect(read(rows).samples).toHaveLength(1);
    expect(read(rows).dropped).toEqual([]);
    expect(read(rows, Date.parse('2026-07-17T23:59:59.999Z')).samples).toHaveLength(1);
    expect(read(rows, Date.parse('2026-07-18T00:00:00Z')).samples).toHaveLength(2);
  });

  test('that is running may be broken', () => {
    expect(reasons([day('2026-07-17', null), day('2026-07-16', 9000)])).toEqual([]);
  });

  test('without a sale is one', () => {
    expect(read([day('2026-07-16', 0)]).samples[0]?.value).toBe(0);
  });

  test.each([
    ['parts larger than the total', day('2026-07-16', 100, 60, 41), 'the parts of the total are more than the total'],
    ['a null', day('2026-07-16', 100, null), 'pending_instance_revenue: expected number, received null'],
    ['a total in quotes', day('2026-07-16', '100'), 'total_revenue: expected number, received string'],
    ['a total below 0', day('2026-07-16', -1), 'total_revenue: Too small'],
    ['a part below 0', day('2026-07-16', 100, 0, -50), 'sponsored_inference: Too small'],
  ])('with %s is dropped, and leaves the others', (_, row, reason) => {
    const reading = read([row, day('2026-07-15', 9000)]);
    expect(reading.samples.map(({ value }) => value)).toEqual([9000]);
    expect(reading.dropped[0]?.reason).toContain(`2026-07-16: ${reason}`);
  });

  test('given twice counts once; with two figures, not at all', () => {
    const rows = [day('2026-07-16', 9000), day('2026-07-15', 8000)];
    expect(read([...rows, ...rows])).toEqual(read(rows));
    for (const order of [
      [day('2026-07-16', 9001), ...rows],
      [...rows, day('2026-07-16', 9001)],
    ]) {
      expect(read(order).samples.map(({ value }) => value)).toEqual([8000]);
      expect(reasons(order)).toEqual(['2026-07-16: is there several times, with different figures']);
    }
  });

  test('to come is no figure', () => {
    expect(reasons([day('2026-07-18', 9000), day('2026-07-16', 9000)])).toEqual(['1 rows are of days to come']);
  });

  test('that is left out is missed', () => {
    expect(reasons([day('2026-07-16', 9000), day('2026-07-13', 9000)])).toEqual([
      '2 of the days up to yesterday are not in the answer',
    ]);
    expect(reasons([day('2026-07-15', 9000)])).toEqual(['1 of the days up to yesterday are not in the answer']);
  });
});

test('rows without a date are counted', () => {
  const odd = [null, '2026-07-16T00:00:00Z', '2026-02-30', '16.07.2026', 20_260_716].map((date) => day(date, 1));
  expect(reasons([day('2026-07-16', 9000), ...odd, 'x'])).toEqual(['6 rows have no date']);
});

test('the newest 800 days are enough', () => {
  const rows = Array.from({ length: 900 }, (_, ago) =>
    day(new Date(Date.parse('2026-07-16') - ago * 86_400_000).toISOString().slice(0, 10), 900 - ago),
  );
  const { samples, dropped } = read(rows);
  expect(samples).toHaveLength(800);
  expect([samples[0]?.value, samples.at(-1)?.value]).toEqual([101, 900]);
  expect(dropped).toEqual([]);
});

test('without a complete day there is no figure', () => {
  expect(reasons([])).toEqual(['there is no complete day']);
  expect(reasons([day('2026-07-17', 1)])).toEqual(['there is no complete day']);
});

survivesAnything(source, REVENUE, [
  day('2026-07-17', 3000, 100, 10),
  day('2026-07-16', 9776.5, 610.5, 66),
  day('2026-07-15', 11_668, 500, 0),
  day('2026-07-14', 400, 500, 0),
]);
