import { describe, expect, it } from 'vitest';
import { createClassifier } from '../../../../src/sources/news/lexicon/classifier.ts';
import { Lexicon } from '../../../../src/sources/news/lexicon/schema.ts';
import { NETWORKS } from '../networks.ts';

const classify = createClassifier(
  Lexicon.parse({
    classes: { context: ['gpus'] },
    names: [{ network: 'akash', words: ['akash'] }],
    strangers: ['(solana | telegram | multicoin | nvidia)', 'round'],
    events: [
      {
        id: 'live',
        type: 'new_entrant',
        status: 'done',
        says: [
          '(is | goes | are) live',
          '(raises | raised | raising) ..3 <millions>',
          '<millions> ..4 (round | in)',
          'launches',
          'is here',
          'introducing',
        ],
        examples: ['x'],
      },
    ],
  }),
  NETWORKS,
);

function entrant(title: string, summary: string | null = null): string | null | undefined {
  return classify({ title, summary }).events[0]?.network;
}

describe('the name of an entrant that no list knows', () => {
  it.each([
    ['Newgrid, a decentralized GPU network, is live', 'other:newgrid'],
    ['Newgrid Network Mainnet launches', 'other:newgrid'],
    ['Decentralized AI startup Newgrid raises $12 million', 'other:newgrid'],
    ['Backed by Multicoin, Newgrid raises $12 million', 'other:newgrid'],
    ['Multicoin leads $30 million round in Newgrid', 'other:newgrid'],
    ['Introducing Newgrid: compute for everybody', 'other:newgrid'],
    ['Show HN: Newgrid is live', 'other:newgrid'],
    ['On Solana, PeerCast is live', 'other:peercast'],
    ['Prime Grid raises $12 million', 'other:prime-grid'],
    ['Sahara AI raises $12 million', 'other:sahara-ai'],
    ['clore.ai is live for GPUs', 'other:clore.ai'],
    ['0X9 is live for GPUs', 'other:0x9'],
    ['Newgrid, a rival to Akash, is live', 'other:newgrid'],
  ])('%j is %s', (title, expected) => {
    expect(entrant(title)).toBe(expected);
  });

  it('is looked for beside the statement where it names none', () => {
    expect(entrant('Newgrid: compute for everybody', 'The network is live.')).toBe('other:newgrid');
  });

  it('is no company, place, size or word at the start of a title', () => {
    expect(entrant('Nvidia launches')).toBeUndefined();
    expect(entrant('The 70B launches')).toBeUndefined();
    expect(entrant('Decentralized Compute launches')).toBeUndefined();
  });

  it('is no fund', () => {
    expect(entrant('Delta Ventures raised $12 million')).toBeUndefined();
  });
});
