/** The distinctive terms of a text: what it names, which figures it gives, and its rarer words. */
import { figureAt } from './figures.ts';
import type { Token } from './tokens.ts';

/** More would only add words. */
const MOST_TERMS = 24;
const LONGEST_TERM = 40;

type Text = {
  readonly tokens: readonly Token[];
  /** Most of its words begin with a capital. */
  readonly loud: boolean;
};

type Found = {
  readonly numbered: Set<string>;
  readonly names: Set<string>;
  readonly figures: Set<string>;
  readonly famous: Set<string>;
  readonly words: Set<string>;
};

/**
 * The terms of some texts, most telling first: names with a number (`@covenant72b`), other names (`@templar`), figures
 * with their unit (`#72b`, `#$4.08`, `#48%`), names that many stories share (`~openai`), then other words, the longest
 * first. Names and words are lightly stemmed. What most texts of this field say is left out.
 */
export function termsOf(texts: readonly Text[]): readonly string[] {
  const found: Found = {
    numbered: new Set(),
    names: new Set(),
    figures: new Set(),
    famous: new Set(),
    words: new Set(),
  };
  for (const { tokens, loud } of texts)
    for (let index = 0; index < tokens.length; ) index += read(tokens, index, loud, found);
  const terms = [...found.numbered, ...found.names].map((name) => `@${name}`);
  for (const figure of found.figures) terms.push(`#${figure}`);
  for (const name of found.famous) terms.push(`~${name}`);
  if (terms.length < MOST_TERMS)
    terms.push(...[...found.words].filter((word) => !found.names.has(word)).sort((a, b) => b.length - a.length));
  return terms.slice(0, MOST_TERMS);
}

/** Where most words begin with a capital, as in many headlines, a capital tells nothing. */
export function isLoud(tokens: readonly Token[]): boolean {
  let [capitals, words] = [0, 0];
  for (const { word, first } of tokens)
    if (!first && word.text.length > 3) {
      words += 1;
      if (word.capital) capitals += 1;
    }
  return words > 2 && capitals > words * 0.6;
}

/** Whether the word stands as a name where it stands. */
export function isName(token: Token, loud: boolean): boolean {
  return token.word.marked || (token.word.capital && !token.first && !loud);
}

/** Reads what begins at one token; gives how many tokens it took. */
function read(tokens: readonly Token[], index: number, loud: boolean, found: Found): number {
  const token = tokens[index] as Token;
  const named = versionAt(tokens, index);
  if (named !== undefined) {
    found.numbered.add(named.text);
    addSize(named.text, found.figures);
    return named.taken;
  }
  const figure = token.word.number || token.word.value !== undefined ? figureAt(tokens, index) : undefined;
  if (figure !== undefined) {
    found.figures.add(figure.text);
    return figure.taken;
  }
  const { text, stem, common } = token.word;
  if (token.word.number || common || text.length < 2 || text.length > LONGEST_TERM) return 1;
  if (token.word.famous) found.famous.add(stem);
  else if (token.word.marked && DIGIT.test(text)) {
    found.numbered.add(stem.replace(SUBNET, 'subnet'));
    addSize(text, found.figures);
  } else if (isName(token, loud)) found.names.add(stem);
  else if (text.length > 3) found.words.add(stem);
  return 1;
}

const DIGIT = /\d/;
/** How Bittensor's subnets are called for short. */
const SUBNET = /^sn(?=\d+$)/;

/** A model's size is a figure too: `covenant72b` is one of 72 billion parameters. */
function addSize(name: string, figures: Set<string>): void {
  const size = /\D(\d+(?:\.\d+)?b)$/.exec(name)?.[1];
  if (size !== undefined) figures.add(size);
}

/**
 * The name with a number that begins here, and how many tokens it takes: `INTELLECT-2`, `Covenant 72B`, `Subnet 38`, `0G`,
 * `Q1 2026`. Not `Nvidia 2025`, `June 12`, `Akash 48%` or `Mit 50 Millionen`.
 */
function versionAt(
  tokens: readonly Token[],
  index: number,
): { readonly text: string; readonly taken: number } | undefined {
  const [token, next, after] = [tokens[index] as Token, tokens[index + 1], tokens[index + 2]];
  if (next === undefined || next.gap === 'more') return undefined;
  const { word } = token;
  if (token.word.number) {
    const joined =
      next.gap === 'none' && next.word.capital && next.word.text.length < 4 && next.word.unit === undefined;
    return joined ? { text: word.text + next.word.text, taken: 2 } : undefined;
  }
  if (
    !next.word.number ||
    !token.word.capital ||
    token.word.possessive ||
    next.money ||
    next.percent ||
    word.text.length < 2
  )
    return undefined;
  if (QUARTER.test(word.text) && next.word.text.length === 4) return { text: word.text + next.word.text, taken: 2 };
  const short = next.word.text.length < (next.gap === 'hyphen' ? 5 : 4);
  if (!short || (word.common && next.gap !== 'hyphen') || (after?.word.unit !== undefined && after.gap !== 'none'))
    return undefined;
  const suffix = after?.gap === 'none' && after.word.text.length === 1 ? after.word.text : '';
  return { text: (word.stem + next.word.text + suffix).slice(0, LONGEST_TERM), taken: suffix === '' ? 2 : 3 };
}

const QUARTER = /^q[1-4]$/;
