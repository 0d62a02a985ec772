/** What kind of value an expression has, and which kinds go together: the unit check. */

import { formatDuration } from '../../core/time.ts';
import { type Dimensions, describeUnit, METRIC_UNITS, UNITS, type Unit } from '../../core/units.ts';
import { ExpressionError } from './error.ts';
import type { Node } from './parser.ts';

/** A unit; `loose` literals (`5`, `$2.50`) take the unit of what they meet; `absolute` is a point in time. */
export type Kind = { readonly unit: Unit; readonly loose: 'plain' | 'money' | null; readonly absolute: boolean };

export const RATIO: Kind = fixed(UNITS.ratio);
export const COUNT: Kind = fixed(UNITS.count);
export const DURATION: Kind = fixed(UNITS.duration);
export const INSTANT: Kind = { unit: UNITS.instant, loose: null, absolute: true };
export const PLAIN: Kind = { unit: UNITS.ratio, loose: 'plain', absolute: false };
export const MONEY: Kind = { unit: UNITS.usd, loose: 'money', absolute: false };

export function fixed(unit: Unit): Kind {
  return { unit, loose: null, absolute: false };
}

function sameDimensions(a: Dimensions, b: Dimensions): boolean {
  return (['usd', 'token', 'gpu', 'item', 'time'] as const).every((name) => (a[name] ?? 0) === (b[name] ?? 0));
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
  if (isDailyRatio(a) && isRatioLiteral(right)) return { kind: a, factor: 1 };
  if (isDailyRatio(b) && isRatioLiteral(left)) return { kind: b, factor: 1 };
  if (!sameDimensions(a.unit.dimensions, b.unit.dimensions)) throw unfit(left, right, doing);
  return { kind: a, factor: b.unit.scale / a.unit.scale };
}

export type Side = { readonly kind: Kind; readonly node: Node; readonly text: string };

/** GPUs, tokens or items, or so many of them a day: what people write as a bare number. */
function isCounted({ usd = 0, token = 0, gpu = 0, item = 0, time = 0 }: Dimensions): boolean {
  return usd === 0 && token >= 0 && gpu >= 0 && item >= 0 && token + gpu + item === 1 && (time === 0 || time === -1);
}

function isDailyRatio({ unit }: Kind): boolean {
  return sameDimensions(unit.dimensions, { time: -1 });
}

function isRatioLiteral({ node }: Side): boolean {
  const literal = node.kind === 'unary' ? node.of : node;
  return literal.kind === 'literal' && literal.literal === 'ratio';
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

function unfit(left: Side, right: Side, doing: 'compare' | 'add'): ExpressionError {
  const wrong = left.kind.loose !== null ? left : right;
  const other = wrong === left ? right : left;
  const verb = doing === 'compare' ? 'compared with' : 'added to';
  const suggestion = suggest(wrong, other);
  return new ExpressionError(
    wrong.node.at,
    `${other.text} is ${describeUnit(other.kind.unit)} and cannot be ${verb} ${wrong.text}, ${describeLoose(wrong.kind)}`,
    describeUnit(other.kind.unit),
    suggestion === undefined ? 'bring both sides to the same unit' : `did you mean ${suggestion}?`,
  );
}

function describeLoose(kind: Kind): string {
  return kind.loose === 'plain'
    ? 'a bare number'
    : kind.loose === 'money'
      ? 'an amount in USD'
      : describeUnit(kind.unit);
}

/** How the same figures would be written in the other side's unit. */
function suggest(wrong: Side, { kind, node }: Side): string | undefined {
  const sign = wrong.node.kind === 'unary' && wrong.node.op === '-' ? '-' : '';
  const literal = wrong.node.kind === 'unary' ? wrong.node.of : wrong.node;
  if (literal.kind !== 'literal' || literal.literal === 'instant') return undefined;
  const figure = literal.literal === 'duration' ? formatDuration(literal.value) : String(literal.value);
  const { dimensions } = kind.unit;
  if (kind.absolute) return undefined;
  if (Object.keys(dimensions).length === 0)
    return literal.literal === 'plain' ? `${sign}${asPercent(literal.value, node.kind === 'binary')}` : undefined;
  if (dimensions.usd === 1) return literal.literal === 'plain' ? `${sign}$${figure}` : undefined;
  if (sameDimensions(dimensions, { time: 1 })) return literal.literal === 'plain' ? `${sign}${figure}d` : undefined;
  if (!isCounted(dimensions)) return undefined;
  if (literal.literal === 'money') return `${sign}${figure}`;
  return literal.literal === 'ratio' ? `${sign}${Number((literal.value * 100).toPrecision(12))}` : undefined;
}

/** Against a metric 20 was meant as 20%, and 0.2 as well; a quotient of 5 is 500%. */
function asPercent(value: number, quotient: boolean): string {
  return `${Math.abs(value) > 1 && !quotient ? value : Number((value * 100).toPrecision(12))}%`;
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

function multiply(a: Dimensions, b: Dimensions, sign: 1 | -1): Dimensions {
  const result: Partial<Record<keyof Dimensions, number>> = {};
  for (const name of ['usd', 'token', 'gpu', 'item', 'time'] as const) {
    const power = (a[name] ?? 0) + sign * (b[name] ?? 0);
    if (power !== 0) result[name] = power;
  }
  return result;
}

function spell(dimensions: Dimensions): string {
  const words = { usd: 'usd', token: 'token', gpu: 'gpu', item: 'item', time: 'day' };
  const part = (sign: 1 | -1): string =>
    Object.entries(dimensions)
      .filter(([, power]) => Math.sign(power) === sign)
      .map(([name, power]) => words[name as keyof typeof words] + (Math.abs(power) > 1 ? `^${Math.abs(power)}` : ''))
      .join('·');
  const [above, below] = [part(1), part(-1)];
  return below === '' ? above : `${above === '' ? '1' : above}/${below}`;
}

/** The unit of a slope: the metric's unit a day. */
export function perDay(unit: Unit): Unit {
  return { name: `${unit.name}/day`, dimensions: multiply(unit.dimensions, { time: 1 }, -1), scale: unit.scale };
}
