/** Keeps how each source is, and tells admins once: of one gone dark, of one that is back, of most failing together. */
import type { Destination } from '../core/destination.ts';
import type { DisputeTurn, Event } from '../core/events.ts';
import type { Notice } from '../core/notice.ts';
import type { Clock, Source, Store } from '../core/ports.ts';
import { blindSince } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import { configured, type Disabled, settled } from './health-begin.ts';
import { healthAfter, type Outcome, pollOf, successOf } from './health-course.ts';
import { type Look, sightOf } from './health-sight.ts';
import { cameBack, type Moment, tellDisputes, tellHealth, wentDark } from './health-tell.ts';
import type { Log } from './log.ts';
import { oweNotice } from './notices.ts';

export interface Health {
  /** Records what the configuration says, and recalls how the last polls went. Once, before the first poll. */
  begin(): Promise<void>;
  /** Takes in a poll. True where it ended blindness, so that there is something to judge. */
  polled(source: Source, outcome: Outcome, turns: readonly DisputeTurn[]): Promise<boolean>;
}

export function createHealth(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Those that are polled. */
  readonly sources: readonly Source[];
  readonly disabled: readonly Disabled[];
  /** Who hears of notices. */
  readonly chats: readonly Destination[];
  /** When a source is asked next. */
  readonly nextTry: (source: Source) => Instant;
  /** Called after new debts are recorded. */
  readonly owed: () => void;
}): Health {
  const { store, clock, log, sources, disabled, chats } = options;
  const failures = new Map<string, number>();
  const looks = new Map<string, Look>();
  const whys = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each looks at what the one before recorded. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  }

  /** The facts, the notices of them and what is owed for these: in one commit, or none. */
  async function record(facts: readonly Event[], notices: readonly Notice[], now: Instant): Promise<void> {
    const events = [...facts, ...notices.flatMap((notice) => oweNotice(notice, chats, now))];
    if (events.length === 0) return;
    await store.commit(events);
    for (const notice of notices) report(notice, log);
    if (notices.length > 0) options.owed();
  }

  async function begin(): Promise<void> {
    const now = clock.now();
    const state = store.state();
    for (const source of sources) recall(source);
    const disputes = tellDisputes(settled(state.disputes, sources), isDisputed, now);
    // With nothing left to poll, sight would never come back.
    const unsighted: readonly Event[] =
      sources.length === 0 && blindSince(state) !== null ? [{ kind: 'blind', since: null }] : [];
    const facts = [...configured(state.sources, sources, disabled, now), ...disputes.facts, ...unsighted];
    await record(facts, disputes.notices, now);
  }

  /** How many polls failed in a row is not recorded: at least the last one did. */
  function recall(source: Source): void {
    const health = store.state().sources.get(source.id);
    const at = store.lastRun(pollOf(source));
    if (health === undefined || health.state === 'disabled') return;
    const failed = health.state !== 'ok';
    if (failed) failures.set(source.id, 1);
    if (health.why !== null) whys.set(source.id, health.why);
    if (at !== undefined) looks.set(source.id, { at, failed });
  }

  async function polled(source: Source, outcome: Outcome, turns: readonly DisputeTurn[]): Promise<boolean> {
    const now = clock.now();
    note(source, outcome, now);
    const moment = momentOf(source, outcome, now);
    const told = tellHealth(moment);
    const disputes = tellDisputes(turns, isDisputed, now);
    await record([...told.facts, ...disputes.facts], [...told.notices, ...disputes.notices], now);
    if (outcome.fresh) store.ran(successOf(source), now);
    if (wentDark(moment))
      log.warn({ source: source.id, why: moment.health.why }, 'source gone dark; what rests on it becomes unknown');
    if (cameBack(moment)) log.info({ source: source.id }, 'source is back');
    return moment.blind !== null && blindSince(store.state()) === null;
  }

  function note(source: Source, outcome: Outcome, now: Instant): void {
    looks.set(source.id, { at: now, failed: !outcome.fresh });
    failures.set(source.id, outcome.fresh ? 0 : (failures.get(source.id) ?? 0) + 1);
    if (outcome.fresh) whys.delete(source.id);
    else whys.set(source.id, outcome.why);
  }

  function momentOf(source: Source, outcome: Outcome, now: Instant): Moment {
    const state = store.state();
    const before = state.sources.get(source.id);
    const health = healthAfter(before, outcome, failures.get(source.id) ?? 0, now);
    const blind = blindSince(state);
    const others = sources.filter(({ id }) => id !== source.id && state.sources.get(id)?.state === 'dark');
    return {
      now,
      source,
      before,
      health,
      lastSuccess: store.lastRun(successOf(source)) ?? null,
      nextTry: options.nextTry(source),
      blind,
      sight: sightOf(looks.values(), blind !== null, now),
      whys,
      dark: [...others, ...(health.state === 'dark' ? [source] : [])].map(({ id }) => id),
    };
  }

  function isDisputed(series: string): boolean {
    return store.state().disputes.get(series) !== undefined;
  }

  return {
    begin: () => inTurn(begin),
    polled: (source, outcome, turns) => inTurn(() => polled(source, outcome, turns)),
  };
}

/** A source gone dark, and one that is back, have lines of their own, also while nobody is told. */
function report({ kind, title, says }: Notice, log: Log): void {
  if (kind === 'dark' || kind === 'back') return;
  log.warn({ notice: kind, says }, title);
}
