/** Rules judged over the stored past: the state that they would have had they been in force all along. */
import type { RuleState } from '../core/events.ts';
import type { Store } from '../core/ports.ts';
import type { Duration, Instant } from '../core/time.ts';
import type { Cell } from '../triggers/rule/book.ts';
import { evaluate } from '../triggers/rule/evaluate.ts';
import { atRest } from '../triggers/rule/lifecycle.ts';
import { breather, inPieces } from './pieces.ts';

/** Evaluations made up for after downtime, and while rehearsing a rule: more would not say more. */
const MOST_INSTANTS = 2000;
/** Where somebody waits for the answer. */
const FEWER_INSTANTS = 300;

/**
 * Gives a rule's state at `now`.
 * @param since from when on the past differs from what was judged, and somebody waits; all of it where that is not known
 */
type Rehearse = (cell: Cell, now: Instant, since?: Instant) => Promise<RuleState>;

/**
 * @param every how often rules are judged
 * @param lookback how far back a rule is rehearsed at the most
 */
export function rehearsal(store: Pick<Store, 'evidence'>, every: Duration, lookback: Duration): Rehearse {
  const breathe = breather();

  return async function rehearse(cell, now, since) {
    let state = atRest(cell.rule.version, now);
    for (const instant of pastOf(cell, now, since)) {
      const before = state;
      state = await inPieces(() => evaluate(cell, store.evidence(), instant, before), breathe);
      await breathe();
    }
    return state;
  };

  /** The instants at which a rule is rehearsed: as dense as the tick where its clocks run, wider before that. */
  function pastOf(cell: Cell, now: Instant, since: Instant | undefined): readonly Instant[] {
    const { rule } = cell.rule;
    const clocks = Math.max(rule.for, rule.keepFiringFor) + 2 * every;
    // What held before `since` has to have held for as long as it must, or as its watch may stand.
    const from = since === undefined ? Number.NEGATIVE_INFINITY : since - clocks - (rule.effect.expires ?? 0);
    const first = Math.max(firstSample(cell), now - lookback, from);
    const near = Math.max(first, now - clocks);
    if (first > now) return [now];
    const most = since === undefined ? MOST_INSTANTS : FEWER_INSTANTS;
    const far = first < near ? [first, ...instants(first, near, every, most)] : [near];
    const all = [...far, ...instants(near, now, every, most)];
    // From the very instant of the first report on, or a watch would begin, and so expire, too late.
    if (since === undefined || since <= first || since >= now || all.includes(since)) return all;
    return [...all, since].sort((a, b) => a - b);
  }

  /** Before the first sample of what a rule reads there is nothing to rehearse, unless it asks for news or the date. */
  function firstSample({ rule: { when }, network }: Cell): Instant {
    if (when.anytime) return Number.NEGATIVE_INFINITY;
    const starts = when.series(network).flatMap((id) => {
      const series = store.evidence().series(id);
      return series === undefined || series.length === 0 ? [] : [series.time(0)];
    });
    return Math.min(...starts);
  }
}

/** `from + step` … `to`, at most `most` of them and no closer than `every`; the last is `to`. */
export function instants(from: Instant, to: Instant, every: Duration, most = MOST_INSTANTS): readonly Instant[] {
  const step = Math.max(every, Math.ceil((to - from) / most));
  const result: Instant[] = [];
  for (let at = from + step; at < to; at += step) result.push(at);
  return [...result, to];
}
