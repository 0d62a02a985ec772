import { describe, expect, it } from 'vitest';
import type { Series } from '../../../src/core/series.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { gaugeOf } from '../../../src/sources/trust/jump.ts';

function seriesOf(values: readonly number[], step: number | null = HOUR): Series {
  const time = (index: number) => index * (step ?? HOUR);
  return {
    id: 'akash.gpu_utilization',
    length: values.length,
    revision: 0,
    step,
    time,
    value: (at) => values[at] as number,
    source: () => 's',
  };
}

const jumpOf = (value: number, from: readonly number[], series: Series | undefined, limit: number) =>
  gaugeOf(series, limit)(value, from);
const last = (values: readonly number[]) => [values.at(-1) as number];
/** 100, 101, 100, 101 … */
const STEADY = Array.from({ length: 40 }, (_, index) => 100 + (index % 2));
const STILL = Array<number>(40).fill(100);

describe('a leap', () => {
  it('is more than the given number of usual steps, and more than a fifth of the level', () => {
    const leap = (value: number, limit = 20) => jumpOf(value, last(STEADY), seriesOf(STEADY), limit);
    expect(leap(122)).toEqual({ from: 101, times: 21 });
    expect(leap(80)).toEqual({ from: 101, times: 21 });
    // 21 usual steps, not above a fifth.
    expect(leap(121)).toBeNull();
    expect(leap(150, 100)).toBeNull();
    expect(leap(0)).toEqual({ from: 101, times: 101 });
  });

  it('is a fall below a fifth or a rise beyond five times the level, however wildly the series moves', () => {
    const wild = Array.from({ length: 40 }, (_, index) => 100 + 10 * (index % 2));
    const leap = (value: number) => jumpOf(value, last(wild), seriesOf(wild), 20);
    expect(leap(0)).toEqual({ from: 110, times: 11 });
    expect(leap(21)).not.toBeNull();
    expect(leap(23)).toBeNull();
    expect(leap(300)).toBeNull();
    const wilder = wild.map((value) => 10 * value - 950);
    expect(jumpOf(700, last(wilder), seriesOf(wilder), 20)).toBeNull();
    expect(jumpOf(760, last(wilder), seriesOf(wilder), 20)).not.toBeNull();
    expect(jumpOf(0, last(wild), seriesOf(wild), 0)).toBeNull();
    // From 0 every rise is infinite.
    expect(jumpOf(100, [0], seriesOf(wild), 20)).toBeNull();
  });

  it('is never seen where the limit is 0', () => {
    expect(jumpOf(1e9, last(STEADY), seriesOf(STEADY), 0)).toBeNull();
  });

  it('is judged by the median of the steps between neighbours that differ', () => {
    // A price that stays for days and then moves by 10: still days do not count, one wild day does not either.
    const values = [100, 100, 110, 110, 110, 100, 100, 100, 110, 900, 110, 110, 100, 100];
    expect(jumpOf(290, last(values), seriesOf(values), 20)).toBeNull();
    expect(jumpOf(310, last(values), seriesOf(values), 20)).toEqual({ from: 100, times: 21 });
  });

  it('lets a price that has stood still for weeks move by a fifth', () => {
    expect(jumpOf(120, last(STILL), seriesOf(STILL), 20)).toBeNull();
    expect(jumpOf(80, last(STILL), seriesOf(STILL), 20)).toBeNull();
    expect(jumpOf(121, last(STILL), seriesOf(STILL), 20)).toEqual({ from: 100, times: null });
  });

  it('forgets steps before the last hundred samples', () => {
    const values = [...Array.from({ length: 50 }, (_, index) => 1000 * (index % 2)), ...Array<number>(100).fill(100)];
    expect(jumpOf(200, last(values), seriesOf(values), 20)).toEqual({ from: 100, times: null });
  });

  it('is not told from fewer than ten samples, nor where the usual step is unknown or longer than a day', () => {
    expect(jumpOf(500, [100], seriesOf(STEADY.slice(0, 9)), 20)).toBeNull();
    expect(jumpOf(500, [100], seriesOf(STEADY.slice(0, 10)), 20)).not.toBeNull();
    expect(jumpOf(500, [100], undefined, 20)).toBeNull();
    expect(jumpOf(500, [100], seriesOf(STEADY, null), 20)).toBeNull();
    expect(jumpOf(500, [100], seriesOf(STEADY, DAY), 20)).not.toBeNull();
    expect(jumpOf(500, [100], seriesOf(STEADY, DAY + 1), 20)).toBeNull();
    expect(jumpOf(500, [], seriesOf(STEADY), 20)).toBeNull();
  });

  it('comes from the nearest of the figures before it', () => {
    expect(jumpOf(500, [100, 495], seriesOf(STEADY), 20)).toBeNull();
    expect(jumpOf(500, [100, 300], seriesOf(STEADY), 20)).toEqual({ from: 300, times: 200 });
  });
});
