/** An aggregate brought along with the window that it is of. */
import type { Series } from '../../core/series.ts';
import type { Aggregate } from './aggregate.ts';
import type { Span } from './span.ts';

/** An aggregate and the range of samples that it has taken in; it may lag behind the window while nobody asks for it. */
export type Held = { aggregate: Aggregate | null; low: number; high: number; revision: number };

export function heldAggregate(): Held {
  return { aggregate: null, low: 0, high: 0, revision: Number.NaN };
}

/** The aggregate over exactly the samples of the span. `make` gives an empty one. */
export function caughtUp(
  held: Held,
  span: Span,
  series: Series,
  make: (parameter: number) => Aggregate,
  parameter: number,
): Aggregate {
  const { low, high, revision } = span;
  let { aggregate } = held;
  if (aggregate === null || !movesOn(held, span)) {
    aggregate = make(parameter);
    held.low = low;
    held.high = low;
  }
  for (let i = held.high; i < high; i++) aggregate.add(series, i);
  for (let i = held.low; i < low; i++) aggregate.drop(series, i);
  held.low = low;
  held.high = high;
  held.revision = revision;
  held.aggregate = aggregate;
  return aggregate;
}

/** Whether an aggregate can be moved on: the series is what it was, and some of the old window is left in the new one. */
function movesOn(held: Held, { low, high, revision }: Span): boolean {
  return held.revision === revision && low >= held.low && high >= held.high && low < held.high;
}
