/** Things in the order of time, those of one instant in the order of their ids, whatever order they came in. */
import type { Instant } from '../core/time.ts';

export type Timed = { readonly at: Instant; readonly id: string };

export type Timeline<T extends Timed> = {
  add(item: T): void;
  /** Those with `from < at <= to`, oldest first. */
  between(from: Instant, to: Instant): readonly T[];
  dropBefore(instant: Instant): void;
};

export function timeline<T extends Timed>(): Timeline<T> {
  const list: T[] = [];

  function between(from: Instant, to: Instant): readonly T[] {
    return list.slice(
      countWhile(list, ({ at }) => at <= from),
      countWhile(list, ({ at }) => at <= to),
    );
  }

  return {
    add: (item) =>
      void list.splice(
        countWhile(list, (other) => compare(other, item) <= 0),
        0,
        item,
      ),
    between,
    dropBefore: (instant) =>
      void list.splice(
        0,
        countWhile(list, ({ at }) => at < instant),
      ),
  };
}

/** Negative where the first comes before the second. */
export function compare(a: Timed, b: Timed): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** How many at the start of an ordered list satisfy a condition that, once false, stays false. */
function countWhile<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
