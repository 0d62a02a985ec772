/** Keeps the judgement current: on every new sample, on the regular tick, after downtime and after an edit of the rules. */
import type { Change } from '../core/change.ts';
import type { Platform } from '../core/destination.ts';
import type { Event } from '../core/events.ts';
import type { Clock, Store } from '../core/ports.ts';
import { apply, type State } from '../core/state.ts';
import type { Duration, Instant } from '../core/time.ts';
import { adopt, type Stale, staleStates } from '../triggers/adopt.ts';
import { atRest } from '../triggers/lifecycle.ts';
import { rehearse } from '../triggers/rehearse.ts';
import { type Book, tick } from '../triggers/tick.ts';
import type { Log } from './log.ts';
import { owe } from './outbox.ts';

export interface Judge {
  /** Takes over an edited configuration, then makes up for the ticks missed during downtime. Once, before the rest. */
  start(): Promise<void>;
  /** Judges as soon as the running judgement, if any, is done. Resolves when that is recorded. */
  now(): Promise<void>;
  /** Waits for what is running. */
  stop(): Promise<void>;
}

/** The job under which the last judgement's instant is kept. */
export const TICK = 'tick';
/** Evaluations made up for after downtime, and while rehearsing a rule: more would not say more. */
const MOST_INSTANTS = 2000;

export function createJudge(options: {
  readonly book: Book;
  readonly store: Store;
  readonly clock: Clock;
  readonly every: Duration;
  /** How far back a new rule is rehearsed. */
  readonly lookback: Duration;
  readonly running: ReadonlySet<Platform>;
  readonly log: Log;
  /** Called after new debts are recorded. */
  readonly owed: () => void;
}): Judge {
  const { book, store, clock, every, log } = options;
  let current: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  async function judge(): Promise<void> {
    const now = clock.now();
    const { events } = tick(book, store.state(), store.evidence(), now);
    await record(events, now, false);
    store.ran(TICK, now);
  }

  async function record(events: readonly Event[], now: Instant, together: boolean): Promise<void> {
    if (events.length === 0) return;
    const changes = events.flatMap((event) => (event.kind === 'change' ? [event.change] : []));
    const debts = owe(changes, store.state().subscriptions.values(), options.running, now, together);
    await store.commit([...events, ...debts]);
    for (const change of changes) report(change, log);
    if (debts.length > 0) options.owed();
  }

  /** What a process that never stopped would have recorded, as far as the stored samples tell. */
  async function catchUp(from: Instant, to: Instant): Promise<void> {
    const events: Event[] = [];
    let state: State = store.state();
    for (const [index, now] of instants(from, to, every).entries()) {
      const judged = tick(book, state, store.evidence(), now);
      state = judged.events.reduce(apply, state);
      events.push(...judged.events);
      if (index % 20 === 19) await breathe();
    }
    await record(events, to, true);
    store.ran(TICK, to);
    log.info({ from, to, changes: events.filter((event) => event.kind === 'change').length }, 'made up for downtime');
  }

  /** An edit counts from the last judgement on: what came after it is judged by the edited rules. */
  async function takeOver(now: Instant): Promise<void> {
    const stale = staleStates(book, store.state());
    const rehearsed: (Stale & { state: ReturnType<typeof rehearse> })[] = [];
    const past = instants(now - options.lookback, now, every);
    for (const { rule, network } of stale) {
      const known = past.filter((instant) => instant >= firstSample(rule.when.reads, network));
      let state = atRest(rule.version, known[0] ?? now);
      for (let i = 0; i < known.length; i += 200) {
        state = rehearse(rule, network, store.evidence(), known.slice(i, i + 200), state);
        await breathe();
      }
      rehearsed.push({ rule, network, state });
    }
    await record(adopt(book, store.state(), rehearsed, store.evidence(), now), now, false);
  }

  /** Before the first sample of what a rule reads there is nothing to rehearse. */
  function firstSample(reads: Stale['rule']['when']['reads'], network: string): Instant {
    const starts = reads.flatMap(({ subject, metric }) => {
      const series = store.evidence().series(`${subject ?? network}.${metric}`);
      return series === undefined || series.length === 0 ? [] : [series.time(0)];
    });
    return reads.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...starts);
  }

  return {
    start: async () => {
      const [last, now] = [store.lastRun(TICK), clock.now()];
      const missed = last !== undefined && now - last > 2 * every;
      await takeOver(missed ? last : now);
      if (missed) await catchUp(last, now);
    },
    now: () => {
      waiting ??= Promise.allSettled([current]).then(() => {
        waiting = undefined;
        current = judge();
        return current;
      });
      return waiting;
    },
    stop: async () => {
      await Promise.allSettled([current, waiting]);
    },
  };
}

/** `from + step` … `to`, at most MOST_INSTANTS of them and no closer than `every`; the last is `to`. */
function instants(from: Instant, to: Instant, every: Duration): readonly Instant[] {
  const step = Math.max(every, Math.ceil((to - from) / MOST_INSTANTS));
  const result: Instant[] = [];
  for (let at = from + step; at < to; at += step) result.push(at);
  return [...result, to];
}

/** Lets timers and sockets have their turn: no synchronous stretch over 50 ms. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function report(change: Change, log: Log): void {
  const fields = { change: change.id, cause: change.cause, networks: change.networks };
  if (change.kind === 'tier') log.info({ ...fields, from: change.from, to: change.to, why: change.says }, 'tier');
  else log.info({ ...fields, why: change.says }, change.kind);
}
