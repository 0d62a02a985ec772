import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Network } from '../../../../src/core/ladder.ts';
import { createClassifier, type Read } from '../../../../src/sources/news/lexicon/classifier.ts';
import { Lexicon } from '../../../../src/sources/news/lexicon/schema.ts';
import { NETWORKS } from '../networks.ts';

const LEXICON = {
  classes: {
    context: ['decentrali*', 'gpus', 'network'],
    swarm: ['volunteers', 'decentralized', 'across the internet'],
  },
  names: [
    { network: 'akash', words: ['akash'], without: ['Akash Kumar'] },
    { network: 'render', words: ['Render Network'] },
    { network: 'render', words: ['Render'], with: ['decentralized'] },
    { network: 'gensyn', words: ['gensyn'] },
    { network: 'other:gonka', words: ['gonka'] },
  ],
  strangers: ['telegram', 'nvidia'],
  hedges: [
    { status: 'denied', before: ['(is | was | has) not'] },
    { status: 'planned', before: ['will', 'plans to'], after: ['next year'] },
    { status: 'speculative', statement: ['reportedly'], types: ['lab_training'] },
  ],
  silent: [
    { kind: 'how-to', title: ['^ how to'], examples: ['How to train'] },
    {
      kind: 'price piece',
      article: ['price prediction'],
      unless: ['outage'],
      types: ['lab_training'],
      examples: ['x'],
    },
  ],
  events: [
    {
      id: 'trained',
      type: 'lab_training',
      status: 'done',
      says: ['(has | was) ..2 trained', 'not trained', 'trained'],
      near: ['<swarm>'],
      not: ['cluster'],
      never: ['whitepaper'],
      confidence: 0.8,
      examples: ['Gensyn: a model was trained by volunteers.'],
    },
    {
      id: 'training',
      type: 'lab_training',
      status: 'in_progress',
      says: ['is training'],
      article: ['<swarm>'],
      examples: ['x'],
    },
    {
      id: 'live',
      type: 'new_entrant',
      status: 'done',
      says: ['(is | goes | go) live', 'is live'],
      near: ['network'],
      examples: ['x'],
    },
    {
      id: 'announced',
      type: 'new_entrant',
      status: 'planned',
      says: ['announced'],
      near: ['network'],
      weak: true,
      examples: ['x'],
    },
    { id: 'fell', type: 'capacity_catchup', status: 'done', says: ['prices ..2 fell'], examples: ['x'] },
    {
      id: 'leases',
      type: 'utilization_report',
      status: 'done',
      says: ['leases ..3 (grew | fell)'],
      figure: true,
      title: true,
      examples: ['x'],
    },
  ],
};

const classify = createClassifier(Lexicon.parse(LEXICON), NETWORKS);

function read(title: string, summary: string | null = null): Read {
  return classify({ title, summary });
}

/** `type network status` of each event. */
function events(title: string, summary: string | null = null): readonly string[] {
  return read(title, summary).events.map(({ type, network, status }) => `${type} ${network} ${status}`);
}

describe('the classifier', () => {
  it('reports an event with its network, status, confidence and the words that convinced', () => {
    expect(read('Gensyn: a model was trained by volunteers.')).toEqual({
      events: [
        {
          type: 'lab_training',
          network: 'gensyn',
          status: 'done',
          confidence: 0.8,
          because: ['was trained', 'volunteers', 'Gensyn'],
        },
      ],
      networks: ['gensyn'],
      silent: null,
    });
  });

  it('looks beside a statement for what must be near, and no further', () => {
    expect(events('Gensyn has a model', 'It was trained in May. Volunteers lent the GPUs.')).toEqual([
      'lab_training gensyn done',
    ]);
    expect(events('Gensyn model was trained', 'It is good. It is big. Volunteers like it.')).toEqual([]);
  });

  it('looks everywhere for what the article must say', () => {
    expect(events('Gensyn is training', 'One. Two. Three. It is decentralized.')).toEqual([
      'lab_training gensyn in_progress',
    ]);
  });

  it('stays silent where words show that something else is meant', () => {
    expect(events('Gensyn: a model was trained by volunteers on a cluster.')).toEqual([]);
    expect(events('Gensyn: a model was trained by volunteers.', 'Read the whitepaper.')).toEqual([]);
  });

  it.each([
    ['Gensyn: a model was not trained by volunteers.', 'denied'],
    ['Gensyn says it will soon say it has trained a model with volunteers', 'planned'],
    ['Gensyn: a model was trained by volunteers next year', 'planned'],
    ['Reportedly Gensyn was trained by volunteers', 'speculative'],
    ['Gensyn: a model was trained by volunteers?', 'speculative'],
    ['Gensyn will wait, but a model was trained by volunteers', 'done'],
    ['Gensyn will wait; a model was trained by volunteers', 'done'],
  ])('takes hedges of the same clause for what they are: %j', (title, status) => {
    expect(read(title).events.map((event) => event.status)).toEqual([status]);
  });

  it('heeds a hedge only for the types it is for', () => {
    expect(events('Prices reportedly fell')).toEqual(['capacity_catchup null done']);
  });

  it('says nothing of pieces that report nothing, and which kind they are', () => {
    expect(read('How to see what Gensyn has trained with volunteers')).toMatchObject({ events: [], silent: 'how-to' });
    expect(events('Gensyn was trained by volunteers', 'TAO price prediction')).toEqual([]);
    expect(events('Gensyn was trained by volunteers after an outage', 'price prediction')).toEqual([
      'lab_training gensyn done',
    ]);
    expect(events('Prices fell', 'price prediction')).toEqual(['capacity_catchup null done']);
  });

  it('lets a plan outweigh "live" for an entrant, and a fact outweigh a plan for the rest', () => {
    expect(events('Gonka is live on its network', 'The Gonka network will go live in May.')).toEqual([
      'new_entrant other:gonka planned',
    ]);
    expect(events('Gensyn: a model was trained by volunteers. Gensyn volunteers will see more trained.')).toEqual([
      'lab_training gensyn done',
    ]);
  });

  it('lets a weak entry speak only where no other does', () => {
    expect(events('Gonka announced a network')).toEqual(['new_entrant other:gonka planned']);
    expect(events('Gonka announced a network', 'The Gonka network is live.')).toEqual(['new_entrant other:gonka done']);
  });

  it('is surer the more ways it is said, and less sure of a name it only guesses', () => {
    const once = read('Gensyn: a model was trained by volunteers.').events[0]?.confidence ?? 0;
    const twice =
      read('Gensyn: a model was trained by volunteers.', 'Volunteers of Gensyn: it was trained.').events[0]
        ?.confidence ?? 0;
    expect(twice).toBeGreaterThan(once);
    expect(read('Newgrid network is live').events).toMatchObject([{ network: 'other:newgrid', confidence: 0.68 }]);
  });

  it('quotes the figure, and hears a title only where it must', () => {
    expect(read('Akash leases grew 27%').events).toMatchObject([{ type: 'utilization_report', figure: '27%' }]);
    expect(events('Akash', 'Leases grew 27% on Akash.')).toEqual([]);
  });

  it('reports nothing of a network where none is named', () => {
    expect(events('Leases grew 27%')).toEqual([]);
    expect(events('Prices fell')).toEqual(['capacity_catchup null done']);
  });

  it('takes the nearest name of the statement, else the only one of the article', () => {
    expect(events('Akash watches as on Gensyn a model was trained by volunteers')).toEqual([
      'lab_training gensyn done',
    ]);
    expect(events('Akash', 'A model was trained by volunteers.')).toEqual(['lab_training akash done']);
  });

  it('knows names by what stands with them, and not what is another thing', () => {
    expect(read('Leases at Akash Kumar grew').networks).toEqual([]);
    expect(read('Render the page').networks).toEqual([]);
    expect(read('Render is decentralized').networks).toEqual(['render']);
  });

  it('takes the name of a configured network for a name, whatever signs are in it', () => {
    const networks = ['A* + B (..0)', '·', '~ !', '$'].map((name, at) =>
      Network.parse({ id: `n${at}`, name, tier: 'watching', reason: 'for the tests' }),
    );
    const classify = createClassifier(Lexicon.parse(LEXICON), networks);
    expect(classify({ title: 'A decentralized network: A B 0', summary: null }).networks).toEqual(['n0']);
  });

  it('counts a title once that the summary begins with', () => {
    const title = 'Gensyn says that a model was trained by';
    expect(read(title, `${title} volunteers.`).events[0]?.confidence).toBe(0.8);
  });

  it('gives the same for the same, and never throws', () => {
    const word = fc.constantFrom(
      'Gensyn',
      'was',
      'trained',
      'volunteers',
      'will',
      'not',
      '?',
      '.',
      'prices',
      'fell',
      '\u202e',
      '𝕏',
      '$5',
      ';',
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 60 }),
        fc.option(fc.string({ unit: 'binary', maxLength: 300 })),
        (parts, summary) => {
          expect(read(parts.join(' '), summary)).toEqual(read(parts.join(' '), summary));
        },
      ),
      { numRuns: 300 },
    );
  });
});
