/** Classes and sets of phrases, collected by name and made ready for matching. */
import { chaining, wayOf } from './chain.ts';
import { type Phrase, PhraseError, parsePhrase } from './phrase.ts';
import { type Starts, startsOf } from './starts.ts';

/** Classes go by number; a set of phrases that are tried together is a class of its own. */
export type Ready = {
  /** How many phrases there are. */
  readonly ways: number;
  /** How many classes. */
  readonly classes: number;
  starts(word: string, capital: boolean): Starts;
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
    const chained = chaining(names);
    const all = parsed.map((phrases) => phrases.map((phrase) => wayOf(ways++, chained(phrase))));
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

/** How many classes may be made of each other in a row. */
const DEEPEST = 100;
const TOO_DEEP = `stands in a row of more than ${DEEPEST} classes that name each other`;

function checkCircles(parsed: readonly (readonly Phrase[])[], names: ReadonlyMap<string, number>): void {
  const depths = new Map<number, number>();
  const refuse = (number: number, why: string): never => {
    const [name] = [...names].find(([, each]) => each === number) ?? ['?'];
    throw new PhraseError(`the class <${name}> ${why}`);
  };
  const depthOf = (number: number, path: readonly number[]): number => {
    const known = depths.get(number);
    if (known !== undefined) return known;
    if (path.includes(number)) refuse(number, 'is made of itself');
    if (path.length >= DEEPEST) refuse(number, TOO_DEEP);
    const inner = (parsed[number] ?? []).flatMap(namedIn).map((name) => names.get(name) as number);
    const depth = 1 + inner.reduce((most, each) => Math.max(most, depthOf(each, [...path, number])), 0);
    if (depth > DEEPEST) refuse(number, TOO_DEEP);
    depths.set(number, depth);
    return depth;
  };
  for (const number of parsed.keys()) depthOf(number, []);
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
