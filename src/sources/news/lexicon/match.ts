/** Finds phrases in the words of a text. Bounded: no phrase looks further than its gaps reach. */
import type { Node, Phrase, Shape } from './phrase.ts';
import type { Token } from './tokens.ts';
import { isOpenMatch, type Ready } from './words.ts';

/** Words from `from` up to `to`, the last not included. */
export type Span = { readonly from: number; readonly to: number };

export type Matcher = {
  readonly tokens: readonly Token[];
  /** Whether any word could begin a phrase of the class: quick, and true where one does. */
  may(number: number): boolean;
  /** The first place of any of the class's phrases within the span, the longest where several begin there. */
  find(number: number, within: Span): Span | undefined;
  /** Every place, one a beginning. */
  all(number: number, within: Span): readonly Span[];
};

export function matcherOf(tokens: readonly Token[], ready: Ready): Matcher {
  const starts = tokens.map(({ word }) => ready.starts(word));
  const places = placesOf(starts);
  const memory = new Map<number, readonly number[]>();

  /** Where a phrase of the class that begins at `from` may end, each once. */
  function endsOf(number: number, from: number, within: Span): readonly number[] {
    if (!(starts[from] as ReadonlySet<number>).has(number)) return NONE;
    const key = (number * MOST_WORDS + from) * MOST_WORDS + within.to;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const ends: number[] = [];
    for (const phrase of ready.classes[number] ?? []) follow(phrase, 0, from, within, ends, seenBy(phrase));
    memory.set(key, ends);
    return ends;
  }

  /** Adds to `ends` where the rest of the phrase, from its node `at` on, may end. */
  function follow(phrase: Phrase, at: number, from: number, within: Span, ends: number[], seen: Seen): void {
    const node = phrase[at];
    if (node === undefined) {
      if (!ends.includes(from)) ends.push(from);
      return;
    }
    // Ways that meet again lead to the same ends: without this, several gaps in one phrase would multiply.
    if (seen !== null) {
      const key = at * MOST_WORDS + from;
      if (seen.has(key)) return;
      seen.add(key);
    }
    const go = (to: number): void => follow(phrase, at + 1, to, within, ends, seen);
    switch (node.kind) {
      case 'word':
        if (from < within.to && isWord(node, tokens[from] as Token)) go(from + 1);
        return;
      case 'shape':
        if (from < within.to && hasShape(node.shape, tokens[from] as Token)) go(from + 1);
        return;
      case 'class':
        if (from < within.to) endsOf(ready.numberOf.get(node.name) as number, from, within).forEach(go);
        return;
      case 'gap':
        for (let end = from; ; end++) {
          go(end);
          if (end - from >= node.most || end >= within.to || (tokens[end] as Token).word === ';') return;
        }
      case 'either':
        endsAmong(node.of, from, within).forEach(go);
        return;
      case 'maybe':
        go(from);
        endsAmong([[node.node]], from, within).forEach(go);
        return;
      case 'not':
        if (!isThere(node.node, node.where, from, within)) go(from);
        return;
      case 'edge':
        if (from === (node.edge === 'start' ? within.from : within.to)) go(from);
    }
  }

  function endsAmong(phrases: readonly Phrase[], from: number, within: Span): readonly number[] {
    const ends: number[] = [];
    for (const phrase of phrases) follow(phrase, 0, from, within, ends, seenBy(phrase));
    return ends;
  }

  function isThere(node: Node, where: 'next' | 'before', from: number, within: Span): boolean {
    if (where === 'next') return endsAmong([[node]], from, within).length > 0;
    for (let back = 1; back <= LOOK_BACK && from - back >= within.from; back++)
      if (endsAmong([[node]], from - back, within).includes(from)) return true;
    return false;
  }

  function all(number: number, within: Span): readonly Span[] {
    const spans: Span[] = [];
    for (const from of places.get(number) ?? NONE) {
      const span = from < within.from || from >= within.to ? undefined : longest(number, from, within);
      if (span !== undefined) spans.push(span);
    }
    return spans;
  }

  function find(number: number, within: Span): Span | undefined {
    for (const from of places.get(number) ?? NONE) {
      if (from < within.from) continue;
      if (from >= within.to) return undefined;
      const span = longest(number, from, within);
      if (span !== undefined) return span;
    }
    return undefined;
  }

  function longest(number: number, from: number, within: Span): Span | undefined {
    const ends = endsOf(number, from, within);
    return ends.length === 0 ? undefined : { from, to: Math.max(...ends) };
  }

  return { tokens, may: (number) => places.has(number), find, all };
}

/** The nodes and words a phrase has been followed at; null where it has no two ways that can meet. */
type Seen = Set<number> | null;

function seenBy(phrase: Phrase): Seen {
  return phrase.length > 3 && phrase.filter(({ kind }) => kind === 'gap').length > 1 ? new Set() : null;
}

/** For each class, the words that could begin one of its phrases. */
function placesOf(starts: readonly ReadonlySet<number>[]): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [at, numbers] of starts.entries())
    for (const number of numbers) {
      const list = places.get(number);
      if (list === undefined) places.set(number, [at]);
      else list.push(at);
    }
  return places;
}

/** More than the words of any text that is read, which is clipped before. */
const MOST_WORDS = 8192;
const NONE: readonly number[] = [];
/** How many words back `~` looks. */
const LOOK_BACK = 4;

function isWord(node: Extract<Node, { readonly kind: 'word' }>, token: Token): boolean {
  const fits = node.open === 'none' ? token.word === node.word : isOpenMatch(node, token.word);
  return fits && (node.cased === null || isCased(node.cased, token.text));
}

/** Written as the phrase has it, or all in capitals. */
function isCased(cased: string, text: string): boolean {
  return text.startsWith(cased) || text.replace(/['’]s$/i, '') === cased.toUpperCase();
}

const NUMBERS = new Set(
  'one two three four five six seven eight nine ten dozens hundreds thousands millions'.split(' '),
);

function hasShape(shape: Shape, { word, text }: Token): boolean {
  switch (shape) {
    case 'any':
      return true;
    case 'number':
      return /^\d/.test(word) || NUMBERS.has(word);
    case 'money':
      return /^[$€£¥]/.test(word);
    case 'percent':
      return word.endsWith('%');
    case 'year':
      return /^20[0-4]\d$/.test(word);
    case 'capital':
      return /^\p{Lu}/u.test(text);
  }
}
