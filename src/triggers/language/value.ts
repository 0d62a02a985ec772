/** The value half of the language: literals, series, functions and arithmetic. */
import type { Names } from '../../core/names.ts';
import { nearest } from '../../core/nearest.ts';
import { formatValue } from '../../core/units.ts';
import { ExpressionError, usage } from './error.ts';
import { WINDOW_FUNCTIONS } from './functions.ts';
import { COUNT, combine, DURATION, fixed, INSTANT, type Kind, MONEY, meet, PLAIN, RATIO } from './kinds.ts';
import { newsValue } from './news.ts';
import type { Binary, Call, Literal, Node } from './parser.ts';
import { ageValue, bareValue, windowValue } from './reading.ts';
import { resolveSeries } from './resolve.ts';
import type { Scene, Value } from './scene.ts';

const OTHER_FUNCTIONS = ['news', 'age'];

export function compileValue(node: Node, text: string, names: Names): Value {
  switch (node.kind) {
    case 'literal':
      return literal(node);
    case 'name':
      return node.name === 'now' ? NOW : series(node.name, node.at, names);
    case 'call':
      return call(node, text, names);
    case 'unary':
      if (node.op === '-') return negative(compileValue(node.of, text, names), node.at);
      break;
    case 'binary':
      if ('+-*/'.includes(node.op)) return arithmetic(node, text, names);
  }
  throw new ExpressionError(
    node.at,
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
    reads: [],
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
  reads: [],
  anytime: true,
  value: (scene) => scene.now,
  figure: (scene) => formatValue(scene.now, 'instant'),
  noun: () => 'now',
  detail: () => '',
  readings: () => [],
};

function series(name: string, at: number, names: Names): Value {
  const { subject, metric, unit } = resolveSeries(name, at, names);
  return bareValue(name, subject, metric, unit, names);
}

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
    value,
    figure: (scene, kind, extra) => figureOf(value(scene), of.kind.loose === null ? of.kind : kind, extra),
    noun: (scene) => (of.noun(scene) === null ? null : `-${of.text}`),
    detail: () => '',
  };
}

function figureOf(value: number | null, kind: Kind, extra?: number): string {
  return value === null ? 'unknown' : formatValue(value, kind.unit.name, extra);
}

function arithmetic(node: Binary, text: string, names: Names): Value {
  const left = compileValue(node.left, text, names);
  const right = compileValue(node.right, text, names);
  const { kind, compute } = operation(node, left, right);
  const whole = text.slice(node.at - 1, node.end - 1);
  const value = (scene: Scene): number | null => {
    const [a, b] = [left.value(scene), right.value(scene)];
    const result = a === null || b === null ? null : compute(a, b);
    return result !== null && Number.isFinite(result) ? result : null;
  };
  return {
    kind,
    text: whole,
    reads: [...left.reads, ...right.reads],
    ...anytimeOf(left, right),
    window: Math.max(left.window ?? 0, right.window ?? 0),
    value,
    figure: (scene, met, extra) => figureOf(value(scene), kind.loose === null ? kind : met, extra),
    noun: () => (left.reads.length + right.reads.length === 0 && kind.loose !== null ? null : whole),
    detail: () => '',
    readings: (scene) => [...left.readings(scene), ...right.readings(scene)],
  };
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
        node.at,
        'a date cannot be multiplied or divided',
        'a value',
        'take the difference of two dates first',
      );
    const { kind, factor } = combine(a, b, node.op);
    return { kind, compute: node.op === '*' ? (x, y) => x * y * factor : (x, y) => (x / y) * factor };
  }
  const sign = node.op === '+' ? 1 : -1;
  if (a.absolute && b.absolute && sign === 1)
    throw new ExpressionError(node.at, 'two dates cannot be added', 'a date and a duration', 'take their difference');
  if (a.absolute && b.absolute) return { kind: DURATION, compute: (x, y) => x - y };
  if (a.absolute && b.unit.name === 'duration') return { kind: INSTANT, compute: (x, y) => x + sign * y };
  const { kind, factor } = meet(sides[0], sides[1], 'add');
  return { kind, compute: (x, y) => x + sign * y * factor };
}

function call(node: Call, text: string, names: Names): Value {
  const whole = text.slice(node.at - 1, node.end - 1);
  if (node.name === 'news') return { ...newsValue(node, whole), kind: COUNT };
  if (node.name === 'age') {
    const [argument, ...rest] = node.args;
    if (argument?.kind !== 'name' || rest.length > 0)
      throw usage(node.name, node.args.length, node.at, 'age(series)', 'age(gpu_utilization)');
    const { subject, metric } = resolveSeries(argument.name, argument.at, names);
    return { ...ageValue(whole, subject, metric), kind: DURATION };
  }
  const fn = WINDOW_FUNCTIONS[node.name];
  if (fn === undefined || !Object.hasOwn(WINDOW_FUNCTIONS, node.name)) {
    const known = [...Object.keys(WINDOW_FUNCTIONS), ...OTHER_FUNCTIONS];
    const close = nearest(node.name, known);
    throw new ExpressionError(
      node.at,
      `unknown function ${JSON.stringify(node.name)}`,
      `one of ${known.join(', ')}`,
      close === undefined ? 'pick one of these' : `did you mean ${close}(…)?`,
    );
  }
  const form = `${node.name}(series, window${fn.parameter === undefined ? '' : `, ${fn.parameter.name}`})`;
  const example = `${node.name}(gpu_utilization, 7d${fn.parameter === undefined ? '' : ', 0.9'})`;
  const [argument, size, extra, ...rest] = node.args;
  if (
    argument === undefined ||
    size === undefined ||
    rest.length > 0 ||
    (extra === undefined) !== (fn.parameter === undefined)
  )
    throw usage(node.name, node.args.length, node.at, form, example);
  if (argument.kind !== 'name')
    throw new ExpressionError(
      argument.at,
      `${node.name} reads a series`,
      'a metric or subject.metric',
      `write ${example}`,
    );
  if (size.kind !== 'literal' || size.literal !== 'duration' || size.value <= 0)
    throw new ExpressionError(size.at, 'the window is no duration', 'a duration such as 7d', `write ${example}`);
  const { subject, metric, unit } = resolveSeries(argument.name, argument.at, names);
  return windowValue({
    fn,
    expression: whole,
    subject,
    metric,
    size: size.value,
    parameter: parameterOf(fn.parameter, extra, example),
    kind: fixed(fn.unit(unit)),
    names,
  });
}

function parameterOf(
  parameter: { name: string; low: number; high: number } | undefined,
  node: Node | undefined,
  example: string,
): number {
  if (parameter === undefined || node === undefined) return 0;
  const fits = node.kind === 'literal' && (node.literal === 'plain' || node.literal === 'ratio');
  if (!fits || node.value < parameter.low || node.value > parameter.high)
    throw new ExpressionError(
      node.at,
      `the ${parameter.name} is out of bounds`,
      `a number from ${parameter.low} to ${parameter.high}`,
      `write ${example}`,
    );
  return node.value;
}
