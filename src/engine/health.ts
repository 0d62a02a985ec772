/** Keeps how each source is, and tells admins once: of one gone dark, of one that is back, of most failing together. */
import type { Destination } from '../core/destination.ts';
import type { DisputeTurn, Event } from '../core/events.ts';
import type { Notice } from '../core/notice.ts';
import type { Clock, Source, Store } from '../core/ports.ts';
import { blindSince } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import { configured, type Disabled, settled } from './health/begin.ts';
import { healthAfter, type Outcome, pollOf, type Streak, streakAfter, successOf } from './health/course.ts';
import { tellSeries } from './health/series.ts';
import { type Look, sightOf } from './health/sight.ts';
import { cameBack, type Moment, tellDisputes, tellHealth, wentDark } from './health/tell.ts';
import { lastToldDark, lastToldSighted } from './health/words.ts';
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
  const streaks = new Map<string, Streak>();
  /** Of sources that give series. */
  const looks = new Map<string, Look>();
  /** Of sources whose last poll gave nothing. */
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
    // With nothing left that gives figures, sight would never come back.
    const unsighted: readonly Event[] =
      sources.some(givesSeries) || blindSince(state) === null ? [] : [{ kind: 'blind', since: null }];
    const facts = [...configured(state.sources, sources, disabled, now), ...disputes.facts, ...unsighted];
    await record(facts, disputes.notices, now);
  }

  /** How many polls in a row went one way is not recorded: at least the last one did. */
  function recall(source: Source): void {
    const health = store.state().sources.get(source.id);
    const at = store.lastRun(pollOf(source));
    if (health === undefined || health.state === 'disabled') return;
    const failed = health.state !== 'ok' && !succeededLast(source, at);
    if (failed) whys.set(source.id, health.why ?? '');
    if (failed) streaks.set(source.id, { fresh: false, polls: 1, since: health.since, after: null });
    else if (at !== undefined) streaks.set(source.id, { fresh: true, polls: 1, since: at, after: null });
    if (at !== undefined) look(source, failed, at);
  }

  /** Two polls lie about half its pace apart at least, a success and the end of its poll moments. */
  function succeededLast(source: Source, polledAt: Instant | undefined): boolean {
    const success = successAt(source);
    return success !== null && polledAt !== undefined && polledAt - success < source.every / 4;
  }

  function successAt(source: Source): Instant | null {
    return store.lastRun(successOf(source)) ?? null;
  }

  function look(source: Source, failed: boolean, at: Instant): void {
    if (givesSeries(source)) looks.set(source.id, { at, failed, every: source.every });
  }

  async function polled(source: Source, outcome: Outcome, turns: readonly DisputeTurn[]): Promise<boolean> {
    const now = clock.now();
    const streak = note(source, outcome, now);
    const moment = momentOf(source, outcome, streak, now);
    const told = tellHealth(moment);
    const disputes = tellDisputes(turns, isDisputed, now);
    const series = outcome.fresh
      ? tellSeries(source, outcome.missing ?? [], moment.lastSuccess, store.lastRun, now)
      : { notices: [], jobs: [] };
    const notices = [...told.notices, ...disputes.notices, ...series.notices];
    await record([...told.facts, ...disputes.facts], notices, now);
    for (const job of series.jobs) store.ran(job, now);
    for (const { title, says } of series.notices) log.warn({ source: source.id, says }, title);
    if (outcome.fresh) store.ran(successOf(source), now);
    if (wentDark(moment))
      log.warn({ source: source.id, why: moment.health.why }, 'source gone dark; what rests on it becomes unknown');
    if (cameBack(moment)) log.info({ source: source.id }, 'source is back');
    return moment.blind !== null && blindSince(store.state()) === null;
  }

  function note(source: Source, outcome: Outcome, now: Instant): Streak {
    const streak = streakAfter(streaks.get(source.id), outcome.fresh, successAt(source), now);
    streaks.set(source.id, streak);
    look(source, !outcome.fresh, now);
    if (outcome.fresh) whys.delete(source.id);
    else whys.set(source.id, outcome.why);
    return streak;
  }

  function momentOf(source: Source, outcome: Outcome, streak: Streak, now: Instant): Moment {
    const state = store.state();
    const before = state.sources.get(source.id);
    const lastSuccess = successAt(source);
    const health = healthAfter(source, before, outcome, streak, lastSuccess, now);
    const blind = blindSince(state);
    const others = sources.filter(({ id }) => id !== source.id && state.sources.get(id)?.state === 'dark');
    return {
      now,
      source,
      before,
      health,
      streak,
      lastSuccess,
      nextTry: options.nextTry(source),
      toldDark: lastToldDark(source, state.notices.values()),
      toldSighted: lastToldSighted(state.notices.values()),
      blind,
      sight: sightOf(looks.values(), blind, streak.since, now),
      whys: new Map([...whys].filter(([id]) => looks.has(id))),
      dark: [...others, ...(health.state === 'dark' ? [source] : [])].map(({ id }) => id).filter((id) => whys.has(id)),
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

/** A feed gives articles only. */
function givesSeries({ series }: Source): boolean {
  return series.length > 0;
}

/** What is dark, and what is back, has lines of their own, also while nobody is told. */
function report({ kind, title, says }: Notice, log: Log): void {
  if (kind === 'dark' || kind === 'back') return;
  log.warn({ notice: kind, says }, title);
}
