/** What a condition can come out as, judged by the least and the most that its values can be. */
import { type Comparator, NEGATED } from '../../core/verdict.ts';
import { type Bounds, outcomes, scaled } from '../language/bounds.ts';
import type { Condition, Shape } from '../language/expression.ts';

/** What is known of values beyond their own bounds, by their text: the same text is the same value. */
type Box = ReadonlyMap<string, Bounds>;
type Comparison = Shape & { readonly kind: 'comparison' };

/** Whether a comparison's values can be known at all. */
export type Knowable = (comparison: Condition) => boolean;

/** Holds, or does not, of each of several conditions at once. */
type Wanted = readonly (readonly [condition: Condition, holds: boolean])[];

/**
 * Whether all of this can be so at one instant. It errs on the side of yes: what it denies is impossible, whatever the
 * samples; what it allows may still be impossible for reasons that bounds do not show.
 */
export function canBe(wanted: Wanted, knowable: Knowable = () => true): boolean {
  return all(wanted, new Map(), knowable) !== undefined;
}

/** What is known of the values once all of this is so; undefined where it cannot be. */
function all(wanted: Wanted, known: Box, knowable: Knowable): Box | undefined {
  const needed = wanted.flatMap(([condition, holds]) => needs(condition, holds));
  let box: Box | undefined = known;
  for (const { condition, holds, shape } of needed)
    if (box !== undefined && shape.kind === 'comparison')
      box = knowable(condition) ? compared(shape, holds, box) : undefined;
  // Where one of several parts is enough, what the others need already tells which it can be.
  for (const { holds, shape } of needed)
    if (box !== undefined && (shape.kind === 'and' || shape.kind === 'or')) {
      const before: Box = box;
      box = either(shape.parts.flatMap((part) => all([[part, holds]], before, knowable) ?? []));
    }
  return box;
}

type Need = { readonly condition: Condition; readonly holds: boolean; readonly shape: Shape };

/** An `and` that holds has all of its parts hold, an `or` that does not has none: these parts, down to what cannot be parted. */
function needs(condition: Condition, holds: boolean): readonly Need[] {
  const { shape } = condition;
  if (shape.kind === 'not') return needs(shape.of, !holds);
  if (shape.kind !== 'comparison' && (shape.kind === 'and') === holds)
    return shape.parts.flatMap((part) => needs(part, holds));
  return [{ condition, holds, shape }];
}

/** What holds in each of several cases holds in all: the hull of their bounds. */
function either([first, ...rest]: readonly Box[]): Box | undefined {
  return rest.reduce<Box | undefined>((one, other) => one && hull(one, other), first);
}

function hull(one: Box, other: Box): Box {
  const shared = [...one].flatMap(([text, a]) => {
    const b = other.get(text);
    return b === undefined ? [] : [[text, [Math.min(a[0], b[0]), Math.max(a[1], b[1])] as const] as const];
  });
  return new Map(shared);
}

function compared({ op, left, right, factor }: Comparison, holds: boolean, box: Box): Box | undefined {
  const meant = holds ? op : NEGATED[op];
  const a = box.get(left.text) ?? left.bounds;
  const b = scaled(box.get(right.text) ?? right.bounds, factor);
  if (!outcomes(meant, a, b).true) return undefined;
  const next = new Map(box);
  next.set(left.text, bounded(a, meant, b));
  // Rounding would take what is scaled back a hair too far.
  if (factor === 1) next.set(right.text, bounded(b, MIRRORED[meant], a));
  return next;
}

const MIRRORED: Readonly<Record<Comparator, Comparator>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

/** The bounds of a value that compares so with another. */
function bounded([least, most]: Bounds, op: Comparator, other: Bounds): Bounds {
  switch (op) {
    case '<':
      return [least, Math.min(most, other[1] - hair(other[1]))];
    case '<=':
      return [least, Math.min(most, other[1])];
    case '>':
      return [Math.max(least, other[0] + hair(other[0])), most];
    case '>=':
      return [Math.max(least, other[0]), most];
    case '==':
      return [Math.max(least, other[0]), Math.min(most, other[1])];
    case '!=':
      return [least, most];
  }
}

/** About the distance to the next number that there is: what is below 20% is at most 20% less this. */
function hair(value: number): number {
  return Number.isFinite(value) ? Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE) : 0;
}
