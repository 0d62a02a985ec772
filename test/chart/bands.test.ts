/** Bands in pixels. */
import { describe, expect, it } from 'vitest';
import { stretches } from '../../src/chart/bands.ts';
import type { Band } from '../../src/chart/shape.ts';
import { chart } from './charts.ts';

function placed(...bands: readonly Band[]): readonly string[] {
  const found = stretches(chart({ from: 0, to: 1000, bands }), 100, 500);
  return found.map(({ kind, left, right }) => `${kind} ${left}–${right}`);
}

describe('stretches', () => {
  it('places bands in the picture, cut to its range', () => {
    expect(placed({ from: -50, to: 200, kind: 'firing' }, { from: 600, to: 2000, kind: 'firing' })).toEqual([
      'firing 100–200',
      'firing 400–600',
    ]);
    expect(placed({ from: -50, to: -1, kind: 'firing' }, { from: 1001, to: 2000, kind: 'pending' })).toEqual([]);
  });

  it('makes the shortest band wide enough to be seen, at the edge too', () => {
    expect(placed({ from: 500, to: 500, kind: 'firing' })).toEqual(['firing 350–354']);
    expect(placed({ from: 1000, to: 1000, kind: 'firing' })).toEqual(['firing 596–600']);
  });

  it('joins what touches, whatever its order, and draws firing over pending, unknown over both', () => {
    const firing = (from: number, to: number): Band => ({ from, to, kind: 'firing' });
    expect(placed(firing(400, 500), firing(100, 300), firing(300, 400))).toEqual(['firing 150–350']);
    const kinds = (['unknown', 'firing', 'pending'] as const).map((kind) => ({ from: 0, to: 1000, kind }));
    expect(placed(...kinds)).toEqual(['pending 100–600', 'firing 100–600', 'unknown 100–600']);
  });

  it('has no more than can be told apart', () => {
    const many = Array.from({ length: 100_000 }, (_, n): Band => ({ from: n / 100, to: n / 100, kind: 'firing' }));
    expect(placed(...many)).toEqual(['firing 100–600']);
  });
});
