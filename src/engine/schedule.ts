/** Decides when jobs are due, from when they last ran; node-cron only beats the second. */
import { setMaxListeners } from 'node:events';
import { schedule as cron } from 'node-cron';
import type { Clock } from '../core/ports.ts';
import { type Duration, type Instant, MINUTE, SECOND } from '../core/time.ts';

export type Job = {
  readonly id: string;
  /** At least a second. */
  readonly every: Duration;
  /** Ends early when the signal aborts. May reject: it is logged, and the job runs again when next due. */
  run(signal: AbortSignal): Promise<void>;
};

/** Calls `tick` about once a second, until the function it gives is called. */
type Beat = (tick: () => void) => () => void | Promise<void>;

export type ScheduleOptions = {
  readonly clock: Clock;
  /** When a job last completed; undefined before its first run. */
  readonly lastRun: (job: string) => Instant | undefined;
  /** Called after each run that was not cut short by `stop`, failed ones included. */
  readonly ran: (job: string, at: Instant) => void;
  readonly log: { error(fields: Readonly<Record<string, unknown>>, message: string): void };
  /** Default: node-cron, in UTC. */
  readonly beat?: Beat;
};

export type Schedule = {
  /** Throws on an id given before, and on an `every` below a second. A job added after `start` is looked at with the next beat. */
  add(job: Job): void;
  start(): void;
  /** When a job starts next: now where it is due; where it runs, its next run after this one. Throws on an unknown id. */
  nextRun(id: string, now: Instant): Instant;
  /** Starts nothing more, aborts what is under way and waits for it. */
  stop(): Promise<void>;
};

/** A job with what this process knows of it. */
type Entry = { readonly job: Job; started: Instant | null; running: Promise<void> | null };

export function createSchedule(options: ScheduleOptions): Schedule {
  const { clock, log } = options;
  const entries = new Map<string, Entry>();
  const stopping = new AbortController();
  // Every request of every job listens to it.
  setMaxListeners(0, stopping.signal);
  let stopBeat: (() => void | Promise<void>) | null = null;

  function add(job: Job): void {
    if (entries.has(job.id)) throw new Error(`two jobs have the id ${job.id}`);
    if (!(job.every >= SECOND)) throw new Error(`the job ${job.id} wants to run more than once a second`);
    entries.set(job.id, { job, started: null, running: null });
  }

  function start(): void {
    if (stopBeat !== null || stopping.signal.aborted) return;
    stopBeat = (options.beat ?? everySecond)(tick);
    tick();
  }

  function nextRun(id: string, now: Instant): Instant {
    const entry = entries.get(id);
    if (entry === undefined) throw new Error(`no job has the id ${id}`);
    return nextDue(entry.job, entry.started, options.lastRun(id), now);
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await stopBeat?.();
    await Promise.all([...entries.values()].map((entry) => entry.running));
  }

  /** Never throws and never waits: work goes on beside the beat. */
  function tick(): void {
    for (const entry of entries.values()) {
      if (stopping.signal.aborted) return;
      if (entry.running !== null) continue;
      const now = clock.now();
      if (!isDue(entry.job, entry.started, options.lastRun(entry.job.id), now)) continue;
      entry.started = now;
      entry.running = run(entry.job).finally(() => {
        entry.running = null;
      });
    }
  }

  /** Never rejects. A failed run counts as one: otherwise it would be tried again every second. */
  async function run(job: Job): Promise<void> {
    try {
      await job.run(stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ job: job.id, err: error }, 'a job failed');
    }
    if (stopping.signal.aborted) return;
    try {
      options.ran(job.id, clock.now());
    } catch (error) {
      log.error({ job: job.id, err: error }, 'the run of a job could not be recorded');
    }
  }

  return { add, start, nextRun, stop };
}

/**
 * Whether a job is due. One that never ran is, at once. At the first look after a start, one is whose last run is
 * older than `every`: one catch-up, however much was missed. From then on it is due at its own slots, `every` apart;
 * a slot right after a run is left out, so that the first distance is between half and one and a half times `every`.
 *
 * @param started when this process last started it; null before
 * @param last when it last completed, by any process
 */
export function isDue(
  job: Pick<Job, 'id' | 'every'>,
  started: Instant | null,
  last: Instant | undefined,
  now: Instant,
): boolean {
  const since = started ?? last;
  // A run in the future: the clock was set back, and waiting for it to catch up could take for ever.
  if (since === undefined || since - now > MINUTE) return true;
  if (started === null && now - since >= job.every) return true;
  return latestSlot(job, now) >= since + leastDistance(job);
}

/** The first instant from now on at which `isDue` holds. */
export function nextDue(
  job: Pick<Job, 'id' | 'every'>,
  started: Instant | null,
  last: Instant | undefined,
  now: Instant,
): Instant {
  const since = started ?? last;
  if (since === undefined || isDue(job, started, last, now)) return now;
  let slot = latestSlot(job, now) + job.every;
  while (slot < since + leastDistance(job)) slot += job.every;
  return started === null ? Math.min(slot, since + job.every) : slot;
}

/** How long after a run the next slot counts. */
function leastDistance({ every }: Pick<Job, 'every'>): Duration {
  return Math.max(0, every / 2 - SECOND);
}

/**
 * The last of a job's slots up to now. The id alone says where in `every` they lie, so jobs keep their places across
 * restarts. Slots lie half a second off the beat: a beat a little early or late still falls on the right side.
 */
function latestSlot({ id, every }: Pick<Job, 'id' | 'every'>, now: Instant): Instant {
  const offset = Math.floor(fraction(id) * (every / SECOND)) * SECOND + SECOND / 2;
  return Math.floor((now - offset) / every) * every + offset;
}

/** A stable number in [0, 1) for a text: FNV-1a, 32 bit, with its high bits mixed in. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

const SILENT = { info() {}, warn() {}, error() {}, debug() {} };

/** Missed and late beats need no words: what is due is seen at the next one. */
function everySecond(tick: () => void): () => void | Promise<void> {
  const task = cron('* * * * * *', tick, {
    timezone: 'UTC',
    noOverlap: true,
    suppressMissedWarning: true,
    logger: SILENT,
  });
  return () => task.destroy();
}
