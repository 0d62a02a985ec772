/** Bodies kept with their validators, so that "not modified" can be answered from memory. */

type Kept = {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
};

export type Memory = {
  get(key: string): Kept | undefined;
  put(key: string, kept: Kept): void;
  forget(key: string): void;
};

/** Keeps bodies of at most `largest` bytes, `total` bytes in all; the one unused for longest goes first. */
export function createMemory(largest: number, total: number): Memory {
  const entries = new Map<string, Kept>();
  let size = 0;

  function forget(key: string): void {
    size -= entries.get(key)?.bytes.length ?? 0;
    entries.delete(key);
  }

  function get(key: string): Kept | undefined {
    const kept = entries.get(key);
    if (kept === undefined) return undefined;
    entries.delete(key);
    entries.set(key, kept);
    return kept;
  }

  function put(key: string, kept: Kept): void {
    forget(key);
    if (kept.bytes.length > largest || kept.bytes.length > total) return;
    entries.set(key, kept);
    size += kept.bytes.length;
    for (const oldest of entries.keys()) {
      if (size <= total) return;
      forget(oldest);
    }
  }

  return { get, put, forget };
}
