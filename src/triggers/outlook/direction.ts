/** Which way each series has to go for a condition to hold, read off the expressions. */
import type { Names } from '../../core/names.ts';
import type { Duration } from '../../core/time.ts';
import { GROUP_FUNCTIONS } from '../language/group.ts';
import { meaningOf } from '../language/meaning.ts';
import { type Binary, type Call, type Node, parse } from '../language/parser.ts';
import { neverNegative } from '../language/sign.ts';
import type { CompiledRule } from '../rule/compile.ts';

/** 1: the higher the sooner; -1: the lower the sooner; 0: neither is sure. */
type Way = 1 | -1 | 0;

export type Directions = {
  /** Every recorded series that is read. */
  readonly series: ReadonlyMap<string, Way>;
  /** Whether it wants reports; null where none are asked for. */
  readonly news: Way | null;
  /** Ways are sure for so long only: after that a change is measured from what is still to come. */
  readonly sureFor: Duration;
  /** How far back a sample still counts: windows over derived series add to the windows in these. */
  readonly reach: Duration;
  /** Nothing changes but when a sample comes or leaves a window: no dates, ages or reports are read. */
  readonly sampled: boolean;
};

/** One thing that an expression reads. */
type Trait =
  | { readonly kind: 'series'; readonly id: string; readonly way: Way; readonly reach: Duration }
  | { readonly kind: 'news'; readonly way: Way }
  | { readonly kind: 'change'; readonly window: Duration }
  | { readonly kind: 'by itself' };
type Traits = readonly Trait[];
/** `reach`: the windows around it, added up. */
type Place = { readonly network: string; readonly names: Names; readonly reach: Duration };

/** What brings rules nearer to firing for a network, or firing ones nearer to their end: one way for all of them. */
export function directionsOf(rules: readonly CompiledRule[], network: string, aim: 'fire' | 'end'): Directions {
  const traits = rules.flatMap(({ rule, names }) => {
    const place = { network, names, reach: 0 };
    const when = condition(parse(rule.when), aim === 'fire' ? 1 : -1, place);
    return aim === 'fire' || rule.clear === undefined ? when : [...when, ...condition(parse(rule.clear), 1, place)];
  });
  const series = new Map<string, Way>();
  for (const trait of traits)
    if (trait.kind === 'series') series.set(trait.id, met([trait.way, series.get(trait.id) ?? trait.way]));
  const news = traits.flatMap((trait) => (trait.kind === 'news' ? [trait.way] : []));
  const windows = traits.flatMap((trait) => (trait.kind === 'change' ? [trait.window] : []));
  return {
    series,
    news: news.length === 0 ? null : met(news),
    sureFor: Math.min(...windows),
    reach: Math.max(0, ...traits.map((trait) => (trait.kind === 'series' ? trait.reach : 0))),
    sampled: !traits.some(({ kind }) => kind === 'by itself' || kind === 'news'),
  };
}

function met(ways: readonly Way[]): Way {
  const [first = 0] = ways;
  return ways.every((way) => way === first) ? first : 0;
}

function turned(way: Way): Way {
  return way === 0 ? 0 : way === 1 ? -1 : 1;
}

function condition(node: Node, way: Way, place: Place): Traits {
  if (node.kind === 'unary') return condition(node.of, turned(way), place);
  if (node.kind !== 'binary') return [];
  const { op, left, right } = node;
  if (op === 'and' || op === 'or') return [...condition(left, way, place), ...condition(right, way, place)];
  const above = op.startsWith('>') ? way : op.startsWith('<') ? turned(way) : 0;
  const traits = [...value(left, above, place), ...value(right, turned(above), place)];
  return standstillServes(node, above, way) ? traits.filter(({ kind }) => kind !== 'change') : traits;
}

/**
 * Whether a change of 0 is wanted: then staying at one level serves however long it lasts. Not at a low one, which may be
 * 0: what it changed by is then unknown.
 */
function standstillServes({ op, left, right }: Binary, above: Way, way: Way): boolean {
  const limit = literalOf(right);
  if (limit === undefined || left.kind !== 'call' || !MOVING.has(left.name)) return false;
  if (left.name === 'change' && above !== 1) return false;
  const holds = op === '<' ? limit > 0 : op === '<=' ? limit >= 0 : op === '>' ? limit < 0 : op === '>=' && limit <= 0;
  return holds === (way === 1);
}

function literalOf(node: Node): number | undefined {
  if (node.kind === 'literal') return node.value;
  return node.kind === 'unary' && node.of.kind === 'literal' ? -node.of.value : undefined;
}

function value(node: Node, way: Way, place: Place): Traits {
  switch (node.kind) {
    case 'literal':
      return [];
    case 'name':
      return name(node.name, way, place);
    case 'unary':
      return value(node.of, turned(way), place);
    case 'call':
      return call(node, way, place);
    case 'binary':
      return arithmetic(node, way, place);
  }
}

function arithmetic({ op, left, right }: Binary, way: Way, place: Place): Traits {
  const other = op === '+' || op === '*' ? way : turned(way);
  if (op === '+' || op === '-') return [...value(left, way, place), ...value(right, other, place)];
  const sure = (side: Node): boolean => neverNegative(side, place.network, place.names);
  return [...value(left, sure(right) ? way : 0, place), ...value(right, sure(left) ? other : 0, place)];
}

/** Functions that never fall where a sample is higher, over a window or over a group. */
const RISING: ReadonlySet<string> = new Set([...Object.keys(GROUP_FUNCTIONS), 'avg', 'sum', 'quantile', 'last']);
/** They rise with the newest sample, and fall with the one they are measured from. */
const MOVING: ReadonlySet<string> = new Set(['change', 'delta']);

function call({ name: fn, args }: Call, way: Way, place: Place): Traits {
  const [argument, size] = args;
  if (fn === 'news') return [{ kind: 'news', way }];
  if (argument?.kind !== 'name') return [];
  if (fn === 'age') return [{ kind: 'by itself' }, ...name(argument.name, 0, place)];
  const window = size?.kind === 'literal' ? size.value : 0;
  const inside = { ...place, reach: place.reach + window };
  if (RISING.has(fn)) return args.flatMap((one) => (one.kind === 'name' ? name(one.name, way, inside) : []));
  if (!MOVING.has(fn)) return name(argument.name, 0, inside);
  const rises = fn === 'delta' || neverNegative(argument, place.network, place.names);
  return [{ kind: 'change', window }, ...name(argument.name, rises ? way : 0, inside)];
}

/** A derived series stands for what it is worked out of, whatever it is cut at: that turns nothing around. A group stands for its members. */
function name(written: string, way: Way, place: Place): Traits {
  const meant = meaningOf(written, place.network, place.names);
  switch (meant.kind) {
    case 'now':
      return [{ kind: 'by itself' }];
    case 'series':
      return [{ kind: 'series', id: meant.id, way, reach: place.reach }];
    case 'group':
      return meant.members.flatMap((member) => name(member, way, place));
    case 'expression':
      return value(meant.node, way, { ...place, network: meant.network });
  }
}
