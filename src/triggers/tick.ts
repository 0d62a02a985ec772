/** One judgement: rules over evidence at an instant, into events. Pure; a second call at the same instant gives none. */
import type { Event, RuleState } from '../core/events.ts';
import type { Ladder, Network } from '../core/ladder.ts';
import type { Evidence } from '../core/ports.ts';
import { ruleKey, type TierStanding } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import { noteChanges, tierChanges, watchChanges } from './changes.ts';
import type { CompiledRule } from './compile.ts';
import { evaluate } from './evaluate.ts';
import { driverOf } from './explain.ts';
import { atRest } from './lifecycle.ts';
import type { Transition } from './present.ts';

/** What is judged, and by what. */
export type Book = {
  readonly rules: readonly CompiledRule[];
  readonly networks: readonly Network[];
  readonly ladder: Ladder;
};

/** The recorded standing a judgement starts from; a State will do. */
export type Judged = {
  readonly rules: { get(key: string): RuleState | undefined };
  readonly tiers: { get(key: string): TierStanding | undefined };
};

export type Tick = { readonly events: readonly Event[]; readonly transitions: readonly Transition[] };

/** Judges every rule for every network it covers, then derives tiers, watches and notes from what fires. */
export function tick(book: Book, state: Judged, evidence: Evidence, now: Instant): Tick {
  const rules = [...book.rules].sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
  const states = new Map<string, RuleState>();
  const events: Event[] = [];
  const transitions: Transition[] = [];
  for (const rule of rules) {
    for (const network of rule.networks) {
      const key = ruleKey(rule.rule.id, network);
      const before = state.rules.get(key) ?? atRest(rule.version, now);
      const after = evaluate(rule, network, evidence, now, before);
      states.set(key, after);
      if (after === before) continue;
      events.push({ kind: 'rule', at: now, rule: rule.rule.id, network, state: after });
      if (after.phase === before.phase) continue;
      const driver = driverOf(
        rule,
        { network, now, evidence },
        after.phase === 'inactive' && before.phase === 'firing',
      );
      transitions.push({ rule, network, from: before.phase, to: after.phase, driver });
    }
  }
  const present = { rules, states, evidence, now, ladder: book.ladder };
  const changes = [
    ...tierChanges(book.networks, state, present, transitions, 'rule'),
    ...watchChanges(transitions, now),
    ...noteChanges(transitions, now, 'rule'),
  ];
  return { events: [...events, ...changes.map((change): Event => ({ kind: 'change', change }))], transitions };
}
