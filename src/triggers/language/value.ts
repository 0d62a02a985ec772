/** The value half of the language: literals, names, calls and arithmetic. */
import { formatValue } from '../../core/units.ts';
import { ANY, exactly, scaled, spanned } from './bounds.ts';
import { callValue } from './call.ts';
import { ExpressionError } from './error.ts';
import { combine, DURATION, INSTANT, type Kind, MONEY, meet, PLAIN, RATIO } from './kinds.ts';
import { namedSeries } from './named.ts';
import type { Binary, Literal, Node } from './parser.ts';
import type { Scene, Value, Vocabulary } from './scene.ts';

export function compileValue(node: Node, text: string, vocabulary: Vocabulary): Value {
  switch (node.kind) {
    case 'literal':
      return literal(node);
    case 'name':
      return node.name === 'now' ? NOW : namedSeries(node.name, node.at, vocabulary).value;
    case 'call':
      return callValue(node, text, vocabulary);
    case 'unary':
      if (node.op === '-') return negative(compileValue(node.of, text, vocabulary), node.at);
      break;
    case 'binary':
      if ('+-*/'.includes(node.op)) return arithmetic(node, text, vocabulary);
  }
  throw new ExpressionError(
    node,
    `${text.slice(node.at - 1, node.end - 1)} is a condition, not a value`,
    'a metric, a function or a literal',
    'join conditions with `and` or `or` instead',
  );
}

const KINDS = { plain: PLAIN, money: MONEY, ratio: RATIO, duration: DURATION, instant: INSTANT } as const;

function literal(node: Literal): Value {
  const own = KINDS[node.literal];
  return {
    kind: own,
    text: node.text,
    series: () => [],
    bounds: exactly(node.value),
    maxAge: () => Number.POSITIVE_INFINITY,
    value: () => node.value,
    figure: (_, kind, extra) => formatValue(node.value, (own.loose === null ? own : kind).unit.name, extra),
    noun: () => null,
    detail: () => '',
    readings: () => [],
  };
}

const NOW: Value = {
  kind: INSTANT,
  text: 'now',
  series: () => [],
  anytime: true,
  bounds: ANY,
  maxAge: () => Number.POSITIVE_INFINITY,
  value: (scene) => scene.now,
  figure: (scene) => formatValue(scene.now, 'instant'),
  noun: () => 'now',
  detail: () => '',
  readings: () => [],
};

function negative(of: Value, at: number): Value {
  if (of.kind.absolute)
    throw new ExpressionError(at, 'a date has no opposite', 'a value', 'take the difference of two dates');
  const value = (scene: Scene): number | null => {
    const inner = of.value(scene);
    return inner === null ? null : -inner;
  };
  return {
    ...of,
    text: `-${of.text}`,
    bounds: scaled(of.bounds, -1),
    value,
    figure: (scene, kind, extra) => figureOf(value(scene), of.kind.loose === null ? of.kind : kind, extra),
    noun: (scene) => (of.noun(scene) === null ? null : `-${of.text}`),
    detail: () => '',
  };
}

function figureOf(value: number | null, kind: Kind, extra?: number): string {
  return value === null ? 'unknown' : formatValue(value, kind.unit.name, extra);
}

function arithmetic(node: Binary, text: string, vocabulary: Vocabulary): Value {
  const left = compileValue(node.left, text, vocabulary);
  const right = compileValue(node.right, text, vocabulary);
  const { kind, compute } = operation(node, left, right);
  const whole = text.slice(node.at - 1, node.end - 1);
  const constant = left.bounds[0] === left.bounds[1] && right.bounds[0] === right.bounds[1];
  const value = (scene: Scene): number | null => {
    const [a, b] = [left.value(scene), right.value(scene)];
    const result = a === null || b === null ? null : compute(a, b);
    return result !== null && Number.isFinite(result) ? result : null;
  };
  return {
    kind,
    text: whole,
    series: (network) => [...left.series(network), ...right.series(network)],
    ...anytimeOf(left, right),
    window: Math.max(left.window ?? 0, right.window ?? 0),
    ...makeupOf(left, right),
    bounds: spanned(left.bounds, right.bounds, node.op, compute),
    value,
    maxAge: (scene) => {
      const [a, b] = [left.maxAge(scene), right.maxAge(scene)];
      return a === null || b === null ? null : Math.min(a, b);
    },
    figure: (scene, met, extra) => figureOf(value(scene), kind.loose === null ? kind : met, extra),
    noun: () => (constant && kind.loose !== null ? null : whole),
    detail: () => '',
    readings: (scene) => [...left.readings(scene), ...right.readings(scene)],
  };
}

function makeupOf(left: Value, right: Value): Pick<Value, 'makeup'> {
  if (left.makeup === undefined && right.makeup === undefined) return {};
  return { makeup: (scene) => `${left.makeup?.(scene) ?? ''};${right.makeup?.(scene) ?? ''}` };
}

/** Whether either of two values can be judged before any sample. */
function anytimeOf(left: Value, right: Value): { readonly anytime?: true } {
  return left.anytime === true || right.anytime === true ? { anytime: true } : {};
}

function operation(node: Binary, left: Value, right: Value): { kind: Kind; compute: (a: number, b: number) => number } {
  const sides = [
    { kind: left.kind, node: node.left, text: left.text },
    { kind: right.kind, node: node.right, text: right.text },
  ] as const;
  const [a, b] = [left.kind, right.kind];
  if (node.op === '*' || node.op === '/') {
    if (a.absolute || b.absolute)
      throw new ExpressionError(
        node,
        'a date cannot be multiplied or divided',
        'a value',
        'take the difference of two dates first',
      );
    const { kind, factor } = combine(a, b, node.op);
    return { kind, compute: node.op === '*' ? (x, y) => x * y * factor : (x, y) => (x / y) * factor };
  }
  const sign = node.op === '+' ? 1 : -1;
  if (a.absolute && b.absolute && sign === 1)
    throw new ExpressionError(node, 'two dates cannot be added', 'a date and a duration', 'take their difference');
  if (a.absolute && b.absolute) return { kind: DURATION, compute: (x, y) => x - y };
  if (a.absolute && b.unit.name === 'duration') return { kind: INSTANT, compute: (x, y) => x + sign * y };
  const { kind, factor } = meet(sides[0], sides[1], 'add');
  return { kind, compute: (x, y) => x + sign * y * factor };
}
