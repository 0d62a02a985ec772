/** Arithmetic without rounding, in whole numbers, to hold the quick one against. */

/** A finite double as a whole number of 2^-1074, the smallest double. */
export function wholeOf(value: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const magnitude = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1);
  return value < 0 ? -magnitude : magnitude;
}

/** The double nearest to `numerator / denominator * 2^-1074`, of two equally near the even one. */
export function nearest(numerator: bigint, denominator: bigint): number {
  if (numerator < 0n) return -nearest(-numerator, denominator);
  const excess = Math.max(0, (numerator / denominator).toString(2).length - 53);
  const unit = denominator << BigInt(excess);
  const [digits, rest] = [numerator / unit, numerator % unit];
  const up = 2n * rest > unit || (2n * rest === unit && digits % 2n === 1n);
  return Number(digits + (up ? 1n : 0n)) * 2 ** (excess - 1074);
}

/** `numerator / denominator`, to the last bit or two. */
export function ratio(numerator: bigint, denominator: bigint): number {
  return nearest(numerator << 1074n, denominator);
}
