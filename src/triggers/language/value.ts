/** The value half of the language: literals, series, functions and arithmetic. */
import { OTHERS } from '../../core/names.ts';
import { nearest } from '../../core/nearest.ts';
import { formatValue, UNITS } from '../../core/units.ts';
import { ANY, exactly, scaled, spanned } from './bounds.ts';
import { derivedOrigin, derivedValue } from './derived.ts';
import { ExpressionError, usage } from './error.ts';
import { WINDOW_FUNCTIONS } from './functions.ts';
import { GROUP_FUNCTIONS, groupValue, type Member } from './group.ts';
import { combine, DURATION, fixed, INSTANT, type Kind, MONEY, meet, PLAIN, RATIO } from './kinds.ts';
import { newsValue } from './news.ts';
import { type Origin, recordedOrigin } from './origin.ts';
import type { Binary, Call, Literal, Node } from './parser.ts';
import { ageValue, bareValue, windowValue } from './reading.ts';
import { type Resolved, resolve } from './resolve.ts';
import type { Scene, Value, Vocabulary } from './scene.ts';
import { windowSize } from './size.ts';

const OTHER_FUNCTIONS = ['news', 'age'];

export function compileValue(node: Node, text: string, vocabulary: Vocabulary): Value {
  switch (node.kind) {
    case 'literal':
      return literal(node);
    case 'name':
      return node.name === 'now' ? NOW : series(node.name, node.at, vocabulary);
    case 'call':
      return call(node, text, vocabulary);
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

function series(name: string, at: number, vocabulary: Vocabulary): Value {
  const found = resolve(name, at, vocabulary);
  if (found.kind === 'derived') return derivedValue(name, found.worked, found.subject);
  if (found.kind === 'recorded') return bareValue(name, recordedAs(found, vocabulary));
  throw severalSubjects(name, found.group, at);
}

function severalSubjects(name: string, group: string, at: number): ExpressionError {
  return new ExpressionError(
    at,
    `${group} stands for several subjects`,
    `one of ${Object.keys(GROUP_FUNCTIONS).join(', ')} over them`,
    `write median(${name})`,
  );
}

function recordedAs({ subject, metric, unit }: Resolved & { kind: 'recorded' }, { names }: Vocabulary): Origin {
  return recordedOrigin(subject, metric, unit, names);
}

/** Where a function over a window, or `age`, reads what it is called with. */
function originOf(argument: Node, fn: string, example: string, vocabulary: Vocabulary): Origin {
  if (argument.kind !== 'name')
    throw new ExpressionError(argument, `${fn} reads a series`, 'a metric or subject.metric', `write ${example}`);
  const found = resolve(argument.name, argument.at, vocabulary);
  if (found.kind === 'recorded') return recordedAs(found, vocabulary);
  if (found.kind === 'derived') return derivedOrigin(found.worked, found.subject);
  throw new ExpressionError(
    argument,
    `${fn} over a window reads one series, and ${found.group} stands for several subjects`,
    'a metric or subject.metric',
    `declare a derived series of ${Object.keys(GROUP_FUNCTIONS).join(', ')} of ${argument.name} in metrics.yaml, and read that`,
  );
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

function call(node: Call, text: string, vocabulary: Vocabulary): Value {
  const whole = text.slice(node.at - 1, node.end - 1);
  if (node.name === 'news') return newsValue(node, whole, vocabulary.names.longest);
  if (node.name === 'age') return age(node, whole, vocabulary);
  const grouped = overGroup(node, whole, vocabulary);
  return grouped ?? overWindow(node, whole, vocabulary);
}

function age(node: Call, whole: string, vocabulary: Vocabulary): Value {
  const [argument, ...rest] = node.args;
  if (argument?.kind !== 'name' || rest.length > 0)
    throw usage(node.name, node.args.length, node.at, 'age(series)', 'age(gpu_utilization)');
  return ageValue(whole, originOf(argument, 'age', 'age(gpu_utilization)', vocabulary));
}

/** `median(clouds.h100_price)`: one argument that names a group. */
function overGroup(node: Call, whole: string, vocabulary: Vocabulary): Value | undefined {
  const [argument, ...rest] = node.args;
  if (argument?.kind !== 'name' || rest.length > 0) return undefined;
  const [grouping, windowing] = [GROUP_FUNCTIONS, WINDOW_FUNCTIONS].map((table) => Object.hasOwn(table, node.name));
  if (grouping !== true && windowing !== true) return undefined;
  const found = resolve(argument.name, argument.at, vocabulary);
  if (found.kind !== 'group') return undefined;
  if (grouping !== true) throw notOverGroups(node, argument.name);
  const { group, metric } = found;
  const subjects = group === OTHERS ? vocabulary.names.networks : (vocabulary.names.groups.get(group) ?? []);
  const all = subjects.flatMap((subject): readonly Member[] => member(subject, metric, argument.at, vocabulary));
  const unit = all[0]?.value.kind.unit ?? UNITS.ratio;
  const others = new Map(subjects.map((network) => [network, all.filter(({ subject }) => subject !== network)]));
  return groupValue({
    fn: node.name,
    expression: whole,
    name: argument.name,
    kind: fixed(unit),
    at: argument.at,
    members: (network) => (group === OTHERS ? (others.get(network) ?? all) : all),
    all,
  });
}

function notOverGroups(node: Call, name: string): ExpressionError {
  return new ExpressionError(
    node,
    `${node.name} does not range over several subjects`,
    `one of ${Object.keys(GROUP_FUNCTIONS).join(', ')}`,
    `write median(${name})`,
  );
}

/** A derived metric belongs to networks only: clouds of a group have none. */
function member(subject: string, metric: string, at: number, vocabulary: Vocabulary): readonly Member[] {
  const { names } = vocabulary;
  const own = names.derived.has(`${subject}.${metric}`) || names.catalogue.has(metric);
  if (!own && !names.networks.includes(subject)) return [];
  return [{ subject, value: series(`${subject}.${metric}`, at, vocabulary) }];
}

function overWindow(node: Call, whole: string, vocabulary: Vocabulary): Value {
  const fn = WINDOW_FUNCTIONS[node.name];
  if (fn === undefined || !Object.hasOwn(WINDOW_FUNCTIONS, node.name)) throw unknownFunction(node);
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
  const origin = originOf(argument, node.name, example, vocabulary);
  return windowValue({
    fn,
    expression: whole,
    origin,
    size: windowSize(size, vocabulary.names.longest, example, origin.window),
    parameter: parameterOf(fn.parameter, extra, example),
    kind: fixed(fn.unit(UNITS[origin.unit])),
  });
}

function unknownFunction(node: Call): ExpressionError {
  const known = [...Object.keys(WINDOW_FUNCTIONS), ...OTHER_FUNCTIONS];
  const close = nearest(node.name, known);
  return new ExpressionError(
    { at: node.at, end: node.at + node.name.length },
    `unknown function ${JSON.stringify(node.name)}`,
    `one of ${known.join(', ')}`,
    close === undefined ? 'pick one of these' : `did you mean ${close}(…)?`,
  );
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
      node,
      `the ${parameter.name} is out of bounds`,
      `a number from ${parameter.low} to ${parameter.high}`,
      `write ${example}`,
    );
  return node.value;
}
