/** Takes over an edited configuration: what the edit itself changed is told as `config`, never as if the world had moved. */
import type { Event, RuleState } from '../core/events.ts';
import type { Evidence } from '../core/ports.ts';
import { ruleKey, type State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import type { CompiledRule } from './compile.ts';
import { driverOf } from './explain.ts';
import { atRest } from './lifecycle.ts';
import { type Book, type Transition, tierChanges } from './tick.ts';

/** A rule and network whose recorded state belongs to another version of the rule, or to none. */
export type Stale = { readonly rule: CompiledRule; readonly network: string };

/** What has to be rehearsed before the rules may be judged: new rules, edited ones, new networks of a rule. */
export function staleStates(book: Book, state: Pick<State, 'rules'>): readonly Stale[] {
  return book.rules.flatMap((rule) =>
    rule.networks
      .filter((network) => state.rules.get(ruleKey(rule.rule.id, network))?.version !== rule.version)
      .map((network) => ({ rule, network })),
  );
}

/**
 * The events that bring the recorded state in line with the book: rehearsed states for what is stale, removal of
 * what is gone, and the tier changes that follow.
 */
export function adopt(
  book: Book,
  state: Pick<State, 'rules' | 'tiers'>,
  rehearsed: readonly (Stale & { readonly state: RuleState })[],
  evidence: Evidence,
  now: Instant,
): readonly Event[] {
  const events: Event[] = [];
  const states = new Map<string, RuleState>();
  const transitions: Transition[] = [];
  const known = new Set(book.rules.flatMap((rule) => rule.networks.map((network) => ruleKey(rule.rule.id, network))));
  for (const [key, before] of state.rules.entries()) {
    if (known.has(key)) states.set(key, before);
    else {
      const [rule, network] = splitKey(key);
      events.push({ kind: 'rule', at: now, rule, network, state: null });
    }
  }
  for (const { rule, network, state: after } of rehearsed) {
    const key = ruleKey(rule.rule.id, network);
    const before = state.rules.get(key) ?? atRest(rule.version, now);
    states.set(key, after);
    events.push({ kind: 'rule', at: now, rule: rule.rule.id, network, state: after });
    if (before.phase === after.phase) continue;
    const ended = before.phase === 'firing' && after.phase === 'inactive';
    const driver = driverOf(rule, { network, now, evidence }, ended);
    transitions.push({ rule, network, from: before.phase, to: after.phase, driver });
  }
  const present = { rules: book.rules, states, evidence, now, ladder: book.ladder };
  const changes = tierChanges(book.networks, state, present, transitions, 'config');
  return [...events, ...changes.map((change): Event => ({ kind: 'change', change }))];
}

function splitKey(key: string): readonly [string, string] {
  const at = key.lastIndexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}
