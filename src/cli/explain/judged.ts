/** Judges evidence up to an instant, from its first figure on, through the same tick as live. */
import type { Evidence } from '../../core/ports.ts';
import { apply, type State } from '../../core/state.ts';
import type { Duration, Instant } from '../../core/time.ts';
import { replay } from '../../triggers/replay/replay.ts';
import type { Book } from '../../triggers/rule/book.ts';
import { checkSteps } from '../backtest/range.ts';

/** @param times when samples were taken; without `at` the judgement ends with the last of them. */
export function judgedUpTo(
  book: Book,
  evidence: Evidence,
  times: readonly Instant[],
  at: Instant | undefined,
  step: Duration,
  empty: State,
): { readonly state: State; readonly evidence: Evidence; readonly now: Instant } {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const now = at ?? last;
  const from = Math.min(Math.floor(first / step) * step, now);
  checkSteps(from, now, step);
  let state = empty;
  for (const { events } of replay(book, evidence, instants(from, now, step))) state = events.reduce(apply, state);
  return { state, evidence, now };
}

/** `from`, then every step; the last is `to`. */
function* instants(from: Instant, to: Instant, step: Duration): Generator<Instant> {
  for (let at = from; at < to; at += step) yield at;
  yield to;
}
