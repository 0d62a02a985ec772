import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/change.ts';
import { Scenario } from '../../../src/core/rule.ts';
import { runScenario, type ScenarioResult } from '../../../src/triggers/scenario/scenario.ts';
import { bookOf, ruleOf } from '../../world.ts';

const FLOOR = ruleOf({
  id: 'floor',
  networks: ['akash', 'render'],
  when: 'gpu_utilization < 20%',
  for: '2d',
  clear: 'gpu_utilization > 30%',
  effect: { lower: 1 },
});
const LABS = ruleOf({ id: 'labs', when: 'news(lab_training, 10d) >= 2', effect: { watch: 'positive' } });

/** What a subscriber would read, much shortened. */
function words(change: Change): string {
  return change.kind === 'tier' ? `${change.network} to ${change.to}: ${change.says}` : change.says;
}

function run(written: Record<string, unknown>): ScenarioResult {
  const base = {
    rule: 'floor',
    name: 'a name',
    network: 'akash',
    series: { 'akash.gpu_utilization': '0.5 0.1x9 0.5x9' },
  };
  return runScenario(bookOf(FLOOR, LABS), Scenario.parse({ ...base, ...written }), words);
}

const failures = (written: Record<string, unknown>): readonly string[] => run(written).failures.map(({ what }) => what);

describe('runScenario', () => {
  it('is content where all expectations hold', () => {
    const result = run({
      expect: [
        { at: '0d', phase: 'inactive', tier: 'watching', unknown: false },
        { at: '1d', phase: 'pending' },
        { at: '3d', phase: 'firing', tier: 'avoid', says: ['akash to avoid', '10%', 'below 20%'], notSays: 'Ended' },
        { at: '11d', phase: 'inactive', tier: 'watching', says: 'Ended', notSays: ['to avoid', 'pending'] },
      ],
    });
    expect(result.failures).toEqual([]);
    expect(result).toMatchObject({ fired: true, unknown: false, expectsUnknown: false });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another phase', { at: '3d', phase: 'pending' }, 'at 3d: expected pending, the rule is firing'],
    ['another tier', { at: '3d', tier: 'conviction' }, 'at 3d: expected tier conviction, it is avoid'],
    ['another watch', { at: '3d', watch: 'negative' }, 'at 3d: expected watch negative, it is none'],
    ['a known condition', { at: '3d', unknown: true }, 'at 3d: expected the condition to be unknown, it is true'],
    ['an unknown one', { at: '40d', unknown: false }, 'at 40d: expected the condition to be known, it is unknown'],
    ['no alert', { at: '1d', says: 'below' }, 'at 1d: expected the words "below", no alert came yet'],
    [
      'other words',
      { at: '3d', says: ['10%', 'soon'] },
      'at 3d: expected the words "soon", the last alert reads otherwise',
    ],
    ['unwanted words', { at: '3d', notSays: ['x', '10%'] }, 'at 3d: expected no "10%", the last alert has these words'],
  ])('tells of %s', (_, expected, what) => {
    expect(failures({ expect: [expected] })).toEqual([what]);
  });

  it('shows what was seen where something fails', () => {
    const { failures: found } = run({ expect: [{ at: '4d', phase: 'inactive', says: 'gone' }] });
    expect(found.map(({ words: about }) => about)).toEqual([false, true]);
    expect(found[0]?.seen).toMatchObject({
      phase: 'firing',
      tier: 'avoid',
      when: { truth: 'true', says: 'akash.gpu_utilization is 10%, below 20%' },
      clear: { truth: 'false', expression: 'gpu_utilization > 30%' },
      alert: expect.stringMatching(/^akash to avoid: /),
    });
    expect(found[1]?.seen).toBe(found[0]?.seen);
    expect(run({ expect: [{ at: '0d', phase: 'firing' }] }).failures[0]?.seen).toMatchObject({
      clear: null,
      alert: null,
    });
  });

  it('means by a time between two judgements the one before it', () => {
    expect(
      failures({
        step: '2d',
        expect: [
          { at: '3d', phase: 'pending' },
          { at: '5d', phase: 'firing' },
        ],
      }),
    ).toEqual([]);
    expect(
      failures({
        expect: [
          { at: '23h', phase: 'inactive' },
          { at: '25h', phase: 'pending' },
        ],
      }),
    ).toEqual([]);
  });

  it('judges only the network and the tier that it names', () => {
    const series = { 'akash.gpu_utilization': '0.1x9', 'render.gpu_utilization': '0.5x9' };
    const expected = [{ at: '9d', phase: 'inactive', tier: 'avoid' }];
    expect(failures({ network: 'render', tier: 'avoid', series, expect: expected })).toEqual([]);
  });

  it('knows whether something is expected while nothing is known', () => {
    const series = { 'akash.gpu_utilization': '0.1 0.1 _x30' };
    expect(run({ series, expect: [{ at: '20d', phase: 'pending' }] })).toMatchObject({
      unknown: true,
      expectsUnknown: true,
    });
    expect(run({ series, expect: [{ at: '20d', watch: 'none' }] }).expectsUnknown).toBe(true);
    expect(run({ series, expect: [{ at: '20d', unknown: true }] })).toMatchObject({
      unknown: true,
      expectsUnknown: false,
    });
    expect(
      run({
        series,
        expect: [
          { at: '1d', phase: 'pending' },
          { at: '20d', says: 'x' },
        ],
      }).expectsUnknown,
    ).toBe(false);
  });

  it('counts reports', () => {
    const news = [
      { at: '1d', type: 'lab_training', network: 'akash', outlet: 'One' },
      { at: '2d', type: 'lab_training', network: 'akash', outlet: 'Two' },
    ];
    const expected = [
      { at: '1d', phase: 'inactive' },
      { at: '2d', phase: 'firing', says: ['One', 'Two'] },
      { at: '12d', phase: 'inactive' },
    ];
    expect(failures({ rule: 'labs', series: {}, news, expect: expected })).toEqual([]);
  });

  it('follows the watch that the rule keeps, until it is lifted or its time is up', () => {
    const labs = { watch: 'positive', expires: '4d' };
    const brief = ruleOf({ id: 'brief', when: 'news(lab_training, 10d) >= 1', effect: labs });
    const watches = (rule: typeof brief, days: readonly number[]): readonly string[] => {
      const written = {
        rule: rule.rule.id,
        name: 'a name',
        network: 'akash',
        news: ['One', 'Two'].map((outlet) => ({ at: '1d', type: 'lab_training', network: 'akash', outlet })),
      };
      const seen = (watch: string) =>
        runScenario(
          bookOf(rule),
          Scenario.parse({ ...written, expect: days.map((day) => ({ at: `${day}d`, watch })) }),
          words,
        ).failures.map(({ what }) => what);
      expect(seen('negative')).toHaveLength(days.length);
      return seen('negative').map((what) => /it is (\w+)$/.exec(what)?.[1] ?? what);
    };
    expect(watches(LABS, [0, 1, 10, 11])).toEqual(['none', 'positive', 'positive', 'none']);
    expect(watches(brief, [0, 1, 4, 5, 12])).toEqual(['none', 'positive', 'positive', 'none', 'none']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a script', { series: { 'akash.gpu_utilization': '0.1 many' } }, 'akash.gpu_utilization: cannot read "many"'],
    ['no step', { step: '0s' }, 'step: expected a duration longer than 0s'],
    ['a tiny step', { step: '1ms' }, 'step: it gives more than 100000 judgements, widen it'],
    ['a rule that is not there', { rule: 'flor' }, 'no rule is called flor'],
  ])('says where it cannot be run: %s', (_, written, what) => {
    const { failures: found, ...rest } = run({ expect: [{ at: '9d', phase: 'firing' }], ...written });
    expect(found).toEqual([{ what: expect.stringContaining(what), words: false, seen: null }]);
    expect(rest).toMatchObject({ fired: false, unknown: false, expectsUnknown: false });
  });
});
