/** The least and the most a value can be: shows comparisons that always or never hold. */
import type { Comparator } from '../../core/verdict.ts';

/** Both ends included; infinite where nothing is known. */
export type Bounds = readonly [least: number, most: number];

export const ANY: Bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
export const NOT_NEGATIVE: Bounds = [0, Number.POSITIVE_INFINITY];

export function exactly(value: number): Bounds {
  return [value, value];
}

/** The bounds of `compute(a, b)` for + - * /, from those of both sides. A divisor that may be 0 or change sign leaves nothing known. */
export function spanned(a: Bounds, b: Bounds, op: string, compute: (a: number, b: number) => number): Bounds {
  if (op === '/' && b[0] <= 0 && b[1] >= 0) return b[0] === 0 && a[0] >= 0 ? NOT_NEGATIVE : ANY;
  const corners = a.flatMap((x) => b.map((y) => compute(x, y)));
  return corners.some(Number.isNaN) ? unbounded(a, b, op) : [Math.min(...corners), Math.max(...corners)];
}

/** Infinity times or over infinity, or their difference: of what is never negative at least that stays known. */
function unbounded(a: Bounds, b: Bounds, op: string): Bounds {
  return op !== '-' && a[0] >= 0 && b[0] >= 0 ? NOT_NEGATIVE : ANY;
}

export function scaled([least, most]: Bounds, factor: number): Bounds {
  return factor < 0 ? [most * factor, least * factor] : [least * factor, most * factor];
}

/** Whether a comparison can come out true, and whether it can come out false. */
export function outcomes(op: Comparator, a: Bounds, b: Bounds): { readonly true: boolean; readonly false: boolean } {
  const below = { true: a[0] < b[1], false: a[1] >= b[0] };
  const above = { true: a[1] > b[0], false: a[0] <= b[1] };
  const meet = a[0] <= b[1] && b[0] <= a[1];
  const differ = !(a[0] === a[1] && b[0] === b[1] && a[0] === b[0]);
  switch (op) {
    case '<':
      return below;
    case '>=':
      return { true: below.false, false: below.true };
    case '>':
      return above;
    case '<=':
      return { true: above.false, false: above.true };
    case '==':
      return { true: meet, false: differ };
    case '!=':
      return { true: differ, false: meet };
  }
}
