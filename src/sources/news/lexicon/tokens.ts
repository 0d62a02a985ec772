/** A text as words: what phrases are matched against, each with its place in the text. */

export type Token = {
  /** Lower case; `'s` and quotes are gone, `isn't` is `is not`, and a hyphen parts two words. */
  readonly word: string;
  /** As written. */
  readonly text: string;
  /** Where it begins and ends in the text. */
  readonly at: number;
  readonly end: number;
};

/** Money, percentages and numbers with their unit letter; words, which may hold dots (io.net) and apostrophes; marks. */
const TOKEN =
  /[$€£¥]\s?\d(?:[\d,]*\d)?(?:\.\d+)?(?:\s?(?:million|billion|trillion|bn|mn|[kmbt])(?![\p{L}\p{N}]))?|\d(?:[\d,]*\d)?(?:\.\d+)?(?:\s?%|\p{L}[\p{L}\p{N}]*)?|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:[.'’&][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*|[,;:()?!–—]/giu;

const CONTRACTED = /^(it|that|what|there|here|he|she|who|where|how|let)['’]s$/i;
const NEGATED = /^(.+)n['’]t$/i;
const IRREGULAR: Readonly<Record<string, string>> = { ca: 'can', wo: 'will', sha: 'shall' };
const SHORT: Readonly<Record<string, string>> = { re: 'are', ve: 'have', ll: 'will', m: 'am', d: 'would' };

/** The words of the text, in order. Linear in its length. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const written = match[0];
    const at = match.index;
    const end = at + written.length;
    for (const word of wordsOf(written)) tokens.push({ word, text: written, at, end });
  }
  return tokens;
}

/** Mostly one; a contraction is two. */
function wordsOf(written: string): readonly string[] {
  const lower = written.toLowerCase();
  if (!/['’]/.test(lower)) return [lower];
  const is = CONTRACTED.exec(lower);
  if (is !== null) return [is[1] as string, 'is'];
  const not = NEGATED.exec(lower);
  if (not !== null) return [IRREGULAR[not[1] as string] ?? (not[1] as string), 'not'];
  const short = /^(.+)['’](re|ve|ll|m|d)$/.exec(lower);
  if (short !== null) return [short[1] as string, SHORT[short[2] as string] as string];
  return [lower.replace(/['’]s?$/, '').replaceAll('’', "'")];
}
