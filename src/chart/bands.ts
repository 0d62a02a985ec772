/** Bands of time in pixels: cut to the picture, wide enough to be seen, and no more of them than can be told apart. */
import type { Band, Chart } from './shape.ts';

/** One stretch of the picture's width. */
export type Stretch = { readonly kind: Band['kind']; readonly left: number; readonly right: number };

/** A band that held for an hour of a year must still show. */
const NARROWEST = 4;

/** Stretches of each kind, apart from each other, in the order in which they are drawn. */
export function stretches(chart: Chart, left: number, width: number): readonly Stretch[] {
  const scale = width / (chart.to - chart.from);
  const place = (at: number) => left + (Math.min(Math.max(at, chart.from), chart.to) - chart.from) * scale;
  return (['pending', 'firing', 'unknown'] as const).flatMap((kind) => {
    const seen = chart.bands.filter((band) => band.kind === kind && band.to >= chart.from && band.from <= chart.to);
    const wide = seen.map((band) => widened({ kind, left: place(band.from), right: place(band.to) }, left + width));
    return joined(wide.sort((a, b) => a.left - b.left));
  });
}

function widened(stretch: Stretch, edge: number): Stretch {
  const start = Math.min(stretch.left, edge - NARROWEST);
  return { ...stretch, left: start, right: Math.max(stretch.right, start + NARROWEST) };
}

/** What touches or overlaps becomes one. */
function joined(sorted: readonly Stretch[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const stretch of sorted) {
    const last = found.at(-1);
    if (last === undefined || stretch.left > last.right + 1) found.push(stretch);
    else found[found.length - 1] = { ...last, right: Math.max(last.right, stretch.right) };
  }
  return found;
}
