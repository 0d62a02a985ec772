/** Sum and average of a moving window, correct to the last bit. */
import type { Aggregate, Stretch } from './aggregate.ts';
import { averageOf, include, sumOf, type Total, total } from './total.ts';

/**
 * Values are added at 2^-128 of their size, so that no number of finite ones overflows. The results are exact where all
 * values are 0 or at least 1e-250; smaller ones still leave nothing behind.
 */
const SCALE = 2 ** -128;

/** The double nearest to the sum; infinite only where the sum itself is too large for a double. */
export function sum(): Aggregate {
  return summed(sumOf);
}

/** The double nearest to the average: the average of a constant series is that constant. */
export function avg(): Aggregate {
  return summed(averageOf);
}

function summed(result: (total: Total, count: number) => number): Aggregate {
  const held = total();
  let count = 0;
  return {
    add(series, index) {
      include(held, series.value(index) * SCALE);
      count += 1;
    },
    drop(series, index) {
      include(held, -series.value(index) * SCALE);
      count -= 1;
    },
    value: () => result(held, count) / SCALE,
  };
}

/** The average by time: a daily sample counts as much as all that were taken on another day. */
export function avgOverTime({ count, value, duration }: Stretch): number {
  let [weighted, whole] = [0, 0];
  for (let index = 0; index < count; index++) {
    weighted += value(index) * duration(index);
    whole += duration(index);
  }
  return whole === 0 ? value(count - 1) : weighted / whole;
}
