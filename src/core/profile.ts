/** What is compared of an article to tell its story, worked out once. */
import type { NewsMention, NewsStatus, NewsType, Print } from './news.ts';
import type { Instant } from './time.ts';

/** An article as far as its story goes. A time that nobody knows fits any other. */
export type StoryItem = {
  readonly id: string;
  readonly at: Instant | null;
  readonly print: Print;
  readonly events: readonly Pick<NewsMention, 'type' | 'network' | 'status'>[];
};

export type Profile = {
  readonly at: Instant | null;
  /** Its terms, ascending: a hash of 28 bits, and in four bits below it what the term weighs. One number: there are many. */
  readonly terms: readonly number[];
  /** Of names with a number the number that comes first, by the letters before it. */
  readonly numbered: ReadonlyMap<string, string>;
  /** Sizes of models, in billions of parameters. */
  readonly sizes: readonly number[];
  /** An amount of money in the millions or more is named. */
  readonly money: boolean;
  readonly shingles: readonly number[];
  readonly events: readonly Reported[];
};

type Reported = {
  /** Hash of type, network, and whether it is a fact, a plan or a denial. */
  readonly key: number;
  readonly type: NewsType;
  readonly network: string | null;
  /** Hashes of the terms that name the network itself: they tell nothing more. */
  readonly own: readonly number[];
};

/** What a term weighs, in halves of what a single word does. Of two texts' weights for one term the higher counts. */
export const WEIGHTS = { numbered: 8, name: 5, figure: 5, famous: 3, word: 2 } as const;

const REALITY: Readonly<Record<NewsStatus, string>> = {
  done: 'fact',
  in_progress: 'fact',
  planned: 'plan',
  speculative: 'plan',
  denied: 'denial',
};

export function profileOf({ at, print, events }: StoryItem): Profile {
  const { terms } = print;
  const weighed = new Map(terms.map((term) => [hashOf(term), weightOf(term)]));
  return {
    at,
    terms: [...weighed].map(([hash, weight]) => hash * 16 + weight).sort((a, b) => a - b),
    numbered: numberedIn(terms),
    sizes: terms.filter((term) => SIZE.test(term)).map((term) => Number.parseFloat(term.slice(1))),
    money: terms.some((term) => MONEY.test(term)),
    shingles: print.shingles,
    events: events.map(({ type, network, status }) => ({
      key: fnv(`${type}/${network ?? ''}/${REALITY[status]}`),
      type,
      network,
      own: network === null ? [] : terms.filter((term) => names(term, network)).map(hashOf),
    })),
  };
}

const SIZE = /^#[\d.]+b$/;
const MONEY = /^#\$[\d.]+[mbt]$/;
const WITH_NUMBER = /^@(\D+)(\d[\d.]*)/;

function weightOf(term: string): number {
  if (term.startsWith('@')) return /\d/.test(term) ? WEIGHTS.numbered : WEIGHTS.name;
  if (term.startsWith('#')) return WEIGHTS.figure;
  return term.startsWith('~') ? WEIGHTS.famous : WEIGHTS.word;
}

/** The term without its kind, which two texts may see differently; `#$50m` and `#50m` are one amount. */
function baseOf(term: string): string {
  if (term.startsWith('#')) return term.replace(/^#\$(?=.*[mbt]$)/, '#');
  return term.startsWith('@') || term.startsWith('~') ? term.slice(1) : term;
}

function names(term: string, network: string): boolean {
  return network.replace(/^other:|-/g, '').includes(baseOf(term));
}

const NONE: ReadonlyMap<string, string> = new Map();

function numberedIn(terms: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const term of terms) {
    const [, letters, number] = WITH_NUMBER.exec(term) ?? [];
    if (letters !== undefined && number !== undefined && !found.has(letters)) found.set(letters, number);
  }
  return found.size === 0 ? NONE : found;
}

function hashOf(term: string): number {
  return fnv(baseOf(term)) >>> 4;
}

/** FNV-1a over UTF-16 units. */
function fnv(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/** The hashes of the terms of at least this weight. */
export function weighty(profile: Profile, least: number): readonly number[] {
  return profile.terms.filter((term) => weightIn(term) >= least).map(hashIn);
}

function hashIn(term: number): number {
  return Math.floor(term / 16);
}

function weightIn(term: number): number {
  return term % 16;
}

/** What two articles share. */
type Overlap = {
  readonly weight: number;
  /** A name with a number. */
  readonly numbered: boolean;
  /** Something that both take for more than a plain word. */
  readonly named: boolean;
  /** How many terms that both take for a name or a figure. */
  readonly telling: number;
};

/** What the terms of both come to, those in `without` aside. */
export function overlap(a: Profile, b: Profile, without: readonly number[] = []): Overlap {
  let [i, j, weight, numbered, named, telling] = [0, 0, 0, false, false, 0];
  while (i < a.terms.length && j < b.terms.length) {
    const [one, other] = [a.terms[i] as number, b.terms[j] as number];
    const [x, y] = [hashIn(one), hashIn(other)];
    if (x === y && !without.includes(x)) {
      const [low, high] = [Math.min(weightIn(one), weightIn(other)), Math.max(weightIn(one), weightIn(other))];
      weight += high;
      numbered ||= high === WEIGHTS.numbered;
      named ||= low >= WEIGHTS.famous;
      if (low >= WEIGHTS.name) telling += 1;
    }
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return { weight, numbered, named, telling };
}
