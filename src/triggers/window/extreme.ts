/** Minimum and maximum of a moving window. */
import type { Series } from '../../core/series.ts';
import type { Aggregate } from './aggregate.ts';

const FIRST_CAPACITY = 16;

export function min(): Aggregate {
  return extreme(1);
}

export function max(): Aggregate {
  return extreme(-1);
}

/**
 * The minimum of `sign * value`, in a monotonic queue: a sample waits in it only as long as no later one is as small.
 * Each enters and leaves once, so a step costs O(1) on average.
 */
function extreme(sign: 1 | -1): Aggregate {
  let waiting = new Float64Array(FIRST_CAPACITY);
  let indices = new Float64Array(FIRST_CAPACITY);
  let head = 0;
  let tail = 0;

  function makeRoom(): void {
    const length = tail - head;
    const capacity = 2 * length > indices.length ? 2 * indices.length : indices.length;
    waiting = moved(waiting, head, tail, capacity);
    indices = moved(indices, head, tail, capacity);
    head = 0;
    tail = length;
  }

  function add(series: Series, index: number): void {
    const value = sign * series.value(index);
    while (tail > head && (waiting[tail - 1] as number) >= value) tail -= 1;
    if (tail === indices.length) makeRoom();
    waiting[tail] = value;
    indices[tail] = index;
    tail += 1;
  }

  function drop(_: Series, index: number): void {
    if (indices[head] === index) head += 1;
  }

  // Adding 0 makes a plain 0 of -0.
  return { add, drop, value: () => sign * (waiting[head] as number) + 0 };
}

/** What lies between `head` and `tail`, at the front of an array of this capacity. */
function moved(
  array: Float64Array<ArrayBuffer>,
  head: number,
  tail: number,
  capacity: number,
): Float64Array<ArrayBuffer> {
  if (capacity === array.length) return array.copyWithin(0, head, tail);
  const larger = new Float64Array(capacity);
  larger.set(array.subarray(head, tail));
  return larger;
}
