/** Thinning: what a picture cannot show goes, what it must show stays. */
import { describe, expect, it } from 'vitest';
import type { Point } from '../../src/chart/shape.ts';
import { thin } from '../../src/chart/thin.ts';

const RANGE = { from: 0, to: 100_000 };

function points(value: (at: number) => number | null): readonly Point[] {
  return Array.from({ length: 100_001 }, (_, at) => ({ at, value: value(at) }));
}

describe('thin', () => {
  it('leaves few points as they are, and drops those outside the range', () => {
    const few = [-1, 0, 50, 100_000, 100_001].map((at) => ({ at, value: at }));
    expect(thin(few, RANGE, 500)).toEqual(few.slice(1, 4));
  });

  it('keeps spikes up and down, the extremes of every bucket and the newest point', () => {
    const spikes = new Map([
      [33_333, 99],
      [77_777, -99],
      // The newest lies between the extremes of its bucket.
      [100_000, Math.sin(99_900 / 5000)],
    ]);
    const wave = (at: number) => spikes.get(at) ?? Math.sin(at / 5000);
    const kept = thin(points(wave), RANGE, 500);
    expect(kept.length).toBeGreaterThan(500);
    expect(kept.length).toBeLessThanOrEqual(1001);
    expect(kept).toContainEqual({ at: 33_333, value: 99 });
    expect(kept).toContainEqual({ at: 77_777, value: -99 });
    expect(kept.at(-1)).toEqual({ at: 100_000, value: wave(100_000) });
    expect(kept.every(({ at }, index) => index === 0 || at > (kept[index - 1] as Point).at)).toBe(true);
  });

  it('keeps every gap between kept points, and makes none', () => {
    const gap = (at: number) => at === 40_050 || (at > 60_000 && at < 70_000);
    const kept = thin(
      points((at) => (gap(at) ? null : at % 7)),
      RANGE,
      500,
    );
    const gaps = kept.filter(({ value }) => value === null).map(({ at }) => at);
    expect(gaps).toEqual([40_050, 60_001]);
  });

  it('takes what is no number for unknown, and the infinite for very large', () => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, -1e308].map((value, at) => ({ at, value }));
    expect(thin(odd, RANGE, 500).map(({ value }) => value)).toEqual([null, 1e300, -1e300]);
  });
});
