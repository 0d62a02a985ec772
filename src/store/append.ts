/** A file that only grows: what `append` resolved for is on the disk, what it rejected for is cut off again. */
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The few things asked of an open file. Writes go to its end. */
export type OpenFile = {
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
};

/** The door to the disk for everything appended. */
export type Files = {
  /** Opens for appending; creates the file, readable by its owner alone. */
  open(path: string): Promise<OpenFile>;
  /** Makes names created in a directory durable. */
  syncDirectory(path: string): Promise<void>;
};

export const nodeFiles: Files = {
  async open(path) {
    const handle = await open(path, 'a', 0o600);
    return {
      write: (bytes) => handle.writeFile(bytes),
      sync: () => handle.datasync(),
      truncate: (length) => handle.truncate(length),
      close: () => handle.close(),
    };
  },
  async syncDirectory(path) {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

export type Appender = {
  readonly path: string;
  /** Bytes that are safely on the disk. */
  length(): number;
  /** Writes and syncs. On failure rejects, with the file cut back to `length()` as soon as the disk allows. */
  append(bytes: Uint8Array): Promise<void>;
  /** Takes back what was appended past `length`. */
  cut(length: number): Promise<void>;
  /** Lets the file handle go; the next `append` opens it again. */
  close(): Promise<void>;
};

/**
 * `length` is how much of the file is good, in bytes: 0 for a new one. `tail` says that more bytes follow, of a write
 * that was never acknowledged; they go at the first `append` or `cut`.
 */
export function appender(files: Files, path: string, length: number, tail = false): Appender {
  let good = length;
  let dirty = tail;
  let placed = length > 0;
  let file: OpenFile | null = null;

  async function ready(): Promise<OpenFile> {
    const target = file ?? (await files.open(path));
    file = target;
    if (dirty) {
      await target.truncate(good);
      await target.sync();
      dirty = false;
    }
    if (!placed) {
      await files.syncDirectory(dirname(path));
      placed = true;
    }
    return target;
  }

  async function release(): Promise<void> {
    const target = file;
    file = null;
    await target?.close();
  }

  /** A handle that failed once is not trusted again. A disk that refuses even this is asked again before the next write. */
  async function repair(): Promise<void> {
    await release().catch(() => undefined);
    await ready().catch(() => release().catch(() => undefined));
  }

  async function append(bytes: Uint8Array): Promise<void> {
    try {
      const target = await ready();
      dirty = true;
      await target.write(bytes);
      await target.sync();
    } catch (error) {
      await repair();
      throw error;
    }
    good += bytes.length;
    dirty = false;
  }

  async function cut(to: number): Promise<void> {
    good = to;
    dirty = true;
    await repair();
  }

  async function close(): Promise<void> {
    if (dirty) await repair();
    await release();
  }

  return { path, length: () => good, append, cut, close };
}
