/** Function calls: over a window, over a group, news and ages. */
import { OTHERS } from '../../core/names.ts';
import { nearest } from '../../core/nearest.ts';
import { UNITS } from '../../core/units.ts';
import { ExpressionError, usage } from './error.ts';
import { WINDOW_FUNCTIONS } from './functions.ts';
import { GROUP_FUNCTIONS, groupValue, type Member } from './group.ts';
import { fixed } from './kinds.ts';
import { namedValue, originOf } from './named.ts';
import { newsValue } from './news.ts';
import type { Call, Node } from './parser.ts';
import { ageValue, windowValue } from './reading.ts';
import { resolve } from './resolve.ts';
import type { Value, Vocabulary } from './scene.ts';
import { windowSize } from './size.ts';

const OTHER_FUNCTIONS = ['news', 'age'];

/** What a function call is worth: over a window, over a group, news or an age. */
export function callValue(node: Call, text: string, vocabulary: Vocabulary): Value {
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
  return [{ subject, value: namedValue(`${subject}.${metric}`, at, vocabulary) }];
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
