/** What words look like, whatever they say: numbers, sizes, amounts. */
import type { Shape } from './phrase.ts';
import type { Token } from './tokens.ts';

const NUMBERS = new Set(
  'one two three four five six seven eight nine ten dozens hundreds thousands millions'.split(' '),
);

/** How many parameters or tokens: 72b, 1.5t, 350m. */
const SIZE = /^\d+(?:\.\d+)?[mbt]$/;

/** Whether the word at the place looks so. */
export function hasShape(shape: Shape, tokens: readonly Token[], at: number): boolean {
  const { word, text } = tokens[at] as Token;
  switch (shape) {
    case 'any':
      return true;
    case 'number':
      return isDigit(word, 0) || NUMBERS.has(word);
    case 'size':
      return SIZE.test(word);
    case 'money':
      return isMoney(word);
    case 'millions':
      return isMillions(word);
    case 'lower':
    case 'higher':
      return movesTo(shape, tokens, at);
    case 'percent':
      return word.endsWith('%');
    case 'year':
      return word.length === 4 && /^20[0-4]\d$/.test(word);
    case 'capital':
      return isCapital(text);
  }
}

/** How many words back the amount may stand that another is compared with. */
const COMPARED = 14;

/** An amount of money below or above the one before it, in the same currency. */
function movesTo(direction: 'lower' | 'higher', tokens: readonly Token[], at: number): boolean {
  const now = amountOf(tokens[at] as Token);
  if (now === undefined) return false;
  for (let back = at - 1; back >= 0 && at - back <= COMPARED; back--) {
    const before = amountOf(tokens[back] as Token);
    if (before === undefined || before.currency !== now.currency) continue;
    return direction === 'lower' ? now.amount < before.amount : now.amount > before.amount;
  }
  return false;
}

function amountOf({ word }: Token): { readonly currency: string; readonly amount: number } | undefined {
  const match = /^([$€£¥])\s?([\d,]+(?:\.\d+)?)$/.exec(word);
  return match === null
    ? undefined
    : { currency: match[1] as string, amount: Number((match[2] as string).replaceAll(',', '')) };
}

/** Five million or more: what a network is built with. */
function isMillions(word: string): boolean {
  const match = /^[$€£]\s?([\d,]+(?:\.\d+)?)\s?(million|mn|m|billion|bn|b)$/.exec(word);
  if (match === null) return false;
  return match[2]?.startsWith('b') === true || Number(match[1]?.replaceAll(',', '')) >= 5;
}

function isDigit(word: string, at: number): boolean {
  const code = word.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Whether it is written with a capital. */
export function isCapital(text: string): boolean {
  return /^\p{Lu}/u.test(text);
}

function isMoney(word: string): boolean {
  return '$€£¥'.includes(word[0] ?? ' ');
}

/** Whether some text of this word could look so, wherever it stands. */
export function mayHaveShape(shape: Shape, word: string, capital: boolean): boolean {
  switch (shape) {
    case 'any':
      return true;
    case 'capital':
      return capital;
    case 'lower':
    case 'higher':
      return isMoney(word);
    default:
      return hasShape(shape, [{ word, text: word, at: 0, end: 0 }], 0);
  }
}
