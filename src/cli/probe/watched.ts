/** Waits for sources, and says on a terminal how far it is: the slowest may take a minute. */
import type { Io } from '../io.ts';
import { createProgress } from '../progress.ts';

export async function watched<T>(asked: readonly Promise<T>[], io: Pick<Io, 'columns' | 'err'>): Promise<readonly T[]> {
  let done = 0;
  const progress = createProgress(io, 0, asked.length, (place) => `${place} of ${asked.length} sources answered`);
  const beat = setInterval(() => progress.at(done), 250);
  try {
    return await Promise.all(asked.map((one) => one.finally(() => done++)));
  } finally {
    clearInterval(beat);
    progress.done();
  }
}
