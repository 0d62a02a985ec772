/** Calls over several series at once: of a group, `median(clouds.h100_price)`, or named one by one, `mean(lium.revenue, chutes.revenue)`. */
import { OTHERS } from '../../core/names.ts';
import { describeUnit } from '../../core/units.ts';
import { ExpressionError } from './error.ts';
import { WINDOW_FUNCTIONS } from './functions.ts';
import { GROUP_FUNCTIONS, groupValue, type Member } from './group.ts';
import { fixed, type Kind, RATIO } from './kinds.ts';
import { namedSeries } from './named.ts';
import type { Call, Name } from './parser.ts';
import { canHave, resolve } from './resolve.ts';
import type { Value, Vocabulary } from './scene.ts';

/** Undefined where the call is not over several series. Throws an ExpressionError where it is, and wrong. */
export function severalValue(node: Call, whole: string, vocabulary: Vocabulary): Value | undefined {
  const ranges = Object.hasOwn(GROUP_FUNCTIONS, node.name);
  const windows = Object.hasOwn(WINDOW_FUNCTIONS, node.name);
  if (!ranges && !windows) return undefined;
  const named = node.args.flatMap((argument) => (argument.kind === 'name' ? [argument] : []));
  const [first] = named;
  if (first !== undefined && node.args.length === 1) {
    const found = resolve(first.name, first.at, vocabulary);
    if (found.kind === 'group') return ofGroup(node, whole, first, found, vocabulary);
  }
  const listed = ranges && named.length > 1 && named.length === node.args.length;
  if (listed && (!windows || named.every((one) => isSeries(one, vocabulary))))
    return ofList(node, whole, named, vocabulary);
  if (windows) return undefined;
  throw notOverTime(node);
}

/** One argument that names a group. */
function ofGroup(
  node: Call,
  whole: string,
  { name, at }: Name,
  { group, metric }: { readonly group: string; readonly metric: string },
  vocabulary: Vocabulary,
): Value {
  if (!Object.hasOwn(GROUP_FUNCTIONS, node.name)) throw notOverGroups(node, name);
  const { names, inside } = vocabulary;
  const subjects =
    group === OTHERS ? names.networks.filter((network) => network !== inside) : (names.groups.get(group) ?? []);
  const all = subjects
    .filter((subject) => canHave(subject, metric, names))
    .map((subject): Member => ({ label: subject, ...namedSeries(`${subject}.${metric}`, at, vocabulary) }));
  const others = new Map(subjects.map((network) => [network, all.filter(({ label }) => label !== network)]));
  return groupValue({
    fn: node.name,
    expression: whole,
    name,
    kind: kindOf(all, at),
    at,
    members: (network) => (group === OTHERS ? (others.get(network) ?? all) : all),
    all,
    atLeast: names.atLeast.get(group) ?? 1,
  });
}

/** Several arguments, each of which names a series. */
function ofList(node: Call, whole: string, named: readonly Name[], vocabulary: Vocabulary): Value {
  const all = named.map(({ name, at }): Member => ({ label: name, ...namedSeries(name, at, vocabulary) }));
  return groupValue({
    fn: node.name,
    expression: whole,
    name: named.map(({ name }) => name).join(', '),
    kind: kindOf(all, node.at),
    at: node.at,
    members: () => all,
    all,
    atLeast: 1,
  });
}

/** The unit that all of them are in. */
function kindOf([first, ...rest]: readonly Member[], at: number): Kind {
  if (first === undefined) return RATIO;
  const { unit } = first.value.kind;
  const other = rest.find(({ value }) => value.kind.unit.name !== unit.name)?.value;
  if (other === undefined) return fixed(unit);
  throw new ExpressionError(
    at,
    `${first.value.text} is ${describeUnit(unit)}, and ${other.text} is ${describeUnit(other.kind.unit)}`,
    'series in one unit',
    `leave ${other.text} out, or pick others`,
  );
}

/** Whether a name means a series; in place of a window it may be a word that means none. */
function isSeries({ name, at }: Name, vocabulary: Vocabulary): boolean {
  try {
    resolve(name, at, vocabulary);
    return true;
  } catch (error) {
    if (error instanceof ExpressionError) return error.elsewhere;
    throw error;
  }
}

function notOverGroups(node: Call, name: string): ExpressionError {
  return new ExpressionError(
    node,
    `${node.name} does not range over several subjects`,
    `one of ${Object.keys(GROUP_FUNCTIONS).join(', ')}`,
    `write ${node.name === 'avg' ? 'mean' : 'median'}(${name})`,
  );
}

/** `mean(gpu_utilization, 7d)`, as the average is called elsewhere. */
function notOverTime({ name, at, args }: Call): ExpressionError {
  const [first, window] = args;
  const series = first?.kind === 'name' ? first.name : 'gpu_utilization';
  return new ExpressionError(
    { at, end: at + name.length },
    `${name} is taken of several series, not over time`,
    'a group such as clouds.h100_price, or several series',
    window === undefined ? `name more of them, or write avg(${series}, 7d)` : 'did you mean avg(…)?',
  );
}
