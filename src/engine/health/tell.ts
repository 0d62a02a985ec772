/** What one poll changes, and what admins are told of it: a source by itself, or all of them at once. */
import type { DisputeTurn, Event, SourceHealth } from '../../core/events.ts';
import type { Notice } from '../../core/notice.ts';
import type { Source } from '../../core/ports.ts';
import { DAY, type Instant } from '../../core/time.ts';
import type { Streak } from './course.ts';
import type { Sight } from './sight.ts';
import { backNotice, blindNotice, darkNotice, disputeNotice, sightedNotice } from './words.ts';

/** A source before and after a poll, and how the others are. */
export type Moment = {
  readonly now: Instant;
  readonly source: Source;
  readonly before: SourceHealth | undefined;
  readonly health: SourceHealth;
  /** Polls of the source that went like this one. */
  readonly streak: Streak;
  readonly lastSuccess: Instant | null;
  readonly nextTry: Instant;
  /** When admins were last told of this source alone that it is dark, as far as notices are kept. */
  readonly toldDark: Instant | null;
  /** When admins were last told that we see again, and which sources are still dark. */
  readonly toldSighted: Instant | null;
  /** Since when most fail together; null while they do not. */
  readonly blind: Instant | null;
  readonly sight: Sight;
  /** What the last polls of failing sources said, by id. */
  readonly whys: ReadonlyMap<string, string>;
  /** Ids of sources that are dark after this poll, and whose last poll gave nothing. */
  readonly dark: readonly string[];
};

export type Told = { readonly facts: readonly Event[]; readonly notices: readonly Notice[] };

/**
 * Blindness takes the place of single notices: who hears that all are silent need not hear of each. A source that was
 * told dark by itself is told back by itself, whatever happens to the others.
 */
export function tellHealth(moment: Moment): Told {
  const { source, before, health } = moment;
  const fact: readonly Event[] = health === before ? [] : [{ kind: 'source', source: source.id, health }];
  const together = tellSight(moment);
  const isAlone = moment.blind === null && together === null;
  return {
    facts: [...fact, ...(together?.facts ?? [])],
    notices: [...(together?.notices ?? []), ...(isAlone ? tellDark(moment) : []), ...tellBack(moment)],
  };
}

/** Sight that is lost where a source goes dark, or comes back with any poll. */
function tellSight(moment: Moment): Told | null {
  const { blind, sight, whys, dark, now } = moment;
  if (blind === null && sight.blind && wentDark(moment))
    return { facts: [{ kind: 'blind', since: now }], notices: [blindNotice(sight, whys, now)] };
  if (blind === null || sight.blind) return null;
  return { facts: [{ kind: 'blind', since: null }], notices: [sightedNotice(now - blind, sight, dark, now)] };
}

function tellDark(moment: Moment): readonly Notice[] {
  const { source, health, streak, lastSuccess, nextTry, now } = moment;
  if (!owesDark(moment)) return [];
  return [darkNotice(source, { why: health.why ?? '', polls: streak.polls, lastSuccess, nextTry }, now)];
}

/**
 * A source is told once a day at most. A darkness that was not told for that reason, and lasts, is told a day after the
 * one before; one that a notice of sight named is not told again.
 */
function owesDark({ before, health, streak, toldDark, toldSighted, now }: Moment): boolean {
  const isRested = toldDark === null || now - toldDark >= DAY;
  if (wentDark({ before, health })) return isRested;
  if (health.state !== 'dark' || streak.fresh || toldDark === null) return false;
  return isRested && Math.max(toldDark, toldSighted ?? toldDark) < health.since;
}

function tellBack(moment: Moment): readonly Notice[] {
  const { source, before, streak, toldDark, now } = moment;
  if (before === undefined || !cameBack(moment) || toldDark === null || toldDark < before.since) return [];
  return [backNotice(source, streak.since - (streak.after ?? before.since), now)];
}

export function wentDark({ before, health }: Pick<Moment, 'before' | 'health'>): boolean {
  return health.state === 'dark' && before?.state !== 'dark';
}

export function cameBack({ before, health }: Pick<Moment, 'before' | 'health'>): boolean {
  return health.state !== 'dark' && before?.state === 'dark';
}

/** @param isDisputed what is recorded: two polls at once may find the same, which is told once */
export function tellDisputes(
  turns: readonly DisputeTurn[],
  isDisputed: (series: string) => boolean,
  now: Instant,
): Told {
  const real = turns.filter(({ series, dispute }) => isDisputed(series) === (dispute === null));
  return {
    facts: real.map(({ series, dispute }) => ({ kind: 'disputed', series, dispute })),
    notices: real.map((turn) => disputeNotice(turn, now)),
  };
}
