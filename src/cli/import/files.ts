/** History files, read whole before any of them is recorded. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import type { Clock, Store } from '../../core/ports.ts';
import type { Sample } from '../../core/series.ts';
import { readHistory } from '../history.ts';
import type { Io } from '../io.ts';
import { createProgress } from '../progress.ts';
import type { Account } from './account.ts';
import { record } from './record.ts';
import { onceEach, sift } from './sift.ts';

type History = { readonly file: string; readonly samples: readonly Sample[] };
type Files = { readonly histories: readonly History[]; readonly progress: Stages };

/**
 * All files, or undefined after every line that cannot be read was printed: a file with one is refused whole, and all
 * others with it, since half an import helps nobody.
 */
export async function readFiles(files: readonly string[], io: Io): Promise<Files | undefined> {
  const progress = await stagesOf(files, io);
  const histories: History[] = [];
  for (const [index, file] of files.entries()) {
    const samples = await readHistory([file], io);
    if (samples !== undefined) histories.push({ file, samples });
    progress.read(index);
  }
  if (histories.length === files.length) return { histories, progress };
  progress.done();
  io.err('nothing was imported\n');
  return undefined;
}

/** Records what can be recorded. Of several figures of one instant the last counts, over all files. */
export async function importFiles(
  { histories, progress }: Files,
  config: Config,
  store: Store,
  clock: Clock,
): Promise<readonly Account[]> {
  const sifted = histories.map(({ samples }) => sift(samples, config, clock.now()));
  const once = onceEach(sifted.map(({ samples }) => samples));
  const all = once.reduce((sum, { samples }) => sum + samples.length, 0);
  let done = 0;
  const advance = (samples: number): void => {
    done += samples;
    progress.stored(done / all);
  };
  const accounts: Account[] = [];
  for (const [index, { file, samples: read }] of histories.entries()) {
    const { samples, refused, repeated } = once[index] ?? { samples: [], refused: [], repeated: 0 };
    const counts = await record(store, samples, advance);
    accounts.push({
      name: file,
      isSource: false,
      read: read.length,
      counts: { ...counts, already: counts.already + repeated },
      refused: [...(sifted[index]?.refused ?? []), ...refused],
      samples,
      failed: [],
      unread: [],
    });
  }
  progress.done();
  return accounts;
}

type Stages = { read(file: number): void; stored(share: number): void; done(): void };

/** Reading is the first half of the way, by the size of the files, and storing the second. */
async function stagesOf(files: readonly string[], io: Io): Promise<Stages> {
  const sizes = await Promise.all(files.map((file) => sizeOf(resolve(io.cwd, file))));
  const all = sizes.reduce((total, size) => total + size, 0);
  const progress = createProgress(io, 0, 2 * all, (place) => (place < all ? 'reading' : 'storing'));
  let read = 0;
  return {
    read: (file) => {
      read += sizes[file] ?? 0;
      progress.at(read);
    },
    stored: (share) => progress.at(all + all * share),
    done: progress.done,
  };
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}
