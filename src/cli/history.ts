/** Reads history files for the commands that replay them. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Sample } from '../core/series.ts';
import { parseHistory } from '../sources/history.ts';
import type { Io } from './io.ts';

const MOST_SHOWN = 20;

/** All samples of the files, or undefined after every unusable line was printed as `file:line: …`. */
export async function readHistory(files: readonly string[], io: Io): Promise<readonly Sample[] | undefined> {
  const samples: Sample[] = [];
  let bad = 0;
  for (const file of files) {
    const history = await readOne(resolve(io.cwd, file));
    for (const { line, what, expected } of history.bad.slice(0, MOST_SHOWN))
      io.err(
        `${file}:${line}: ${what}; expected ${expected}; ${line === 0 ? 'check the path, or name another file' : 'mend the line or leave it out'}\n`,
      );
    if (history.bad.length > MOST_SHOWN) io.err(`${file}: ${history.bad.length - MOST_SHOWN} more such lines\n`);
    bad += history.bad.length;
    for (const sample of history.samples) samples.push(sample);
  }
  return bad === 0 ? samples : undefined;
}

async function readOne(path: string): Promise<ReturnType<typeof parseHistory>> {
  try {
    return parseHistory(await readFile(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    return {
      samples: [],
      bad: [
        {
          line: 0,
          what: `the file cannot be read (${code})`,
          expected: 'a history file: CSV time,subject,metric,value,source',
        },
      ],
    };
  }
}
