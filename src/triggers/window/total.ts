/** The running total of a moving window: exact, and quick as long as two doubles hold it. */
import { add, divided, type ExactSum, exactSum, HALVES, rounded } from './exact.ts';

/**
 * The exact total is `high + low` and all of `rest`, which stays empty for any realistic series: two doubles hold values
 * that are up to 2^50 times as large as others.
 */
export type Total = { high: number; low: number; readonly rest: ExactSum };

export function total(): Total {
  return { high: 0, low: 0, rest: exactSum() };
}

/** Adds `x`; a negative one takes out what was added before. */
export function include(total: Total, x: number): void {
  // Knuth's TwoSum, twice: the rounded sum and what the rounding lost.
  const { high, low } = total;
  const sum = high + x;
  const back = sum - high;
  const lost = high - (sum - back) + (x - back);
  const lower = low + lost;
  const backLower = lower - low;
  const spilt = low - (lower - backLower) + (lost - backLower);
  total.high = sum;
  total.low = lower;
  if (spilt !== 0) add(total.rest, spilt);
}

/** The double nearest to the total; of two equally near the even one. */
export function sumOf(total: Total): number {
  if (total.rest.count > 0) gather(total);
  return total.rest.count > 0 ? rounded(whole(total)) : total.high + total.low;
}

/**
 * The double nearest to the total divided by `count`, a whole number of at most 27 bits. Two digits of a long division in
 * doubles nearly always settle it; where they leave open which of two doubles is nearer, it is done without any error.
 */
export function averageOf(total: Total, count: number): number {
  if (total.rest.count > 0) gather(total);
  const { high, low } = total;
  const top = high + low;
  const back = top - high;
  const below = high - (top - back) + (low - back);
  const first = top / count;
  const remainder = remainderOf(top, first, count);
  const second = (remainder + below) / count;
  const doubt = ((Math.abs(remainder) + Math.abs(below)) / count) * 2 ** -50;
  const average = first + (second - doubt);
  const isSettled = total.rest.count === 0 && average === first + (second + doubt);
  return isSettled ? average : divided(whole(total), count);
}

/** `a - q * divisor` for q = a / divisor rounded: a double. Cut in two, q times the divisor is exact. */
function remainderOf(a: number, q: number, divisor: number): number {
  const big = HALVES * q;
  const high = big - (big - q);
  return a - high * divisor - (q - high) * divisor;
}

/** Puts what fits back into two doubles. */
function gather(total: Total): void {
  const { parts, count } = whole(total);
  if (count > 2) return;
  total.high = count === 0 ? 0 : (parts[count - 1] as number);
  total.low = count === 2 ? (parts[0] as number) : 0;
  total.rest.count = 0;
}

function whole({ high, low, rest }: Total): ExactSum {
  const sum: ExactSum = { parts: rest.parts.slice(), count: rest.count };
  add(sum, low);
  add(sum, high);
  return sum;
}
