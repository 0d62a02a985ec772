/** What is wrong with a lexicon beyond its shape: phrases that cannot be read, and examples that are not recognised. */
import type { Network } from '../../../core/ladder.ts';
import { isFact } from '../../../core/news.ts';
import { type Classify, createClassifier } from './classifier.ts';
import { PhraseError, parsePhrase } from './phrase.ts';
import type { Lexicon } from './schema.ts';
import { createWords, namedIn } from './words.ts';

/** A mistake and where it stands: the keys and indexes that lead to it. */
export type LexiconMistake = {
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly expected: string;
  readonly todo: string;
};

/** Every phrase that cannot be read, and every class that is missing or made of itself. */
export function phraseMistakes(lexicon: Lexicon): readonly LexiconMistake[] {
  const classes = new Set(Object.keys(lexicon.classes));
  const unread = phrasesOf(lexicon).flatMap(({ path, phrase }) => mistakeIn(phrase, path, classes));
  if (unread.length > 0) return unread;
  const error = thrownBy(() => createWords(lexicon.classes).ready());
  return error === undefined ? [] : [mistake(['classes'], error.message)];
}

/** Examples that the lexicon does not read as it says. Only of one without phrase mistakes. */
export function exampleMistakes(lexicon: Lexicon, networks: readonly Network[]): readonly LexiconMistake[] {
  const classify = createClassifier(lexicon, networks);
  const events = lexicon.events.flatMap(({ type, status, examples, counterexamples = [] }, index) => [
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
  ]);
  const silent = lexicon.silent.flatMap(({ kind, types, examples }, index) =>
    examples.flatMap((text, place) => {
      const found = readExample(classify, text).events.filter(
        ({ type }) => types === undefined || types.includes(type),
      );
      const path = ['silent', index, 'examples', place];
      return found.length === 0 ? [] : [unlike(path, `the example of ${kind} reports ${found[0]?.type}`)];
    }),
  );
  return [...events, ...silent];
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
  classes: ReadonlySet<string>,
): readonly LexiconMistake[] {
  const unread = thrownBy(() => parsePhrase(phrase));
  if (unread !== undefined) return [mistake(path, unread.message)];
  const unknown = namedIn(parsePhrase(phrase)).find((name) => !classes.has(name));
  return unknown === undefined ? [] : [mistake(path, `there is no class <${unknown}>: add it under classes`)];
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

function mistake(path: LexiconMistake['path'], what: string): LexiconMistake {
  return {
    path,
    what,
    expected: 'a phrase such as "<model> .. (is | was) trained"',
    todo: 'see the notation at the top of the shipped lexicon.yaml',
  };
}
