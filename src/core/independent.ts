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
  const seen: ReadonlySet<string>[] = [];
  return [...events].sort(byTime).filter((event) => {
    const owner = event.owner.trim().toLowerCase();
    const shingles = shinglesOf(event.title);
    const copied = seen.some((earlier) => overlap(earlier, shingles) >= COPY);
    seen.push(shingles);
    if (copied || owners.has(owner)) return false;
    owners.add(owner);
    return true;
  });
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

/** The Jaccard index; 0 where one of both is empty. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const common = [...a].filter((shingle) => b.has(shingle)).length;
  return common / (a.size + b.size - common);
}
