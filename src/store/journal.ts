/** The journal's writing end: segment files of commits, the last one growing. */
import { join } from 'node:path';
import { type Appender, appender, type Files } from './append.ts';
import { type End, segmentName } from './replay.ts';

export type Journal = {
  /** Where the next line will begin, in bytes from the start of its segment. */
  offset(): number;
  /** Appends whole lines and syncs. On failure rejects with the journal as it was. */
  append(lines: string): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  readonly dir: string;
  readonly files: Files;
  /** A segment that has reached this size, in bytes, is followed by a new one. */
  readonly segmentBytes: number;
  readonly report: (line: string) => void;
};

/** Goes on at the end that a replay found; a torn last line is cut off and reported. */
export async function openJournal(options: Options, end: End): Promise<Journal> {
  let { segment } = end;
  let file = segmentFile(options, segment, end.length, end.torn > 0);
  if (end.torn > 0) {
    await file.cut(end.length);
    options.report(`${file.path}: the last line was torn by a crash; ${end.torn} bytes cut off`);
  }

  async function append(lines: string): Promise<void> {
    if (file.length() >= options.segmentBytes) await rotate();
    await file.append(Buffer.from(lines));
  }

  async function rotate(): Promise<void> {
    await file.close();
    segment += 1;
    file = segmentFile(options, segment, 0, false);
  }

  function offset(): number {
    return file.length() >= options.segmentBytes ? 0 : file.length();
  }

  return { offset, append, close: () => file.close() };
}

function segmentFile(options: Options, segment: number, length: number, torn: boolean): Appender {
  return appender(options.files, join(options.dir, segmentName(segment)), length, torn);
}
