/** How far along a thing is, by the words around it: done, in progress, planned, rumoured or denied. */
import type { NewsStatus, NewsType } from '../../../core/news.ts';
import type { Matcher, Span } from './match.ts';
import type { Lexicon } from './schema.ts';

/** Words that make less of a statement, as sets of phrases by their numbers. */
export type Hedge = {
  readonly status: NewsStatus;
  readonly types: ReadonlySet<NewsType> | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly statement: number | null;
};

export function hedgesOf(lexicon: Lexicon, set: (phrases: readonly string[]) => number): readonly Hedge[] {
  const orNull = (phrases: readonly string[] | undefined): number | null =>
    phrases === undefined ? null : set(phrases);
  return lexicon.hedges.map(({ status, types, before, after, statement }) => ({
    status,
    types: types === undefined ? null : new Set(types),
    before: orNull(before),
    after: orNull(after),
    statement: orNull(statement),
  }));
}

/** A status other than the fact's, and the words that say so. */
export type Hedged = { readonly status: NewsStatus; readonly span: Span };

/**
 * What makes less of the words at `anchor`, or undefined. The first hedge of the list that matches decides; a question
 * claims nothing, and what was said before a new clause began hedges the old one.
 */
export function hedgeOf(
  matcher: Matcher,
  type: NewsType,
  statement: Span,
  anchor: Span,
  hedges: readonly Hedge[],
): Hedged | undefined {
  const before = { from: clauseStart(matcher, statement, anchor.from), to: anchor.to };
  const after = { from: anchor.from, to: statement.to };
  for (const hedge of hedges) {
    if (hedge.types !== null && !hedge.types.has(type)) continue;
    const span =
      inside(matcher, hedge.before, before) ??
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

/** A clause begins after a semicolon, and after a comma or dash that a conjunction follows. */
function clauseStart({ tokens }: Matcher, statement: Span, anchor: number): number {
  for (let at = anchor - 1; at > statement.from; at--) {
    const word = tokens[at]?.word ?? '';
    if (word === ';') return at + 1;
    const before = tokens[at - 1]?.word ?? '';
    if (CONJUNCTIONS.has(word) && (before === ',' || before === '–' || before === '—' || word === 'but')) return at + 1;
  }
  return statement.from;
}
