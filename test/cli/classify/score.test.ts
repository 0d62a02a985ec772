import { describe, expect, it } from 'vitest';
import { type Finding, type Label, scoreOf } from '../../../src/cli/classify/score.ts';

const RUN = { type: 'lab_training', network: 'gensyn', status: 'done' } as const;
const label = (id: string, events: Label['events'], story: string | null = null, doubtful = false): Label => ({
  id,
  events,
  story,
  doubtful,
});
const found = (...list: readonly Finding[]): ReadonlyMap<string, Finding> => new Map(list.map((one) => [one.id, one]));

describe('a score', () => {
  it('counts an event as found where the type matches and it is a fact on both sides', () => {
    const score = scoreOf(
      [label('a', [RUN]), label('b', [RUN]), label('c', [{ ...RUN, status: 'planned' }]), label('d', [])],
      found(
        { id: 'a', events: [{ ...RUN, status: 'in_progress' }], story: 'a' },
        { id: 'b', events: [{ ...RUN, status: 'planned' }], story: 'b' },
        { id: 'c', events: [RUN], story: 'c' },
      ),
    );
    expect(score.types.find(({ type }) => type === 'lab_training')).toMatchObject({
      labelled: 2,
      found: 2,
      right: 1,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
    });
    expect(score.falseAlarms).toBe(0.5);
    expect(score.factless).toBe(2);
  });

  it('finds a story with one of its items, and takes an item without a story for one', () => {
    const score = scoreOf(
      [label('a', [RUN], 's'), label('b', [RUN], 's'), label('c', [RUN])],
      found({ id: 'b', events: [RUN], story: 'b' }),
    );
    expect(score.types.find(({ type }) => type === 'lab_training')).toMatchObject({
      stories: 2,
      storyRecall: 0.5,
      recall: 1 / 3,
    });
  });

  it('asks for the network only of what was found', () => {
    const score = scoreOf(
      [label('a', [RUN]), label('b', [RUN]), label('c', [RUN])],
      found({ id: 'a', events: [RUN], story: 'a' }, { id: 'b', events: [{ ...RUN, network: 'akash' }], story: 'b' }),
    );
    expect(score.networks).toBe(0.5);
  });

  it('compares stories pair by pair', () => {
    const score = scoreOf(
      [label('a', [], 's'), label('b', [], 's'), label('c', [], 's'), label('d', [])],
      found(
        { id: 'a', events: [], story: 'x' },
        { id: 'b', events: [], story: 'x' },
        { id: 'c', events: [], story: 'y' },
        { id: 'd', events: [], story: 'x' },
      ),
    );
    expect(score.pairs).toEqual({ precision: 1 / 3, recall: 1 / 3, f1: 1 / 3 });
  });

  it('leaves doubtful items out, and divides nothing by nothing', () => {
    const score = scoreOf([label('a', [RUN], null, true)], found());
    expect(score).toMatchObject({
      items: 0,
      networks: null,
      falseAlarms: null,
      pairs: { precision: null, recall: null, f1: null },
    });
  });
});
