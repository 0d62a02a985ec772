/** How alike two texts are, by their fingerprints and titles. */
import type { NewsEvent } from './news.ts';

/** How many of the smallest hashes a fingerprint keeps. */
export const SKETCH = 32;
/** Titles that share this much of their three-word sequences are the same text, reworded at the edges. */
const SAME_TITLE = 0.6;
/** Texts that share this much of theirs are one text, shortened or edited. */
const SAME_TEXT = 0.5;
/** With fewer hashes a sketch tells a phrase, not a text. */
const LEAST_HASHES = 12;
/** So much of their frames texts share whose words were swapped for others: half and more as a rule, a fifth at least. */
const SAME_FRAME = 0.2;
const LEAST_FRAME = 16;
/** What more reports than this have in common is a phrase, not a copied text. */
const MOST_SHARING = 50;

/**
 * The Jaccard index of the two sets behind two bottom-k sketches, 0 to 1: the share, among the k smallest hashes of
 * both together, of those in both (Broder 1997). Both ascending. 0 where either is empty.
 */
export function likeness(a: readonly number[], b: readonly number[]): number {
  // Two sets that are kept as a whole are compared as a whole.
  const most = Math.max(a.length, b.length) < SKETCH ? Number.POSITIVE_INFINITY : SKETCH;
  let [i, j, seen, common] = [0, 0, 0, 0];
  while (seen < most && (i < a.length || j < b.length)) {
    const [x, y] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    if (x === y) common += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
    seen += 1;
  }
  return seen === 0 ? 0 : common / seen;
}

export type Copies = {
  /** The first report seen so far that this one is a copy of; from now on it counts as seen too. */
  original(event: NewsEvent): NewsEvent | undefined;
};

/** Reports seen so far, by pieces of their texts: one is compared only with those it shares a piece with. */
export function createCopies(): Copies {
  const seen: NewsEvent[] = [];
  const holding = new Map<string | number, number[]>();
  return {
    original(event) {
      const near = new Set<number>();
      for (const piece of piecesOf(event)) {
        const list = holding.get(piece) ?? [];
        for (const index of list) near.add(index);
        if (list.length < MOST_SHARING) holding.set(piece, [...list, seen.length]);
      }
      seen.push(event);
      const first = [...near].sort((a, b) => a - b).find((index) => isCopy(event, seen[index] as NewsEvent));
      return first === undefined ? undefined : seen[first];
    },
  };
}

function isCopy(a: NewsEvent, b: NewsEvent): boolean {
  if (jaccard(titleOf(a), titleOf(b)) >= SAME_TITLE) return true;
  const [one, other] = [a.print, b.print];
  if (one === undefined || other === undefined) return false;
  return (
    areSame(one.shingles, other.shingles, LEAST_HASHES, SAME_TEXT) ||
    areSame(one.frame ?? [], other.frame ?? [], LEAST_FRAME, SAME_FRAME)
  );
}

function areSame(a: readonly number[], b: readonly number[], hashes: number, share: number): boolean {
  return Math.min(a.length, b.length) >= hashes && likeness(a, b) >= share;
}

/** Title sequences are texts, hashes numbers: none is taken for the other. */
function piecesOf(event: NewsEvent): readonly (string | number)[] {
  return [...titleOf(event), ...(event.print?.shingles ?? []), ...(event.print?.frame ?? [])];
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const each of a) if (b.has(each)) common += 1;
  return common === 0 ? 0 : common / (a.size + b.size - common);
}

const titles = new WeakMap<NewsEvent, ReadonlySet<string>>();

function titleOf(event: NewsEvent): ReadonlySet<string> {
  const known = titles.get(event) ?? sequences(event.title);
  titles.set(event, known);
  return known;
}

/** The title's sequences of three words; of a shorter title the whole. Empty where it has no word. */
function sequences(title: string): ReadonlySet<string> {
  const words = withoutPublisher(title)
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  if (words.length < 3) return new Set(words.length === 0 ? [] : [words.join(' ')]);
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}

/** Aggregators append ` - Publisher` to a title. */
export function withoutPublisher(title: string): string {
  const match = /^(.{20,})\s[-–—|]\s[^-–—|]{1,30}$/u.exec(title);
  return match?.[1] ?? title;
}
