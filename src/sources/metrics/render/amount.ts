/** Amounts of RENDER as the Foundation's API may write them: a number, or the same number as text. */
import { z } from 'zod';

/** No sign, no exponent, no white space, no empty text: nothing that two languages could read differently. */
const DECIMAL = /^\d+(\.\d+)?$/;

/**
 * No body was ever seen, and its known readers convert these fields, which they would not need to for numbers: a decimal
 * text passes for its number. Text too long for a number becomes infinite, which no figure may be.
 */
export function amountOf(figure: z.ZodType<number>) {
  return z.preprocess((value) => (typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value), figure);
}
