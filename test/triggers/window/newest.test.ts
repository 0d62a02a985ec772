import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '../../../src/core/series.ts';
import { DAY, HOUR, type Instant } from '../../../src/core/time.ts';
import { countUpTo, newestSample } from '../../../src/triggers/window/newest.ts';

const T0 = Date.UTC(2026, 0, 1);

/** A series of these instants, its values their indices, that tells how often a time was read. */
function seriesOf(times: readonly Instant[]): { readonly series: Series; reads(): number } {
  let reads = 0;
  const series: Series = {
    id: 'akash.gpu_utilization',
    length: times.length,
    revision: 0,
    step: HOUR,
    time(index) {
      reads += 1;
      const time = times[index];
      if (time === undefined) throw new RangeError(`there is no index ${index}`);
      return time;
    },
    value: (index) => index,
    source: () => 'test',
  };
  return { series, reads: () => reads };
}

const instants = fc
  .array(fc.oneof(fc.constant(HOUR), fc.integer({ min: 1, max: 99 * DAY })), { maxLength: 60 })
  .map((gaps) => gaps.map((_, index) => T0 + gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0)));

describe('the number of samples up to an instant', () => {
  it('is right in a series of any times', () => {
    const offset = fc.constantFrom(-DAY, -1, 0, 1, HOUR);
    fc.assert(
      fc.property(instants, fc.nat({ max: 70 }), offset, (times, index, by) => {
        const instant = (times[index] ?? times.at(-1) ?? T0) + by;
        const expected = times.filter((time) => time <= instant).length;
        const { series } = seriesOf(times);
        expect(countUpTo(series, instant)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [[], T0, 0],
    [[T0], T0 - 1, 0],
    [[T0], T0, 1],
    [[T0, T0 + 1], T0, 1],
    [[T0, T0 + 1], T0 + 9, 2],
  ])('in %j at %d is %d', (times, instant, expected) =>
    expect(countUpTo(seriesOf(times).series, instant)).toBe(expected),
  );

  it('takes a handful of reads in a series of even steps, and a logarithm of its length in any', () => {
    const even = Array.from({ length: 40_000 }, (_, hour) => T0 + hour * HOUR + (hour % 7) * 1000);
    const uneven = even.map((time, index) => time + index ** 2 * HOUR);
    for (let index = 0; index < 40_000; index += 37) {
      const [first, second] = [seriesOf(even), seriesOf(uneven)];
      expect(countUpTo(first.series, even[index] ?? 0)).toBe(index + 1);
      expect(countUpTo(second.series, uneven[index] ?? 0)).toBe(index + 1);
      expect(first.reads()).toBeLessThanOrEqual(8);
      expect(second.reads()).toBeLessThanOrEqual(40);
    }
  });
});

describe('the newest sample', () => {
  const { series } = seriesOf([T0, T0 + HOUR]);

  it.each([
    ['before the first', T0 - 1, HOUR, null, 'no sample yet'],
    ['at the first', T0, HOUR, 0, null],
    ['as old as allowed', T0 + 2 * HOUR, HOUR, 1, null],
    ['older', T0 + 2 * HOUR + 1, HOUR, null, 'its newest sample is 1h old, past the 1h it stays good'],
    ['of no known step', T0, null, null, 'one sample only, so its usual step is not known'],
  ])('%s', (_, now, maxAge, value, missing) => {
    expect(newestSample(series, now, maxAge)).toMatchObject({ value, missing });
  });
});
