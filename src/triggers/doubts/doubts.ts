/** What is odd in a rule that compiles: comparisons that always come out the same, rules that could never fire or end. */
import { formatDuration } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import type { Condition } from '../language/expression.ts';
import type { Value } from '../language/scene.ts';
import type { CompiledRule, RuleError } from '../rule/compile.ts';
import { canBe } from './possible.ts';

/** What the rule itself gives to doubt, whatever is recorded: told as a mistake is, but no reason to refuse it. */
export function doubtsOf(rule: CompiledRule): readonly RuleError[] {
  const { when, clear } = rule;
  const odd = [...oddities('when', when), ...(clear === null ? [] : oddities('clear', clear))];
  return [...odd, ...(odd.length > 0 ? [] : neverOver(rule)), ...longWait(rule)];
}

/** The innermost conditions that can come out one way only. */
function oddities(field: 'when' | 'clear', condition: Condition): readonly RuleError[] {
  const consequence = canBe([[condition, true]])
    ? canBe([[condition, false]]) || field === 'clear'
      ? ''
      : ', so the rule fires whatever the figures are'
    : field === 'when'
      ? ', so the rule can never fire'
      : ', so the rule, once it fires, never ends';
  return stuckIn(condition).map((stuck) => {
    const never = !canBe([[stuck, true]]);
    return {
      field,
      column: stuck.at,
      what: `${stuck.text} is ${never ? 'never' : 'always'} true: ${reason(stuck, never)}${consequence}`,
      expected: 'a condition that can come out either way',
      todo: remedy(stuck, never),
    };
  });
}

function stuckIn(condition: Condition): readonly Condition[] {
  const { shape } = condition;
  const inside = shape.kind === 'comparison' ? [] : (shape.kind === 'not' ? [shape.of] : shape.parts).flatMap(stuckIn);
  if (inside.length > 0) return inside;
  return canBe([[condition, true]]) && canBe([[condition, false]]) ? [] : [condition];
}

function reason({ shape }: Condition, never: boolean): string {
  if (shape.kind !== 'comparison') return never ? 'its parts exclude each other' : 'one of its parts always is';
  const { op, left, right, factor } = shape;
  // Which bound of the left side decides: with an equality, that which the right side lies beyond.
  const low = op === '==' || op === '!=' ? left.bounds[0] > right.bounds[1] * factor : op.startsWith('<') === never;
  const ranges = [...range(left, low), ...range(right, !low)];
  return ranges.length === 0 ? 'both of its sides are fixed' : ranges.join(', and ');
}

/** Bounds farther apart than this are not told both: a fleet of one GPU or of a hundred million. */
const FAR = 1000;

/** "gpu_utilization lies between 0% and 100%", or the bound that decides; nothing of what is fixed. */
function range({ text, kind, bounds: [least, most] }: Value, low: boolean): readonly string[] {
  if (least === most) return [];
  const [from, to] = [least, most].map((bound) => formatValue(bound, kind.unit.name));
  const near = Math.abs(low ? most : least) <= FAR * Math.max(1, Math.abs(low ? least : most));
  if (Number.isFinite(most - least) && near) return [`${text} lies between ${from} and ${to}`];
  const [bound, words] = low ? [least, `${text} is never below ${from}`] : [most, `${text} is never above ${to}`];
  return Number.isFinite(bound) ? [words] : [];
}

function remedy({ shape }: Condition, never: boolean): string {
  if (shape.kind === 'comparison') return 'correct the threshold, or leave the comparison out';
  return `correct a threshold, or join the parts with \`${never ? 'or' : 'and'}\``;
}

/** While `when` holds a firing rule goes on: a `clear` that holds only then ends nothing. */
function neverOver({ when, clear }: CompiledRule): readonly RuleError[] {
  if (
    clear === null ||
    canBe([
      [when, false],
      [clear, true],
    ])
  )
    return [];
  return [
    {
      field: 'clear',
      column: clear.at,
      what: `${clear.text} holds only while \`when\` holds too, so the rule, once it fires, never ends`,
      expected: 'a condition that holds when `when` does not',
      todo: 'set the threshold of `clear` on the other side of that of `when`, or leave `clear` out',
    },
  ];
}

/** What has to hold for longer than samples are kept can not be shown to have held. */
function longWait({ rule, names: { longest } }: CompiledRule): readonly RuleError[] {
  if (rule.for <= longest) return [];
  return [
    {
      field: 'for',
      column: null,
      what: `for is ${formatDuration(rule.for)}, and samples are kept for ${formatDuration(longest)}: no record could show that it held so long`,
      expected: `at most ${formatDuration(longest)}`,
      todo: 'shorten it, or raise retention in tierwatch.yaml',
    },
  ];
}
