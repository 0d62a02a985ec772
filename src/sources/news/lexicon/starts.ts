/** For each word the phrases that can begin with it, so that all others are never tried. */
import type { Chain, Way, WordNode } from './chain.ts';
import type { Shape } from './phrase.ts';
import { mayHaveShape } from './shapes.ts';

/** What a word can begin: of each class, by its number, the phrases. */
export type Starts = {
  readonly numbers: readonly number[];
  readonly phrases: ReadonlyMap<number, readonly Way[]>;
};

/** What a phrase can begin with: these words, words that begin or end like these, words of a look, or anything. */
type Heads = {
  readonly words: Set<string>;
  readonly open: Set<WordNode>;
  readonly shapes: Set<Shape>;
  anything: boolean;
};

function noHeads(): Heads {
  return { words: new Set(), open: new Set(), shapes: new Set(), anything: false };
}

/** Gives what a chain can begin with; each class is gone through once, however often it is named. */
function headsIn(all: readonly (readonly Way[])[]): (chain: Chain) => Heads {
  const classes = new Map<number, Heads>();

  function ofClass(number: number): Heads {
    const known = classes.get(number);
    if (known !== undefined) return known;
    const heads = noHeads();
    for (const way of all[number] ?? []) add(way, heads);
    classes.set(number, heads);
    return heads;
  }

  /** Whether the chain may take no word at all, so that what follows it can come first. A class always takes one. */
  function add({ steps }: Chain, heads: Heads): boolean {
    for (const step of steps) {
      switch (step.kind) {
        case 'word':
          if (step.open === 'none') heads.words.add(step.word);
          else heads.open.add(step);
          return false;
        case 'either': {
          for (const word of step.words) heads.words.add(word);
          const empty = step.rest.map((rest) => add(rest, heads));
          if (!empty.includes(true)) return false;
          break;
        }
        case 'class':
          join(heads, ofClass(step.number));
          return false;
        case 'maybe':
          add(step.step, heads);
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

  return (chain) => {
    const heads = noHeads();
    add(chain, heads);
    return heads;
  };
}

function join(heads: Heads, more: Heads): void {
  for (const word of more.words) heads.words.add(word);
  for (const node of more.open) heads.open.add(node);
  for (const shape of more.shapes) heads.shapes.add(shape);
  heads.anything ||= more.anything;
}

/** Texts bring ever new words; those seen most are known at once, and the table never grows past this. */
const REMEMBERED = 20_000;

type Start = { readonly number: number; readonly way: Way };

/** Gives what a word can begin, of the phrases of each class. */
export function startsOf(all: readonly (readonly Way[])[]): (word: string, capital: boolean) => Starts {
  const exact = new Map<string, Start[]>();
  const open: (Start & { readonly node: WordNode })[] = [];
  const shaped: (Start & { readonly shape: Shape })[] = [];
  const always: Start[] = [];
  const headsOf = headsIn(all);
  for (const [number, ways] of all.entries())
    for (const way of ways) {
      const heads = headsOf(way);
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
