/** Which events an article reports, by the words of a lexicon: deterministic, and each with the words that convinced. */
import type { Network } from '../../../core/ladder.ts';
import type { NewsMention, NewsStatus, NewsType } from '../../../core/news.ts';
import { type Hedge, type Hedged, hedgeOf, hedgesOf } from './hedges.ts';
import { type Matcher, matcherOf, type Span } from './match.ts';
import { type Found, merged, round } from './merged.ts';
import { type Name, namesOf, namingsIn } from './names.ts';
import type { Lexicon, LexiconReport } from './schema.ts';
import { statementsOf, textOf } from './statements.ts';
import { type Token, tokensOf } from './tokens.ts';
import { needsName, type Place, whoOf } from './who.ts';
import { createWords, type Ready } from './words.ts';

/** What is read of an article: plain texts, cleaned and clipped before. */
type Text = { readonly title: string; readonly summary: string | null };

export type Read = {
  /** At most one a type and network. */
  readonly events: readonly NewsMention[];
  /** Networks and known projects that the article names, configured ones first, each once. */
  readonly networks: readonly string[];
  /** The kind of piece that reports nothing, where it is one: `how-to`, `recap`. */
  readonly silent: string | null;
};

export type Classify = (article: Text) => Read;

type Entry = {
  readonly report: LexiconReport;
  readonly says: number;
  readonly near: readonly number[];
  readonly article: readonly number[];
  readonly not: number | null;
  readonly never: number | null;
  readonly guess: number | null;
};
type Silence = {
  readonly kind: string;
  readonly title: number | null;
  readonly article: number | null;
  readonly unless: number | null;
  readonly types: ReadonlySet<NewsType> | null;
};
type Book = {
  readonly ready: Ready;
  readonly names: readonly Name[];
  readonly hedges: readonly Hedge[];
  readonly silent: readonly Silence[];
  readonly entries: readonly Entry[];
  readonly strangers: number | null;
};

/** Makes a lexicon ready. Throws a PhraseError where one of its phrases cannot be read. Pure. */
export function createClassifier(lexicon: Lexicon, networks: readonly Network[]): Classify {
  const book = bookOf(lexicon, networks);
  return (article) => read(article, book);
}

function bookOf(lexicon: Lexicon, networks: readonly Network[]): Book {
  const { set, ready } = createWords(lexicon.classes);
  const orNull = (phrases: readonly string[] | undefined): number | null =>
    phrases === undefined ? null : set(phrases);
  const each = (phrases: readonly string[] | undefined): readonly number[] =>
    (phrases ?? []).map((phrase) => set([phrase]));
  return {
    names: namesOf(lexicon, networks, set),
    hedges: hedgesOf(lexicon, set),
    silent: lexicon.silent.map(({ kind, title, article, unless, types }) => ({
      kind,
      title: orNull(title),
      article: orNull(article),
      unless: orNull(unless),
      types: types === undefined ? null : new Set(types),
    })),
    entries: lexicon.events.map((report) => ({
      report,
      says: set(report.says),
      near: each(report.near),
      article: each(report.article),
      not: orNull(report.not),
      never: orNull(report.never),
      guess: orNull(report.guess),
    })),
    strangers: orNull(lexicon.strangers),
    ready: ready(),
  };
}

/** An article made ready, beside the book that it is read by. */
type Scene = Place & { readonly text: string; readonly whole: Span; readonly book: Book };

function read({ title, summary }: Text, book: Book): Read {
  const text = textOf(title, summary);
  const tokens = tokensOf(text);
  const statements = statementsOf(text, tokens);
  const matcher = matcherOf(tokens, statements, book.ready);
  const whole = { from: 0, to: tokens.length };
  const names = namingsIn(matcher, book.names, whole);
  const networks = [...new Set(names.map(({ network }) => network))].sort(configuredFirst);
  const spoken = book.entries.filter((entry) => mayReport(entry, names.length > 0, matcher, whole));
  if (spoken.length === 0) return { events: [], networks, silent: null };
  const end = tokens.findIndex(({ at }) => at >= title.length);
  const head = { from: 0, to: end < 0 ? tokens.length : end };
  const scene: Scene = { matcher, text, whole, statements, title: head, names, strangers: book.strangers, book };
  const silences = book.silent.filter((silence) => isSilent(silence, scene));
  const heard = spoken.filter(({ report }) => !silences.some(({ types }) => types === null || types.has(report.type)));
  const found = heard.flatMap((entry) => statements.flatMap((_, index) => mentions(entry, index, scene)));
  const heeded = silences.find(({ types }) => types === null || spoken.some(({ report }) => types.has(report.type)));
  return { events: merged(found), networks, silent: heeded?.kind ?? null };
}

/** Whether the article says all that the entry asks for, wherever it stands: most articles end here. */
function mayReport({ report, says, near, article }: Entry, named: boolean, matcher: Matcher, whole: Span): boolean {
  if (!named && (report.known === true || needsName(report.type))) return false;
  if (!matcher.may(says) || !near.every(matcher.may) || !article.every(matcher.may)) return false;
  const isThere = (number: number): boolean => matcher.find(number, whole) !== undefined;
  return near.every(isThere) && article.every(isThere) && isThere(says);
}

function configuredFirst(a: string, b: string): number {
  return Number(a.startsWith('other:')) - Number(b.startsWith('other:')) || (a < b ? -1 : 1);
}

function isSilent({ title, article, unless }: Silence, { matcher, title: head, whole }: Scene): boolean {
  if (unless !== null && matcher.find(unless, whole) !== undefined) return false;
  if (title !== null && matcher.find(title, head) !== undefined) return true;
  return article !== null && matcher.find(article, whole) !== undefined;
}

function mentions(
  { report, says, near, article, not, never, guess }: Entry,
  index: number,
  scene: Scene,
): readonly Found[] {
  const { matcher, statements, whole, title, book } = scene;
  const statement = statements[index] as Span;
  if (report.title === true && statement.from >= title.to) return [];
  const places = matcher.all(says, statement);
  if (places.length === 0) return [];
  if (not !== null && matcher.find(not, statement) !== undefined) return [];
  if (never !== null && matcher.find(never, whole) !== undefined) return [];
  const beside = [statement, statements[index - 1], statements[index + 1]].filter((span) => span !== undefined);
  const seen: Span[] = [];
  for (const number of near) {
    const span = firstOf(beside, (within) => matcher.find(number, within));
    if (span === undefined) return [];
    seen.push(span);
  }
  for (const number of article) {
    const span = matcher.find(number, whole);
    if (span === undefined) return [];
    seen.push(span);
  }
  const { anchor, hedged } = plainest(places, (place) =>
    hedgeOf(matcher, report.type, statement, place, book.hedges, report.sealed === true),
  );
  const who = whoOf(report.type, statement, anchor, scene);
  if (who === undefined || (!who.sure && (report.known === true || isMissing(guess, matcher, whole)))) return [];
  const status = hedged === undefined ? report.status : lesser(hedged.status, report.status);
  const words = [
    anchor,
    ...seen,
    ...(who.span === null ? [] : [who.span]),
    ...(hedged === undefined ? [] : [hedged.span]),
  ];
  const figure = report.figure === true ? figureIn(matcher, statement, anchor) : undefined;
  return [
    {
      type: report.type,
      network: who.network,
      status,
      confidence: who.sure ? report.confidence : round(report.confidence * 0.85),
      because: quotesOf(scene, words),
      ...(figure === undefined ? {} : { figure }),
      weak: report.weak === true,
      firm: report.firm === true,
    },
  ];
}

function isMissing(number: number | null, matcher: Matcher, whole: Span): boolean {
  return number !== null && matcher.find(number, whole) === undefined;
}

/** Said twice, once as a wish and once as a fact, it is a fact. Not empty. */
function plainest(
  places: readonly Span[],
  hedgeAt: (place: Span) => Hedged | undefined,
): { readonly anchor: Span; readonly hedged: Hedged | undefined } {
  const weighed = places.map((anchor) => ({ anchor, hedged: hedgeAt(anchor) }));
  return weighed.find(({ hedged }) => hedged === undefined) ?? (weighed[0] as (typeof weighed)[number]);
}

const LADDER: readonly NewsStatus[] = ['done', 'in_progress', 'planned', 'speculative', 'denied'];

/** What a hedge says, unless the words themselves say less. */
function lesser(a: NewsStatus, b: NewsStatus): NewsStatus {
  return LADDER.indexOf(a) > LADDER.indexOf(b) ? a : b;
}

function firstOf<T, R>(items: readonly T[], pick: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = pick(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The figure nearest to the words: a share, an amount, a number. */
function figureIn({ tokens }: Matcher, statement: Span, anchor: Span): string | undefined {
  const figures = tokens
    .map((token, at) => ({ token, at }))
    .filter(({ token, at }) => at >= statement.from && at < statement.to && isFigure(token));
  const distance = (at: number): number => (at < anchor.from ? anchor.from - at : Math.max(0, at - anchor.to));
  return figures.toSorted((a, b) => distance(a.at) - distance(b.at))[0]?.token.text;
}

function isFigure({ word }: Token): boolean {
  return /^[$€£¥\d]/.test(word) && !/^(?:19|20)\d\d$/.test(word) && !/^q\d$/.test(word);
}

function quotesOf({ text, matcher }: Scene, spans: readonly Span[]): readonly string[] {
  const quotes = spans.map(({ from, to }) =>
    text.slice((matcher.tokens[from] as Token).at, (matcher.tokens[to - 1] as Token).end),
  );
  return [...new Set(quotes.filter((quote) => quote !== ''))];
}
