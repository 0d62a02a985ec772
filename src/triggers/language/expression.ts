/** Compiles an expression into something that can be asked for its truth and for its explanation. */
import type { Names } from '../../core/names.ts';
import type { Duration } from '../../core/time.ts';
import type { Reading, Truth, Verdict } from '../../core/verdict.ts';
import { ExpressionError } from './error.ts';
import { type Kind, meet } from './kinds.ts';
import { type Node, parse } from './parser.ts';
import type { Read, Scene, Value } from './scene.ts';
import { compileValue } from './value.ts';

/** A compiled condition. `truth` is quick; `explain` tells the same with every number and its origin. */
export type Condition = {
  readonly text: string;
  readonly reads: readonly Read[];
  /** Can be judged before any sample of what it reads: it asks for news or the date too. */
  readonly anytime: boolean;
  /** The longest window in it; 0 where there is none. */
  readonly longest: Duration;
  truth(scene: Scene): Truth;
  explain(scene: Scene): Verdict;
};

/** Compiles the text of a condition. Throws an ExpressionError with the column of the first mistake. */
export function compileCondition(text: string, names: Names): Condition {
  return condition(parse(text), text, names);
}

const COMPARE: Readonly<
  Record<string, { readonly holds: (a: number, b: number) => boolean; readonly yes: string; readonly no: string }>
> = {
  '<': { holds: (a, b) => a < b, yes: 'below', no: 'not below' },
  '<=': { holds: (a, b) => a <= b, yes: 'at most', no: 'above' },
  '>': { holds: (a, b) => a > b, yes: 'above', no: 'not above' },
  '>=': { holds: (a, b) => a >= b, yes: 'at least', no: 'below' },
  '==': { holds: (a, b) => a === b, yes: 'equal to', no: 'not equal to' },
  '!=': { holds: (a, b) => a !== b, yes: 'different from', no: 'equal to' },
};

const ORDER: Readonly<Record<Truth, number>> = { false: 0, unknown: 1, true: 2 };

function condition(node: Node, text: string, names: Names): Condition {
  if (node.kind === 'unary' && node.op === 'not') return negation(condition(node.of, text, names), textOf(node, text));
  if (node.kind === 'binary' && (node.op === 'and' || node.op === 'or'))
    return junction(
      node.op,
      [condition(node.left, text, names), condition(node.right, text, names)],
      textOf(node, text),
    );
  if (node.kind === 'binary' && COMPARE[node.op] !== undefined) return comparison(node.op, node, text, names);
  const value = compileValue(node, text, names);
  throw new ExpressionError(
    node.at,
    `${textOf(node, text)} is a value, not a condition`,
    'a comparison such as gpu_utilization < 20%',
    `compare ${value.kind.absolute ? 'it with a date' : 'it with a threshold'}`,
  );
}

function textOf(node: Node, text: string): string {
  return text.slice(node.at - 1, node.end - 1);
}

function negation(of: Condition, text: string): Condition {
  const flip: Readonly<Record<Truth, Truth>> = { true: 'false', false: 'true', unknown: 'unknown' };
  return {
    text,
    reads: of.reads,
    anytime: of.anytime,
    longest: of.longest,
    truth: (scene) => flip[of.truth(scene)],
    explain: (scene) => {
      const child = of.explain(scene);
      return {
        truth: flip[child.truth],
        expression: text,
        says: child.says,
        readings: [],
        children: [child],
      };
    },
  };
}

/** Kleene logic: `and` is the least, `or` the greatest of false < unknown < true. */
function junction(op: 'and' | 'or', parts: readonly Condition[], text: string): Condition {
  const pick = (a: Truth, b: Truth): Truth => (ORDER[a] < ORDER[b] === (op === 'and') ? a : b);
  const whole = (truths: readonly Truth[]): Truth => truths.reduce(pick);
  return {
    text,
    reads: parts.flatMap((part) => part.reads),
    anytime: parts.some((part) => part.anytime),
    longest: Math.max(...parts.map((part) => part.longest)),
    truth: (scene) => whole(parts.map((part) => part.truth(scene))),
    explain: (scene) => {
      const children = parts.map((part) => part.explain(scene));
      const truth = whole(children.map((child) => child.truth));
      return {
        truth,
        expression: text,
        says: decisive(op, truth, children)
          .map((child) => child.says)
          .join(`; ${op} `),
        readings: [],
        children,
      };
    },
  };
}

/** The parts that made the whole what it is: of a true `or` the true ones, of a false `and` the false ones. */
function decisive(op: 'and' | 'or', truth: Truth, children: readonly Verdict[]): readonly Verdict[] {
  const alone = op === 'or' ? 'true' : 'false';
  return truth === alone || truth === 'unknown' ? children.filter((child) => child.truth === truth) : children;
}

function comparison(op: string, node: Node & { kind: 'binary' }, text: string, names: Names): Condition {
  const left = compileValue(node.left, text, names);
  const right = compileValue(node.right, text, names);
  const { kind, factor } = meet(
    { kind: left.kind, node: node.left, text: left.text },
    { kind: right.kind, node: node.right, text: right.text },
    'compare',
  );
  const { holds, yes, no } = COMPARE[op] ?? { holds: () => false, yes: op, no: op };
  const judge = (a: number | null, b: number | null): Truth =>
    a === null || b === null ? 'unknown' : holds(a, b * factor) ? 'true' : 'false';
  const expression = textOf(node, text);
  return {
    text: expression,
    reads: [...left.reads, ...right.reads],
    anytime: left.anytime === true || right.anytime === true,
    longest: Math.max(left.window ?? 0, right.window ?? 0),
    truth: (scene) => judge(left.value(scene), right.value(scene)),
    explain: (scene) => {
      const [a, b] = [left.value(scene), right.value(scene)];
      const readings = [...left.readings(scene), ...right.readings(scene)];
      const truth = judge(a, b);
      const says =
        truth === 'unknown'
          ? `${expression} is unknown: ${missing(readings)}`
          : sentence(left, right, truth === 'true' ? yes : no, scene, kind);
      return { truth, expression, says, readings, children: [] };
    },
  };
}

/** Digits are added until two sides that differ also read differently; no more than this. */
const MOST_DIGITS = 6;

/** "7d average of akash.gpu_utilization is 13.4%, below 20%"; another reading on the right is named with its figure. */
function sentence(left: Value, right: Value, relation: string, scene: Scene, kind: Kind): string {
  const differ = left.value(scene) !== right.value(scene);
  let extra = 0;
  let [a, b] = ['', ''];
  do {
    [a, b] = [left.figure(scene, kind, extra), right.figure(scene, kind, extra)];
    extra += 1;
  } while (differ && a === b && extra <= MOST_DIGITS);
  const subject = left.noun(scene);
  const object = right.noun(scene);
  const said = left.statement?.(scene) ?? (subject === null ? a : `${subject} is ${a}`);
  const measured = object === null ? b : `${object}, ${b}${right.detail(scene)}`;
  return `${said}${left.detail(scene)}, ${relation} ${measured}`;
}

function missing(readings: readonly Reading[]): string {
  const gaps = readings.flatMap((reading) =>
    reading.kind === 'series' && reading.missing !== null ? [`${reading.series}: ${reading.missing}`] : [],
  );
  return gaps.length === 0 ? 'a division by zero' : [...new Set(gaps)].join('; ');
}
