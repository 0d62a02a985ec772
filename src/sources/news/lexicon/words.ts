/** Phrases made ready for matching: classes resolved, and for each word the phrases that can begin with it. */
import { type Node, type Phrase, PhraseError, parsePhrase, type Shape } from './phrase.ts';
import { mayHaveShape } from './shapes.ts';

export type WordNode = Extract<Node, { readonly kind: 'word' }>;
/** As written, but that classes go by number and alternatives of one word each are a set. */
type Step =
  | WordNode
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'class'; readonly number: number }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'either'; readonly words: ReadonlySet<string>; readonly rest: readonly Steps[] }
  | { readonly kind: 'maybe'; readonly step: Steps }
  | { readonly kind: 'not'; readonly step: Steps; readonly where: 'next' | 'before' }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' };
export type Steps = readonly Step[];

/** A phrase of a class. */
export type Way = {
  /** Its number among all. */
  readonly id: number;
  readonly steps: Steps;
  /** Classes that must be found somewhere for it to be, and sets of words of which one must. */
  readonly needs: readonly number[];
  readonly words: readonly ReadonlySet<string>[];
};

/** Classes go by number; a set of phrases that are tried together is a class of its own. */
export type Ready = {
  /** How many phrases there are. */
  readonly ways: number;
  /** How many classes. */
  readonly classes: number;
  starts(word: string, capital: boolean): Starts;
};
/** What a word can begin: of each class, by its number, the phrases. */
export type Starts = {
  readonly numbers: readonly number[];
  readonly phrases: ReadonlyMap<number, readonly Way[]>;
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
    let ways = 0;
    const all = parsed.map((phrases) => phrases.map((phrase) => wayOf(ways++, stepsOf(phrase, names))));
    return { ways, classes: all.length, starts: startsOf(all) };
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

function stepsOf(phrase: Phrase, names: ReadonlyMap<string, number>): Steps {
  return phrase.map((node): Step => {
    switch (node.kind) {
      case 'class':
        return { kind: 'class', number: names.get(node.name) as number };
      case 'either': {
        const words = node.of.flatMap((each) => (isPlainWord(each) ? [each[0].word] : []));
        const rest = node.of.filter((each) => !isPlainWord(each)).map((each) => stepsOf(each, names));
        return { kind: 'either', words: new Set(words), rest };
      }
      case 'maybe':
        return { kind: 'maybe', step: stepsOf([node.node], names) };
      case 'not':
        return { kind: 'not', step: stepsOf([node.node], names), where: node.where };
      default:
        return node;
    }
  });
}

function wayOf(id: number, steps: Steps): Way {
  return {
    id,
    steps,
    needs: steps.flatMap((step) => (step.kind === 'class' ? [step.number] : [])),
    words: steps.flatMap((step) => {
      if (step.kind === 'word' && step.open === 'none') return [new Set([step.word])];
      return step.kind === 'either' && step.rest.length === 0 ? [step.words] : [];
    }),
  };
}

/** One word in any case, whole. */
function isPlainWord(phrase: Phrase): phrase is readonly [WordNode] {
  const [node] = phrase;
  return phrase.length === 1 && node?.kind === 'word' && node.open === 'none' && node.cased === null;
}

/** What a phrase can begin with: these words, words that begin or end like these, words of a look, or anything. */
type Heads = { readonly words: Set<string>; readonly open: WordNode[]; readonly shapes: Set<Shape>; anything: boolean };

/** Whether the steps may take no word at all, so that what follows them can come first. */
function addHeads(steps: Steps, all: readonly (readonly Way[])[], heads: Heads): boolean {
  for (const step of steps) {
    switch (step.kind) {
      case 'word':
        if (step.open === 'none') heads.words.add(step.word);
        else heads.open.push(step);
        return false;
      case 'either': {
        for (const word of step.words) heads.words.add(word);
        const empty = step.rest.map((rest) => addHeads(rest, all, heads));
        if (!empty.includes(true)) return false;
        break;
      }
      case 'class': {
        const empty = (all[step.number] ?? []).map((way) => addHeads(way.steps, all, heads));
        if (!empty.includes(true)) return false;
        break;
      }
      case 'maybe':
        addHeads(step.step, all, heads);
        break;
      case 'shape':
        heads.shapes.add(step.shape);
        return false;
      case 'gap':
        heads.anything = true;
        return false;
    }
  }
  return true;
}

/** Texts bring ever new words; those seen most are known at once, and the table never grows past this. */
const REMEMBERED = 20_000;

type Start = { readonly number: number; readonly way: Way };

function startsOf(all: readonly (readonly Way[])[]): Ready['starts'] {
  const exact = new Map<string, Start[]>();
  const open: (Start & { readonly node: WordNode })[] = [];
  const shaped: (Start & { readonly shape: Shape })[] = [];
  const always: Start[] = [];
  for (const [number, ways] of all.entries())
    for (const way of ways) {
      const heads: Heads = { words: new Set(), open: [], shapes: new Set(), anything: false };
      addHeads(way.steps, all, heads);
      if (heads.anything) always.push({ number, way });
      for (const shape of heads.shapes) shaped.push({ number, way, shape });
      for (const node of heads.open) open.push({ number, way, node });
      for (const word of heads.words) {
        const list = exact.get(word);
        if (list === undefined) exact.set(word, [{ number, way }]);
        else list.push({ number, way });
      }
    }
  const memory = new Map<string, Starts>();
  return (word, capital) => {
    const key = capital ? `^${word}` : word;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const opened = open.filter(({ node }) => isOpenMatch(node, word));
    const looking = shaped.filter(({ shape }) => mayHaveShape(shape, word, capital));
    const found = byClass([...always, ...(exact.get(word) ?? []), ...opened, ...looking]);
    if (memory.size >= REMEMBERED) memory.clear();
    memory.set(key, found);
    return found;
  };
}

function byClass(starts: readonly Start[]): Starts {
  const found = new Map<number, Way[]>();
  for (const { number, way } of starts) {
    const list = found.get(number);
    if (list === undefined) found.set(number, [way]);
    else if (!list.includes(way)) list.push(way);
  }
  return { numbers: [...found.keys()], phrases: found };
}

/** Whether the word begins or ends as an open-ended word of a phrase does. */
export function isOpenMatch({ word, open }: WordNode, found: string): boolean {
  return open === 'end' ? found.startsWith(word) : found.endsWith(word);
}
