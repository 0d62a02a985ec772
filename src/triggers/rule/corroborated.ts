/** What moves a tier is a fact that two outlets report: refuses rules that a plan, a rumour or one report alone can move. */
import type { Comparator } from '../../core/verdict.ts';
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
 * shown to need two reports, to come true or to come false. That is a comparison of one `news()` with a number that gives
 * the same for one report as for none; where the sides are anything else, nothing is shown.
 * @param watch the watch that such a condition may set instead.
 */
export function uncorroborated(text: string, watch: 'negative' | 'positive'): readonly Flaw[] {
  return comparisonsIn(parse(text), true).flatMap(({ node }) => {
    const claims = claimsOf(node);
    const alone = claims.length > 0 ? undefined : firstReport(node);
    return [
      ...claims.map(({ at }) => claimed(at, watch)),
      ...(alone === undefined
        ? []
        : [alone === 'unknown' ? unshown(node, text, watch) : single(node, text, alone, watch)]),
    ];
  });
}

/**
 * The first place in the condition of a watch by which a plan, a rumour or one report could set it: such a watch needs an
 * end. Undefined where two reports are needed.
 */
export function needsEnd(text: string, watch: 'negative' | 'positive'): Flaw | undefined {
  const [flaw] = comparisonsIn(parse(text), true).flatMap(({ node, holds }) => {
    const [claim] = claimsOf(node);
    if (claim !== undefined) return [endless(claim.at, 'claimed also counts plans and rumours', watch)];
    const alone = firstReport(node);
    if (alone === undefined || alone === (holds ? 'false' : 'true')) return [];
    const can = alone === 'unknown' ? 'is not shown to need two outlets' : "can hold by one outlet's word";
    return [endless(node.at, `${textOf(node, text)} ${can}`, watch)];
  });
  return flaw;
}

type Wanted = { readonly node: Binary; readonly holds: boolean };

/** The comparisons of a condition, and whether each has to hold or not to. */
function comparisonsIn(node: Node, holds: boolean): readonly Wanted[] {
  if (node.kind === 'unary') return comparisonsIn(node.of, !holds);
  if (node.kind !== 'binary') return [];
  if (node.op !== 'and' && node.op !== 'or') return [{ node, holds }];
  return [...comparisonsIn(node.left, holds), ...comparisonsIn(node.right, holds)];
}

function claimsOf(node: Node): readonly Node[] {
  return newsCalls(node).flatMap((call) => claimedIn(call) ?? []);
}

/** What a comparison becomes by the first report; undefined where it stays as it was, or no news is asked for. */
function firstReport(node: Binary): 'true' | 'false' | 'unknown' | undefined {
  const { left, right, op } = node;
  if (newsCalls(node).length === 0) return undefined;
  const [a, b] = [literalOf(left), literalOf(right)];
  const counted = isNews(left) && b !== undefined ? left : isNews(right) && a !== undefined ? right : undefined;
  if (counted === undefined) return 'unknown';
  const holdsWith = (reports: number): boolean =>
    outcomes(
      op as Comparator,
      exactly(counted === left ? reports : (a ?? 0)),
      exactly(counted === right ? reports : (b ?? 0)),
    ).true;
  if (holdsWith(0) === holdsWith(1)) return undefined;
  return holdsWith(1) ? 'true' : 'false';
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
    todo: `write effect: { watch: ${watch}, expires: 30d } or leave claimed out`,
  };
}

function single(node: Binary, text: string, becomes: 'true' | 'false', watch: string): Flaw {
  const [call] = newsCalls(node);
  const news = call === undefined ? 'news(type, window)' : textOf(call, text);
  return {
    column: node.at,
    what: `${textOf(node, text)} comes ${becomes} by one outlet's word, and this rule moves a tier`,
    expected: 'a comparison that gives the same for one outlet as for none',
    todo: `write ${news} ${becomes === 'true' ? '>= 2' : '< 2'}, or effect: { watch: ${watch}, expires: 30d }`,
  };
}

function unshown(node: Binary, text: string, watch: string): Flaw {
  return {
    column: node.at,
    what: `${textOf(node, text)} is not shown to need two outlets, and this rule moves a tier`,
    expected: 'news(type, window) alone on one side and a number on the other, as in news(lab_training, 60d) >= 2',
    todo: `compare each news() by itself, or write effect: { watch: ${watch}, expires: 30d }`,
  };
}

function endless(column: number, why: string, watch: string): Flaw {
  return {
    column,
    what: `${why}, and the watch that it sets has no end`,
    expected: 'expires beside the watch, so that what nobody confirms is lifted',
    todo: `write effect: { watch: ${watch}, expires: 30d }, or ask for facts of two outlets, news(type, window) >= 2`,
  };
}

function textOf({ at, end }: Node, text: string): string {
  return text.slice(at - 1, end - 1);
}
