/** The earliest that rules can fire or end, over all that may come, and the path that leads there. */
import type { Evidence } from '../../core/ports.ts';
import type { Series } from '../../core/series.ts';
import { HOUR, type Instant, MINUTE } from '../../core/time.ts';
import type { Cell } from '../rule/book.ts';
import { metricOf } from '../rule/reads.ts';
import { type Directions, directionsOf } from './direction.ts';
import { horizonOf } from './horizon.ts';
import { type Hypothesis, hypothetical, rhythmOf } from './hypothesis.ts';
import { type Aim, reached, type Start } from './reach.ts';
import { suppositions } from './suppositions.ts';
import { hasHoles, turnsOf } from './turns.ts';

export type Prospect = {
  /** Null where no path that was tried leads there before `until`. */
  readonly at: Instant | null;
  /** Whether nothing that may come brings it about earlier, or, where there is no instant, before `until`. */
  readonly sure: boolean;
  /** What each series would have to stay at from now on. */
  readonly path: readonly { readonly series: string; readonly level: number }[];
  /** Independent reports that would have to come at once. */
  readonly reports: number;
  readonly until: Instant;
  /** Series without a sample, or whose usual step is not known: nothing can be supposed of them. */
  readonly blind: readonly string[];
  /** No path was found, and it cannot be judged now either: its figures come too seldom for that. */
  readonly unknown: boolean;
};

/** Judged at least so often in the time looked at. */
const STEPS = 500;

/** Tries what may be supposed and takes the earliest. Series are supposed to be sampled at their usual step. */
export function prospect(aim: Aim, start: Start, evidence: Evidence): Prospect {
  const { cells, now } = start;
  const rules = cells.map(({ rule }) => rule);
  const ways = directionsOf(rules, cells[0]?.network ?? '', aim);
  const until = now + horizonOf(start, ways.reach, evidence);
  const ids = [...ways.series.keys()];
  const blind = ids.filter((id) => !isSampled(evidence.series(id), now));
  const none = { at: null, sure: false, path: [], reports: 0, until, blind, unknown: false };
  const given = suppositions(ways, start, evidence);
  if (given === undefined) return none;
  const best = first(aim, start, evidence, given, until, ways);
  if (best === null) return none;
  const bounded = ids.every((id) => metricOf(id, rules)?.range !== undefined);
  const known = blind.length === 0 && bounded && ![...ways.series.values(), ways.news].includes(0);
  const sure = known && (best?.at ?? until) <= now + ways.sureFor;
  const unknown = best === undefined && cells.some((cell) => isUnknown(aim, cell, evidence, now));
  if (best === undefined) return { ...none, sure: sure && !unknown, unknown };
  const path = [...best.given.levels].map(([series, level]) => ({ series, level }));
  return { at: best.at, sure, path, reports: best.given.reports, until, blind, unknown };
}

function isSampled(series: Series | undefined, now: Instant): boolean {
  return series !== undefined && rhythmOf(series, now) !== undefined;
}

function isUnknown(aim: Aim, { rule, network }: Cell, evidence: Evidence, now: Instant): boolean {
  const condition = aim === 'end' ? (rule.clear ?? rule.when) : rule.when;
  return condition.truth({ network, now, evidence }) === 'unknown';
}

/** Judgements of one series that a look ahead may cost, so that the service is never held up by it: then no date is named. */
const MOST_JUDGEMENTS = 24_000;

type Best = { readonly at: Instant; readonly given: Hypothesis };

/** Undefined where no hypothesis leads there; null where that was not found out. */
function first(
  aim: Aim,
  start: Start,
  evidence: Evidence,
  given: readonly Hypothesis[],
  until: Instant,
  ways: Directions,
): Best | undefined | null {
  const { cells, now } = start;
  const rules = cells.map(({ rule }) => rule);
  const coarse = Math.max(HOUR, Math.ceil((until - now) / STEPS / MINUTE) * MINUTE);
  const ids = [...ways.series.keys()];
  const between =
    !ways.sampled || ids.some((id) => hasHoles(evidence.series(id), metricOf(id, rules), ways.reach, now));
  const most = MOST_JUDGEMENTS / Math.max(1, ids.length * given.length * (between ? 2 : 1));
  const along = (one: Hypothesis, end: Instant): Instant | undefined | null => {
    const supposed = hypothetical(evidence, now, until, one);
    const again = between ? hypothetical(evidence, now, until, one) : null;
    return reached(aim, start, supposed, again, turnsOf(rules, ids, evidence, now), end, coarse, most);
  };
  let best: Best | undefined;
  const unfinished: Hypothesis[] = [];
  for (const one of given) {
    const at = along(one, best?.at ?? until);
    if (at === null) unfinished.push(one);
    else if (at !== undefined && (best === undefined || at < best.at)) best = { at, given: one };
  }
  // What was given up far ahead may still be followed as far as the best of the others.
  if (best === undefined) return unfinished.length === 0 ? undefined : null;
  const { at } = best;
  return unfinished.some((one) => along(one, at) !== undefined) ? null : best;
}
