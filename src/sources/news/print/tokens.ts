/** A text as words and numbers, in one pass over its characters: every article that comes in is read this way. */
import { type Word, wordOf } from './words.ts';

export type Token = {
  readonly word: Word;
  /** Begins a sentence. */
  readonly first: boolean;
  /** What lies between it and the token before: nothing, one hyphen, one blank, or more. */
  readonly gap: 'none' | 'hyphen' | 'blank' | 'more';
  /** A currency sign stands before it. */
  readonly money: boolean;
  /** A per cent sign stands behind it. */
  readonly percent: boolean;
};

const [MARK, UPPER, LOWER, DIGIT, CURRENCY, STOP, IDEOGRAPH] = [0, 1, 2, 3, 4, 5, 6];

const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  if (/[A-Z]/.test(letter)) return UPPER;
  if (/[a-z]/.test(letter)) return LOWER;
  if (/\d/.test(letter)) return DIGIT;
  if (letter === '$') return CURRENCY;
  return /[.!?:\n]/.test(letter) ? STOP : MARK;
});

/** What a character is, by its code unit; beyond ASCII whole blocks are taken alike, for only words matter here. */
function classOf(code: number): number {
  if (code < 0x80) return ASCII[code] as number;
  if (code === 0xa3 || code === 0x20ac) return CURRENCY;
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return MARK;
  if (code === 0x3002) return STOP;
  if ((code >= 0x2000 && code < 0x2c00) || (code >= 0x3000 && code < 0x3040) || code >= 0xd800) return MARK;
  if (code >= 0x3040 && code < 0xa000) return IDEOGRAPH;
  const letter = String.fromCharCode(code);
  return letter === letter.toLowerCase() ? LOWER : UPPER;
}

/** The tokens of a text in NFKC. Chinese and Japanese characters are one token each. */
export function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  let [at, behind, first, money] = [0, 0, true, false];
  while (at < text.length) {
    const type = classOf(text.charCodeAt(at));
    if (type === MARK || type === STOP || type === CURRENCY) {
      if (type === STOP && isBreak(text, at + 1)) first = true;
      if (type === CURRENCY) money = true;
      at += 1;
      continue;
    }
    const end = type === IDEOGRAPH ? at + 1 : type === DIGIT ? numberEnd(text, at) : wordEnd(text, at);
    found.push({
      word: wordOf(text.slice(at, end)),
      first,
      gap: gapOf(text, behind, at),
      money,
      percent: text.charCodeAt(end) === PERCENT,
    });
    [at, behind, first, money] = [end, end, false, false];
  }
  return found;
}

const [PERCENT, APOSTROPHE, QUOTE, BLANK, HYPHEN] = [0x25, 0x27, 0x2019, 0x20, 0x2d];

function gapOf(text: string, from: number, to: number): Token['gap'] {
  if (from === to) return 'none';
  if (to > from + 1) return 'more';
  const code = text.charCodeAt(from);
  if (code === BLANK) return 'blank';
  return code === HYPHEN || code === 0x2010 || code === 0x2011 ? 'hyphen' : 'more';
}

/** A full stop inside `io.net` or `4.08` ends no sentence. */
function isBreak(text: string, next: number): boolean {
  return next >= text.length || classOf(text.charCodeAt(next)) === MARK;
}

/** Letters and digits, and an apostrophe between them. */
function wordEnd(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const type = classOf(code);
    const inside = (code === APOSTROPHE || code === QUOTE) && isLetter(text, at + 1);
    if (type !== LOWER && type !== UPPER && type !== DIGIT && !inside) break;
  }
  return at;
}

function isLetter(text: string, at: number): boolean {
  const type = at < text.length ? classOf(text.charCodeAt(at)) : MARK;
  return type === LOWER || type === UPPER;
}

/** Digits, and points and commas between them. */
function numberEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const between = (code === 0x2e || code === 0x2c) && ASCII[text.charCodeAt(at + 1)] === DIGIT;
    if (ASCII[code] !== DIGIT && !between) break;
    at += 1;
  }
  return at;
}
