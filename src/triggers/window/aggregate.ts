/** What a function over a window is computed from, and the two simplest of them. */
import type { Series } from '../../core/series.ts';

/** From the window's samples, at least one; or from the newest sample and the one before the window's start. */
export type Compute =
  | {
      readonly over: 'window';
      readonly aggregate: (parameter: number) => Aggregate;
      /** Instead, where the window reaches into a past of another pace: its few samples must not drown in many. */
      readonly mixed?: (stretch: Stretch) => number;
    }
  | { readonly over: 'base'; readonly from: (base: number, newest: number) => number | null };

/** Samples of a window that follow each other, at least one, and how long each of them speaks. */
export type Stretch = {
  readonly count: number;
  readonly value: (index: number) => number;
  /** Until the next one, as far as it reaches; of the last one until now. */
  readonly duration: (index: number) => number;
};

/**
 * A function's value over the samples added and not yet dropped, brought along as the window moves on. It depends on these
 * samples alone, not on what passed through before, so that every way to an instant gives the same verdict. Samples are
 * told by their index: each reads of them what it needs.
 */
export type Aggregate = {
  /** Takes in the sample that follows the newest one. */
  add(series: Series, index: number): void;
  /** Lets go of the oldest sample. */
  drop(series: Series, index: number): void;
  /** Asked only while there is at least one sample. */
  value(): number;
};

/** The number of samples. */
export function count(): Aggregate {
  let held = 0;
  return {
    add() {
      held += 1;
    },
    drop() {
      held -= 1;
    },
    value: () => held,
  };
}

/** The newest value. */
export function last(): Aggregate {
  let newest = Number.NaN;
  return {
    add(series, index) {
      newest = series.value(index);
    },
    drop() {},
    value: () => newest,
  };
}
