/** What moves a tier is a fact that two outlets report: refuses rules that a plan, a rumour or one report alone can move. */
import { type Comparator, NEGATED } from '../../core/verdict.ts';
import { exactly, outcomes } from '../language/bounds.ts';
import { type Binary, type Node, parse } from '../language/parser.ts';
import { claimedIn, newsCalls } from './asks.ts';

/** One place in a condition that does not need what it should. */
type Flaw = {
  /** From 1, in the condition's text. */
  readonly column: number;
  readonly what: string;
  readonly expected: string;
  readonly todo: string;
};

/**
 * What is wrong with a condition of a rule that moves a tier: `claimed`, and any comparison with `news()` in it that is not
 * shown to need two reports. That is a comparison of one `news()` with a number which holds with one report and does not
 * without; where the sides are anything else, nothing is shown.
 * @param watch the watch that such a condition may set instead.
 */
export function uncorroborated(text: string, watch: 'negative' | 'positive'): readonly Flaw[] {
  return comparisonsIn(parse(text), true).flatMap(({ node, holds }) => {
    const claims = newsCalls(node).flatMap((call) => claimedIn(call) ?? []);
    const alone = claims.length > 0 ? undefined : aloneEnough(node, holds);
    return [
      ...claims.map(({ at }) => claimed(at, watch)),
      ...(alone === undefined ? [] : [alone === 'yes' ? single(node, text, watch) : unshown(node, text, watch)]),
    ];
  });
}

type Wanted = { readonly node: Binary; readonly holds: boolean };

/** The comparisons of a condition, and whether each has to hold or not to. */
function comparisonsIn(node: Node, holds: boolean): readonly Wanted[] {
  if (node.kind === 'unary') return comparisonsIn(node.of, !holds);
  if (node.kind !== 'binary') return [];
  if (node.op !== 'and' && node.op !== 'or') return [{ node, holds }];
  return [...comparisonsIn(node.left, holds), ...comparisonsIn(node.right, holds)];
}

/** Whether one report brings about what none does not; undefined where it does not, or no news is asked for. */
function aloneEnough(node: Binary, holds: boolean): 'yes' | 'who knows' | undefined {
  const { left, right, op } = node;
  if (newsCalls(node).length === 0) return undefined;
  const [a, b] = [literalOf(left), literalOf(right)];
  const counted = isNews(left) && b !== undefined ? left : isNews(right) && a !== undefined ? right : undefined;
  if (counted === undefined) return 'who knows';
  const meant = holds ? (op as Comparator) : NEGATED[op as Comparator];
  const comesTrue = (reports: number): boolean =>
    outcomes(meant, exactly(counted === left ? reports : (a ?? 0)), exactly(counted === right ? reports : (b ?? 0)))
      .true;
  return comesTrue(1) && !comesTrue(0) ? 'yes' : undefined;
}

function isNews(node: Node): boolean {
  return node.kind === 'call' && node.name === 'news';
}

function literalOf(node: Node): number | undefined {
  if (node.kind === 'literal') return node.value;
  return node.kind === 'unary' && node.of.kind === 'literal' ? -node.of.value : undefined;
}

function claimed(at: number, watch: string): Flaw {
  return {
    column: at,
    what: 'claimed also counts plans and rumours, and this rule moves a tier',
    expected: 'facts alone, news(type, window), in a rule that moves a tier',
    todo: `write effect: { watch: ${watch} } or leave claimed out`,
  };
}

function single(node: Binary, text: string, watch: string): Flaw {
  const [call] = newsCalls(node);
  return {
    column: node.at,
    what: `${textOf(node, text)} can hold by one outlet's word, and this rule moves a tier`,
    expected: 'a comparison that needs two outlets or more',
    todo: `write ${call === undefined ? 'news(type, window)' : textOf(call, text)} >= 2, or effect: { watch: ${watch} }`,
  };
}

function unshown(node: Binary, text: string, watch: string): Flaw {
  return {
    column: node.at,
    what: `${textOf(node, text)} is not shown to need two outlets, and this rule moves a tier`,
    expected: 'news(type, window) alone on one side and a number on the other, as in news(lab_training, 60d) >= 2',
    todo: `compare each news() by itself, or write effect: { watch: ${watch} }`,
  };
}

function textOf({ at, end }: Node, text: string): string {
  return text.slice(at - 1, end - 1);
}
