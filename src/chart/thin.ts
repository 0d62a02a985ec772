/** Thins a line to what its width can show: the lowest and the highest value of each bucket, and the gaps between them. */
import type { Instant } from '../core/time.ts';
import type { Point } from './shape.ts';

type Range = { readonly from: Instant; readonly to: Instant };

/**
 * The points of `from` to `to`: all where they are few, else of each of `buckets` equal spans of time the lowest and
 * the highest, so that no spike is lost, and the newest of all. Of unknown points between two kept ones a single one
 * stays. A value of NaN is a gap too.
 * @param points oldest first
 */
export function thin(points: readonly Point[], range: Range, buckets: number): readonly Point[] {
  const inside = points.filter(({ at }) => at >= range.from && at <= range.to);
  const kept = inside.length <= 2 * buckets ? inside : withGaps(inside, extremes(inside, range, buckets));
  return kept.map(drawable);
}

/** The distance of any two values up to this is a finite number too. */
const MOST = 1e300;

function drawable(point: Point): Point {
  return { at: point.at, value: isKnown(point) ? Math.min(Math.max(point.value, -MOST), MOST) : null };
}

function isKnown(point: Point | undefined): point is Point & { readonly value: number } {
  return point !== undefined && point.value !== null && !Number.isNaN(point.value);
}

/** Places of the extremes of each bucket, and of the last known point, in order. */
function extremes(points: readonly Point[], { from, to }: Range, buckets: number): readonly number[] {
  const lowest = new Int32Array(buckets).fill(-1);
  const highest = new Int32Array(buckets).fill(-1);
  for (const [place, point] of points.entries()) {
    if (!isKnown(point)) continue;
    const bucket = Math.min(buckets - 1, Math.floor(((point.at - from) / (to - from)) * buckets));
    if (isBeyond(point.value, points[lowest[bucket] as number]?.value, -1)) lowest[bucket] = place;
    if (isBeyond(point.value, points[highest[bucket] as number]?.value, 1)) highest[bucket] = place;
  }
  const kept = new Set([...lowest, ...highest, points.findLastIndex(isKnown)]);
  kept.delete(-1);
  return [...kept].sort((a, b) => a - b);
}

function isBeyond(value: number, most: number | null | undefined, sign: 1 | -1): boolean {
  return most === null || most === undefined || (value - most) * sign > 0;
}

function withGaps(points: readonly Point[], kept: readonly number[]): readonly Point[] {
  return kept.flatMap((place, index) => {
    const between = points.slice(place + 1, kept[index + 1] ?? place).find((point) => !isKnown(point));
    return [points[place] as Point, ...(between === undefined ? [] : [between])];
  });
}
