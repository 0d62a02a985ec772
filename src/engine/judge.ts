/** Keeps the judgement current: on every new sample, on the regular tick, after downtime or blindness, after an edit of the rules. */
import type { Change } from '../core/change.ts';
import type { Platform } from '../core/destination.ts';
import type { Event } from '../core/events.ts';
import type { Clock, Store } from '../core/ports.ts';
import { apply, blindSince, type State } from '../core/state.ts';
import type { Duration, Instant } from '../core/time.ts';
import { adopt, type Rehearsed, staleStates } from '../triggers/judge/adopt.ts';
import { tick } from '../triggers/judge/tick.ts';
import { inPart } from '../triggers/language/ration.ts';
import type { Book, Cell } from '../triggers/rule/book.ts';
import { evaluate, whenOf } from '../triggers/rule/evaluate.ts';
import { atRest } from '../triggers/rule/lifecycle.ts';
import type { Log } from './log.ts';
import { owe } from './outbox.ts';

export interface Judge {
  /** Takes over an edited configuration, then makes up for the ticks missed during downtime. Once, before the rest. */
  start(): Promise<void>;
  /**
   * Judges as soon as the running judgement, if any, is done. Resolves when that is recorded. While most sources fail
   * together nothing is judged; once they are back, what was missed is made up for as after downtime.
   */
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
  let missed = false;

  async function judge(): Promise<void> {
    missed ||= isBlind();
    if (isBlind()) return;
    if (missed) return makeUp();
    const evidence = store.evidence();
    const judged = await inPieces(() => {
      // Where it takes long, what counts is how things are at its end.
      if (isBlind()) return undefined;
      const now = clock.now();
      return { now, events: tick(book, store.state(), evidence, now).events };
    });
    missed = judged === undefined;
    if (judged === undefined) return;
    await record(judged.events, judged.now, false);
    store.ran(TICK, judged.now);
  }

  function isBlind(): boolean {
    return blindSince(store.state()) !== null;
  }

  /** Judges what nobody judged since the last time; nothing more where that is a moment ago. */
  async function makeUp(): Promise<void> {
    const [last, now] = [lastJudged(), clock.now()];
    await catchUp(last ?? now, now);
    missed = false;
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
    const breathe = breather();
    let state: State = store.state();
    for (const now of instants(from, to, every)) {
      const judged = await inPieces(() => tick(book, state, store.evidence(), now), breathe);
      state = judged.events.reduce(apply, state);
      events.push(...judged.events);
      await breathe();
    }
    await record(events, to, true);
    store.ran(TICK, to);
    log.info(
      { from, to, changes: events.filter((event) => event.kind === 'change').length },
      'made up for what was missed',
    );
  }

  /** Works out what rules keep of the past (derived series, windows) with pauses, so that the first judgement is like any other. */
  async function warmUp(now: Instant): Promise<void> {
    const breathe = breather();
    for (const cell of book.cells) {
      await inPieces(() => whenOf(cell, store.evidence(), now), breathe);
      await breathe();
    }
  }

  /** An edit counts from the last judgement on: what came after it is judged by the edited rules. */
  async function takeOver(now: Instant): Promise<void> {
    const breathe = breather();
    const rehearsed: Rehearsed[] = [];
    for (const cell of staleStates(book, store.state())) {
      let state = atRest(cell.rule.version, now);
      for (const instant of pastOf(cell, now)) {
        const before = state;
        state = await inPieces(() => evaluate(cell, store.evidence(), instant, before), breathe);
        await breathe();
      }
      rehearsed.push({ cell, state });
    }
    // Only now, since rehearsing leads far back.
    await warmUp(now);
    const adopted = await inPieces(() => adopt(book, store.state(), rehearsed, store.evidence(), now), breathe);
    await record(adopted, now, false);
  }

  /** The instants at which a rule is rehearsed: as dense as the tick where its clocks run, wider before that. */
  function pastOf({ rule, network }: Cell, now: Instant): readonly Instant[] {
    const first = Math.max(firstSample(rule, network), now - options.lookback);
    const clocks = Math.max(rule.rule.for, rule.rule.keepFiringFor) + 2 * every;
    const near = Math.max(first, now - clocks);
    if (first > now) return [now];
    return [...(first < near ? [first, ...instants(first, near, every)] : [near]), ...instants(near, now, every)];
  }

  /** Before the first sample of what a rule reads there is nothing to rehearse, unless it asks for news or the date. */
  function firstSample({ when }: Cell['rule'], network: string): Instant {
    if (when.anytime) return Number.NEGATIVE_INFINITY;
    const starts = when.series(network).flatMap((id) => {
      const series = store.evidence().series(id);
      return series === undefined || series.length === 0 ? [] : [series.time(0)];
    });
    return Math.min(...starts);
  }

  /** When the last judgement was; where that note was lost, the newest instant that some rule's state records. */
  function lastJudged(): Instant | undefined {
    const noted = store.lastRun(TICK);
    if (noted !== undefined) return noted;
    let newest = Number.NEGATIVE_INFINITY;
    for (const { since, held, frozen } of store.state().rules.values())
      newest = Math.max(newest, since, held ?? since, frozen ?? since);
    return Number.isFinite(newest) ? newest : undefined;
  }

  return {
    start: async () => {
      const [last, now] = [lastJudged(), clock.now()];
      missed = last !== undefined && now - last > 2 * every;
      const from = missed && last !== undefined ? last : now;
      await takeOver(from);
      if (isBlind()) missed = true;
      else if (missed) await makeUp();
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

/** Milliseconds of work after which timers and sockets get their turn. */
const BREATH = 8;

/** Call it between pieces of long work: no synchronous stretch comes near 50 ms. */
function breather(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < BREATH) return;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  };
}

/** Figures of derived series worked out between two looks at the time, at first: a few milliseconds of work. */
const PIECE = 100;
/** By how much a piece is larger than the one before: also what leads back and forth gets done in the end. */
const GROWTH = 1.005;

/**
 * What a judgement comes to, worked out with pauses where derived series have much to catch up on, as after the
 * correction of an old figure. It is begun again after each pause, over what was recorded and observed by then; the last
 * attempt runs through without one.
 */
async function inPieces<T>(judge: () => T, breathe: () => Promise<void> = breather()): Promise<T> {
  for (let piece = PIECE; ; piece *= GROWTH) {
    const whole = inPart(piece, judge);
    if (whole !== undefined) return whole.result;
    await breathe();
  }
}

function report(change: Change, log: Log): void {
  const fields = { change: change.id, cause: change.cause, networks: change.networks };
  if (change.kind === 'tier') log.info({ ...fields, from: change.from, to: change.to, why: change.says }, 'tier');
  else log.info({ ...fields, why: change.says }, change.kind);
}
