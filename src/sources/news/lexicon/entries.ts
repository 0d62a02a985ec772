/** Entries of a lexicon that are well formed and still cannot mean anything. */
import type { Network } from '../../../core/ladder.ts';
import { nearest } from '../../../core/nearest.ts';
import type { LexiconMistake } from './mistake.ts';
import { SHAPES } from './phrase.ts';
import type { Lexicon } from './schema.ts';

/** Entries that could never act, or that another hides. */
export function entryMistakes({ classes, hedges, silent, events }: Lexicon): readonly LexiconMistake[] {
  return [
    ...Object.keys(classes).flatMap(hiddenClass),
    ...hedges.flatMap(({ before, after, statement }, index) =>
      (before ?? after ?? statement) === undefined
        ? [idle(['hedges', index], 'the hedge has no words', 'before, after or statement')]
        : [],
    ),
    ...silent.flatMap(({ kind, title, article }, index) =>
      (title ?? article) === undefined
        ? [idle(['silent', index], `the kind ${kind} has no words to be known by`, 'title or article')]
        : [],
    ),
    ...events.flatMap(({ id }, index) => {
      const first = events.findIndex((event) => event.id === id);
      return first === index ? [] : [twice(id, index, first)];
    }),
  ];
}

function hiddenClass(name: string): readonly LexiconMistake[] {
  if (!SHAPES.some((shape) => shape === name)) return [];
  return [
    {
      path: ['classes', name],
      what: `the class ${name} can never be meant: <${name}> is a shape of the notation`,
      expected: `a name other than ${SHAPES.join(', ')}`,
      todo: `rename the class, say ${name}-words, and the phrases that name it`,
    },
  ];
}

function idle(path: LexiconMistake['path'], what: string, keys: string): LexiconMistake {
  return { path, what, expected: `at least one of ${keys}`, todo: `give it phrases under ${keys}, or delete it` };
}

function twice(id: string, index: number, first: number): LexiconMistake {
  return {
    path: ['events', index, 'id'],
    what: `the id ${id} is taken by event ${first + 1}`,
    expected: 'an id that no other event has',
    todo: `rename one of them, say ${id}-2`,
  };
}

/**
 * Names of networks that are not configured, where one that is has an id much like it: those names are left out in
 * reading. A name with no such neighbour is of a network that was not taken over, which is no mistake.
 */
export function nameDoubts({ names }: Lexicon, networks: readonly Network[]): readonly LexiconMistake[] {
  const ids = networks.map(({ id }) => id);
  return names.flatMap(({ network }, index) => {
    const meant = network.startsWith('other:') || ids.includes(network) ? undefined : nearest(network, ids);
    if (meant === undefined) return [];
    return [
      {
        path: ['names', index, 'network'],
        what: `no network ${network} is configured, so these names are not read`,
        expected: 'the id of a network of networks.yaml, or other:<name> for one that is not followed',
        todo: `did you mean ${meant}? Else write other:${network}`,
      },
    ];
  });
}
