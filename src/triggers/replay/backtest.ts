/** Adds up what a replay gave: firings, moves, alerts, and how much was unknown. Nothing is kept of quiet steps. */
import type { Change } from '../../core/change.ts';
import type { Evidence } from '../../core/ports.ts';
import { ruleKey } from '../../core/state.ts';
import type { Instant } from '../../core/time.ts';
import type { Book } from '../rule/book.ts';
import type { Seen } from '../rule/evaluate.ts';
import { type Course, type Firing, type Range, track } from './course.ts';
import type { Step } from './replay.ts';

export type Move = {
  readonly at: Instant;
  readonly network: string;
  readonly from: string;
  readonly to: string;
  /** Why, in one sentence. */
  readonly says: string;
};

export type Backtest = {
  readonly range: Range;
  readonly evaluations: number;
  /** In the order of the rules' ids, then the networks'. */
  readonly courses: readonly Course[];
  /** By their beginning. */
  readonly firings: readonly Firing[];
  readonly moves: readonly Move[];
  /** How many changes somebody subscribed to everything would have been told. */
  readonly alerts: number;
  /** How many of these a rule drove, by its id. */
  readonly alertsOf: ReadonlyMap<string, number>;
  /** The tier of each network at the end. */
  readonly tiers: ReadonlyMap<string, string>;
};

export type Gathering = {
  /** Hand it to the replay. */
  readonly seen: Seen;
  readonly step: (step: Step) => void;
  readonly result: () => Backtest;
};

/**
 * Adds up a replay of the book.
 * @param isTold whether subscribers are told of a change.
 */
export function gather(book: Book, evidence: Evidence, range: Range, isTold: (change: Change) => boolean): Gathering {
  const tracks = new Map(book.cells.map((cell) => [cell.key, track(cell)]));
  const tiers = new Map(book.networks.map((network) => [network.id, network.tier]));
  const alertsOf = new Map<string, number>();
  const moves: Move[] = [];
  let alerts = 0;

  function changed(change: Change): void {
    if (!isTold(change)) return;
    alerts++;
    for (const rule of new Set(change.drivers.map((driver) => driver.rule)))
      alertsOf.set(rule, (alertsOf.get(rule) ?? 0) + 1);
    if (change.kind !== 'tier') return;
    const { at, network, from, to, says } = change;
    tiers.set(network, to);
    moves.push({ at, network, from, to, says });
  }

  return {
    seen: ({ key }, truth, now) => tracks.get(key)?.judged(truth, now),
    step: ({ now, transitions, events }) => {
      for (const transition of transitions)
        tracks.get(ruleKey(transition.rule.rule.id, transition.network))?.turned(transition, now);
      for (const event of events) if (event.kind === 'change') changed(event.change);
    },
    result: () => {
      const courses = [...tracks.values()].map(({ course }) => course(evidence, range));
      return {
        range,
        evaluations: courses.reduce((sum, course) => sum + course.evaluations, 0),
        courses,
        firings: courses.flatMap(({ firings }) => firings).sort((a, b) => a.from - b.from),
        moves,
        alerts,
        alertsOf,
        tiers,
      };
    },
  };
}
