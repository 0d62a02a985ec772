/** Whether an expression's value can be negative: what it is multiplied with then turns around. */
import type { Names } from '../../core/names.ts';
import { ANY } from './bounds.ts';
import { GROUP_FUNCTIONS } from './group.ts';
import { meaningOf } from './meaning.ts';
import type { Call, Node } from './parser.ts';

const COUNTS: ReadonlySet<string> = new Set(['news', 'age', 'count', 'stddev']);
/** Their value lies between the least and the greatest sample, or is a sum of samples. */
const WITHIN: ReadonlySet<string> = new Set([...Object.keys(GROUP_FUNCTIONS), 'avg', 'sum', 'quantile', 'last']);

/** True only where the catalogue's ranges and the expression make it certain. */
export function neverNegative(node: Node, network: string, names: Names): boolean {
  const positive = (part: Node): boolean => neverNegative(part, network, names);
  switch (node.kind) {
    case 'literal':
      return node.value >= 0;
    case 'name':
      return nameNeverNegative(node.name, network, names);
    case 'unary':
      return false;
    case 'binary':
      return node.op !== '-' && positive(node.left) && positive(node.right);
    case 'call':
      return COUNTS.has(node.name) || (WITHIN.has(node.name) && seriesIn(node).every(positive));
  }
}

/** Without the window and what else is no series. */
function seriesIn({ args }: Call): readonly Node[] {
  return args.filter(({ kind }) => kind === 'name');
}

function nameNeverNegative(name: string, network: string, names: Names): boolean {
  const meant = meaningOf(name, network, names);
  switch (meant.kind) {
    case 'now':
      return true;
    case 'series':
      return (names.catalogue.get(meant.metric)?.range?.[0] ?? Number.NEGATIVE_INFINITY) >= 0;
    case 'expression': {
      const [low, high] = meant.limits ?? ANY;
      return low >= 0 || (high >= 0 && neverNegative(meant.node, meant.network, names));
    }
    case 'group':
      return meant.members.every((member) => nameNeverNegative(member, network, names));
  }
}
