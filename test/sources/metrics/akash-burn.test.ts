import { describe, expect, test } from 'vitest';
import { akashBurn } from '../../../src/sources/metrics/akash-burn.ts';
import { akashBurn as provider } from '../../providers/akash-burn.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf, routeOf } from '../parse.ts';

const source = akashBurn({});
const BURNED = requestOf(source, 'dailyAktBurnedForAct');
const MINTED = requestOf(source, 'dailyAktReminted');
const VAULT = requestOf(source, 'bme/dashboard-data');

test('gives what its provider says', () => {
  const readings = readingOf(source, provider, NOW);
  expect(newestOf(readings)).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
  expect(readings.flatMap(({ dropped }) => dropped)).toEqual([]);
  expect(source.every).toBeGreaterThanOrEqual(source.least);
});

/** In uakt. */
function burnedOf(...snapshots: readonly (readonly [date: string, value: unknown])[]) {
  const body = { currentValue: 1, compareValue: 2, snapshots: snapshots.map(([date, value]) => ({ value, date })) };
  const reading = source.parse(replyOf(body), BURNED, NOW);
  for (const { at } of reading.samples) expect(at % 86_400_000).toBe(0);
  return {
    days: Object.fromEntries(
      reading.samples.map(({ at, value }) => [new Date(at - 86_400_000).toISOString().slice(0, 10), value]),
    ),
    reasons: reading.dropped.map(({ reason }) => reason),
  };
}

const C = 5_600_000_000_000;

describe('graphs of what a count gained', () => {
  test('uakt become AKT a day, each day at its end, corrections of past days with it', () => {
    const body = routeOf(provider, BURNED, NOW).body;
    expect(source.parse(replyOf(body), BURNED, NOW).samples).toEqual([
      { series: 'akash.burned', at: Date.parse('2026-07-15'), value: 19_000, source: 'akash-burn' },
      { series: 'akash.burned', at: Date.parse('2026-07-16'), value: 21_000, source: 'akash-burn' },
      { series: 'akash.burned', at: Date.parse('2026-07-17'), value: 20_500, source: 'akash-burn' },
    ]);
  });

  test('the first figure is all that was counted until then, wherever in the list it stands', () => {
    const { days, reasons } = burnedOf(
      ['2026-07-16', 2e10],
      ['2026-07-17', 1e10],
      ['2026-07-15', 3e10],
      ['2026-07-14', C],
    );
    expect(days).toEqual({ '2026-07-15': 30_000, '2026-07-16': 20_000 });
    expect(reasons).toEqual([]);
  });

  test('a day on which nothing was burned is a figure', () => {
    const { days } = burnedOf(['2026-07-14', C], ['2026-07-15', 0], ['2026-07-16', 2e10], ['2026-07-17', 1e10]);
    expect(days).toEqual({ '2026-07-15': 0, '2026-07-16': 20_000 });
  });

  test('until something is counted, 0 is no figure, and what comes first may be all until then', () => {
    const { days, reasons } = burnedOf(
      ['2026-07-12', 0],
      ['2026-07-13', 0],
      ['2026-07-14', C],
      ['2026-07-15', 2e10],
      ['2026-07-16', 0],
      ['2026-07-17', 1e10],
    );
    expect(days).toEqual({ '2026-07-15': 20_000, '2026-07-16': 0 });
    expect(reasons).toEqual([]);
    const none = burnedOf(['2026-07-15', 0], ['2026-07-16', 0], ['2026-07-17', 0]);
    expect(none.days).toEqual({});
    expect(none.reasons).toEqual(['every complete day is 0, which this API also answers where it failed']);
    const running = burnedOf(['2026-07-17', 0]);
    expect(running.reasons).toEqual(['the graph has no figure of a complete day']);
  });

  test('after a missing day a figure may be of two', () => {
    const { days, reasons } = burnedOf(
      ['2026-07-13', C],
      ['2026-07-15', 4e10],
      ['2026-07-16', 2e10],
      ['2026-07-17', 1e10],
    );
    expect(days).toEqual({ '2026-07-16': 20_000 });
    expect(reasons).toEqual([
      'has nothing between 2026-07-13 and 2026-07-15',
      'the day before 2026-07-15 has no figure, so that its own may be of several days',
    ]);
  });

  test('where the count could not be read it passes for 0: no day of the hole is a figure, nor the one that fills it', () => {
    const { days, reasons } = burnedOf(
      ['2026-07-10', C],
      ['2026-07-11', 1.5e10],
      ['2026-07-12', -C - 1.5e10],
      ['2026-07-13', 0],
      ['2026-07-14', 0],
      ['2026-07-15', C + 7.5e10],
      ['2026-07-16', 2e10],
      ['2026-07-17', 1e10],
    );
    expect(days).toEqual({ '2026-07-11': 15_000, '2026-07-16': 20_000 });
    expect(reasons).toEqual([
      '2026-07-12 has a figure below 0: the count behind it fell',
      'the day before 2026-07-13 has no figure, so that its own may be of several days',
      'the count behind 2026-07-14 had fallen to nothing',
      'the count behind 2026-07-15 had fallen to nothing',
    ]);
  });

  test('rounding does not make a count of nothing', () => {
    const { days } = burnedOf(
      ['2026-07-12', C + 0.1],
      ['2026-07-13', -C - 0.1 + 0.002],
      ['2026-07-14', 0],
      ['2026-07-15', C + 3e10],
      ['2026-07-16', 2e10],
      ['2026-07-17', 1e10],
    );
    expect(days).toEqual({ '2026-07-16': 20_000 });
  });

  test('a count that was put right goes on a day later', () => {
    const { days, reasons } = burnedOf(
      ['2026-07-12', C],
      ['2026-07-13', -1e12],
      ['2026-07-14', 1e10],
      ['2026-07-15', 3e10],
      ['2026-07-16', 2e10],
      ['2026-07-17', 1e10],
    );
    expect(days).toEqual({ '2026-07-15': 30_000, '2026-07-16': 20_000 });
    expect(reasons).toHaveLength(2);
  });

  test('a day with two figures, or with none, makes the next one doubtful', () => {
    for (const odd of [5e10, null]) {
      const { days, reasons } = burnedOf(
        ['2026-07-12', C],
        ['2026-07-13', 4e10],
        ['2026-07-13', odd],
        ['2026-07-14', 1e10],
        ['2026-07-15', 3e10],
        ['2026-07-17', 1e10],
        ['2026-07-16', 2e10],
      );
      expect(days).toEqual({ '2026-07-15': 30_000, '2026-07-16': 20_000 });
      expect(reasons).toHaveLength(2);
    }
  });

  test('sums beyond a number do no harm', () => {
    const { reasons } = burnedOf(
      ['2026-07-12', 1.7e308],
      ['2026-07-13', 1.7e308],
      ['2026-07-14', -1.7e308],
      ['2026-07-15', -1.7e308],
      ['2026-07-16', 2e10],
      ['2026-07-17', 1e10],
    );
    expect(reasons.length).toBeGreaterThan(0);
  });
});

describe('the vault', () => {
  const now = { date: '2026-07-17T20:05:00.000Z', collateralRatio: 1.25, outstandingAct: 1000, vaultAkt: 5000 };

  test('covers the credits so far, at its own time', () => {
    const reading = source.parse(replyOf({ now, compare: { ...now, collateralRatio: 9 } }), VAULT, NOW);
    expect(reading.samples).toEqual([
      { series: 'akash.collateral_ratio', at: Date.parse(now.date), value: 1.25, source: 'akash-burn' },
    ]);
  });

  test.each([
    ['0', { ...now, collateralRatio: 0 }, 'now.collateralRatio: is 0 or less: nothing is outstanding, or the price'],
    ['below 0', { ...now, collateralRatio: -1 }, 'now.collateralRatio: is 0 or less'],
    ['null', { ...now, collateralRatio: null }, 'now.collateralRatio: expected number'],
    ['without a date', { ...now, date: undefined }, 'now.date: expected string'],
    ['with an odd date', { ...now, date: 'Fri Jul 17 2026' }, 'now.date: expected an ISO-8601'],
  ])('%s is no figure', (_, odd, reason) => {
    const reading = source.parse(replyOf({ now: odd, compare: now }), VAULT, NOW);
    expect(valuesOf(reading)).toEqual({});
    expect(reasonsOf(reading)['akash.collateral_ratio']).toContain(reason);
  });
});

survivesAnything(source, BURNED, routeOf(provider, BURNED, NOW).body);
survivesAnything(source, MINTED, routeOf(provider, MINTED, NOW).body);
survivesAnything(source, VAULT, routeOf(provider, VAULT, NOW).body);
