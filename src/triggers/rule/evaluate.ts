/** One evaluation of a rule for a network: from its state to the next. Live, rehearsal and replay all go through here. */
import type { RuleState } from '../../core/events.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Instant } from '../../core/time.ts';
import type { Truth } from '../../core/verdict.ts';
import type { Scene } from '../language/scene.ts';
import type { Cell } from './book.ts';
import type { CompiledRule } from './compile.ts';
import { advance } from './lifecycle.ts';

/**
 * Told of each evaluation the truth that mattered: of what ends it for a rule that fires and has a `clear`, of its
 * condition otherwise.
 */
export type Seen = (cell: Cell, truth: Truth, now: Instant) => void;

/** Whether the rule's condition holds for its network. It depends on the evidence alone, not on where the rule stands. */
export function whenOf({ rule, network }: Cell, evidence: Evidence, now: Instant): Truth {
  return rule.when.truth({ network, now, evidence });
}

/**
 * The rule's state for its network one evaluation later; the same object where nothing changed.
 * @param when what `whenOf` gives, where it is known already.
 */
export function evaluate(
  cell: Cell,
  evidence: Evidence,
  now: Instant,
  state: RuleState,
  seen?: Seen,
  when: Truth = whenOf(cell, evidence, now),
): RuleState {
  const { rule, network } = cell;
  const over = state.phase === 'firing' ? overTruth(rule, { network, now, evidence }, when) : 'unknown';
  if (seen !== undefined) seen(cell, state.phase === 'firing' && rule.clear !== null ? over : when, now);
  return advance(state, rule.rule, when, over, now);
}

/**
 * Whether what ends a firing holds: `clear`, or `when` no longer. While `when` holds it is not over, also where `clear`
 * overlaps with it: the rule would fire again at once. Nor is it known to be over while `when` may hold, or a gap in
 * the figures would end what the figures do not.
 */
function overTruth(rule: CompiledRule, scene: Scene, when: Truth): Truth {
  if (when === 'true') return 'false';
  const cleared = rule.clear === null ? 'true' : rule.clear.truth(scene);
  return when === 'unknown' && cleared === 'true' ? 'unknown' : cleared;
}
