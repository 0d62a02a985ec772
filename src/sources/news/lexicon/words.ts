/** Phrases made ready for matching: classes resolved, and for each phrase the words it can begin with. */
import { type Node, type Phrase, PhraseError, parsePhrase } from './phrase.ts';

/** A class by its number; a set of phrases that are tried together is a class of its own. */
export type Ready = {
  /** By number: the phrases of each class. */
  readonly classes: readonly (readonly Phrase[])[];
  readonly numberOf: ReadonlyMap<string, number>;
  /** The numbers of the classes that a word can begin a phrase of. */
  starts(word: string): ReadonlySet<number>;
};

/** Names of sets begin with this, so that no class of the owner's can be called the same. */
const SET = '#';

/**
 * Collects classes and sets of phrases. Throws a PhraseError where one cannot be read, names a class that does not
 * exist, or goes in circles.
 */
export function createWords(classes: Readonly<Record<string, readonly string[]>>): {
  /** A set of phrases, by its number. */
  set(phrases: readonly string[]): number;
  ready(): Ready;
} {
  const names = new Map<string, number>();
  const parsed: (readonly Phrase[])[] = [];
  const add = (name: string, phrases: readonly string[]): number => {
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, parsed.length);
    return parsed.push(phrases.map(parsePhrase)) - 1;
  };
  for (const [name, phrases] of Object.entries(classes)) add(name, phrases);

  function ready(): Ready {
    checkNames(parsed, names);
    checkCircles(parsed, names);
    const heads = parsed.map((phrases) => headsOf(phrases, parsed, names));
    return { classes: parsed, numberOf: names, starts: startsOf(heads) };
  }

  return { set: (phrases) => add(`${SET}${JSON.stringify(phrases)}`, phrases), ready };
}

function checkNames(parsed: readonly (readonly Phrase[])[], names: ReadonlyMap<string, number>): void {
  for (const phrases of parsed)
    for (const phrase of phrases)
      for (const name of namedIn(phrase))
        if (!names.has(name)) throw new PhraseError(`there is no class <${name}>: add it under classes`);
}

function checkCircles(parsed: readonly (readonly Phrase[])[], names: ReadonlyMap<string, number>): void {
  const done = new Set<number>();
  const walk = (number: number, path: readonly number[]): void => {
    if (path.includes(number)) {
      const [name] = [...names].find(([, each]) => each === number) ?? ['?'];
      throw new PhraseError(`the class <${name}> is made of itself`);
    }
    if (done.has(number)) return;
    for (const phrase of parsed[number] ?? [])
      for (const name of namedIn(phrase)) walk(names.get(name) as number, [...path, number]);
    done.add(number);
  };
  for (const number of parsed.keys()) walk(number, []);
}

/** The classes a phrase speaks of. */
export function namedIn(phrase: Phrase): readonly string[] {
  return phrase.flatMap((node): readonly string[] => {
    switch (node.kind) {
      case 'class':
        return [node.name];
      case 'either':
        return node.of.flatMap(namedIn);
      case 'maybe':
      case 'not':
        return namedIn([node.node]);
      default:
        return [];
    }
  });
}

type WordNode = Extract<Node, { readonly kind: 'word' }>;
/** What a phrase can begin with: these words, or anything. */
type Heads = { readonly words: readonly WordNode[]; readonly anything: boolean };

const ANYTHING: Heads = { words: [], anything: true };

function headsOf(
  phrases: readonly Phrase[],
  parsed: readonly (readonly Phrase[])[],
  names: ReadonlyMap<string, number>,
): Heads {
  return together(phrases.map((phrase) => headOf(phrase, 0)));

  function headOf(phrase: Phrase, at: number): Heads {
    const node = phrase[at];
    if (node === undefined || node.kind === 'gap' || node.kind === 'shape') return ANYTHING;
    switch (node.kind) {
      case 'word':
        return { words: [node], anything: false };
      case 'class':
        return headsOf(parsed[names.get(node.name) as number] ?? [], parsed, names);
      case 'either':
        return together(node.of.map((each) => headOf(each, 0)));
      case 'maybe':
        return together([headOf([node.node], 0), headOf(phrase, at + 1)]);
      default:
        return headOf(phrase, at + 1);
    }
  }
}

function together(heads: readonly Heads[]): Heads {
  return { words: heads.flatMap(({ words }) => words), anything: heads.some(({ anything }) => anything) };
}

/** Texts bring ever new words; those seen most are known at once, and the table never grows past this. */
const REMEMBERED = 20_000;

function startsOf(heads: readonly Heads[]): (word: string) => ReadonlySet<number> {
  const exact = new Map<string, number[]>();
  const open: { readonly node: WordNode; readonly number: number }[] = [];
  const always: number[] = [];
  for (const [number, { words, anything }] of heads.entries()) {
    if (anything) always.push(number);
    for (const node of words) {
      if (node.open !== 'none') open.push({ node, number });
      else exact.set(node.word, [...(exact.get(node.word) ?? []), number]);
    }
  }
  const memory = new Map<string, ReadonlySet<number>>();
  return (word) => {
    const known = memory.get(word);
    if (known !== undefined) return known;
    const found = new Set(always);
    for (const number of exact.get(word) ?? []) found.add(number);
    for (const { node, number } of open) if (isOpenMatch(node, word)) found.add(number);
    if (memory.size >= REMEMBERED) memory.clear();
    memory.set(word, found);
    return found;
  };
}

/** Whether the word begins or ends as an open-ended word of a phrase does. */
export function isOpenMatch({ word, open }: WordNode, found: string): boolean {
  return open === 'end' ? found.startsWith(word) : found.endsWith(word);
}
