/** When each job last completed: a small lowdb file, written lazily. Losing it costs one extra run. */
import { chmod } from 'node:fs/promises';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import type { Instant } from '../core/time.ts';
import { wordsOf } from './faults.ts';
import { lazily } from './lazily.ts';

export type Runs = {
  lastRun(job: string): Instant | undefined;
  ran(job: string, at: Instant): void;
  flush(): Promise<void>;
};

const DELAY = 1000;

/** Reads the file at `path`; one that cannot be read is reported and begun anew. */
export async function openRuns(path: string, report: (line: string) => void): Promise<Runs> {
  const file = new Low<Record<string, Instant>>(new JSONFile(path), {});
  try {
    await file.read();
  } catch (error) {
    report(`${path}: cannot be read, so every job counts as never run (${wordsOf(error)})`);
  }
  const runs = new Map(Object.entries(file.data).filter(([, at]) => Number.isFinite(at)));
  const writing = lazily(DELAY, write, (error) => report(`${path}: cannot be written (${wordsOf(error)})`));

  async function write(): Promise<void> {
    file.data = Object.fromEntries(runs);
    await file.write();
    await chmod(path, 0o600);
  }

  function ran(job: string, at: Instant): void {
    runs.set(job, at);
    writing.soon();
  }

  return { lastRun: (job) => runs.get(job), ran, flush: writing.flush };
}
