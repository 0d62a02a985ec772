/** The fingerprint of an article's text, by which stories and copies are told. */
import { SKETCH, withoutPublisher } from '../../core/alike.ts';
import type { Print } from '../../core/news.ts';
import { isLoud, isName, termsOf } from './print/terms.ts';
import { type Token, tokensOf } from './print/tokens.ts';

/**
 * The fingerprint of a title and summary. Pure, and of nothing but these: the same text has the same fingerprint on
 * every machine and whatever was seen before.
 */
export function printOf(title: string, summary: string | null): Print {
  const head = tokensOf(withoutPublisher(title.normalize('NFKC')));
  const body = summary === null ? [] : tokensOf(summary.normalize('NFKC'));
  const texts = (startsWith(body, head) ? [body] : [head, body]).map((tokens) => ({ tokens, loud: isLoud(tokens) }));
  const words: number[] = [];
  const frame: number[] = [];
  for (const { tokens, loud } of texts)
    for (const token of tokens) {
      words.push(token.word.hash);
      if (staysInFrame(token, loud)) frame.push(token.word.hash);
    }
  return { terms: termsOf(texts), shingles: sketch(words, 3), frame: sketch(frame, 2) };
}

/** Many feeds give no title of their own: it is the start of the text. */
function startsWith(body: readonly Token[], head: readonly Token[]): boolean {
  return head.length <= body.length && head.every(({ word }, index) => word.text === body[index]?.word.text);
}

/**
 * Whether the word stays where those around it are swapped for others of like meaning: function words, names and figures
 * do (after Stamatatos 2011, who takes the function words alone).
 */
function staysInFrame(token: Token, loud: boolean): boolean {
  return token.word.grammar || token.word.number || isName(token, loud);
}

/** The smallest hashes of the sequences of so many words, ascending; of a shorter text the one of the whole. */
function sketch(words: readonly number[], length: number): readonly number[] {
  const hashes = new Uint32Array(words.length === 0 ? 0 : Math.max(1, words.length - length + 1));
  for (let index = 0; index < hashes.length; index++) {
    let value = 0;
    for (let offset = 0; offset < length; offset++) value = Math.imul(value, 0x1b873593) ^ (words[index + offset] ?? 0);
    hashes[index] = spread(value);
  }
  return smallest(hashes.sort());
}

/** The finalizer of MurmurHash3. */
function spread(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function smallest(sorted: Uint32Array): readonly number[] {
  const kept: number[] = [];
  let last = -1;
  for (let index = 0; index < sorted.length && kept.length < SKETCH; index++) {
    const hash = sorted[index] as number;
    if (hash !== last) kept.push(hash);
    last = hash;
  }
  // An array that grew keeps room to grow further; of these there are very many.
  return kept.slice();
}
