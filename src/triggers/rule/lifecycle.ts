/** The phases of a rule, as a pure step: inactive, pending, firing, and what unknown does to each. */
import type { RuleState } from '../../core/events.ts';
import type { Duration, Instant } from '../../core/time.ts';
import type { Truth } from '../../core/verdict.ts';

export type Timing = { readonly for: Duration; readonly keepFiringFor: Duration };

/** The state of a rule that was never true. */
export function atRest(version: string, now: Instant): RuleState {
  return { version, phase: 'inactive', since: now, held: null, frozen: null };
}

/**
 * One evaluation later. `when` is the condition, `over` whether what ends a firing holds (`clear`, or `when` no
 * longer). Prometheus' semantics, and: unknown stops the clock of a pending or clearing rule and moves nothing.
 * Returns the same object where nothing changed.
 */
export function advance(state: RuleState, timing: Timing, when: Truth, over: Truth, now: Instant): RuleState {
  switch (state.phase) {
    case 'inactive':
      return when === 'true' ? begin(state, timing, now) : state;
    case 'pending':
      if (when === 'unknown') return freeze(state, now);
      return when === 'false' ? { ...atRest(state.version, now) } : ripen(thaw(state, now), timing, now);
    case 'firing':
      if (over === 'unknown') return freeze(state, now);
      return over === 'false' ? burn(state) : subside(thaw(state, now), timing, now);
  }
}

function begin(state: RuleState, timing: Timing, now: Instant): RuleState {
  return ripen({ ...state, phase: 'pending', since: now, held: now, frozen: null }, timing, now);
}

function ripen(state: RuleState, timing: Timing, now: Instant): RuleState {
  return now - (state.held ?? now) >= timing.for ? { ...state, phase: 'firing', since: now, held: null } : state;
}

/** Firing goes on: whatever had begun to clear starts anew. */
function burn(state: RuleState): RuleState {
  return state.held === null && state.frozen === null ? state : { ...state, held: null, frozen: null };
}

function subside(state: RuleState, timing: Timing, now: Instant): RuleState {
  const clearing = state.held === null ? { ...state, held: now } : state;
  return now - (clearing.held ?? now) >= timing.keepFiringFor ? atRest(state.version, now) : clearing;
}

function freeze(state: RuleState, now: Instant): RuleState {
  return state.frozen === null ? { ...state, frozen: now } : state;
}

/** Known again: the time spent unknown does not count. */
function thaw(state: RuleState, now: Instant): RuleState {
  if (state.frozen === null) return state;
  return { ...state, frozen: null, held: state.held === null ? null : state.held + (now - state.frozen) };
}
