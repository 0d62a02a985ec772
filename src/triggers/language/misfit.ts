/** Words a unit problem: what two sides are, why they do not go together, and how it was probably meant. */
import { type Dimensions, describeUnit, METRIC_UNITS, UNITS, type Unit } from '../../core/units.ts';
import { isCounted, isDailyRatio, type Kind, multiply, sameDimensions } from './dimensions.ts';
import { ExpressionError } from './error.ts';
import type { Node } from './parser.ts';

/** One side of a comparison or sum. */
export type Side = { readonly kind: Kind; readonly node: Node; readonly text: string };

/** The mistake of comparing or adding these two, at the one that was probably written wrong. */
export function unfit(left: Side, right: Side, doing: 'compare' | 'add'): ExpressionError {
  const leftWrong = left.kind.loose !== null || (isLiteral(left) && !isLiteral(right));
  const [wrong, other] = leftWrong ? [left, right] : [right, left];
  const verb = doing === 'compare' ? 'compared with' : 'added to or taken from';
  const suggestion = suggest(wrong, other);
  return new ExpressionError(
    wrong.node,
    `${other.text} is ${describe(other.kind)} and cannot be ${verb} ${wrong.text}, ${describeLoose(wrong.kind)}`,
    describe(other.kind),
    suggestion === undefined ? remedy(wrong, other) : `did you mean ${suggestion}?`,
  );
}

function isLiteral({ node }: Side): boolean {
  return (node.kind === 'unary' ? node.of : node).kind === 'literal';
}

function describeLoose(kind: Kind): string {
  return kind.loose === 'plain' ? 'a bare number' : kind.loose === 'money' ? 'an amount in USD' : describe(kind);
}

/** A slope has the unit of its metric, a day. */
function describe({ unit }: Kind): string {
  const base = METRIC_UNITS.find((name) => unit.name === `${name}/day`);
  return base === undefined || Object.hasOwn(UNITS, unit.name)
    ? describeUnit(unit)
    : `${describeUnit(UNITS[base])} a day`;
}

/** How the same figures would be written in the other side's unit. */
function suggest(wrong: Side, { kind, node }: Side): string | undefined {
  const sign = wrong.node.kind === 'unary' && wrong.node.op === '-' ? '-' : '';
  const literal = wrong.node.kind === 'unary' ? wrong.node.of : wrong.node;
  if (literal.kind !== 'literal' || kind.absolute) return undefined;
  const { dimensions } = kind.unit;
  const counted = isCounted(dimensions);
  if (literal.literal === 'money') return counted ? sign + literal.text.slice(1) : undefined;
  // 5m is five minutes, and five million was meant.
  if (literal.literal === 'duration' && counted)
    return /^[\d.]+m$/.test(literal.text) ? `${sign}${literal.text.slice(0, -1)}M` : undefined;
  if (literal.literal !== 'plain') return undefined;
  if (Object.keys(dimensions).length === 0) return `${sign}${asPercent(literal.value, node.kind === 'binary', 1)}`;
  // Nothing moves by 100% a day, and by 1% much does.
  if (isDailyRatio(dimensions)) return `${sign}${asPercent(literal.value, false, 0.99)}`;
  if (dimensions.usd === 1) return `${sign}$${literal.text}`;
  return sameDimensions(dimensions, { time: 1 }) ? `${sign}${literal.value}d` : undefined;
}

/** What to do where the figure itself cannot be kept. */
function remedy(wrong: Side, other: Side): string {
  if (other.kind.absolute)
    return wrong.kind.unit.name === 'duration'
      ? 'write a date such as 2026-12-31, or compare the time since one: now - 2026-12-31'
      : 'write a date such as 2026-12-31';
  if (wrong.kind.absolute)
    return isDuration(other.kind)
      ? 'write a duration such as 14d, or compare the time until a date: 2026-12-31 - now'
      : `write ${example(other.kind) ?? 'a value of its unit'}`;
  if (!isLiteral(wrong)) return bridge(wrong, other) ?? 'compare values of one unit';
  const right = example(other.kind);
  if (right === undefined) return 'compare its parts with each other, or divide values of one unit';
  const relative = isRatioLiteral(wrong) && other.node.kind === 'name';
  return `write ${right}${relative ? `, or compare its change: change(${other.text}, 30d)` : ''}`;
}

function isDuration({ unit, absolute }: Kind): boolean {
  return !absolute && sameDimensions(unit.dimensions, { time: 1 });
}

function example(kind: Kind): string | undefined {
  const { dimensions } = kind.unit;
  if (isDuration(kind)) return 'a duration such as 14d';
  if (Object.keys(dimensions).length === 0 || isDailyRatio(dimensions)) return 'a percentage such as 20%';
  if (dimensions.usd === 1) return 'an amount such as $2.50';
  return isCounted(dimensions) ? 'a number such as 20' : undefined;
}

/** What turns the one into the unit of the other: a price per GPU times GPUs is an amount. */
function bridge(wrong: Side, other: Side): string | undefined {
  const times = knownUnit(multiply(other.kind.unit.dimensions, wrong.kind.unit.dimensions, -1));
  if (times !== undefined) return `multiply ${wrong.text} by ${describeUnit(times)}`;
  const over = knownUnit(multiply(wrong.kind.unit.dimensions, other.kind.unit.dimensions, -1));
  return over === undefined ? undefined : `divide ${wrong.text} by ${describeUnit(over)}`;
}

function knownUnit(dimensions: Dimensions): Unit | undefined {
  return [...METRIC_UNITS, 'duration' as const]
    .map((name) => UNITS[name])
    .find((unit) => sameDimensions(unit.dimensions, dimensions));
}

/** Against a metric 20 was meant as 20%, and 0.2 as well; a quotient of 5 is 500%. Up to `most` it is taken for a share. */
function asPercent(value: number, quotient: boolean, most: number): string {
  return `${Math.abs(value) > most && !quotient ? value : Number((value * 100).toPrecision(12))}%`;
}

export function isRatioLiteral({ node }: Side): boolean {
  const literal = node.kind === 'unary' ? node.of : node;
  return literal.kind === 'literal' && literal.literal === 'ratio';
}
