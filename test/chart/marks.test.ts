/** The thresholds' values beside the plot. */
import { describe, expect, it } from 'vitest';
import { isCovered, marksOf } from '../../src/chart/marks.ts';
import { scaleOf } from '../../src/chart/scale.ts';

const PLOT = { left: 0, top: 100, width: 1000, height: 400 };
const SCALE = scaleOf([0, 100], 'count');

describe('marksOf', () => {
  it('puts each at its height, from the top, once', () => {
    if (SCALE === null) throw new Error('no scale');
    expect([SCALE.min, SCALE.max]).toEqual([0, 150]);
    expect(marksOf([0, 75, 75], SCALE, PLOT)).toEqual([
      { label: '75', y: 300 },
      { label: '0', y: 500 },
    ]);
  });

  it('moves close ones apart, and covers the ticks behind them', () => {
    if (SCALE === null) throw new Error('no scale');
    const marks = marksOf([74, 75], SCALE, PLOT);
    expect(marks.map(({ y }) => y)).toEqual([300, 344]);
    expect([250, 270, 300, 370, 390].map((y) => isCovered(marks, y))).toEqual([false, true, true, true, false]);
  });
});
