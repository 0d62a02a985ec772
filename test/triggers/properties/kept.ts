/** What a process keeps between judgements, and what is left of it after a restart: nothing that JSON cannot hold. */
import type { Event, RuleState } from '../../../src/core/events.ts';
import { ruleKey, type TierStanding } from '../../../src/core/state.ts';

/** Recorded rule states by rule/network, and tiers by network. */
export type Kept = {
  readonly rules: ReadonlyMap<string, RuleState>;
  readonly tiers: ReadonlyMap<string, TierStanding>;
};

export const nothing: Kept = { rules: new Map(), tiers: new Map() };

/** What is kept after these events too. */
export function keep(kept: Kept, events: readonly Event[]): Kept {
  if (events.length === 0) return kept;
  const [rules, tiers] = [new Map(kept.rules), new Map(kept.tiers)];
  for (const event of events) {
    if (event.kind === 'rule' && event.state !== null) rules.set(ruleKey(event.rule, event.network), event.state);
    if (event.kind === 'change' && event.change.kind === 'tier')
      tiers.set(event.change.network, { tier: event.change.to, since: event.change.at, change: event.change.id });
  }
  return { rules, tiers };
}

/** Written to JSON and read back. */
export function restarted(kept: Kept): Kept {
  const { rules, tiers } = JSON.parse(JSON.stringify({ rules: [...kept.rules], tiers: [...kept.tiers] }));
  return { rules: new Map(rules), tiers: new Map(tiers) };
}
