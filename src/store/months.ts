/** Append-only text files, one a UTC month: samples and articles both live in such a folder. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../core/ports.ts';
import type { Duration, Instant } from '../core/time.ts';
import { type Appender, appender, type Files } from './append.ts';
import { wordsOf } from './faults.ts';

/** Year 10000: ISO dates have four digits before it. */
const END_OF_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A line, newline included, and the instant that says which month it belongs to. */
type Dated = { readonly at: Instant; readonly line: string };

export type Months = {
  /** Adds lines, all or none, and syncs each file touched once. What it gives takes them back. */
  append(lines: readonly Dated[]): Promise<() => Promise<void>>;
  /** Removes files of months before the one the instant is in. */
  removeBefore(instant: Instant): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  readonly dir: string;
  /** With its dot: `.csv`. */
  readonly extension: string;
  /** First line of each file, newline included; may be empty. */
  readonly header: string;
  readonly files: Files;
  /** Months before the one this instant is in are not read. */
  readonly horizon: Instant;
  /** Takes whole lines; throws `line: what is wrong` on a malformed one. */
  readonly read: (text: string) => void;
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

  async function append(lines: readonly Dated[]): Promise<() => Promise<void>> {
    const before: (readonly [Appender, number])[] = [];
    async function undo(): Promise<void> {
      for (const [file, length] of before) await file.cut(length);
    }
    try {
      for (const [month, text] of byMonth(lines)) {
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
  const bytes = await readFile(path);
  const length = bytes.lastIndexOf(0x0a) + 1;
  const torn = bytes.length - length;
  const file = appender(options.files, path, length, torn > 0);
  try {
    options.read(bytes.toString('utf8', 0, length));
  } catch (error) {
    throw new StartupError(`${path}:${wordsOf(error)}. Put the file back from a backup, or mend or remove that line.`);
  }
  if (torn === 0) return file;
  await file.cut(length);
  await file.close();
  options.report(`${path}: the last line was torn by a crash; ${torn} bytes cut off`);
  return file;
}

function byMonth(lines: readonly Dated[]): ReadonlyMap<string, string> {
  const months = new Map<string, string[]>();
  for (const { at, line } of lines) {
    const month = monthOf(at);
    const list = months.get(month);
    if (list === undefined) months.set(month, [line]);
    else list.push(line);
  }
  return new Map([...months].map(([month, list]) => [month, list.join('')]));
}
