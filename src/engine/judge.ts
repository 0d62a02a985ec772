/** Keeps the judgement current: on every new sample, on the regular tick, after downtime or blindness, after edits and corrections. */
import type { Cause, Change } from '../core/change.ts';
import type { Platform } from '../core/destination.ts';
import type { Event, RuleState } from '../core/events.ts';
import type { Clock, Evidence, Store } from '../core/ports.ts';
import { apply, blindSince, ruleKey, type State } from '../core/state.ts';
import type { Duration, Instant } from '../core/time.ts';
import { adopt, type Rehearsed, staleStates } from '../triggers/judge/adopt.ts';
import { tick } from '../triggers/judge/tick.ts';
import type { Book, Cell } from '../triggers/rule/book.ts';
import { whenOf } from '../triggers/rule/evaluate.ts';
import {
  backdated,
  type Corrected,
  correctedBy,
  correctedSince,
  countedBy,
  isTimed,
  reportsOf,
  withClocks,
} from './correction.ts';
import type { Log } from './log.ts';
import { owe } from './outbox.ts';
import { breather, inPieces } from './pieces.ts';
import { instants, rehearsal } from './rehearsal.ts';

export interface Judge {
  /** Takes over an edited configuration, then makes up for the ticks missed during downtime. Once, before the rest. */
  start(): Promise<void>;
  /**
   * Judges as soon as the running judgement, if any, is done. Resolves when that is recorded. While most sources fail
   * together nothing is judged; once they are back, what was missed is made up for as after downtime.
   */
  now(): Promise<void>;
  /**
   * Commits what an admin says of the reports and judges at once what rests on them: what that changes is told as
   * `cause: correction`. Resolves when both are recorded; rejects where the events are not. Before the start is done,
   * or while most sources fail together, the next judgement tells it.
   */
  correct(events: readonly Event[]): Promise<void>;
  /** Waits for what is running. */
  stop(): Promise<void>;
}

/** The job under which the last judgement's instant is kept. */
export const TICK = 'tick';

/** A rule judged over the corrected past, and the state that its next judgement starts from. */
type Rewound = { readonly cell: Cell; readonly rehearsed: RuleState; readonly state: RuleState };
/** By the key of a rule and network. */
type Clocks = ReadonlyMap<string, Rewound>;

const NO_CLOCKS: Clocks = new Map();

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
  const rehearse = rehearsal(store, every, options.lookback);
  let last: Promise<unknown> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let begun = false;
  let missed = false;
  /** Whether what the next judgement finds changed is put down to a correction. */
  let correcting = false;
  /** The reports whose correction no judgement has looked at yet. */
  let reports: readonly Corrected[] = [];
  /** The instants of the latest judgement here, and of the latest that followed a correction. */
  let latest = Number.NEGATIVE_INFINITY;
  let corrected = Number.NEGATIVE_INFINITY;

  /** One after the other: each looks at what the one before recorded. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = Promise.allSettled([last]).then(work);
    last = turn;
    return turn;
  }

  async function judge(): Promise<void> {
    missed ||= isBlind();
    if (isBlind()) return;
    if (missed) return makeUp();
    const evidence = store.evidence();
    const clocks = reports.length === 0 ? NO_CLOCKS : await clocksFor(clock.now());
    const judged = await inPieces(() => {
      // Where it takes long, what counts is how things are at its end.
      if (isBlind()) return undefined;
      const now = nextInstant();
      const state = store.state();
      return { now, events: judgedFrom(state, clocks, evidence, now, correcting ? 'correction' : 'rule') };
    });
    missed = judged === undefined;
    if (judged === undefined) return;
    await record(judged.events, judged.now, false);
    store.ran(TICK, judged.now);
    settled();
  }

  /** What was corrected has been judged. */
  function settled(): void {
    correcting = false;
    reports = [];
  }

  /** The events of one judgement, in which the clocks of some rules stand in for the recorded ones. */
  function judgedFrom(state: State, clocks: Clocks, evidence: Evidence, now: Instant, usual: Cause): readonly Event[] {
    if (clocks.size === 0) return tick(book, state, evidence, now, { usual }).events;
    const rules = { get: (key: string) => clocks.get(key)?.state ?? state.rules.get(key) };
    const { events } = tick(book, { ...state, rules }, evidence, now, { usual });
    return [...unmoved(clocks, events, state, now), ...events.map((event) => since(clocks, event, now))];
  }

  /** A rule's new state, with its watch standing since it would have been set. */
  function since(clocks: Clocks, event: Event, now: Instant): Event {
    if (event.kind !== 'rule' || event.state === null) return event;
    const one = clocks.get(ruleKey(event.rule, event.network));
    return one === undefined ? event : { ...event, state: backdated(event.state, one.rehearsed, one.cell, now) };
  }

  /** Changes are named by their instant: a correction, and what comes before and after it, must not bear one name. */
  function nextInstant(): Instant {
    latest = Math.max(clock.now(), (correcting ? latest : corrected) + 1);
    if (correcting) corrected = latest;
    return latest;
  }

  /** Clocks that differ from the recorded ones, and that the judgement left as they are. */
  function unmoved(clocks: Clocks, events: readonly Event[], { rules }: State, at: Instant): readonly Event[] {
    const moved = new Set(events.map((event) => (event.kind === 'rule' ? ruleKey(event.rule, event.network) : '')));
    return [...clocks].flatMap(([key, { cell, state }]): readonly Event[] => {
      if (moved.has(key) || state === (rules.get(key) ?? cell.rest)) return [];
      return [{ kind: 'rule', at, rule: cell.rule.rule.id, network: cell.network, state }];
    });
  }

  async function correct(events: readonly Event[]): Promise<void> {
    // What the world did until now is not put down to the correction.
    if (begun) await judge();
    const corrects = correctedBy(events, store.state());
    await store.commit(events);
    correcting = true;
    reports = [...reports, ...corrects];
    if (!begun || missed) return;
    try {
      await judge();
    } catch (error) {
      // What was said is on record: the next judgement follows from it.
      log.error({ err: error }, 'what a correction changes could not be recorded yet');
    }
  }

  /** Of the rules that count corrected reports, the clocks as they would stand if the reports had always been as they are now. */
  async function clocksFor(now: Instant): Promise<Clocks> {
    const clocks = new Map<string, Rewound>();
    if (reports.length === 0) return clocks;
    for (const cell of book.cells) {
      const recorded = store.state().rules.get(cell.key) ?? cell.rest;
      const counted = countedBy(cell, reports);
      if (counted.length === 0 || !isTimed(cell, recorded)) continue;
      // Before the first of them nothing is otherwise.
      const rehearsed = await rehearse(cell, now, Math.min(...counted.map(({ at }) => at)));
      clocks.set(cell.key, { cell, rehearsed, state: withClocks(recorded, rehearsed, cell, now) });
    }
    return clocks;
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
    for (const [at, now] of instants(from, to, every).entries()) {
      // What was corrected meanwhile shows in the first judgement; what comes after is the world's doing.
      const usual = correcting && at === 0 ? 'correction' : 'rule';
      const clocks = at === 0 ? await clocksFor(now) : NO_CLOCKS;
      const judged = await inPieces(() => judgedFrom(state, clocks, store.evidence(), now, usual), breathe);
      state = judged.reduce(apply, state);
      events.push(...judged);
      await breathe();
    }
    await record(events, to, true);
    store.ran(TICK, to);
    settled();
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
    for (const cell of staleStates(book, store.state())) rehearsed.push({ cell, state: await rehearse(cell, now) });
    // Only now, since rehearsing leads far back.
    await warmUp(now);
    const adopted = await inPieces(() => adopt(book, store.state(), rehearsed, store.evidence(), now), breathe);
    await record(adopted, now, false);
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

  async function begin(): Promise<void> {
    const [judged, now] = [lastJudged(), clock.now()];
    const unjudged = judged === undefined ? [] : correctedSince(judged, store.state());
    correcting ||= unjudged.length > 0;
    reports = [...reports, ...unjudged.flatMap(reportsOf)];
    missed = judged !== undefined && now - judged > 2 * every;
    const from = missed && judged !== undefined ? judged : now;
    await takeOver(from);
    if (isBlind()) missed = true;
    else if (missed) await makeUp();
    begun = true;
  }

  return {
    start: () => inTurn(begin),
    now: () => {
      waiting ??= inTurn(() => {
        waiting = undefined;
        return judge();
      });
      return waiting;
    },
    correct: (events) => inTurn(() => correct(events)),
    stop: async () => {
      await Promise.allSettled([last]);
    },
  };
}

function report(change: Change, log: Log): void {
  const fields = { change: change.id, cause: change.cause, networks: change.networks };
  if (change.kind === 'tier') log.info({ ...fields, from: change.from, to: change.to, why: change.says }, 'tier');
  else log.info({ ...fields, why: change.says }, change.kind);
}
