/** Function calls: over a window, over several series, news and ages. */
import { nearest } from '../../core/nearest.ts';
import { UNITS } from '../../core/units.ts';
import { ExpressionError, usage } from './error.ts';
import { WINDOW_FUNCTIONS } from './functions.ts';
import { GROUP_FUNCTIONS } from './group.ts';
import { fixed } from './kinds.ts';
import { originOf } from './named.ts';
import { newsValue } from './news.ts';
import type { Call, Node } from './parser.ts';
import { ageValue, windowValue } from './reading.ts';
import type { Value, Vocabulary } from './scene.ts';
import { severalValue } from './several.ts';
import { windowSize } from './size.ts';

const OTHER_FUNCTIONS = ['news', 'age'];

/** What a function call is worth: over a window, over several series, news or an age. */
export function callValue(node: Call, text: string, vocabulary: Vocabulary): Value {
  const whole = text.slice(node.at - 1, node.end - 1);
  if (node.name === 'news') return newsValue(node, whole, vocabulary.names);
  if (node.name === 'age') return age(node, whole, vocabulary);
  return severalValue(node, whole, vocabulary) ?? overWindow(node, whole, vocabulary);
}

function age(node: Call, whole: string, vocabulary: Vocabulary): Value {
  const [argument, ...rest] = node.args;
  if (argument?.kind !== 'name' || rest.length > 0)
    throw usage(node.name, node.args.length, node.at, 'age(series)', 'age(gpu_utilization)');
  return ageValue(whole, originOf(argument, 'age', 'age(gpu_utilization)', vocabulary));
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
  const known = [...new Set([...Object.keys(WINDOW_FUNCTIONS), ...Object.keys(GROUP_FUNCTIONS), ...OTHER_FUNCTIONS])];
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
