import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '../../../src/core/series.ts';
import { HOUR, type Instant } from '../../../src/core/time.ts';
import { WINDOW_FUNCTIONS } from '../../../src/triggers/language/functions.ts';
import type { Aggregate } from '../../../src/triggers/window/aggregate.ts';
import { type Row, reduced } from './reference.ts';

const T0 = Date.UTC(2026, 0, 1);

function aggregate(name: string, q = 0): Aggregate {
  const compute = WINDOW_FUNCTIONS[name]?.compute;
  if (compute?.over !== 'window') throw new Error(`${name} has no aggregate`);
  return compute.aggregate(q);
}

const NAMES = Object.keys(WINDOW_FUNCTIONS).filter((name) => WINDOW_FUNCTIONS[name]?.compute.over === 'window');

/** Rows as a series. */
function seriesOf(rows: readonly Row[]): Series {
  return {
    id: 'akash.gpu_utilization',
    length: rows.length,
    revision: 0,
    step: HOUR,
    time: (index) => rows[index]?.[0] ?? Number.NaN,
    value: (index) => rows[index]?.[1] ?? Number.NaN,
    source: () => 'test',
  };
}

/** Values an hour apart. */
function hourly(values: readonly number[], start: Instant = T0): Series {
  return seriesOf(values.map((value, hour) => [start + hour * HOUR, value]));
}

/** The aggregate of these values, an hour apart. */
function over(name: string, values: readonly number[], q = 0, start: Instant = T0): number {
  const held = aggregate(name, q);
  const series = hourly(values, start);
  for (let index = 0; index < values.length; index++) held.add(series, index);
  return held.value();
}

describe.each(NAMES)('%s', (name) => {
  describe.each([
    ['mixed', (index: number) => ((index * 7919) % 101) / 7],
    ['rising', (index: number) => index / 7],
    ['falling', (index: number) => 1 - index / 7],
  ])('of %s values', (_, valueAt) => {
    const values = Array.from({ length: 600 }, (_, index) => valueAt(index));
    it('is that of the samples held, in steps of one', () => {
      const steps = Array.from({ length: 90 }, () => [1, 1] as const);
      follow(name, values, [[30, 0], ...steps], 0.3);
    });

    it('is that of the samples held, in bursts', () => {
      const bursts = [
        [200, 0],
        [0, 150],
        [10, 0],
        [5, 3],
        [300, 20],
        [2, 250],
        [3, 1],
      ] as const;
      follow(name, values, bursts, 0.3);
    });
  });

  it('is that of the samples held, whatever came and went between two questions', () => {
    const value = fc.oneof(
      fc.constantFrom(0, 0.2, 1),
      fc.integer({ min: -5000, max: 5000 }).map((step) => step / 997),
    );
    const values = fc.array(value, { minLength: 400, maxLength: 400, size: 'max' });
    const burst = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 150 }));
    const parts = fc.array(fc.tuple(burst, burst), { minLength: 1, maxLength: 12, size: 'max' });
    fc.assert(
      fc.property(values, parts, fc.constantFrom(0, 0.3, 0.9, 1), (values, parts, q) => follow(name, values, parts, q)),
      { numRuns: 40 },
    );
  });
});

/** Adds and drops so many samples in turn, one always being left, and asks in between. */
function follow(
  name: string,
  values: readonly number[],
  parts: readonly (readonly [number, number])[],
  q: number,
): void {
  const held = aggregate(name, q);
  const rows = values.map((value, hour): Row => [T0 + hour * HOUR, value]);
  const series = seriesOf(rows);
  let [low, high] = [0, 0];
  for (const [adds, drops] of parts) {
    for (const end = Math.min(high + adds, rows.length); high < end; high++) held.add(series, high);
    for (const end = Math.min(low + drops, high - 1); low < end; low++) held.drop(series, low);
    if (low === high) continue;
    const [told, expected] = [held.value(), reduced(name, rows.slice(low, high), q)];
    if (name === 'stddev' || name === 'slope')
      expect(Math.abs(told - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
    else expect(told).toBe(expected);
  }
}

describe('a constant series', () => {
  it.each([0.1, 0.2, 0.3, 1 / 3, 19.99, 1e6 + 0.1, 123456789.123, 0])(
    '%d averages to itself, of any length',
    (value) => {
      for (let length = 1; length <= 400; length++) {
        const values = Array.from({ length }, () => value);
        expect(over('avg', values)).toBe(value);
      }
    },
  );

  it.each([0.1, 0.2, 1 / 3, 1e6 + 0.1, -7.3e-9, 5e140, 1e-140, 1.1e-160])(
    '%d has neither deviation nor slope',
    (value) => {
      const values = Array.from({ length: 168 }, () => value);
      expect([over('stddev', values), over('slope', values)]).toEqual([0, 0]);
    },
  );
});

describe('accuracy', () => {
  it.each([
    ['stddev', [1e6 - 1e-3, 1e6 + 1e-3], 1e-3, 1e-7],
    ['stddev', [1e15, 1e15 + 2], 1, 0],
    ['stddev', [1, 2, 3, 4], Math.sqrt(1.25), 1e-15],
    ['stddev', [5], 0, 0],
    ['slope', [1e6, 1e6 + 0.125, 1e6 + 0.25], 3, 0],
    ['slope', [7], 0, 0],
    ['sum', [1e300, 1, -1e300], 1, 0],
    ['sum', [1e308, 1e308, -1e308], 1e308, 0],
    ['sum', [1e308, 1e308], Number.POSITIVE_INFINITY, 0],
    ['avg', [1e308, 1e308, 1.5e308], 1.1666666666666667e308, 1e-15],
    ['stddev', [1e200, -1e200], 2 ** 480, 0],
    ['slope', [0, 1e300], 24e300, 1e-15],
    ['median', [3, 1, 2], 2, 0],
    ['median', [4, 1, 2, 3], 2.5, 0],
  ])('%s of %j', (name, values, expected, tolerance) => {
    const told = over(name, values);
    if (tolerance === 0) expect(told).toBe(expected);
    else expect(Math.abs(told / expected - 1)).toBeLessThanOrEqual(tolerance);
  });

  it('of a slope does not wear off with the years', () => {
    const values = Array.from({ length: 24 }, (_, hour) => hour / 1024);
    for (const year of [1970, 2026, 2100, 9990]) expect(over('slope', values, 0, Date.UTC(year, 0, 1))).toBe(24 / 1024);
  });

  it('of what is held returns when a value out of all proportion has passed', () => {
    for (const name of ['avg', 'sum', 'stddev', 'slope', 'median', 'min', 'max']) {
      const [held, plain] = [aggregate(name), aggregate(name)];
      const series = hourly([1e308, -1e308, 5e-324, 0.1, 0.2, 0.4]);
      for (const index of [0, 1, 2, 3, 4, 5]) held.add(series, index);
      for (const index of [0, 1, 2]) held.drop(series, index);
      for (const index of [3, 4, 5]) plain.add(series, index);
      expect(held.value(), name).toBe(plain.value());
    }
  });
});

describe('a quantile', () => {
  it.each([
    [0, 1],
    [0.5, 2.5],
    [0.9, 3.7],
    [1, 4],
  ])('%d of 1, 2, 3, 4 is %d', (q, expected) => expect(over('quantile', [4, 2, 1, 3], q)).toBeCloseTo(expected, 12));
});
