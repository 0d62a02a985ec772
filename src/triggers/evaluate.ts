/** One evaluation of a rule for a network: from its state to the next. Live, rehearsal and replay all go through here. */
import type { RuleState } from '../core/events.ts';
import type { Evidence } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import type { CompiledRule } from './compile.ts';
import { overTruth } from './explain.ts';
import { advance } from './lifecycle.ts';

/** The rule's state for one network one evaluation later. */
export function evaluate(
  rule: CompiledRule,
  network: string,
  evidence: Evidence,
  now: Instant,
  state: RuleState,
): RuleState {
  const scene = { network, now, evidence };
  const when = rule.when.truth(scene);
  const over = state.phase === 'firing' ? overTruth(rule, scene, when) : 'unknown';
  return advance(state, rule.rule, when, over, now);
}
