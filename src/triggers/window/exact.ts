/** Sums without rounding error: what was added can be taken out again, and nothing of it stays behind. */

/**
 * A sum as the exact total of its parts: finite doubles that do not overlap, in ascending order of magnitude
 * (Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997). The parts depend on the order of additions, their
 * total does not. A few parts hold any realistic sum, so that an addition costs a few operations.
 */
export type ExactSum = { parts: Float64Array; count: number };

export function exactSum(): ExactSum {
  return { parts: new Float64Array(4), count: 0 };
}

/** Adds `x`; a negative one takes out what was added before. */
export function add(sum: ExactSum, x: number): void {
  const { parts, count } = sum;
  let kept = 0;
  let carried = x;
  for (let i = 0; i < count; i++) {
    // Knuth's TwoSum: the rounded total and what the rounding lost.
    const part = parts[i] as number;
    const total = carried + part;
    const back = total - carried;
    const lost = carried - (total - back) + (part - back);
    if (lost !== 0) parts[kept++] = lost;
    carried = total;
  }
  if (carried !== 0) {
    if (kept === parts.length) grow(sum);
    sum.parts[kept++] = carried;
  }
  sum.count = kept;
}

function grow(sum: ExactSum): void {
  const parts = new Float64Array(2 * sum.parts.length);
  parts.set(sum.parts);
  sum.parts = parts;
}

/** 2^27 + 1: cuts a double into two halves of at most 26 bits, whose products are exact (Veltkamp). */
export const HALVES = 134217729;

/** Adds `a * b` without rounding it first (Dekker's product), as long as it neither over- nor underflows. */
export function addProduct(sum: ExactSum, a: number, b: number): void {
  const product = a * b;
  const bigA = HALVES * a;
  const bigB = HALVES * b;
  const highA = bigA - (bigA - a);
  const highB = bigB - (bigB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  const lost = highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
  if (lost !== 0) add(sum, lost);
  add(sum, product);
}

/** Adds `factor` times another sum. */
export function addMultiple(sum: ExactSum, other: ExactSum, factor: number): void {
  for (let i = 0; i < other.count; i++) addProduct(sum, other.parts[i] as number, factor);
}

/** Takes out the product of two other sums. */
export function subtractProduct(sum: ExactSum, a: ExactSum, b: ExactSum): void {
  for (let i = 0; i < a.count; i++) addMultiple(sum, b, -(a.parts[i] as number));
}

/** The double nearest to the sum; of two equally near the even one. */
export function rounded({ parts, count }: ExactSum): number {
  if (count === 0) return 0;
  let i = count - 1;
  let total = parts[i] as number;
  while (i > 0) {
    const part = parts[--i] as number;
    const before = total;
    total = before + part;
    const lost = part - (total - before);
    if (lost !== 0) return nudged(total, lost, i > 0 ? (parts[i - 1] as number) : 0);
  }
  return total;
}

/** `total + lost` rounded; where that is halfway between two doubles, the sign of the `rest` below decides. */
function nudged(total: number, lost: number, rest: number): number {
  if (lost > 0 !== rest > 0 || rest === 0) return total;
  const further = total + 2 * lost;
  return further - total === 2 * lost ? further : total;
}

/**
 * The double nearest to the sum divided by `divisor`, which has at most 53 bits: two digits of a long division, and the
 * sign of what remains. What is in `sum` is used up.
 */
export function divided(sum: ExactSum, divisor: number): number {
  const first = rounded(sum) / divisor;
  addProduct(sum, -first, divisor);
  const second = rounded(sum) / divisor;
  addProduct(sum, -second, divisor);
  const total = first + second;
  return nudged(total, second - (total - first), sum.count === 0 ? 0 : (sum.parts[sum.count - 1] as number));
}
