/** How far along a thing is, by the words around it: done, in progress, planned, rumoured or denied. */
import type { NewsStatus, NewsType } from '../../../core/news.ts';
import type { Matcher, Span } from './match.ts';
import type { Lexicon } from './schema.ts';

/** Words that make less of a statement, as sets of phrases by their numbers. */
export type Hedge = {
  readonly status: NewsStatus;
  readonly types: ReadonlySet<NewsType> | null;
  readonly before: number | null;
  readonly reach: number;
  readonly after: number | null;
  readonly statement: number | null;
};

export function hedgesOf(lexicon: Lexicon, set: (phrases: readonly string[]) => number): readonly Hedge[] {
  const orNull = (phrases: readonly string[] | undefined): number | null =>
    phrases === undefined ? null : set(phrases);
  return lexicon.hedges.map(({ status, types, before, reach, after, statement }) => ({
    status,
    types: types === undefined ? null : new Set(types),
    before: orNull(before),
    reach: reach ?? Number.POSITIVE_INFINITY,
    after: orNull(after),
    statement: orNull(statement),
  }));
}

/** A status other than the fact's, and the words that say so. */
export type Hedged = { readonly status: NewsStatus; readonly span: Span };

/**
 * What makes less of the words at `anchor`, or undefined. The first hedge of the list that matches decides; a question
 * claims nothing, and what was said before a new clause began hedges the old one. `sealed`: not the words themselves.
 */
export function hedgeOf(
  matcher: Matcher,
  type: NewsType,
  statement: Span,
  anchor: Span,
  hedges: readonly Hedge[],
  sealed: boolean,
): Hedged | undefined {
  const clause = clauseStart(matcher, statement, anchor.from);
  const after = { from: sealed ? anchor.to : anchor.from, to: statement.to };
  for (const hedge of hedges) {
    if (hedge.types !== null && !hedge.types.has(type)) continue;
    const span =
      inside(matcher, hedge.before, {
        from: Math.max(clause, anchor.from - hedge.reach),
        to: sealed ? anchor.from : anchor.to,
      }) ??
      inside(matcher, hedge.after, after) ??
      inside(matcher, hedge.statement, statement);
    if (span !== undefined) return { status: hedge.status, span };
  }
  const last = matcher.tokens[statement.to - 1];
  return last?.word === '?' ? { status: 'speculative', span: { from: statement.to - 1, to: statement.to } } : undefined;
}

function inside(matcher: Matcher, number: number | null, span: Span): Span | undefined {
  return number === null ? undefined : matcher.find(number, span);
}

const CONJUNCTIONS = new Set(['but', 'and', 'so', 'while', 'yet', 'although', 'though', 'whereas']);

/** A colon after fewer words than this only introduces what is said. */
const LEAD = 6;

/** A clause begins after a semicolon or a colon, and after a comma or dash that a conjunction follows. */
function clauseStart({ tokens }: Matcher, statement: Span, anchor: number): number {
  for (let at = anchor - 1; at > statement.from; at--) {
    const word = tokens[at]?.word ?? '';
    if (word === ';' || (word === ':' && at - statement.from >= LEAD && !isInBrackets(tokens, statement, at)))
      return at + 1;
    const before = tokens[at - 1]?.word ?? '';
    if (CONJUNCTIONS.has(word) && (before === ',' || before === '–' || before === '—' || word === 'but')) return at + 1;
  }
  return statement.from;
}

/** As in `Microsoft (NASDAQ: MSFT)`. */
function isInBrackets(tokens: Matcher['tokens'], statement: Span, at: number): boolean {
  for (let back = at - 1; back >= statement.from && at - back < LEAD; back--) {
    if (tokens[back]?.word === ')') return false;
    if (tokens[back]?.word === '(') return true;
  }
  return false;
}
