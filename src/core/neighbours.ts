/** Items found again by keys that they share with others of about the same time. */
import { DAY, type Duration, type Instant } from './time.ts';

export type Neighbours<T> = {
  file(item: T, at: Instant | null, keys: readonly number[]): void;
  /** Tells `met` of each item not much further from a time than `span` that has one of the keys, once for each key. */
  meet(at: Instant | null, span: Duration, keys: readonly number[], met: (item: T) => void): void;
  /** Forgets the items of half months that are over by then, and of the one that is not those that are not kept. */
  dropBefore(instant: Instant, isKept: (item: T) => boolean): void;
};

/** Most keys have one item, and there are very many of them. */
type Bucket<T> = Map<number, T | readonly T[]>;

const HALF_MONTH = 15 * DAY;
/** Where items without a time are: they fit any. */
const UNDATED = -1;

/**
 * Of items of one half month that share a key at most `most` are kept, the newest: what more of them have in common tells
 * nothing. So what it costs to meet does not depend on how many items there are.
 */
export function createNeighbours<T extends object>(most: number): Neighbours<T> {
  const buckets = new Map<number, Bucket<T>>();

  function file(item: T, at: Instant | null, keys: readonly number[]): void {
    const number = numberOf(at);
    const bucket = buckets.get(number) ?? new Map();
    buckets.set(number, bucket);
    for (const key of keys) {
      const there = bucket.get(key);
      bucket.set(key, there === undefined ? item : listOf(there).concat(item).slice(-most));
    }
  }

  function meet(at: Instant | null, span: Duration, keys: readonly number[], met: (item: T) => void): void {
    for (const bucket of around(at, span))
      for (const key of keys) {
        const there = bucket.get(key);
        if (there === undefined) continue;
        for (const item of listOf(there)) met(item);
      }
  }

  function around(at: Instant | null, span: Duration): readonly Bucket<T>[] {
    if (at === null) return [...buckets.values()];
    const first = numberOf(at - span);
    const numbers = Array.from({ length: numberOf(at + span) - first + 1 }, (_, offset) => first + offset);
    return [UNDATED, ...numbers].flatMap((number) => buckets.get(number) ?? []);
  }

  function dropBefore(instant: Instant, isKept: (item: T) => boolean): void {
    for (const [number, bucket] of buckets) {
      if (number === UNDATED || number * HALF_MONTH >= instant) continue;
      if ((number + 1) * HALF_MONTH <= instant) buckets.delete(number);
      else buckets.set(number, leftOf(bucket, isKept));
    }
  }

  return { file, meet, dropBefore };
}

function numberOf(at: Instant | null): number {
  return at === null ? UNDATED : Math.max(0, Math.floor(at / HALF_MONTH));
}

function listOf<T extends object>(there: T | readonly T[]): readonly T[] {
  return Array.isArray(there) ? there : [there as T];
}

function leftOf<T extends object>(bucket: Bucket<T>, isKept: (item: T) => boolean): Bucket<T> {
  const left: Bucket<T> = new Map();
  for (const [key, there] of bucket) {
    const list = listOf(there).filter(isKept);
    const [first] = list;
    if (first !== undefined) left.set(key, list.length === 1 ? first : list);
  }
  return left;
}
