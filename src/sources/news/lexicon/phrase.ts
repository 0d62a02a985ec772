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
const SHAPES = ['number', 'size', 'money', 'millions', 'lower', 'higher', 'percent', 'year', 'capital', 'any'] as const;
export type Shape = (typeof SHAPES)[number];

export class PhraseError extends Error {
  override name = 'PhraseError';
}

const SHORT_GAP = 3;
const LONG_GAP = 8;
const WIDEST_GAP = 20;

/**
 * Reads a phrase: `word`, `word*`, `*word`, `<class>` or a shape such as `<number>`, `(a | b c)`, `x?` (may be missing), `..` (up to 3
 * words), `...` (up to 8), `..12`, `!x` (x does not follow), `~x` (x is not just before), `^` and `$` (the statement's
 * ends). A word with a capital letter must be written with it, or all in capitals.
 * Throws a PhraseError that says what is wrong and where.
 */
export function parsePhrase(text: string): Phrase {
  const parts = text.match(/<[^<>\s]*>\??|\.\.(?:\.|\d+)?|[()|^$]|[!~]|[^\s()|<>!~^$]+/g) ?? [];
  const reader = { parts: joined(parts), at: 0, text };
  const phrase = sequence(reader);
  if (reader.at < reader.parts.length) throw new PhraseError(`${JSON.stringify(text)}: a ) too many`);
  return phrase;
}

type Reader = { readonly parts: readonly string[]; at: number; readonly text: string };

/** `)` and the `?` behind it are one part. */
function joined(parts: readonly string[]): readonly string[] {
  return parts.flatMap((part, index) => {
    if (part === '?' && parts[index - 1] === ')') return [];
    return part === ')' && parts[index + 1] === '?' ? [')?'] : [part];
  });
}

function sequence(reader: Reader): Phrase {
  const nodes: Node[] = [];
  for (;;) {
    const part = reader.parts[reader.at];
    if (part === undefined || part === '|' || part.startsWith(')')) break;
    nodes.push(...item(reader));
  }
  if (nodes.length === 0) throw new PhraseError(`${JSON.stringify(reader.text)}: an empty phrase`);
  return nodes;
}

function item(reader: Reader): readonly Node[] {
  const part = reader.parts[reader.at++] as string;
  if (part === '!' || part === '~') {
    if (reader.at >= reader.parts.length)
      throw new PhraseError(`${JSON.stringify(reader.text)}: nothing follows ${part}`);
    const nodes = item(reader);
    const node: Node = nodes.length === 1 ? (nodes[0] as Node) : { kind: 'either', of: [nodes] };
    return [{ kind: 'not', node, where: part === '!' ? 'next' : 'before' }];
  }
  if (part === '(') return [group(reader)];
  if (part === '^') return [{ kind: 'edge', edge: 'start' }];
  if (part === '$') return [{ kind: 'edge', edge: 'end' }];
  if (part.startsWith('..')) return [{ kind: 'gap', most: gapOf(part, reader.text) }];
  if (part.startsWith('<')) return [optional(part, named(part.replace(/[<>?]/g, '')))];
  return words(part, reader.text);
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
  if (end !== ')' && end !== ')?') throw new PhraseError(`${JSON.stringify(reader.text)}: a ( is never closed`);
  const node: Node = { kind: 'either', of };
  return end === ')?' ? { kind: 'maybe', node } : node;
}

function gapOf(part: string, text: string): number {
  if (part === '..') return SHORT_GAP;
  if (part === '...') return LONG_GAP;
  const most = Number(part.slice(2));
  if (most > WIDEST_GAP)
    throw new PhraseError(`${JSON.stringify(text)}: a gap of ${most} words, at most ${WIDEST_GAP}`);
  return most;
}

/** A shape, or else a class. */
function named(name: string): Node {
  const shape = SHAPES.find((known) => known === name);
  return shape === undefined ? { kind: 'class', name } : { kind: 'shape', shape };
}

/** A written word may be several: `on-demand` is two, and matches `on demand` too. */
function words(part: string, text: string): readonly Node[] {
  const bare = part.replace(/\?$/, '');
  const open = bare.endsWith('*') ? 'end' : bare.startsWith('*') ? 'start' : 'none';
  const tokens = tokensOf(bare.replaceAll('*', ''));
  if (tokens.length === 0) throw new PhraseError(`${JSON.stringify(text)}: ${JSON.stringify(part)} is no word`);
  const nodes = tokens.map(({ word, text: written }, index): Node => {
    const opens = (open === 'end' && index === tokens.length - 1) || (open === 'start' && index === 0) ? open : 'none';
    return { kind: 'word', word, open: opens, cased: /\p{Lu}/u.test(written) ? written : null };
  });
  if (!part.endsWith('?')) return nodes;
  return [{ kind: 'maybe', node: nodes.length === 1 ? (nodes[0] as Node) : { kind: 'either', of: [nodes] } }];
}
