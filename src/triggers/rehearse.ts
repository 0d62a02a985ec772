/** A new or edited rule meets the past: where it would stand now, had it been in force all along. */
import type { RuleState } from '../core/events.ts';
import type { Evidence } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import type { CompiledRule } from './compile.ts';
import { overTruth } from './explain.ts';
import { advance } from './lifecycle.ts';

/** The rule's state for one network after evaluations at the given instants, in order, from a state on. */
export function rehearse(
  rule: CompiledRule,
  network: string,
  evidence: Evidence,
  instants: readonly Instant[],
  start: RuleState,
): RuleState {
  let state = start;
  for (const now of instants) {
    const scene = { network, now, evidence };
    const when = rule.when.truth(scene);
    const over = state.phase === 'firing' ? overTruth(rule, scene, when) : 'unknown';
    state = advance(state, rule.rule, when, over, now);
  }
  return state;
}
