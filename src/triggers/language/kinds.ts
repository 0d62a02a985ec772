/** What kind of value an expression has, and which kinds go together: the unit check. */
import { METRIC_UNITS, UNITS, type Unit } from '../../core/units.ts';
import { isCounted, isDailyRatio, type Kind, multiply, sameDimensions, spell } from './dimensions.ts';
import { isRatioLiteral, type Side, unfit } from './misfit.ts';

export type { Kind } from './dimensions.ts';

export const RATIO: Kind = fixed(UNITS.ratio);
export const COUNT: Kind = fixed(UNITS.count);
export const DURATION: Kind = fixed(UNITS.duration);
export const INSTANT: Kind = { unit: UNITS.instant, loose: null, absolute: true };
export const PLAIN: Kind = { unit: UNITS.ratio, loose: 'plain', absolute: false };
export const MONEY: Kind = { unit: UNITS.usd, loose: 'money', absolute: false };

export function fixed(unit: Unit): Kind {
  return { unit, loose: null, absolute: false };
}

/** What a value in `from` is multiplied with to be in `to`; undefined where they measure different things. */
export function conversion(from: Unit, to: Unit): number | undefined {
  return sameDimensions(from.dimensions, to.dimensions) ? from.scale / to.scale : undefined;
}

/**
 * The common kind in which two values are compared or added, and the factor that brings the right one into it.
 * Throws an ExpressionError at the value that does not fit.
 */
export function meet(
  left: Side,
  right: Side,
  doing: 'compare' | 'add',
): { readonly kind: Kind; readonly factor: number } {
  const [a, b] = [left.kind, right.kind];
  if (a.absolute !== b.absolute) throw unfit(left, right, doing);
  if (a.loose !== null && b.loose !== null) {
    if (a.loose === b.loose) return { kind: a, factor: 1 };
    throw unfit(left, right, doing);
  }
  if (b.loose !== null) return adopt(left, right, doing);
  if (a.loose !== null) return adopt(right, left, doing);
  // A rate of change of a ratio is written as the ratio a day: slope(gpu_utilization, 30d) < -1%.
  if (isDailyRatio(a.unit.dimensions) && isRatioLiteral(right)) return { kind: a, factor: 1 };
  if (isDailyRatio(b.unit.dimensions) && isRatioLiteral(left)) return { kind: b, factor: 1 };
  if (!sameDimensions(a.unit.dimensions, b.unit.dimensions)) throw unfit(left, right, doing);
  return { kind: a, factor: b.unit.scale / a.unit.scale };
}

/** A loose literal takes the unit of the other side, where that unit can be written so. */
function adopt(side: Side, literal: Side, doing: 'compare' | 'add'): { kind: Kind; factor: number } {
  const { dimensions } = side.kind.unit;
  const zero = literal.node.kind === 'literal' && literal.node.value === 0;
  const money = dimensions.usd === 1;
  const bare = isCounted(dimensions) && !side.kind.absolute;
  const fits = literal.kind.loose === 'money' ? money : bare || zero;
  if (!fits) throw unfit(side, literal, doing);
  return { kind: side.kind, factor: 1 };
}

/** The kind of a product or quotient, and the factor to multiply the raw result with. */
export function combine(left: Kind, right: Kind, op: '*' | '/'): { readonly kind: Kind; readonly factor: number } {
  const scalar =
    right.loose === 'plain' && left.loose !== 'plain'
      ? left
      : left.loose === 'plain' && right.loose !== 'plain' && op === '*'
        ? right
        : undefined;
  if (scalar !== undefined) return { kind: scalar, factor: 1 };
  if (left.loose === 'plain' && right.loose === 'plain') return { kind: PLAIN, factor: 1 };
  const dimensions = multiply(left.unit.dimensions, right.unit.dimensions, op === '*' ? 1 : -1);
  const raw = op === '*' ? left.unit.scale * right.unit.scale : left.unit.scale / right.unit.scale;
  const known = [...METRIC_UNITS, 'duration' as const, 'per-day' as const]
    .map((name) => UNITS[name])
    .find((unit) => sameDimensions(unit.dimensions, dimensions));
  const unit = known ?? { name: spell(dimensions), dimensions, scale: 1 };
  return { kind: fixed(unit), factor: raw / unit.scale };
}

/** The unit of a slope: the metric's unit a day. */
export function perDay(unit: Unit): Unit {
  return { name: `${unit.name}/day`, dimensions: multiply(unit.dimensions, { time: 1 }, -1), scale: unit.scale };
}
