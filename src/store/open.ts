/** The store on disk: a journal of commits with a lazy snapshot, and what was observed, under one directory. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StartupError, type Store } from '../core/ports.ts';
import { apply } from '../core/state.ts';
import type { Duration, Instant } from '../core/time.ts';
import { type Files, nodeFiles } from './append.ts';
import { type Commits, commitQueue } from './commits.ts';
import { wordsOf } from './faults.ts';
import { type Journal, openJournal } from './journal.ts';
import { lazily } from './lazily.ts';
import { type Lock, takeLock } from './lock.ts';
import { MIGRATIONS, type Migration, schemaOf } from './migrations.ts';
import type { StepOf } from './pace.ts';
import { openRecording } from './recording.ts';
import { replay } from './replay.ts';
import { openRuns } from './runs.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { emptyState } from './tables.ts';

export type StoreOptions = {
  /** The data directory; made if it does not exist. One process may use it. */
  readonly dir: string;
  /** How long samples and articles are kept, in milliseconds, rounded up to whole months. */
  readonly retention: Duration;
  /** The configured refresh of a series' source. Without one a series' step is the median gap of what is recorded. */
  readonly step?: StepOf;
  /** Whether a sample's source is one that is asked here. What others recorded before has a pace of its own. */
  readonly live?: (source: string) => boolean;
  readonly now: Instant;
  /** Hears of what was mended or refused, one line at a time. */
  readonly report: (line: string) => void;
  /** How files are appended to; the disk by default. */
  readonly files?: Files;
  /** How older journals are read; the ones shipped by default. */
  readonly migrations?: readonly Migration[];
  /** A journal segment of this many bytes is followed by a new one; 8 MiB by default. */
  readonly segmentBytes?: number;
  /** A snapshot is written a moment after this many commits; 1000 by default. */
  readonly snapshotEvery?: number;
  /** How long that moment is, in milliseconds; 1000 by default. */
  readonly snapshotDelay?: Duration;
};

type Settled = Required<Omit<StoreOptions, 'live'>> & Pick<StoreOptions, 'live'>;

const SEGMENT_BYTES = 8 * 1024 * 1024;
const SNAPSHOT_EVERY = 1000;
const SNAPSHOT_DELAY = 1000;

/**
 * Opens the store: snapshot, then the journal after it, then samples and articles. Rejects with a StartupError that
 * says what to do when the directory cannot be used, another process holds it, or a file is damaged.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const settled = {
    step: () => undefined,
    files: nodeFiles,
    migrations: MIGRATIONS,
    segmentBytes: SEGMENT_BYTES,
    snapshotEvery: SNAPSHOT_EVERY,
    snapshotDelay: SNAPSHOT_DELAY,
    ...options,
  };
  await makeDirectory(options.dir);
  const lock = await takeLock(options.dir).catch((error: unknown) => {
    throw unusable(options.dir, error);
  });
  try {
    return await openLocked(settled, lock);
  } catch (error) {
    await lock.release();
    throw unusable(options.dir, error);
  }
}

/** What the disk refuses, in words; everything else as it is. */
function unusable(dir: string, error: unknown): unknown {
  if (error instanceof StartupError || !(error instanceof Error) || !('syscall' in error)) return error;
  const path = 'path' in error ? String(error.path) : dir;
  return new StartupError(
    `The data directory ${dir} cannot be used: ${path} (${wordsOf(error)}). ` +
      'Give the user that runs Tierwatch access to all of it, or name another directory.',
  );
}

async function openLocked(options: Settled, lock: Lock): Promise<Store> {
  const { dir, report } = options;
  const { journal, commits, snapshots } = await openFacts(options);
  const recording = await openRecording({ ...options, state: () => commits.standing().state });
  const runs = await openRuns(join(dir, 'runs.json'), report);
  let closing: Promise<void> | null = null;

  async function shut(): Promise<void> {
    try {
      await commits.idle();
      await recording.close();
      await snapshots.finish();
      await runs.flush();
      await journal.close();
    } finally {
      await lock.release();
    }
  }

  function open<T>(act: () => Promise<T>): Promise<T> {
    return closing === null ? act() : Promise.reject(new Error(`the store in ${dir} is closed`));
  }

  function close(): Promise<void> {
    closing ??= shut();
    return closing;
  }

  return {
    state: () => commits.standing().state,
    commit: (events) => open(() => commits.commit(events)),
    observe: (samples, articles) => open(() => recording.observe(samples, articles)),
    evidence: () => recording.evidence,
    archive: () => recording.archive,
    lastRun: runs.lastRun,
    ran: runs.ran,
    expire: (now) => open(() => recording.expire(now)),
    close,
  };
}

type Facts = { readonly journal: Journal; readonly commits: Commits; readonly snapshots: Snapshots };

async function openFacts(options: Settled): Promise<Facts> {
  const { dir, files, migrations, report } = options;
  const schema = schemaOf(migrations);
  const folder = join(dir, 'journal');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await files.syncDirectory(dir);
  const snapshot = await readSnapshot(dir, schema, report);
  let state = snapshot.state ?? emptyState();
  const after = snapshot.state === null ? 0 : snapshot.seq;
  const end = await replay({
    dir: folder,
    after,
    migrations,
    report,
    each(events) {
      state = events.reduce(apply, state);
    },
  });
  if (end.seq < snapshot.seq) throw aheadOfJournal(dir, snapshot.seq, end.seq);
  const journal = await openJournal({ dir: folder, files, segmentBytes: options.segmentBytes, report }, end);
  const commits = commitQueue(journal, { seq: end.seq, state }, schema, () => snapshots.committed());
  const snapshots = snapshotsOf(options, commits, after);
  return { journal, commits, snapshots };
}

/** The snapshot is written after the journal, so commits are missing from it: starting would lose them unseen. */
function aheadOfJournal(dir: string, snapshot: number, journal: number): StartupError {
  return new StartupError(
    `${join(dir, 'snapshot.json')} stands at commit ${snapshot}, but the journal ends at commit ${journal}: journal ` +
      'files are missing or cut short. Nothing was changed. Put them back from a backup; or, to go on with what the ' +
      'journal holds and lose the rest, remove snapshot.json.',
  );
}

type Snapshots = { committed(): void; finish(): Promise<void> };

/** When to write a snapshot: a while after enough commits, and at the end if any commit is not in one. */
function snapshotsOf(options: Settled, commits: Commits, newest: number): Snapshots {
  const { dir, report } = options;
  let written = newest;
  const writing = lazily(options.snapshotDelay, write, (error) =>
    report(`the snapshot in ${dir} could not be written (${wordsOf(error)}); the journal holds everything`),
  );

  async function write(): Promise<void> {
    const { seq, state } = commits.standing();
    if (seq === written) return;
    await writeSnapshot(dir, schemaOf(options.migrations), seq, state);
    written = seq;
  }

  function committed(): void {
    if (commits.standing().seq - written >= options.snapshotEvery) writing.soon();
  }

  function finish(): Promise<void> {
    if (commits.standing().seq > written) writing.soon();
    return writing.flush();
  }

  return { committed, finish };
}

/** Level by level: on some file systems (/proc) Node's own recursion never comes to an end. */
async function makeLevels(dir: string): Promise<void> {
  const found = await stat(dir).catch(() => null);
  if (found?.isDirectory()) return;
  if (dirname(dir) !== dir) await makeLevels(dirname(dir));
  await mkdir(dir, { mode: 0o700 });
}

async function makeDirectory(dir: string): Promise<void> {
  try {
    await makeLevels(resolve(dir));
  } catch (error) {
    throw new StartupError(
      `The data directory ${dir} cannot be made (${wordsOf(error)}). ` +
        'Make it yourself and give it to the user that runs Tierwatch, or name another directory.',
    );
  }
}
