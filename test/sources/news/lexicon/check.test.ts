import { describe, expect, it } from 'vitest';
import { exampleMistakes, phraseMistakes } from '../../../../src/sources/news/lexicon/check.ts';
import { Lexicon } from '../../../../src/sources/news/lexicon/schema.ts';
import { NETWORKS } from '../networks.ts';

function lexicon(change: object): Lexicon {
  return Lexicon.parse({
    classes: { swarm: ['volunteers'] },
    events: [
      { id: 'fell', type: 'capacity_catchup', status: 'done', says: ['prices fell'], examples: ['GPU prices fell.'] },
    ],
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
  ])('names the place of a phrase that cannot be read: %j', (change, path, what) => {
    const [mistake] = phraseMistakes(lexicon(change));
    expect(mistake?.path).toEqual(path);
    expect(mistake?.what).toContain(what);
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
