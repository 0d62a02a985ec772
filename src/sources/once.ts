/** Rows that an answer may hold twice: identical ones count once, contradicting ones not at all. */

type Once<T> = {
  /** In the order in which their keys came first. */
  readonly kept: ReadonlyMap<string, T>;
  /** Keys whose rows differ: which of them is right, nobody knows. */
  readonly torn: readonly string[];
};

/** By the rows' own keys. The result is the same whatever the order of rows. */
export function once<T>(rows: Iterable<readonly [key: string, row: T]>): Once<T> {
  const kept = new Map<string, T>();
  const torn = new Set<string>();
  for (const [key, row] of rows) {
    const first = kept.get(key);
    if (first === undefined) kept.set(key, row);
    else if (JSON.stringify(first) !== JSON.stringify(row)) torn.add(key);
  }
  for (const key of torn) kept.delete(key);
  return { kept, torn: [...torn] };
}
