/** Runs the judgement over recorded evidence with a clock of its own: the same `tick` as live. */
import type { RuleState } from '../core/events.ts';
import type { Evidence } from '../core/ports.ts';
import { ruleKey, type TierStanding } from '../core/state.ts';
import type { Duration, Instant } from '../core/time.ts';
import { bookOf, type Parts } from './book.ts';
import type { Seen } from './evaluate.ts';
import { type Tick, tick } from './tick.ts';

export type Step = Tick & { readonly now: Instant };

/**
 * Judges at each instant, in order, and yields what each judgement gave, also when that is nothing. `seen` is told the
 * truth of every single evaluation.
 */
export function* replay(parts: Parts, evidence: Evidence, instants: Iterable<Instant>, seen?: Seen): Generator<Step> {
  const book = bookOf(parts);
  const rules = new Map<string, RuleState>(book.cells.map(({ key, rest }) => [key, rest]));
  const tiers = new Map<string, TierStanding>();
  for (const now of instants) {
    const judged = tick(book, { rules, tiers }, evidence, now, seen);
    for (const event of judged.events) {
      if (event.kind === 'rule' && event.state !== null) rules.set(ruleKey(event.rule, event.network), event.state);
      if (event.kind === 'change' && event.change.kind === 'tier')
        tiers.set(event.change.network, { tier: event.change.to, since: event.change.at, change: event.change.id });
    }
    yield { now, ...judged };
  }
}

/** `from`, `from + step`, … up to and including `to`. */
export function* every(from: Instant, to: Instant, step: Duration): Generator<Instant> {
  for (let index = 0; from + index * step <= to; index++) yield from + index * step;
}
