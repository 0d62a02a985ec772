/** Which reports are voices of their own: one an owner, and a copied story once. */
import type { NewsEvent } from './news.ts';

/** Titles that share this much of their three-word sequences are the same text, reworded at the edges. */
const COPY = 0.6;

/**
 * The reports that count, oldest first. A later report of the same owner (in any case of letters) adds nothing, nor does
 * a copy: an equal title, or one whose word 3-shingles overlap by a Jaccard index of 0.6 (Broder 1997) with an earlier
 * report of anybody. An owner whose copy was left out still has its own voice for another text.
 * Pure; the order of `events` does not matter.
 */
export function independent(events: readonly NewsEvent[]): readonly NewsEvent[] {
  const owners = new Set<string>();
  const copies = createCopies();
  return [...events].sort(byTime).filter((event) => {
    const owner = event.owner.trim().toLowerCase();
    if (copies.repeats(event) || owners.has(owner)) return false;
    owners.add(owner);
    return true;
  });
}

/** Titles seen so far, by their shingles: a title is compared only with those it shares one with. */
function createCopies(): { repeats(event: NewsEvent): boolean } {
  const seen: ReadonlySet<string>[] = [];
  const holding = new Map<string, number[]>();
  return {
    repeats: (event) => {
      const shingles = cachedShingles(event);
      const shared = new Map<number, number>();
      for (const shingle of shingles) {
        const list = holding.get(shingle) ?? [];
        for (const index of list) shared.set(index, (shared.get(index) ?? 0) + 1);
        // What more titles than this have in common is a phrase, not a copied text.
        if (list.length < MOST_SHARING) holding.set(shingle, [...list, seen.length]);
      }
      seen.push(shingles);
      return [...shared].some(
        ([index, common]) => common / (shingles.size + (seen[index]?.size ?? 0) - common) >= COPY,
      );
    },
  };
}

const MOST_SHARING = 50;

const cache = new WeakMap<NewsEvent, ReadonlySet<string>>();

function cachedShingles(event: NewsEvent): ReadonlySet<string> {
  const shingles = cache.get(event) ?? shinglesOf(event.title);
  cache.set(event, shingles);
  return shingles;
}

function byTime(a: NewsEvent, b: NewsEvent): number {
  return a.at - b.at || order(a.owner, b.owner) || order(a.title, b.title);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The title's sequences of three words; of a shorter title the whole. Empty where it has no word. */
function shinglesOf(title: string): ReadonlySet<string> {
  const words = withoutPublisher(title)
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  if (words.length < 3) return new Set(words.length === 0 ? [] : [words.join(' ')]);
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}

/** Aggregators append ` - Publisher` to a title. */
function withoutPublisher(title: string): string {
  const match = /^(.{20,})\s[-–—|]\s[^-–—|]{1,30}$/u.exec(title);
  return match?.[1] ?? title;
}
