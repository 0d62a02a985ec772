/** What one poll changes, and what admins are told of it: a source by itself, or all of them at once. */
import type { DisputeTurn, Event, SourceHealth } from '../core/events.ts';
import type { Notice } from '../core/notice.ts';
import type { Source } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import type { Sight } from './health-sight.ts';
import { backNotice, blindNotice, darkNotice, disputeNotice, sightedNotice } from './notices-text.ts';

/** A source before and after a poll, and how the others are. */
export type Moment = {
  readonly now: Instant;
  readonly source: Source;
  readonly before: SourceHealth | undefined;
  readonly health: SourceHealth;
  readonly lastSuccess: Instant | null;
  readonly nextTry: Instant;
  /** Since when most fail together; null while they do not. */
  readonly blind: Instant | null;
  readonly sight: Sight;
  /** What the last polls of failing sources said, by id. */
  readonly whys: ReadonlyMap<string, string>;
  /** Ids of sources that are dark after this poll. */
  readonly dark: readonly string[];
};

export type Told = { readonly facts: readonly Event[]; readonly notices: readonly Notice[] };

/** Blindness takes the place of single notices: who hears that all are silent need not hear of each. */
export function tellHealth(moment: Moment): Told {
  const { source, before, health } = moment;
  const fact: readonly Event[] = health === before ? [] : [{ kind: 'source', source: source.id, health }];
  const together = tellSight(moment);
  if (together !== null) return { ...together, facts: [...fact, ...together.facts] };
  return { facts: fact, notices: moment.blind === null ? tellSource(moment) : [] };
}

/** Sight that is lost where a source goes dark, or comes back with any poll. */
function tellSight(moment: Moment): Told | null {
  const { blind, sight, whys, dark, now } = moment;
  if (blind === null && sight.blind && wentDark(moment))
    return { facts: [{ kind: 'blind', since: now }], notices: [blindNotice(sight, whys, now)] };
  if (blind === null || sight.blind) return null;
  return { facts: [{ kind: 'blind', since: null }], notices: [sightedNotice(now - blind, sight, dark, now)] };
}

function tellSource(moment: Moment): readonly Notice[] {
  const { source, before, health, lastSuccess, nextTry, now } = moment;
  if (wentDark(moment)) return [darkNotice(source, { why: health.why ?? '', lastSuccess, nextTry }, now)];
  if (before === undefined || !cameBack(moment)) return [];
  return [backNotice(source, now - (lastSuccess ?? before.since), now)];
}

export function wentDark({ before, health }: Pick<Moment, 'before' | 'health'>): boolean {
  return health.state === 'dark' && before?.state !== 'dark';
}

export function cameBack({ before, health }: Pick<Moment, 'before' | 'health'>): boolean {
  return health.state === 'ok' && before?.state === 'dark';
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
