import { describe, expect, it } from 'vitest';
import { exampleMistakes, phraseMistakes } from '../../../../src/sources/news/lexicon/check.ts';
import { Lexicon } from '../../../../src/sources/news/lexicon/schema.ts';
import { NETWORKS } from '../networks.ts';

function event(id: string): object {
  return { id, type: 'capacity_catchup', status: 'done', says: ['prices fell'], examples: ['GPU prices fell.'] };
}

function lexicon(change: object): Lexicon {
  return Lexicon.parse({
    classes: { swarm: ['volunteers'] },
    events: [event('fell')],
    ...change,
  });
}

describe('a lexicon', () => {
  it('that is sound has no mistakes', () => {
    expect(phraseMistakes(lexicon({}))).toEqual([]);
    expect(exampleMistakes(lexicon({}), NETWORKS)).toEqual([]);
  });

  it.each([
    [{ classes: { swarm: ['(x'] } }, ['classes', 'swarm', 0], 'never closed'],
    [{ classes: { swarm: ['<gone>'] } }, ['classes', 'swarm', 0], 'no class <gone>'],
    [{ classes: { a: ['<b>'], b: ['<a>'] } }, ['classes'], 'made of itself'],
    [
      { names: [{ network: 'akash', words: ['akash'], without: ['akash', '(y'] }] },
      ['names', 0, 'without', 1],
      'never closed',
    ],
    [{ hedges: [{ status: 'denied', before: ['<gone>'] }] }, ['hedges', 0, 'before', 0], 'no class <gone>'],
    [{ silent: [{ kind: 'list', title: ['..99 x'], examples: ['x'] }] }, ['silent', 0, 'title', 0], 'at most 20'],
    [{ strangers: ['x )'] }, ['strangers', 0], ') too many'],
    [{ strangers: ['..'] }, ['strangers', 0], 'matches no word'],
    [{ classes: { year: ['annus'] } }, ['classes', 'year'], '<year> is a shape'],
    [{ hedges: [{ status: 'denied', reach: 3 }] }, ['hedges', 0], 'the hedge has no words'],
    [{ silent: [{ kind: 'list', unless: ['x'], examples: ['y'] }] }, ['silent', 0], 'kind list has no words'],
    [{ events: [event('fell'), event('rose'), event('fell')] }, ['events', 2, 'id'], 'fell is taken by event 1'],
  ])('names the place of what makes it unusable: %j', (change, path, what) => {
    const mistakes = phraseMistakes(lexicon(change));
    expect(mistakes.map((mistake) => mistake.path)).toEqual([path]);
    expect(mistakes[0]?.what).toContain(what);
  });

  it.each([
    ['<Money> fell', 'did you mean <money>?'],
    ['<swram> fell', 'did you mean <swarm>?'],
    ['<cryptography> fell', 'add cryptography under classes; the notation stands at the top of config/lexicon.yaml'],
    ['(x', 'the notation stands at the top of config/lexicon.yaml of the package'],
  ])('says what to do about %j', (phrase, todo) => {
    expect(phraseMistakes(lexicon({ strangers: [phrase] }))[0]?.todo).toContain(todo);
  });

  it('doubts names of a network whose id is much like a configured one, and leaves out those of others', () => {
    const names = ['akahs', 'akash', 'other:akasha', 'filecoin'].map((network) => ({ network, words: [network] }));
    expect(phraseMistakes(lexicon({ names: names.slice(0, 2) }))).toEqual([]);
    expect(exampleMistakes(lexicon({ names: names.map((name) => ({ ...name, words: ['x'] })) }), NETWORKS)).toEqual([
      {
        path: ['names', 0, 'network'],
        what: 'no network akahs is configured, so these names are not read',
        expected: 'the id of a network of networks.yaml, or other:<name> for one that is not followed',
        todo: 'did you mean akash? Else write other:akahs',
      },
    ]);
  });

  it('names the place of examples that are not read as their entries say', () => {
    const wrong = lexicon({
      silent: [{ kind: 'list', title: ['top five'], examples: ['GPU prices fell'] }],
      events: [
        {
          id: 'fell',
          type: 'capacity_catchup',
          status: 'done',
          says: ['prices fell'],
          examples: ['GPU prices fell.', 'GPU prices rose.'],
          counterexamples: ['Gaming GPU prices fell.'],
        },
      ],
    });
    expect(exampleMistakes(wrong, NETWORKS).map(({ path }) => path)).toEqual([
      ['events', 0, 'examples', 1],
      ['events', 0, 'counterexamples', 0],
      ['silent', 0, 'examples', 0],
    ]);
  });
});
