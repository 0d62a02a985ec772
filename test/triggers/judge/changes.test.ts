/** What a change says: its drivers, what argues against it, and what would undo it. */
import { describe, expect, it } from 'vitest';
import type { Change, TierChange } from '../../../src/core/change.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../../src/triggers/replay/replay.ts';
import { bookOf, daily, report, ruleOf, T0 } from '../../world.ts';

type Rules = readonly ReturnType<typeof ruleOf>[];

function told(
  rules: Rules,
  samples: Parameters<typeof recorded>[0],
  days: number,
  news: Parameters<typeof recorded>[1] = [],
): Change[] {
  return [...replay(bookOf(...rules), recorded(samples, news), every(T0, T0 + days * DAY, DAY))]
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.kind === 'change' && event.change.cause !== 'start' ? [event.change] : []));
}

const moves = (changes: readonly Change[]): TierChange[] => changes.filter((change) => change.kind === 'tier');
const low = (id: string, metric: string, effect: Record<string, unknown> = { lower: 1 }) =>
  ruleOf({ id, title: id.toUpperCase(), networks: ['ionet'], when: `${metric} < 20%`, effect });
const both = (a: readonly number[], b: readonly number[]) => [
  ...daily('ionet.gpu_utilization', a),
  ...daily('akash.gpu_utilization', b),
];

describe('what would undo a change', () => {
  it('names each rule that pulls, and all of them where that leads further', () => {
    const [down] = moves(
      told([low('a', 'gpu_utilization'), low('b', 'akash.gpu_utilization')], both([0.5, 0.1], [0.5, 0.1]), 1),
    );
    expect(down).toMatchObject({ from: 'conviction', to: 'avoid' });
    expect(down?.back).toEqual([
      'Watching again if ionet.gpu_utilization is at least 20%: as early as 2026-01-03',
      'Watching again if akash.gpu_utilization is at least 20%: as early as 2026-01-03',
      'Conviction again once all of these have ended: A (ionet.gpu_utilization is at least 20%) and B (akash.gpu_utilization is at least 20%); as early as 2026-01-03',
    ]);
  });

  it('names all where none alone would do', () => {
    const caps = [
      low('a', 'gpu_utilization', { cap: 'watching' }),
      low('b', 'akash.gpu_utilization', { cap: 'watching' }),
    ];
    const [down] = moves(told(caps, both([0.5, 0.1], [0.5, 0.1]), 1));
    expect(down?.back).toEqual([
      expect.stringMatching(/^Conviction again once all of these have ended: A .* and B .*; as early as 2026-01-03$/),
    ]);
  });

  it('tells a rise where each rule alone would lead', () => {
    const [, up] = moves(
      told([low('a', 'gpu_utilization'), low('b', 'akash.gpu_utilization')], both([0.1, 0.5], [0.1, 0.5]), 1),
    );
    expect(up).toMatchObject({ from: 'avoid', to: 'conviction' });
    expect(up?.back).toEqual([
      'Watching if ionet.gpu_utilization is below 20%: as early as 2026-01-03',
      'Watching if akash.gpu_utilization is below 20%: as early as 2026-01-03',
    ]);
  });

  it('names what held it down all along when a hold ends', () => {
    const hold = ruleOf({
      id: 'hold',
      title: 'HOLD',
      networks: ['ionet'],
      when: 'news(lab_training, 2d) >= 2',
      effect: { hold: true },
    });
    const news = ['One', 'Two'].map((outlet) => report(T0 + DAY, outlet, { network: 'ionet' }));
    const changes = moves(
      told([low('a', 'gpu_utilization'), hold], daily('ionet.gpu_utilization', [0.5, 0.1, 0.1, 0.1, 0.1]), 4, news),
    );
    const down = changes.at(-1);
    expect(down).toMatchObject({ from: 'conviction', to: 'watching', at: T0 + 3 * DAY });
    expect(down?.drivers.map(({ rule, ended }) => `${rule} ${ended}`)).toEqual(['hold true', 'a false']);
    expect(down?.says).toContain('A: ionet.gpu_utilization is 10%, below 20%');
    expect(down?.back).toEqual(['Conviction again if ionet.gpu_utilization is at least 20%: as early as 2026-01-05']);
  });
});

describe('what argues against a change', () => {
  it('is true also of a rule that only has not cleared', () => {
    const kept = ruleOf({
      id: 'kept',
      title: 'KEPT',
      networks: ['akash'],
      when: 'gpu_utilization < 20%',
      clear: 'gpu_utilization > 60%',
      effect: { lower: 1 },
    });
    const raise = ruleOf({
      id: 'raise',
      networks: ['akash'],
      when: 'news(lab_training, 9d) >= 2',
      effect: { raise: 2 },
    });
    const news = ['One', 'Two'].map((outlet) => report(T0 + 2 * DAY, outlet, { network: 'akash' }));
    const up = moves(told([kept, raise], daily('akash.gpu_utilization', [0.1, 0.3, 0.3]), 2, news)).at(-1);
    expect(up?.against).toEqual([
      'KEPT: fires since 2026-01-01 and has not cleared; akash.gpu_utilization is 30%, not above 60%',
    ]);
  });

  it('names also what is about to pull the other way, after what does, and nothing that points along', () => {
    const rules = [
      ruleOf({
        id: 'a-raise',
        networks: ['ionet'],
        when: 'akash.gpu_utilization > 50%',
        for: '3d',
        effect: { raise: 1 },
      }),
      ruleOf({
        id: 'b-cap',
        networks: ['ionet'],
        when: 'akash.gpu_utilization > 50%',
        for: '3d',
        effect: { cap: 'avoid' },
      }),
      ruleOf({ id: 'c-note', networks: ['ionet'], when: 'akash.gpu_utilization > 50%', effect: { watch: 'positive' } }),
      ruleOf({ id: 'd-hold', networks: ['render'], when: 'now > 2020-01-01', effect: { hold: true } }),
      ruleOf({ id: 'e-raise', networks: ['ionet'], when: 'now > 2020-01-01', effect: { raise: 1 } }),
      low('f-floor', 'gpu_utilization', { lower: 2 }),
    ];
    const [down] = moves(told(rules, both([0.5, 0.1, 0.1], [0.6, 0.6, 0.6]), 2));
    expect(down?.against).toEqual([
      'now > 2020-01-01: now is 2026-01-02, after 2020-01-01',
      'Pending: akash.gpu_utilization > 50%; 60%, 10 points above 50%; held 1 of 3 days',
    ]);
  });
});

describe('a rule whose clear overlaps with its condition', () => {
  it('goes on firing while the condition holds: a tick at one instant is idempotent', () => {
    const rule = ruleOf({
      id: 'odd',
      networks: ['akash'],
      when: 'gpu_utilization < 30%',
      clear: 'gpu_utilization > 10%',
      effect: { lower: 1 },
    });
    expect(moves(told([rule], daily('akash.gpu_utilization', Array<number>(9).fill(0.2)), 8))).toHaveLength(1);
  });
});

describe('notes', () => {
  it('are one for all networks of which the same is said, else one a network', () => {
    const due = ruleOf({ id: 'due', networks: ['akash', 'ionet'], when: 'now >= 2026-01-02', effect: { note: true } });
    const own = ruleOf({
      id: 'own',
      networks: ['akash', 'ionet'],
      when: 'gpu_utilization < 20%',
      effect: { note: true },
    });
    const notes = told([due, own], both([0.5, 0.1], [0.5, 0.1]), 1).filter(({ kind }) => kind === 'note');
    expect(notes.map(({ networks }) => networks)).toEqual([['akash', 'ionet'], ['akash'], ['ionet']]);
    expect(new Set(notes.map(({ id }) => id)).size).toBe(3);
    expect(notes[2]).toMatchObject({ says: 'gpu_utilization < 20%: ionet.gpu_utilization is 10%, below 20%' });
  });
});

describe('removing samples', () => {
  it('neither raises nor lowers a tier that stood without them', () => {
    // A sample counts for three hours; whatever is taken away after the fall, the tier stays where it was.
    const rule = ruleOf({ id: 'floor', networks: ['akash'], when: 'gpu_utilization < 20%', effect: { lower: 1 } });
    const hourly = daily('akash.gpu_utilization', [0.5, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], HOUR);
    for (let from = 2; from < hourly.length; from++) {
      const steps = [...replay(bookOf(rule), recorded(hourly.slice(0, from), [], HOUR), every(T0, T0 + 2 * DAY, HOUR))];
      const seen = steps
        .flatMap(({ events }) => events)
        .flatMap((event) => (event.kind === 'change' && event.change.cause !== 'start' ? [event.change] : []));
      expect(moves(seen)).toMatchObject([{ to: 'avoid', at: T0 + HOUR }]);
    }
  });
});
