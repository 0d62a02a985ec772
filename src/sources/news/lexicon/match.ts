/** Finds phrases in the words of a text. Bounded: no phrase looks further than its gaps reach. */
import type { Chain, Way, WordNode } from './chain.ts';
import { hasShape, isCapital } from './shapes.ts';
import { isOpenMatch, type Starts } from './starts.ts';
import type { Token } from './tokens.ts';
import type { Ready } from './words.ts';

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

/** @param statements that the words are parted into; a phrase stands within one of them. */
export function matcherOf(tokens: readonly Token[], statements: readonly Span[], ready: Ready): Matcher {
  const starts = tokens.map(({ word, text }) => ready.starts(word, isCapital(text)));
  const places = placesIn(starts, ready.classes);
  const memory = new Map<number, readonly number[]>();
  const nested = new Map<number, readonly number[]>();
  const edges = edgesOf(statements, tokens.length);
  const words = new Set(tokens.map(({ word }) => word));
  const anywhere = new Uint8Array(ready.classes);
  const possible = new Uint8Array(ready.ways);

  /** Where a phrase of the class that begins at `from` may end, each once. */
  function endsOf(number: number, from: number): readonly number[] {
    const phrases = starts[from]?.phrases.get(number);
    if (phrases === undefined) return NONE;
    const key = number * MOST_WORDS + from;
    const known = memory.get(key);
    if (known !== undefined) return known;
    let ends = NONE;
    for (const way of phrases) {
      if (!isPossible(way)) continue;
      const found: number[] = ends.length === 0 ? [] : [...ends];
      follow(way, 0, from, edges.end[from] as number, found, seenBy(way));
      if (found.length > ends.length) ends = found;
    }
    memory.set(key, ends);
    return ends;
  }

  /** Whether all that the phrase cannot do without is somewhere in the text. Asked once a phrase. */
  function isPossible({ id, needs, words: sets }: Way): boolean {
    if (possible[id] === UNASKED)
      possible[id] = sets.every((set) => hasAny(set, words)) && needs.every(isAnywhere) ? YES : NO;
    return possible[id] === YES;
  }

  /** Whether the class is found in the text at all. Asked once a class. */
  function isAnywhere(number: number): boolean {
    if (anywhere[number] === UNASKED)
      anywhere[number] = (places[number] ?? NONE).some((from) => endsOf(number, from).length > 0) ? YES : NO;
    return anywhere[number] === YES;
  }

  /** Adds to `ends` where the rest of the phrase, from its step `at` on, may end; no later than `to`. */
  function follow(chain: Chain, at: number, from: number, to: number, ends: number[], seen: Seen): void {
    const step = chain.steps[at];
    if (step === undefined) {
      if (!ends.includes(from)) ends.push(from);
      return;
    }
    if (seen !== null && isSeen(seen, at * MOST_WORDS + from)) return;
    const token = from < to ? tokens[from] : undefined;
    switch (step.kind) {
      case 'word':
        if (token !== undefined && isWord(step, token)) follow(chain, at + 1, from + 1, to, ends, seen);
        return;
      case 'shape':
        if (token !== undefined && hasShape(step.shape, tokens, from)) follow(chain, at + 1, from + 1, to, ends, seen);
        return;
      case 'class':
        if (token === undefined) return;
        for (const end of endsOf(step.number, from)) follow(chain, at + 1, end, to, ends, seen);
        return;
      case 'gap':
        for (let end = from; ; end++) {
          follow(chain, at + 1, end, to, ends, seen);
          if (end - from >= step.most || end >= to || (tokens[end] as Token).word === ';') return;
        }
      case 'either':
        if (token !== undefined && step.words.has(token.word)) follow(chain, at + 1, from + 1, to, ends, seen);
        for (const rest of step.rest)
          for (const end of endsAlong(rest, from, to)) follow(chain, at + 1, end, to, ends, seen);
        return;
      case 'maybe':
        follow(chain, at + 1, from, to, ends, seen);
        for (const end of endsAlong(step.step, from, to)) follow(chain, at + 1, end, to, ends, seen);
        return;
      case 'not':
        if (!isThere(step.step, step.where, from, to)) follow(chain, at + 1, from, to, ends, seen);
        return;
      case 'edge':
        if (step.edge === 'start' ? edges.isStart[from] === 1 : from === to)
          follow(chain, at + 1, from, to, ends, seen);
    }
  }

  function endsAlong(chain: Chain, from: number, to: number): readonly number[] {
    const [only] = chain.steps;
    if (chain.steps.length === 1 && only?.kind === 'word')
      return from < to && isWord(only, tokens[from] as Token) ? [from + 1] : NONE;
    if (chain.nest === null) return endsAfter(chain, from, to);
    // Parts within parts are tried once a place: without this, each level would multiply the tries of the one below.
    const key = (chain.nest * MOST_WORDS + to) * MOST_WORDS + from;
    const known = nested.get(key);
    if (known !== undefined) return known;
    const ends = endsAfter(chain, from, to);
    nested.set(key, ends);
    return ends;
  }

  function endsAfter(chain: Chain, from: number, to: number): readonly number[] {
    const ends: number[] = [];
    follow(chain, 0, from, to, ends, seenBy(chain));
    return ends;
  }

  function isThere(chain: Chain, where: 'next' | 'before', from: number, to: number): boolean {
    if (where === 'next') return endsAlong(chain, from, to).length > 0;
    for (let back = 1; back <= LOOK_BACK && from - back >= 0; back++) {
      if (endsAlong(chain, from - back, to).includes(from)) return true;
      if (edges.isStart[from - back] === 1) return false;
    }
    return false;
  }

  function longest(number: number, from: number, within: Span): Span | undefined {
    let to = -1;
    for (const end of endsOf(number, from)) if (end <= within.to && end > to) to = end;
    return to < 0 ? undefined : { from, to };
  }

  function all(number: number, within: Span): readonly Span[] {
    return (places[number] ?? NONE).flatMap((from) => {
      const span = from < within.from || from >= within.to ? undefined : longest(number, from, within);
      return span === undefined ? [] : [span];
    });
  }

  function find(number: number, within: Span): Span | undefined {
    if (!isAnywhere(number)) return undefined;
    for (const from of places[number] ?? NONE) {
      if (from < within.from) continue;
      if (from >= within.to) return undefined;
      const span = longest(number, from, within);
      if (span !== undefined) return span;
    }
    return undefined;
  }

  return { tokens, may: (number) => places[number] !== undefined, find, all };
}

/** By class, the words that could begin one of its phrases; missing where none could. */
type Places = readonly (readonly number[] | undefined)[];

function placesIn(starts: readonly Starts[], classes: number): Places {
  const places = new Array<number[] | undefined>(classes).fill(undefined);
  for (let at = 0; at < starts.length; at++)
    for (const number of (starts[at] as Starts).numbers) {
      const list = places[number];
      if (list === undefined) places[number] = [at];
      else list.push(at);
    }
  return places;
}

type Edges = {
  /** By word: 1 where a statement begins with it. */
  readonly isStart: Uint8Array;
  /** By word: where its statement ends. */
  readonly end: Uint16Array;
};

function edgesOf(statements: readonly Span[], length: number): Edges {
  const isStart = new Uint8Array(length + 1);
  const end = new Uint16Array(length + 1).fill(length);
  for (const { from, to } of statements) {
    isStart[from] = 1;
    end.fill(to, from, to);
  }
  return { isStart, end };
}

const [UNASKED, YES, NO] = [0, 1, 2];

function hasAny(set: ReadonlySet<string>, words: ReadonlySet<string>): boolean {
  for (const word of set) if (words.has(word)) return true;
  return false;
}

/** More than the words of any text that is read, which is clipped before. */
const MOST_WORDS = 8192;
const NONE: readonly number[] = [];
/** How many words back `~` looks. */
const LOOK_BACK = 4;

/** The steps and words a phrase has been followed at, once there are many; null where no two ways can meet. */
type Seen = { tries: number; places: Set<number> | null } | null;

/** Most phrases end sooner, and are done faster than a set is made. */
const FEW_TRIES = 32;

function seenBy({ forks }: Chain): Seen {
  return forks ? { tries: 0, places: null } : null;
}

/** Ways that meet again lead to the same ends: without this, what may end at several words would multiply. */
function isSeen(seen: NonNullable<Seen>, key: number): boolean {
  if (seen.places === null) {
    if (++seen.tries > FEW_TRIES) seen.places = new Set([key]);
    return false;
  }
  if (seen.places.has(key)) return true;
  seen.places.add(key);
  return false;
}

function isWord(step: WordNode, { word, text }: Token): boolean {
  const fits = step.open === 'none' ? word === step.word : isOpenMatch(step, word);
  return fits && (step.cased === null || isCased(step.cased, text));
}

/** Written as the phrase has it, or all in capitals. */
function isCased(cased: string, text: string): boolean {
  return text.startsWith(cased) || text.replace(/['’]s$/i, '') === cased.toUpperCase();
}
