/** Quantiles of a moving window. */
import type { Series } from '../../core/series.ts';
import type { Aggregate } from './aggregate.ts';

const FIRST_CAPACITY = 16;
/** Up to so many changes are worked in one by one; more are sorted in together. */
const FEW = 64;

export function median(): Aggregate {
  return quantile(0.5);
}

/**
 * Linear interpolation between the two nearest ranks, as Prometheus's quantile_over_time. The values are kept sorted;
 * what came and went is worked in when the value is asked for, so that filling a window costs one sorting.
 */
export function quantile(q: number): Aggregate {
  let values = new Float64Array(FIRST_CAPACITY);
  /** Of the first `length` values the first `sorted` are in order; the others were added since. */
  let length = 0;
  let sorted = 0;
  const dropped: number[] = [];

  function add(series: Series, index: number): void {
    if (length === values.length) {
      const larger = new Float64Array(2 * length);
      larger.set(values);
      values = larger;
    }
    values[length] = series.value(index);
    length += 1;
  }

  function settle(): void {
    if (length - sorted + dropped.length > FEW) sortAll();
    else {
      while (sorted < length) insert();
      for (const value of dropped) remove(value);
    }
    dropped.length = 0;
  }

  function insert(): void {
    const value = values[sorted] as number;
    const at = firstFrom(values, sorted, value);
    values.copyWithin(at + 1, at, sorted);
    values[at] = value;
    sorted += 1;
  }

  function remove(value: number): void {
    const at = firstFrom(values, length, value);
    values.copyWithin(at, at + 1, length);
    length -= 1;
    sorted = length;
  }

  function sortAll(): void {
    values.subarray(0, length).sort();
    dropped.sort((a, b) => a - b);
    let [kept, gone] = [0, 0];
    for (let i = 0; i < length; i++) {
      if (values[i] === dropped[gone]) gone += 1;
      else values[kept++] = values[i] as number;
    }
    length = kept;
    sorted = kept;
  }

  function value(): number {
    settle();
    const rank = q * (length - 1);
    const below = values[Math.floor(rank)] as number;
    const above = values[Math.ceil(rank)] as number;
    return below + (above - below) * (rank - Math.floor(rank));
  }

  return { add, drop: (series, index) => dropped.push(series.value(index)), value };
}

/** The index of the first value that is at least `bound`, among the first `length`, which are in order. */
function firstFrom(values: Float64Array, length: number, bound: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
