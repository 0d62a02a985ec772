/** Rules that move a tier rest on facts that two outlets report; what one report, a plan or a rumour may do is set a watch. */
import { describe, expect, it } from 'vitest';
import { Rule } from '../../../src/core/rule.ts';
import { compileRule, type RuleError } from '../../../src/triggers/rule/compile.ts';
import { LADDER, NAMES } from '../../world.ts';

function errorsOf(written: Record<string, unknown>): readonly RuleError[] {
  const compiled = compileRule(Rule.parse({ id: 'a-rule', ...written }), 'v1', NAMES, LADDER);
  return compiled.ok ? [] : compiled.errors;
}

const lower = (when: string, more: Record<string, unknown> = {}) => errorsOf({ when, effect: { lower: 1 }, ...more });

const X = 'news(lab_training, 30d)';

describe('a rule that moves a tier', () => {
  it.each([
    `${X} >= 2`,
    `${X} > 1`,
    `${X} == 2`,
    `2 <= ${X}`,
    `not ${X} < 2`,
    `not (${X} < 2 or gpu_utilization > 20%)`,
    `${X} >= 2 and gpu_utilization < 20%`,
    `${X} < 2`,
    `${X} <= 1`,
    `${X} != 2`,
    `not ${X} >= 2`,
    `${X} > 1.5`,
    `${X} >= -1`,
    `gpu_utilization < 20%`,
  ])('may be judged by %s', (when) => expect(lower(when)).toEqual([]));

  it.each([
    [`${X} >= 1`, 1],
    [`${X} > 0`, 1],
    [`${X} != 0`, 1],
    [`${X} == 1`, 1],
    [`${X} < 1`, 1],
    [`${X} <= 0`, 1],
    [`${X} == 0`, 1],
    [`${X} != 1`, 1],
    [`1 > ${X}`, 1],
    [`not ${X} >= 1`, 5],
    [`${X} > 0.5`, 1],
    [`1 <= ${X}`, 1],
    [`not ${X} < 1`, 5],
    [`not ${X} == 0`, 5],
    [`not not ${X} >= 1`, 9],
    [`gpu_utilization < 20% and ${X} >= 1`, 27],
    [`gpu_utilization < 20% or ${X} >= 1`, 26],
    [`${X} >= 2 or news(reliability_incident, 30d) >= 1`, 33],
    [`${X} >= 1 and news(lab_training, 60d) >= 2`, 1],
  ])('is refused where one report will do: %s', (when, column) => {
    expect(lower(when)).toMatchObject([
      {
        field: 'when',
        column,
        what: expect.stringMatching(/ comes (true|false) by one outlet's word, and this rule moves a tier$/),
        expected: 'a comparison that gives the same for one outlet as for none',
        todo: expect.stringMatching(/^write news\(.*\) (>=|<) 2, or effect: \{ watch: negative, expires: 30d \}$/),
      },
    ]);
  });

  it.each([
    `${X} + news(reliability_incident, 30d) >= 2`,
    `2 * ${X} >= 4`,
    `${X} / 2 >= 1`,
    `-${X} <= -2`,
    `${X} > news(lab_training, 90d) / 2`,
    `${X} >= providers_active`,
    `${X} * gpu_utilization > 2`,
    `${X} >= 1 + 1`,
  ])('is refused where nothing shows that it needs two: %s', (when) => {
    expect(lower(when)).toMatchObject([
      {
        field: 'when',
        column: 1,
        what: expect.stringMatching(/ is not shown to need two outlets, and this rule moves a tier$/),
        expected: 'news(type, window) alone on one side and a number on the other, as in news(lab_training, 60d) >= 2',
        todo: 'compare each news() by itself, or write effect: { watch: negative, expires: 30d }',
      },
    ]);
  });

  it.each([
    'news(lab_training, 30d, claimed) >= 5',
    'news(lab_training, 30d, claimed) < 1',
    'gpu_utilization < 20% and news(lab_training, 30d, claimed) >= 1',
    '2 * news(lab_training, 30d, claimed) >= 4',
  ])('is refused with claimed, whatever it is compared with: %s', (when) => {
    expect(lower(when)).toMatchObject([
      {
        field: 'when',
        column: when.indexOf('claimed') + 1,
        what: 'claimed also counts plans and rumours, and this rule moves a tier',
        expected: 'facts alone, news(type, window), in a rule that moves a tier',
        todo: 'write effect: { watch: negative, expires: 30d } or leave claimed out',
      },
    ]);
  });

  it('is told of every place', () => {
    const when = `${X} >= 1 and news(new_entrant, 30d, claimed) >= 2 and news(capacity_crunch, 7d) > 0`;
    expect(lower(when).map(({ column }) => column)).toEqual([
      1,
      when.indexOf('claimed') + 1,
      when.indexOf('news(cap') + 1,
    ]);
  });

  it('ends by facts too', () => {
    const when = 'gpu_utilization < 20%';
    expect(lower(when, { clear: `gpu_utilization > 30% or ${X} >= 1` })).toMatchObject([
      { field: 'clear', column: 26 },
    ]);
    expect(lower(when, { clear: 'news(lab_training, 30d, claimed) >= 2' })).toMatchObject([
      { field: 'clear', column: 25 },
    ]);
    expect(lower(when, { clear: `${X} >= 2` })).toEqual([]);
    expect(lower(`${X} >= 2`, { clear: `${X} < 2` })).toEqual([]);
    for (const clear of [`${X} == 0`, `${X} < 1`])
      expect(lower(`${X} >= 2`, { clear })).toMatchObject([{ field: 'clear', column: 1 }]);
  });

  it.each([
    [{ lower: 1 }, 'negative'],
    [{ cap: 'watching' }, 'negative'],
    [{ raise: 1 }, 'positive'],
    [{ hold: true }, 'positive'],
    [{ raise: 1, watch: 'positive', expires: '30d' }, 'positive'],
  ])('is one with the effect %o, and a watch goes its way', (effect, watch) => {
    const [error, ...rest] = errorsOf({ when: `${X} >= 1`, effect });
    expect(error?.todo).toContain(`effect: { watch: ${watch}, expires: 30d }`);
    expect(rest).toEqual([]);
  });

  it('is told of a mistake in an expression before what it rests on', () => {
    expect(lower(`${X} >= 1 and gpu_utilisation < 20%`)).toMatchObject([{ what: 'unknown metric "gpu_utilisation"' }]);
  });
});

describe('a rule that moves none', () => {
  it.each([{ watch: 'negative', expires: '9d' }, { note: true }])(
    'may rest on one report, plans and rumours: %o',
    (effect) => {
      for (const when of [`${X} >= 1`, 'news(lab_training, 30d, claimed) >= 1', `${X} * 2 > providers_active`])
        expect(errorsOf({ when, effect }), when).toEqual([]);
    },
  );
});

describe('a watch without an end', () => {
  it.each([
    ['news(lab_training, 30d, claimed) >= 5', 25, 'claimed also counts plans and rumours'],
    [`gpu_utilization < 20% or ${X} >= 1`, 26, `${X} >= 1 can hold by one outlet's word`],
    [`not ${X} < 1`, 5, `${X} < 1 can hold by one outlet's word`],
    [`${X} * 2 > providers_active`, 1, `${X} * 2 > providers_active is not shown to need two outlets`],
  ])('is refused where talk or one report could set it: %s', (when, column, why) => {
    expect(errorsOf({ when, effect: { watch: 'negative' } })).toEqual([
      {
        field: 'when',
        column,
        what: expect.stringContaining(`${why}, and the watch that it sets has no end`),
        expected: 'expires beside the watch, so that what nobody confirms is lifted',
        todo: expect.stringContaining('write effect: { watch: negative, expires: 30d }'),
      },
    ]);
    expect(errorsOf({ when, effect: { watch: 'negative', expires: '30d' } })).toEqual([]);
  });

  it('is fine where two outlets set it, or none', () => {
    for (const when of [`${X} >= 2`, `${X} < 1`, 'gpu_utilization < 20%'])
      expect(errorsOf({ when, clear: `${X} == 0`, effect: { watch: 'negative' } }), when).toEqual([]);
  });
});

describe('expires', () => {
  it('needs a watch that could expire', () => {
    expect(errorsOf({ when: `${X} >= 2`, effect: { raise: 1, expires: '30d' } })).toEqual([
      {
        field: 'effect',
        key: 'expires',
        column: null,
        what: 'expires is there, and no watch that could expire',
        expected: 'watch: negative or watch: positive beside it',
        todo: 'add the watch, or remove expires',
      },
    ]);
  });

  it('is no time at all', () => {
    expect(errorsOf({ when: `${X} >= 2`, effect: { watch: 'positive', expires: '0d' } })).toMatchObject([
      { field: 'effect', key: 'expires', what: 'a watch that expires after no time is never set' },
    ]);
  });

  it('is fine beside a watch', () => {
    expect(errorsOf({ when: `${X} >= 1`, effect: { watch: 'positive', expires: '30d' } })).toEqual([]);
  });
});
