/** Compiles an expression into something that can be asked for its truth and for its explanation. */
import type { Names } from '../../core/names.ts';
import type { Duration } from '../../core/time.ts';
import type { Comparator, Reading, Truth, Verdict } from '../../core/verdict.ts';
import { ExpressionError } from './error.ts';
import { type Kind, meet } from './kinds.ts';
import { type Node, parse } from './parser.ts';
import type { Scene, Value, Vocabulary } from './scene.ts';
import { compileValue } from './value.ts';
import { vocabularyOf } from './vocabulary.ts';

/** What a condition is made of, for whoever wants to reason about it rather than judge it. */
export type Shape =
  | {
      readonly kind: 'comparison';
      readonly op: Comparator;
      readonly left: Value;
      readonly right: Value;
      readonly factor: number;
    }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] };

/** A compiled condition. `truth` is quick; `explain` tells the same with every number and its origin. */
export type Condition = {
  readonly text: string;
  /** The column it begins in, from 1. */
  readonly at: number;
  readonly shape: Shape;
  /** The recorded series it rests on when this network is judged. */
  series(network: string): readonly string[];
  /** Can be judged before any sample of what it reads: it asks for news or the date too. */
  readonly anytime: boolean;
  /** The longest window in it; 0 where there is none. */
  readonly longest: Duration;
  truth(scene: Scene): Truth;
  explain(scene: Scene): Verdict;
};

/** Compiles the text of a condition. Throws an ExpressionError with the column of the first mistake. */
export function compileCondition(text: string, names: Names): Condition {
  return condition(parse(text), text, vocabularyOf(names));
}

type Words = { readonly holds: (a: number, b: number) => boolean; readonly yes: string; readonly no: string };

const COMPARE: Readonly<Record<Comparator, Words>> = {
  '<': { holds: (a, b) => a < b, yes: 'below', no: 'not below' },
  '<=': { holds: (a, b) => a <= b, yes: 'at most', no: 'above' },
  '>': { holds: (a, b) => a > b, yes: 'above', no: 'not above' },
  '>=': { holds: (a, b) => a >= b, yes: 'at least', no: 'below' },
  '==': { holds: (a, b) => a === b, yes: 'equal to', no: 'not equal to' },
  '!=': { holds: (a, b) => a !== b, yes: 'different from', no: 'equal to' },
};

/** How dates stand to each other. */
const DATES: Readonly<Record<Comparator, Omit<Words, 'holds'>>> = {
  '<': { yes: 'before', no: 'not before' },
  '<=': { yes: 'not after', no: 'after' },
  '>': { yes: 'after', no: 'not after' },
  '>=': { yes: 'not before', no: 'before' },
  '==': { yes: 'exactly', no: 'other than' },
  '!=': { yes: 'other than', no: 'exactly' },
};

function isComparator(op: string): op is Comparator {
  return Object.hasOwn(COMPARE, op);
}

const ORDER: Readonly<Record<Truth, number>> = { false: 0, unknown: 1, true: 2 };

function condition(node: Node, text: string, vocabulary: Vocabulary): Condition {
  if (node.kind === 'unary' && node.op === 'not') return negation(condition(node.of, text, vocabulary), node, text);
  if (node.kind === 'binary' && (node.op === 'and' || node.op === 'or')) {
    const parts = [condition(node.left, text, vocabulary), condition(node.right, text, vocabulary)];
    return junction(node.op, parts, node, text);
  }
  if (node.kind === 'binary' && isComparator(node.op)) return comparison(node.op, node, text, vocabulary);
  const value = compileValue(node, text, vocabulary);
  throw new ExpressionError(
    node,
    `${textOf(node, text)} is a value, not a condition`,
    'a comparison such as gpu_utilization < 20%',
    `compare ${value.kind.absolute ? 'it with a date' : 'it with a threshold'}`,
  );
}

function textOf(node: Node, text: string): string {
  return text.slice(node.at - 1, node.end - 1);
}

function negation(of: Condition, node: Node, source: string): Condition {
  const text = textOf(node, source);
  const flip: Readonly<Record<Truth, Truth>> = { true: 'false', false: 'true', unknown: 'unknown' };
  return {
    ...of,
    text,
    at: node.at,
    shape: { kind: 'not', of },
    truth: (scene) => flip[of.truth(scene)],
    explain: (scene) => {
      const child = of.explain(scene);
      return {
        truth: flip[child.truth],
        join: 'not',
        expression: text,
        says: child.says,
        readings: [],
        children: [child],
      };
    },
  };
}

/** Kleene logic: `and` is the least, `or` the greatest of false < unknown < true. */
function junction(op: 'and' | 'or', parts: readonly Condition[], node: Node, source: string): Condition {
  const text = textOf(node, source);
  const pick = (a: Truth, b: Truth): Truth => (ORDER[a] < ORDER[b] === (op === 'and') ? a : b);
  const decides: Truth = op === 'and' ? 'false' : 'true';
  return {
    text,
    at: node.at,
    shape: { kind: op, parts },
    series: (network) => parts.flatMap((part) => part.series(network)),
    anytime: parts.some((part) => part.anytime),
    longest: Math.max(...parts.map((part) => part.longest)),
    truth: (scene) => {
      let whole: Truth = op === 'and' ? 'true' : 'false';
      for (const part of parts) {
        whole = pick(whole, part.truth(scene));
        if (whole === decides) return whole;
      }
      return whole;
    },
    explain: (scene) => {
      const children = parts.map((part) => part.explain(scene));
      const truth = children.map((child) => child.truth).reduce(pick);
      return {
        truth,
        join: op,
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

function comparison(op: Comparator, node: Node & { kind: 'binary' }, text: string, vocabulary: Vocabulary): Condition {
  const left = compileValue(node.left, text, vocabulary);
  const right = compileValue(node.right, text, vocabulary);
  const { kind, factor } = meet(
    { kind: left.kind, node: node.left, text: left.text },
    { kind: right.kind, node: node.right, text: right.text },
    'compare',
  );
  const { holds } = COMPARE[op];
  const { yes, no } = kind.absolute ? DATES[op] : COMPARE[op];
  const judge = (a: number | null, b: number | null): Truth =>
    a === null || b === null ? 'unknown' : holds(a, b * factor) ? 'true' : 'false';
  const expression = textOf(node, text);
  // Most rules compare with a figure as written: it is looked up once.
  const threshold = isConstant(right) ? right.bounds[0] : null;
  return {
    text: expression,
    at: node.at,
    shape: { kind: 'comparison', op, left, right, factor },
    series: (network) => [...left.series(network), ...right.series(network)],
    anytime: left.anytime === true || right.anytime === true,
    longest: Math.max(left.window ?? 0, right.window ?? 0),
    truth:
      threshold === null
        ? (scene) => judge(left.value(scene), right.value(scene))
        : (scene) => judge(left.value(scene), threshold),
    explain: (scene) => {
      const [a, b] = [left.value(scene), right.value(scene)];
      const readings = [...left.readings(scene), ...right.readings(scene)];
      const truth = judge(a, b);
      const says =
        truth === 'unknown'
          ? `${expression} is unknown: ${missing(readings)}`
          : sentence(left, right, truth === 'true' ? yes : no, scene, kind);
      const sides = { op, left: a, right: b === null ? null : b * factor, unit: kind.unit.name };
      return { truth, comparison: sides, expression, says, readings, children: [] };
    },
  };
}

/** Worked out of literals alone. */
function isConstant({ anytime, bounds, series }: Value): boolean {
  return anytime !== true && bounds[0] === bounds[1] && series('').length === 0;
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
