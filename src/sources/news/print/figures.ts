/** Figures as terms: one form for one amount, however it is written. */
import type { Token } from './tokens.ts';

/** A figure, and how many tokens it takes up. */
type Figure = { readonly text: string; readonly taken: number };

/**
 * The figure that begins at this token: `$4.08`, `48%`, `72b` for 72B and for 72 billion, `5gw`. Undefined where none
 * does, or where it tells nothing: a year, a small number without a unit.
 */
export function figureAt(tokens: readonly Token[], index: number): Figure | undefined {
  const first = tokens[index] as Token;
  const [amount, length] = amountAt(tokens, index);
  if (amount === undefined) return undefined;
  const scale = tokens[index + length]?.word.unit;
  const value = amount * (scale?.times ?? 1);
  const taken = length + (scale === undefined ? 0 : 1);
  if (first.money || isDollars(tokens[index + taken])) return { text: `$${short(value)}`, taken };
  if (first.percent || isPerCent(tokens, index + length)) return { text: `${short(value)}%`, taken };
  const tells = scale !== undefined || (first.word.number && value >= LEAST_TELLING && !YEAR.test(first.word.text));
  return tells ? { text: short(value) + (scale?.sign ?? ''), taken } : undefined;
}

const LEAST_TELLING = 100;
const YEAR = /^(?:19|20)\d\d$/;

/** Written in digits, or in words up to ninety-nine that a unit follows; with the number of tokens. */
function amountAt(tokens: readonly Token[], index: number): readonly [number | undefined, number] {
  const token = tokens[index] as Token;
  if (token.word.number) return [amountOf(token.word.text), 1];
  const tens = token.word.value;
  if (tens === undefined) return [undefined, 0];
  const next = tokens[index + 1];
  const ones = next?.gap === 'hyphen' && tens >= 20 ? next.word.value : undefined;
  const length = ones === undefined ? 1 : 2;
  const after = tokens[index + length];
  const measured = after?.word.unit !== undefined || isDollars(after) || isPerCent(tokens, index + length);
  return [measured ? tens + (ones ?? 0) : undefined, length];
}

function isDollars(token: Token | undefined): boolean {
  return token?.word.currency === true;
}

function isPerCent(tokens: readonly Token[], index: number): boolean {
  return tokens[index]?.word.text === 'per' && tokens[index + 1]?.word.text === 'cent';
}

/** `37,000` and `1,530,585` have thousands, `7,5` and `4.08` decimals. */
function amountOf(text: string): number {
  const plain = text.length > 3 ? text.replace(/[.,](?=\d{3}(?:\D|$))/g, '') : text;
  return Number(plain.replace(',', '.')) || 0;
}

const SIZES = [
  { least: 1e12, size: 1e12, letter: 't' },
  { least: 1e9, size: 1e9, letter: 'b' },
  { least: 1e6, size: 1e6, letter: 'm' },
  { least: 1e4, size: 1e3, letter: 'k' },
];

function short(value: number): string {
  const scale = SIZES.find(({ least }) => value >= least);
  return scale === undefined ? rounded(value) : rounded(value / scale.size) + scale.letter;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(6)));
}
