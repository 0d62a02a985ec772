import { describe, expect, it } from 'vitest';
import type { Series } from '../../../src/core/series.ts';
import { DAY, type Duration, HOUR, type Instant, MINUTE } from '../../../src/core/time.ts';
import { type Column, column, sourceTexts } from '../../../src/store/column.ts';
import { WINDOW_FUNCTIONS, type WindowFunction } from '../../../src/triggers/language/functions.ts';
import { type WindowMeasure, windowMeasure } from '../../../src/triggers/window/measure.ts';

const T0 = Date.UTC(2026, 0, 1);

function over(name: string, size: Duration, q = 0): WindowMeasure {
  return windowMeasure(WINDOW_FUNCTIONS[name] as WindowFunction, size, q);
}

/** Values an hour apart from T0. */
function hourly(...values: readonly number[]): Column {
  const made = column('akash.gpu_utilization', sourceTexts(), HOUR);
  for (const [hour, value] of values.entries()) made.push({ at: T0 + hour * HOUR, value, source: 0 });
  return made;
}

function at(hours: number): Instant {
  return T0 + hours * HOUR;
}

describe('a window', () => {
  it('holds the sample at its end, not the one at its start', () => {
    const [count, sum] = [over('count', 2 * HOUR), over('sum', 2 * HOUR)];
    const series = hourly(1, 2, 4, 8);
    const now = at(3);
    expect([count.value(series, now, HOUR), sum.value(series, now, HOUR)]).toEqual([2, 12]);
    expect([count.value(series, now - 1, HOUR), sum.value(series, now - 1, HOUR)]).toEqual([2, 6]);
  });

  it('is known where 80% of it is covered, a millisecond less is too little', () => {
    const avg = over('avg', 10 * HOUR);
    const series = hourly(1, 1, 1, 1, 1);
    // The samples speak from hour 0 to hour 4 and one maximum age further.
    expect(avg.measure(series, at(9), 5 * HOUR)).toMatchObject({ value: 1, coverage: 0.9 });
    expect(avg.measure(series, at(9), 4 * HOUR)).toMatchObject({ value: 1, coverage: 0.8 });
    expect(avg.measure(series, at(9), 4 * HOUR - 1)).toMatchObject({
      value: null,
      missing: 'samples cover 79% of the window, 80% are needed',
      newest: 4,
    });
  });

  it('counts the time that the sample before it still speaks for', () => {
    const max = over('max', 5 * HOUR);
    const series = hourly(7, 1);
    series.push({ at: at(5), value: 2, source: 0 });
    expect(max.measure(series, at(6), 3 * HOUR)).toMatchObject({ value: 2, coverage: 0.8, newest: 2 });
    expect(max.measure(series, at(6), 3 * HOUR - 1).coverage).toBeCloseTo(0.8, 6);
    expect(max.value(series, at(6), 3 * HOUR - 1)).toBeNull();
  });

  it.each([
    ['no sample', [], 1, HOUR, 'no sample yet', -1],
    ['only later ones', [1], -1, HOUR, 'no sample yet', -1],
    ['no sample and no step', [], 1, null, 'no sample yet', -1],
    ['no step', [1], 1, null, 'one sample only, so its usual step is not known', 0],
    ['none inside', [1, 1], 9, DAY, 'no sample inside the window', 1],
  ] as const)('of %s is unknown', (_, values, hour, maxAge, missing, newest) => {
    const avg = over('avg', 2 * HOUR);
    expect(avg.measure(hourly(...values), at(hour), maxAge)).toMatchObject({ value: null, missing, newest });
    expect(avg.value(hourly(...values), at(hour), maxAge)).toBeNull();
  });

  it.each([
    ['change', [2, 3], 1, 0.5],
    ['delta', [2, 3], 1, 1],
    ['delta', [0, 3], 1, 3],
    ['change', [0, 3], 1, 'the sample it starts from is 0'],
    ['delta', [2, 3], 0.9, 'no fresh sample at the start of the window to compare with'],
  ] as const)('%s of %j after %d hours is %s', (name, values, hour, expected) => {
    const told = over(name, HOUR).measure(hourly(...values), at(hour), 2 * HOUR);
    if (typeof expected === 'number') expect(told).toMatchObject({ value: expected, newest: 1, base: 0 });
    else expect(told).toMatchObject({ value: null, missing: expected, base: null });
  });

  it('of a change is unknown where its newest sample is too old, also where the window is covered', () => {
    const told = over('delta', 10 * HOUR).measure(hourly(...Array(10).fill(1)), at(11), 2 * HOUR - 1);
    expect(told).toMatchObject({ value: null, missing: 'its newest sample is 2h old, past the 1h 59m it stays good' });
  });
});

describe('a window that moves', () => {
  it('sees samples that come while the clock stands still', () => {
    const sum = over('sum', 3 * HOUR);
    const series = hourly(1, 2, 4);
    expect(sum.value(series, at(3), 9 * HOUR)).toBe(6);
    series.push({ at: at(3), value: 8, source: 0 });
    expect(sum.value(series, at(3), 9 * HOUR)).toBe(14);
  });

  it('passes over samples that came too late to be in it', () => {
    const [sum, last] = [over('sum', 3 * HOUR), over('last', 3 * HOUR)];
    const series = hourly(1);
    expect(sum.value(series, at(9), 9 * HOUR)).toBeNull();
    series.push({ at: at(2), value: 2, source: 0 });
    expect(sum.measure(series, at(9), 9 * HOUR)).toMatchObject({ value: null, newest: 1, coverage: 1 });
    series.push({ at: at(8), value: 4, source: 0 });
    expect([sum.value(series, at(9), 9 * HOUR), last.value(series, at(9), 9 * HOUR)]).toEqual([4, 4]);
  });

  it('sees late samples, corrections and dropped ones', () => {
    const sum = over('sum', DAY);
    const series = hourly(1, 2, 4);
    expect(sum.value(series, at(2), 9 * DAY)).toBeNull();
    expect(sum.value(series, at(20), 9 * DAY)).toBe(7);
    series.merge([{ at: at(1), value: 16, source: 0 }]);
    expect(sum.value(series, at(20), 9 * DAY)).toBe(21);
    series.merge([{ at: at(0) + 1, value: 32, source: 0 }]);
    expect(sum.value(series, at(20), 9 * DAY)).toBe(53);
    series.dropBefore(at(0) + 1);
    expect(sum.value(series, at(20), 9 * DAY)).toBe(52);
  });

  it('is covered anew when the maximum age changes', () => {
    const count = over('count', 4 * HOUR);
    const series = hourly(1, 1, 1, 1, 1, 1);
    const coverage = (maxAge: Duration) => count.measure(series, at(5), maxAge).coverage;
    expect([HOUR, 30 * MINUTE, HOUR, 45 * MINUTE].map(coverage)).toEqual([1, 0.5, 1, 0.75]);
  });

  it('keeps series apart', () => {
    const sum = over('sum', 2 * HOUR);
    const [one, other] = [hourly(1, 2, 3, 4), hourly(10, 20, 30, 40)];
    const told = [2, 3].flatMap((hour) => [one, other].map((series) => sum.value(series, at(hour), HOUR)));
    expect(told).toEqual([5, 50, 7, 70]);
  });
});

/** Hourly samples that count how often they are read. */
function counting(length: number): { readonly series: Series; reads(): number } {
  let reads = 0;
  const read = (figure: number): number => {
    reads += 1;
    return figure;
  };
  const series: Series = {
    id: 'akash.gpu_utilization',
    length,
    revision: 0,
    step: HOUR,
    time: (index) => read(at(index)),
    value: (index) => read(1 + ((index * 7919) % 101)),
    source: () => 'counted',
  };
  return {
    series,
    reads() {
      const so = reads;
      reads = 0;
      return so;
    },
  };
}

describe.each(Object.keys(WINDOW_FUNCTIONS))('the work of %s', (name) => {
  it('for a step does not grow with the window', () => {
    const { series, reads } = counting(8760);
    const measure = over(name, 90 * DAY, 0.9);
    measure.value(series, at(91 * 24), 3 * HOUR);
    reads();
    let most = 0;
    for (let hour = 91 * 24 + 1; hour < 8760; hour++) {
      if (measure.value(series, at(hour), 3 * HOUR) === null) throw new Error(`unknown at hour ${hour}`);
      most = Math.max(most, reads());
    }
    expect(most).toBeLessThanOrEqual(8);
  });

  it('for a jump is that of one window, not of the years between', () => {
    const { series, reads } = counting(40 * 8760);
    const measure = over(name, 7 * DAY, 0.9);
    for (const year of [1, 39, 2, 20]) {
      measure.value(series, at(year * 8760), 3 * HOUR);
      expect(reads()).toBeLessThanOrEqual(3 * 7 * 24 + 40);
    }
  });

  it('for two courses in turn, one behind the other, is that of their steps', () => {
    const { series, reads } = counting(8760);
    const measure = over(name, 90 * DAY, 0.9);
    const look = (hour: number) => measure.value(series, at(hour), 3 * HOUR);
    look(100 * 24);
    look(95 * 24);
    reads();
    for (let hour = 1; hour < 1000; hour++) {
      for (const start of [100, 95]) {
        const value = look(start * 24 + hour);
        if (hour % 100 === 0) {
          const afresh = over(name, 90 * DAY, 0.9).value(series, at(start * 24 + hour), 3 * HOUR);
          expect(value).toBe(afresh);
          reads();
        } else expect(reads()).toBeLessThanOrEqual(8);
      }
    }
  });
});
