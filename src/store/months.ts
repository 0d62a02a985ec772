/** Append-only text files, one a UTC month: samples and articles both live in such a folder. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../core/ports.ts';
import type { Duration, Instant } from '../core/time.ts';
import { type Appender, appender, type Files } from './append.ts';
import { wordsOf } from './faults.ts';
import { type Extent, readLines } from './lines.ts';

/** Year 10000: ISO dates have four digits before it. */
const END_OF_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export type Months = {
  /**
   * Adds a line for each item to the file of its month, all or none, and syncs each file touched once. What it gives
   * takes them back. `write` gives the line, newline included.
   */
  append<T>(items: readonly T[], at: (item: T) => Instant, write: (item: T) => string): Promise<() => Promise<void>>;
  /** Removes files of months before the one the instant is in. */
  removeBefore(instant: Instant): Promise<void>;
  close(): Promise<void>;
};

/** Takes the lines of one file, in pieces; both throw `line: what is wrong` on a malformed one. */
export type LineReader = { read(lines: string): void; finish(): void };

type Options = {
  readonly dir: string;
  /** With its dot: `.csv`. */
  readonly extension: string;
  /** First line of each file, newline included; may be empty. */
  readonly header: string;
  readonly files: Files;
  /** Months before the one this instant is in are not read. */
  readonly horizon: Instant;
  /** A reader for one file. */
  readonly reader: () => LineReader;
  /** How many bytes it is given at a stretch. */
  readonly piece?: number;
  readonly report: (line: string) => void;
};

/** The instant in whole milliseconds; undefined for one that a file cannot keep. */
export function instantOf(instant: Instant): Instant | undefined {
  const whole = Math.round(instant);
  return whole >= 0 && whole <= END_OF_TIME ? whole : undefined;
}

/** The oldest instant that is kept: the start of the month that the retention reaches back into. 0: everything is. */
export function horizonOf(now: Instant, retention: Duration): Instant {
  const oldest = now - retention;
  if (!(oldest > 0)) return 0;
  const date = new Date(oldest);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** `2026-11` */
function monthOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 7);
}

/**
 * Reads the folder, oldest month first. A last line without its newline was torn by a crash: it is cut off and
 * reported. Any other malformed line rejects with a StartupError naming file and line.
 */
export async function openMonths(options: Options): Promise<Months> {
  const { dir, extension, header, files, horizon } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const open = new Map<string, Appender>();
  for (const month of await monthsIn(dir, extension))
    if (month >= monthOf(horizon)) open.set(month, await readMonth(options, join(dir, month + extension)));

  function fileOf(month: string): Appender {
    const file = open.get(month) ?? appender(files, join(dir, month + extension), 0);
    open.set(month, file);
    return file;
  }

  async function append<T>(items: readonly T[], at: (item: T) => Instant, write: (item: T) => string) {
    const before: (readonly [Appender, number])[] = [];
    async function undo(): Promise<void> {
      for (const [file, length] of before) await file.cut(length);
    }
    try {
      for (const [month, text] of byMonth(items, at, write)) {
        const file = fileOf(month);
        before.push([file, file.length()]);
        await file.append(Buffer.from(file.length() === 0 ? header + text : text));
        await file.close();
      }
    } catch (error) {
      await undo();
      throw error;
    }
    return undo;
  }

  async function removeBefore(instant: Instant): Promise<void> {
    const first = monthOf(instant);
    for (const month of await monthsIn(dir, extension)) {
      if (month >= first) continue;
      open.delete(month);
      await rm(join(dir, month + extension), { force: true });
    }
  }

  async function close(): Promise<void> {
    for (const file of open.values()) await file.close();
  }

  return { append, removeBefore, close };
}

async function monthsIn(dir: string, extension: string): Promise<readonly string[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith(extension));
  return names
    .map((name) => name.slice(0, -extension.length))
    .filter((month) => /^\d{4}-\d{2}$/.test(month))
    .sort();
}

async function readMonth(options: Options, path: string): Promise<Appender> {
  const { length, torn } = await readInto(options.reader(), path, options.piece);
  const file = appender(options.files, path, length, torn > 0);
  if (torn === 0) return file;
  await file.cut(length);
  await file.close();
  options.report(`${path}: the last line was torn by a crash; ${torn} bytes cut off`);
  return file;
}

async function readInto(reader: LineReader, path: string, piece: number | undefined): Promise<Extent> {
  const malformed = (error: unknown): StartupError =>
    new StartupError(`${path}:${wordsOf(error)}. Put the file back from a backup, or mend or remove that line.`);
  let wrong: StartupError | undefined;
  const read = (lines: string): void => {
    try {
      if (wrong === undefined) reader.read(lines);
    } catch (error) {
      wrong = malformed(error);
    }
  };
  const extent = await readLines(path, read, piece);
  if (wrong !== undefined) throw wrong;
  reader.finish();
  return extent;
}

/** Lines are joined in pieces of this many: to keep each by itself until the end costs the most of all. */
const PIECE = 500;

type Text = { readonly lines: string[]; readonly pieces: string[] };

function byMonth<T>(
  items: readonly T[],
  at: (item: T) => Instant,
  write: (item: T) => string,
): ReadonlyMap<string, string> {
  const months = new Map<string, Text>();
  let [from, to] = [Number.NaN, Number.NaN];
  let text: Text = { lines: [], pieces: [] };
  for (const item of items) {
    const instant = at(item);
    if (!(instant >= from && instant < to)) {
      [from, to] = monthAround(instant);
      const month = monthOf(instant);
      text = months.get(month) ?? { lines: [], pieces: [] };
      months.set(month, text);
    }
    text.lines.push(write(item));
    if (text.lines.length >= PIECE) text.pieces.push(text.lines.splice(0).join(''));
  }
  return new Map([...months].map(([month, { lines, pieces }]) => [month, pieces.join('') + lines.join('')]));
}

/** The start of an instant's month and of the next. */
function monthAround(instant: Instant): [Instant, Instant] {
  const date = new Date(instant);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return [Date.UTC(year, month), Date.UTC(year, month + 1)];
}
