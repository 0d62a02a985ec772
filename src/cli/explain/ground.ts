/** What an explanation stands on: recorded history, the data directory of a service at rest, or the demo's record. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { type Evidence, StartupError, type Store } from '../../core/ports.ts';
import type { State } from '../../core/state.ts';
import {
  DAY,
  type Duration,
  formatDuration,
  HOUR,
  type Instant,
  parseDuration,
  parseInstant,
} from '../../core/time.ts';
import { TICK } from '../../engine/judge.ts';
import { openStore } from '../../store/open.ts';
import { emptyState } from '../../store/tables.ts';
import { staleStates } from '../../triggers/judge/adopt.ts';
import { recorded } from '../../triggers/replay/recorded.ts';
import { usable } from '../backtest/usable.ts';
import { bookOf } from '../book.ts';
import { readRecord } from '../demo.ts';
import { readHistory } from '../history.ts';
import { type Io, UsageError } from '../io.ts';
import { setting } from '../secrets.ts';
import { isPolled, keysOf, sourcesOf, stepOf } from '../sources.ts';
import { judgedUpTo } from './judged.ts';

export type GroundOptions = {
  readonly history?: readonly string[];
  readonly data?: string;
  readonly at?: string;
  readonly step?: string;
};

export type Ground = {
  readonly state: State;
  readonly evidence: Evidence;
  readonly now: Instant;
  /** Where this comes from, for people. */
  readonly says: string;
  /** Call it when nothing is read any more. */
  close(): Promise<void>;
};

/** Undefined after everything unusable was printed. */
export async function groundFor(options: GroundOptions, config: Config, io: Io): Promise<Ground | undefined> {
  const at = instantOf(options.at);
  const { history, data } = options;
  if (history !== undefined && data !== undefined) throw new UsageError('--history and --data: name one of them');
  if (history !== undefined) return ofHistory(history, config, at, stepFor(options, HOUR), io);
  const dir = resolve(io.cwd, data ?? setting(io.env, 'TIERWATCH_DATA') ?? 'data');
  if (await isDirectory(dir)) return ofStore(dir, config, at, stepFor(options, HOUR), io);
  if (data !== undefined) throw new UsageError(`--data ${data}: there is no such directory`);
  return ofDemo(config, at, stepFor(options, DAY), dir);
}

async function ofHistory(
  files: readonly string[],
  config: Config,
  at: Instant | undefined,
  step: Duration,
  io: Io,
): Promise<Ground | undefined> {
  const read = await readHistory(files, io);
  if (read === undefined) return undefined;
  const samples = usable(read, config, io);
  if (samples.length === 0) throw new UsageError('the history holds no samples: nothing to judge');
  const says = `${samples.length} recorded figures, judged every ${formatDuration(step)}.`;
  const times = samples.map((sample) => sample.at);
  return {
    ...judgedUpTo(bookOf(config), recorded(samples), times, at, step, emptyState()),
    says,
    close: async () => {},
  };
}

async function ofDemo(config: Config, at: Instant | undefined, step: Duration, dir: string): Promise<Ground> {
  const { samples, news } = await readRecord();
  const times = samples.map((sample) => sample.at);
  const says = `The demo's record, judged every ${formatDuration(step)}, since there is no data directory ${dir}.`;
  const judged = judgedUpTo(bookOf(config), recorded(samples, news), times, at, step, emptyState());
  return { ...judged, says, close: async () => {} };
}

/** As the service last judged it; for another instant, what it keeps is judged anew. */
async function ofStore(dir: string, config: Config, at: Instant | undefined, step: Duration, io: Io): Promise<Ground> {
  const store = await opened(dir, config, io);
  const evidence = store.evidence();
  const close = (): Promise<void> => store.close();
  const book = bookOf(config);
  if (at === undefined) {
    const stale = new Set(staleStates(book, store.state()).map(({ rule }) => rule.rule.id)).size;
    if (stale > 0)
      io.err(`warning: ${stale} rules: new or edited since the last judgement, so the next start judges them anew\n`);
    const now = store.lastRun(TICK) ?? Date.now();
    return { state: store.state(), evidence, now, says: `${dir}, as it was last judged.`, close };
  }
  const ids = new Set(book.cells.flatMap(({ rule, network }) => rule.when.series(network)));
  const starts = [...ids].flatMap((id) => {
    const series = evidence.series(id);
    return series === undefined || series.length === 0 ? [] : [series.time(0)];
  });
  const says = `What ${dir} keeps, judged every ${formatDuration(step)}.`;
  return { ...judgedUpTo(book, evidence, starts, at, step, emptyState()), says, close };
}

/** One process a data directory: while the service runs it is asked in chat. */
async function opened(dir: string, config: Config, io: Io): Promise<Store> {
  const polled = sourcesOf(config, keysOf(io));
  try {
    return await openStore({
      dir,
      retention: config.settings.retention,
      step: stepOf(polled),
      live: isPolled(polled),
      now: Date.now(),
      report: (line) => io.err(`warning: ${line}\n`),
    });
  } catch (error) {
    if (!(error instanceof StartupError) || !error.message.includes(' is in use by ')) throw error;
    throw new StartupError(`${error.message} While it runs, ask it in chat: /tier and /why.`);
  }
}

function instantOf(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined)
    throw new UsageError(`--at ${text}: expected a date such as 2026-07-17 or 2026-07-17T20:00:00Z`);
  return instant;
}

function stepFor({ step: text }: GroundOptions, usual: Duration): Duration {
  const step = text === undefined ? usual : parseDuration(text);
  if (step === undefined || step <= 0) throw new UsageError(`--step ${text}: expected a duration such as 1h or 24h`);
  return step;
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}
