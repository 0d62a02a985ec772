/** The notation of phrases in `lexicon.yaml`, read into a small tree. A phrase is words, not a regular expression. */
import { tokensOf } from './tokens.ts';

export type Node =
  /** One word; `prefix` and `suffix` leave that end open. `cased` must be written so, or all in capitals. */
  | {
      readonly kind: 'word';
      readonly word: string;
      readonly open: 'none' | 'end' | 'start';
      readonly cased: string | null;
    }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'shape'; readonly shape: Shape }
  /** Up to `most` words that do not matter. */
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'either'; readonly of: readonly Phrase[] }
  | { readonly kind: 'maybe'; readonly node: Node }
  /** Nothing here, or nothing just before, that matches. */
  | { readonly kind: 'not'; readonly node: Node; readonly where: 'next' | 'before' }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' };
export type Phrase = readonly Node[];

/** What a word looks like, whatever it says. */
export const SHAPES = [
  'number',
  'size',
  'money',
  'millions',
  'lower',
  'higher',
  'percent',
  'year',
  'capital',
  'any',
] as const;
export type Shape = (typeof SHAPES)[number];

export class PhraseError extends Error {
  override name = 'PhraseError';
}

const SHORT_GAP = 3;
const LONG_GAP = 8;
const WIDEST_GAP = 20;
/** Longer than any list of words that a person keeps in one phrase; reading and matching go as deep as it is long. */
const LONGEST = 5_000;
/** How deep parentheses, `!` and `~` may stand within each other. */
const DEEPEST = 20;

const PARTS = /<[^<>\s]*>\??|\.\.(?:\.|\d+)?|[()|^$<>]|[!~]|[^\s()|<>!~^$]+/g;

/**
 * Reads a phrase: `word`, `word*`, `*word`, `<class>` or a shape such as `<number>`, `(a | b c)`, `x?` (may be missing), `..` (up to 3
 * words), `...` (up to 8), `..12`, `!x` (x does not follow), `~x` (x is not just before), `^` and `$` (the statement's
 * ends). A word with a capital letter must be written with it, or all in capitals.
 * Throws a PhraseError that says what is wrong and where; also of a phrase that would match where no word is.
 */
export function parsePhrase(text: string): Phrase {
  if (text.length > LONGEST)
    throw wrong(`${text.slice(0, 40)}…`, `${text.length} characters, at most ${LONGEST}: part it into several phrases`);
  const reader = { parts: joined(text.match(PARTS) ?? []), at: 0, deep: 0, text };
  const phrase = sequence(reader);
  const rest = reader.parts[reader.at];
  if (rest === '|') throw wrong(text, `put alternatives in parentheses: ${text.length > 60 ? '(a | b)' : `(${text})`}`);
  if (rest !== undefined) throw wrong(text, 'a ) too many');
  if (mayBeEmpty(phrase))
    throw wrong(
      text,
      'matches no word: beside gaps, !x, ~x, ^, $ and words that may be missing it needs one that must stand',
    );
  return phrase;
}

function wrong(text: string, what: string): PhraseError {
  return new PhraseError(`${JSON.stringify(text)}: ${what}`);
}

/** Whether it can match without taking a word. A class never can: its phrases are read by the same rule. */
function mayBeEmpty(phrase: Phrase): boolean {
  return phrase.every((node) => {
    if (node.kind === 'either') return node.of.some(mayBeEmpty);
    return node.kind === 'gap' || node.kind === 'maybe' || node.kind === 'not' || node.kind === 'edge';
  });
}

type Reader = { readonly parts: readonly string[]; at: number; deep: number; readonly text: string };

/** `)` and the `?` behind it are one part. */
function joined(parts: readonly string[]): readonly string[] {
  return parts.flatMap((part, index) => {
    if (part === '?' && parts[index - 1] === ')') return [];
    return part === ')' && parts[index + 1] === '?' ? [')?'] : [part];
  });
}

/** Whether a phrase ends here: at the text's end, a bar or a closing parenthesis. */
function isEnd(part: string | undefined): boolean {
  return part === undefined || part === '|' || part.startsWith(')');
}

function sequence(reader: Reader): Phrase {
  const nodes: Node[] = [];
  while (!isEnd(reader.parts[reader.at])) nodes.push(...item(reader));
  if (nodes.length === 0) throw wrong(reader.text, 'an empty phrase');
  return nodes;
}

function item(reader: Reader): readonly Node[] {
  const part = reader.parts[reader.at++] as string;
  if (part === '!' || part === '~') return [within(reader, () => absent(part, reader))];
  if (part === '(') return [within(reader, () => group(reader))];
  if (part === '^') return [{ kind: 'edge', edge: 'start' }];
  if (part === '$') return [{ kind: 'edge', edge: 'end' }];
  if (part.startsWith('..')) return [{ kind: 'gap', most: gapOf(part, reader.text) }];
  if (part.startsWith('<') || part === '>') return [optional(part, named(part, reader.text))];
  return words(part, reader.text);
}

function within(reader: Reader, read: () => Node): Node {
  if (++reader.deep > DEEPEST)
    throw wrong(`${reader.text.slice(0, 40)}…`, `more than ${DEEPEST} levels deep: name its parts as classes`);
  const node = read();
  reader.deep--;
  return node;
}

function absent(sign: '!' | '~', reader: Reader): Node {
  if (isEnd(reader.parts[reader.at])) throw wrong(reader.text, `nothing follows ${sign}`);
  const nodes = item(reader);
  const node: Node = nodes.length === 1 ? (nodes[0] as Node) : { kind: 'either', of: [nodes] };
  return { kind: 'not', node, where: sign === '!' ? 'next' : 'before' };
}

function optional(part: string, node: Node): Node {
  return part.endsWith('?') ? { kind: 'maybe', node } : node;
}

function group(reader: Reader): Node {
  const of: Phrase[] = [sequence(reader)];
  while (reader.parts[reader.at] === '|') {
    reader.at++;
    of.push(sequence(reader));
  }
  const end = reader.parts[reader.at++];
  if (end !== ')' && end !== ')?') throw wrong(reader.text, 'a ( is never closed');
  const node: Node = { kind: 'either', of };
  return end === ')?' ? { kind: 'maybe', node } : node;
}

function gapOf(part: string, text: string): number {
  if (part === '..') return SHORT_GAP;
  if (part === '...') return LONG_GAP;
  const most = Number(part.slice(2));
  if (most > WIDEST_GAP) throw wrong(text, `a gap of ${most} words, at most ${WIDEST_GAP}`);
  if (most === 0) throw wrong(text, 'a gap of 0 words is none: leave it out');
  return most;
}

/** A shape, or else a class. */
function named(part: string, text: string): Node {
  const name = /^<([A-Za-z0-9-]+)>\??$/.exec(part)?.[1];
  if (name === undefined) throw wrong(text, 'a class is named as <name>, of letters, digits and - without blanks');
  const shape = SHAPES.find((known) => known === name);
  return shape === undefined ? { kind: 'class', name } : { kind: 'shape', shape };
}

/** A written word may be several: `on-demand` is two, and matches `on demand` too. */
function words(part: string, text: string): readonly Node[] {
  // Quotes stand for nothing, as in texts: "*gpt" is *gpt, as YAML needs it.
  const bare = part.replace(/\?$/, '').replace(/["“”]/g, '');
  checkStars(bare, text);
  const open = bare.endsWith('*') ? 'end' : bare.startsWith('*') ? 'start' : 'none';
  const tokens = tokensOf(bare.replaceAll('*', ''));
  if (tokens.length === 0) throw wrong(text, `${JSON.stringify(part)} is no word`);
  const nodes = tokens.map(({ word, text: written }, index): Node => {
    const opens = (open === 'end' && index === tokens.length - 1) || (open === 'start' && index === 0) ? open : 'none';
    return { kind: 'word', word, open: opens, cased: /\p{Lu}/u.test(written) ? written : null };
  });
  if (!part.endsWith('?')) return nodes;
  return [{ kind: 'maybe', node: nodes.length === 1 ? (nodes[0] as Node) : { kind: 'either', of: [nodes] } }];
}

/** A star leaves one end of a word open. */
function checkStars(bare: string, text: string): void {
  const stars = bare.split('*').length - 1;
  if (stars > 1 && /[\p{L}\p{N}]/u.test(bare))
    throw wrong(
      text,
      `${JSON.stringify(bare)} has ${stars} stars: word* begins so, *word ends so, and nothing stands for both`,
    );
  if (/[\p{L}\p{N}]\*[\p{L}\p{N}]/u.test(bare))
    throw wrong(text, `${JSON.stringify(bare)} has a star inside: word* begins so, *word ends so`);
}
