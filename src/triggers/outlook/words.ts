/** What would have to hold, in words: "the 7d average of akash.gpu_utilization stays above 25%". */
import { type Duration, formatDuration } from '../../core/time.ts';
import { type Comparator, NEGATED } from '../../core/verdict.ts';
import type { Condition, Shape } from '../language/expression.ts';
import type { Scene, Value } from '../language/scene.ts';
import type { CompiledRule } from '../rule/compile.ts';

/** What sets a rule off, or what ends a firing one, with the time it must hold for. */
export function conditionWords(rule: CompiledRule, aim: 'fire' | 'end', scene: Scene): string {
  const long = aim === 'fire' ? rule.rule.for : rule.rule.keepFiringFor;
  const ends = aim === 'end' && rule.clear === null;
  const condition = aim === 'end' ? (rule.clear ?? rule.when) : rule.when;
  return words(condition, !ends, { scene, long }) + (long > 0 ? ` for ${formatDuration(long)}` : '');
}

type Setting = { readonly scene: Scene; readonly long: Duration };

/** De Morgan's laws: `a and b` does not hold where not a, or not b. */
function words({ shape }: Condition, holds: boolean, setting: Setting): string {
  switch (shape.kind) {
    case 'comparison':
      return comparison(shape, holds, setting);
    case 'not':
      return words(shape.of, !holds, setting);
    case 'and':
    case 'or':
      return shape.parts
        .map((part) => {
          const inner = words(part, holds, setting);
          return isOther(part, shape.kind) ? `(${inner})` : inner;
        })
        .join((shape.kind === 'and') === holds ? ' and ' : ' or ');
  }
}

function isOther({ shape }: Condition, kind: 'and' | 'or'): boolean {
  if (shape.kind === 'not') return isOther(shape.of, kind === 'and' ? 'or' : 'and');
  return shape.kind !== 'comparison' && shape.kind !== kind;
}

const RELATIONS: Readonly<Record<Comparator, string>> = {
  '<': 'below',
  '<=': 'at most',
  '>': 'above',
  '>=': 'at least',
  '==': 'equal to',
  '!=': 'different from',
};
const TIMES: Readonly<Record<Comparator, string>> = {
  '<': 'before',
  '<=': 'no later than',
  '>': 'after',
  '>=': 'no earlier than',
  '==': 'exactly',
  '!=': 'not exactly',
};

function comparison(
  { op, left, right }: Shape & { readonly kind: 'comparison' },
  holds: boolean,
  { scene, long }: Setting,
): string {
  const kind = left.kind.loose === null ? left.kind : right.kind;
  const relations = kind.absolute ? TIMES : RELATIONS;
  const side = (value: Value): string => named(value, scene) ?? value.figure(scene, kind);
  return `${side(left)} ${long > 0 ? 'stays' : 'is'} ${relations[holds ? op : NEGATED[op]]} ${side(right)}`;
}

/** A function of something takes an article, the name of a series does not. */
function named(value: Value, scene: Scene): string | null {
  const noun = value.noun(scene);
  if (noun === 'now') return 'the date';
  return noun !== null && /^(?!the )[^.()]+ of /.test(noun) ? `the ${noun}` : noun;
}
