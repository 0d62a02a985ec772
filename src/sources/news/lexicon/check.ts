/** What is wrong with a lexicon beyond its shape: phrases that cannot be read, and examples that are not recognised. */
import type { Network } from '../../../core/ladder.ts';
import { nearest } from '../../../core/nearest.ts';
import { isFact } from '../../../core/news.ts';
import { type Classify, createClassifier } from './classifier.ts';
import { entryMistakes, nameDoubts } from './entries.ts';
import type { LexiconMistake } from './mistake.ts';
import { PhraseError, parsePhrase, SHAPES } from './phrase.ts';
import type { Lexicon, LexiconReport } from './schema.ts';
import { createWords, namedIn } from './words.ts';

export type { LexiconMistake };

/** Why the lexicon cannot be used: phrases that cannot be read, classes that are missing or made of themselves, idle entries. */
export function phraseMistakes(lexicon: Lexicon): readonly LexiconMistake[] {
  const classes = Object.keys(lexicon.classes);
  const unread = [
    ...phrasesOf(lexicon).flatMap(({ path, phrase }) => mistakeIn(phrase, path, classes)),
    ...entryMistakes(lexicon),
  ];
  if (unread.length > 0) return unread;
  const error = thrownBy(() => createWords(lexicon.classes).ready());
  return error === undefined ? [] : [circle(error.message)];
}

/** What the lexicon reads otherwise than it says: its examples, and names that no network answers to. Only of one without phrase mistakes. */
export function exampleMistakes(lexicon: Lexicon, networks: readonly Network[]): readonly LexiconMistake[] {
  const classify = createClassifier(lexicon, [...networks, ...othersNamed(lexicon, networks)]);
  return [
    ...nameDoubts(lexicon, networks),
    ...lexicon.events.flatMap((report, index) => eventDoubts(classify, report, index)),
    ...lexicon.silent.flatMap(({ kind, types, examples }, index) =>
      examples.flatMap((text, place) => {
        const { events } = readExample(classify, text);
        const found = events.find(({ type }) => types === undefined || types.includes(type));
        const path = ['silent', index, 'examples', place];
        return found === undefined ? [] : [unlike(path, `the example of ${kind} reports ${found.type}`)];
      }),
    ),
  ];
}

/** Networks that the lexicon names and nobody configured: its examples may speak of them all the same. */
function othersNamed(lexicon: Lexicon, networks: readonly Network[]): readonly Network[] {
  const known = new Set(networks.map(({ id }) => id));
  const ids = new Set(lexicon.names.map(({ network }) => network));
  return [...ids]
    .filter((id) => !id.startsWith('other:') && !known.has(id))
    .map((id) => ({ id, name: id, aliases: [], token: null, home: null, tier: 'unrated', reason: 'an example' }));
}

function eventDoubts(
  classify: Classify,
  { type, status, examples, counterexamples = [] }: LexiconReport,
  index: number,
): readonly LexiconMistake[] {
  return [
    ...examples.flatMap((text, place) => {
      const found = readExample(classify, text).events.find((event) => event.type === type);
      const got = found === undefined ? 'is not read as it' : `is read as ${type} ${found.status}`;
      const path = ['events', index, 'examples', place];
      return found?.status === status ? [] : [unlike(path, `the example of ${type} ${status} ${got}`)];
    }),
    ...counterexamples.flatMap((text, place) => {
      const alarm = readExample(classify, text).events.some((event) => event.type === type && isFact(event.status));
      const path = ['events', index, 'counterexamples', place];
      return alarm ? [unlike(path, `the counterexample is read as a fact of ${type}`)] : [];
    }),
  ];
}

function readExample(classify: Classify, text: string): ReturnType<Classify> {
  const [title = '', ...summary] = text.split('\n');
  return classify({ title, summary: summary.length === 0 ? null : summary.join('\n') });
}

function unlike(path: LexiconMistake['path'], what: string): LexiconMistake {
  return {
    path,
    what,
    expected: 'the lexicon to read it as the entry says',
    todo: 'change the phrases or the example; `tierwatch classify` shows what is read',
  };
}

type Placed = { readonly path: LexiconMistake['path']; readonly phrase: string };

function phrasesOf({ classes, names, strangers, hedges, silent, events }: Lexicon): readonly Placed[] {
  const listed = (path: LexiconMistake['path'], phrases: readonly string[] | undefined): readonly Placed[] =>
    (phrases ?? []).map((phrase, index) => ({ path: [...path, index], phrase }));
  const fields = <T extends object>(root: string, entries: readonly T[], keys: readonly (keyof T & string)[]) =>
    entries.flatMap((entry, index) =>
      keys.flatMap((key) => listed([root, index, key], entry[key] as readonly string[] | undefined)),
    );
  return [
    ...Object.entries(classes).flatMap(([name, phrases]) => listed(['classes', name], phrases)),
    ...fields('names', names, ['words', 'with', 'without']),
    ...listed(['strangers'], strangers),
    ...fields('hedges', hedges, ['before', 'after', 'statement']),
    ...fields('silent', silent, ['title', 'article', 'unless']),
    ...fields('events', events, ['says', 'near', 'article', 'not', 'never', 'guess']),
  ];
}

function mistakeIn(
  phrase: string,
  path: LexiconMistake['path'],
  classes: readonly string[],
): readonly LexiconMistake[] {
  const error = thrownBy(() => parsePhrase(phrase));
  if (error !== undefined) return [unreadable(path, error.message)];
  const unknown = namedIn(parsePhrase(phrase)).find((name) => !classes.includes(name));
  return unknown === undefined ? [] : [missing(path, unknown, classes)];
}

function thrownBy(act: () => unknown): PhraseError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof PhraseError) return error;
    throw error;
  }
}

/** Where the notation is explained. */
const NOTATION = 'the notation stands at the top of config/lexicon.yaml of the package';

function unreadable(path: LexiconMistake['path'], what: string): LexiconMistake {
  return { path, what, expected: 'a phrase such as "<model> .. (is | was) trained"', todo: NOTATION };
}

function missing(path: LexiconMistake['path'], name: string, classes: readonly string[]): LexiconMistake {
  const meant = nearest(name, [...classes, ...SHAPES]);
  return {
    path,
    what: `there is no class <${name}>`,
    expected: `the name of a class, or one of ${SHAPES.map((shape) => `<${shape}>`).join(' ')}`,
    todo: meant === undefined ? `add ${name} under classes; ${NOTATION}` : `did you mean <${meant}>?`,
  };
}

function circle(what: string): LexiconMistake {
  return {
    path: ['classes'],
    what,
    expected: 'classes that lead to words',
    todo: 'take one of the classes out of the phrases of the other',
  };
}
