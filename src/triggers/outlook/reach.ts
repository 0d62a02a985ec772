/** Follows rules along one hypothesis to the first instant at which all of them fire, or none does. */
import type { RuleState } from '../../core/events.ts';
import type { Evidence } from '../../core/ports.ts';
import { type Duration, type Instant, MINUTE } from '../../core/time.ts';
import type { Cell } from '../rule/book.ts';
import { evaluate } from '../rule/evaluate.ts';
import type { Turns } from './turns.ts';

export type Aim = 'fire' | 'end';

/** Rules for one network, with the states they start from. */
export type Start = { readonly cells: readonly Cell[]; readonly states: readonly RuleState[]; readonly now: Instant };

/**
 * The first instant in `(now, until]` at which every rule fires (or none does), as exact as a minute; undefined where
 * there is none, null where it was given up after `most` judgements. Judges at every turn, when a clock runs out, and at least every `coarse`; what is otherwise for a moment
 * between two of these goes unseen.
 * @param between the same evidence once more, where states can change between turns too: when one did, its minute is
 *   looked for there. Null where they cannot.
 */
export function reached(
  aim: Aim,
  { cells, states, now }: Start,
  evidence: Evidence,
  between: Evidence | null,
  turns: Turns,
  until: Instant,
  coarse: Duration,
  most: number,
): Instant | undefined | null {
  let current = states;
  let count = 0;
  for (let at = now; at < until; ) {
    if (count++ >= most) return null;
    const next = Math.min(turns.after(at), deadlineAfter(at, cells, current), at + coarse, until);
    const after = judged(cells, current, evidence, next);
    if (after === current) {
      at = next;
      continue;
    }
    at = between === null ? next : turnIn(at, next, cells, current, between);
    current = at === next ? after : judged(cells, current, between ?? evidence, at);
    if (current.every(({ phase }) => (phase === 'firing') === (aim === 'fire'))) return at;
  }
  return undefined;
}

/** The same list where nothing changed. */
function judged(
  cells: readonly Cell[],
  states: readonly RuleState[],
  evidence: Evidence,
  now: Instant,
): readonly RuleState[] {
  let changed = false;
  const after = cells.map((cell, index) => {
    const before = states[index] as RuleState;
    const state = evaluate(cell, evidence, now, before);
    changed ||= state !== before;
    return state;
  });
  return changed ? after : states;
}

/** The first minute in `(from, to]` at which a state is another. They are walked through, as windows move forward cheaply. */
function turnIn(
  from: Instant,
  to: Instant,
  cells: readonly Cell[],
  states: readonly RuleState[],
  evidence: Evidence,
): Instant {
  for (let at = from + MINUTE; at < to; at += MINUTE) if (judged(cells, states, evidence, at) !== states) return at;
  return to;
}

/** When the next clock that runs has run long enough. */
function deadlineAfter(at: Instant, cells: readonly Cell[], states: readonly RuleState[]): Instant {
  let first = Number.POSITIVE_INFINITY;
  for (const [index, { rule }] of cells.entries()) {
    const { phase, held } = states[index] as RuleState;
    if (held === null) continue;
    const deadline = held + (phase === 'pending' ? rule.rule.for : rule.rule.keepFiringFor);
    if (deadline > at && deadline < first) first = deadline;
  }
  return first;
}
