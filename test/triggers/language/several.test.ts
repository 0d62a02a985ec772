/** Functions over several series at once: the mean, lists of series, and how many members a group needs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Derived } from '../../../src/core/metric.ts';
import type { Names } from '../../../src/core/names.ts';
import type { Evidence } from '../../../src/core/ports.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { ExpressionError } from '../../../src/triggers/language/error.ts';
import { compileCondition } from '../../../src/triggers/language/expression.ts';
import { GROUP_FUNCTIONS } from '../../../src/triggers/language/group.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { daily, NAMES, T0 } from '../../world.ts';

const ratio = (id: string, expression: string): Derived => ({ id, unit: 'ratio', meaning: 'for the test', expression });

const QUORUM: Names = {
  ...NAMES,
  groups: new Map([...NAMES.groups, ['some', ['akash', 'ionet', 'render', 'gcp', 'aws']]]),
  atLeast: new Map([['some', 3]]),
  derived: new Map([...NAMES.derived, ['market.share', ratio('market.share', 'mean(some.gpu_utilization)')]]),
};

function judge(text: string, evidence: Evidence, day: number, names: Names = QUORUM) {
  const scene = { network: 'akash', now: T0 + day * DAY, evidence };
  const condition = compileCondition(text, names);
  const verdict = condition.explain(scene);
  expect(condition.truth(scene), 'truth and explanation agree').toBe(verdict.truth);
  return verdict;
}

function refused(text: string, names: Names = QUORUM): ExpressionError {
  try {
    compileCondition(text, names);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  return expect.fail(`${text} is accepted`);
}

const days = (value: number, count: number): readonly number[] => Array.from({ length: count }, () => value);
const uses = (figures: Readonly<Record<string, readonly (number | null)[]>>): Evidence =>
  recorded(Object.entries(figures).flatMap(([subject, values]) => daily(`${subject}.gpu_utilization`, values)));

describe('the mean', () => {
  /** Nothing closer to 0 than sums are exact for. */
  const FIGURE = fc
    .double({ min: -1e12, max: 1e12, noNaN: true })
    .filter((figure) => figure === 0 || Math.abs(figure) > 1e-250);
  const { reduce } = GROUP_FUNCTIONS.mean ?? expect.fail('there is no mean');
  const sorted = (figures: readonly number[]): readonly number[] => [...figures].sort((a, b) => a - b);

  it('is the same to the last bit in whatever order members stand', () => {
    const names = (order: readonly string[]): Names => ({
      ...QUORUM,
      groups: new Map([['some', order]]),
      atLeast: new Map(),
    });
    const members = ['akash', 'ionet', 'render', 'gcp', 'aws'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(members, { minLength: 5 }),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (order, figures) => {
          const evidence = uses(
            Object.fromEntries(members.map((member, index) => [member, [figures[index] ?? 0, figures[index] ?? 0]])),
          );
          const mean = (which: readonly string[]) =>
            judge('mean(some.gpu_utilization) < 20%', evidence, 1, names(which)).comparison?.left;
          expect(mean(order)).toBe(mean(members));
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });

  it('is correctly rounded: of equal figures it is that figure, and what cancels leaves nothing', () => {
    expect(reduce(days(0.1, 3))).toBe(0.1);
    expect(reduce(sorted([1e16, 1, -1e16]))).toBe(1 / 3);
    expect(reduce([Number.MAX_VALUE, Number.MAX_VALUE])).toBe(Number.MAX_VALUE);
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 40 }), (figure, count) => {
        expect(reduce(days(figure, count))).toBe(figure);
      }),
    );
  });

  it('lies between the least and the greatest', () => {
    const figures = fc.array(FIGURE, { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(figures, (list) => {
        expect(reduce(sorted(list))).toBeGreaterThanOrEqual(Math.min(...list));
        expect(reduce(sorted(list))).toBeLessThanOrEqual(Math.max(...list));
      }),
    );
  });

  it('tells how many it is of', () => {
    const verdict = judge('mean(clouds.gpu_utilization) > 20%', uses({ gcp: [0.3, 0.3], aws: [0.5, 0.5] }), 1);
    expect(verdict.says).toBe('mean of clouds.gpu_utilization is 40% (2 fresh), above 20%');
  });

  it.each([
    ['mean(gpu_utilization, 7d) < 20%', 'mean is taken of several series, not over time', 'did you mean avg(…)?'],
    ['mean(gpu_utilization[7d]) < 20%', 'a window is not written in brackets', 'write avg(gpu_utilization, 7d)'],
    ['mean(gpu_utilization) < 20%', 'not over time', 'name more of them, or write avg(gpu_utilization, 7d)'],
    ['mean() < 20%', 'not over time', 'name more of them'],
    ['mean(gpu_utilization, gpus_totl) < 20%', 'unknown metric "gpus_totl"', 'did you mean gpus_total?'],
    ['meam(some.gpu_utilization) < 20%', 'unknown function "meam"', 'did you mean mean(…)?'],
  ])('%s is refused', (text, what, todo) => {
    expect(refused(text).message).toContain(what);
    expect(refused(text).todo).toContain(todo);
  });
});

describe('series named one by one', () => {
  const three = uses({ akash: [0.1, 0.1], gcp: [0.3, 0.3], aws: [0.8, 0.8] });
  it.each([
    ['mean(akash.gpu_utilization, gcp.gpu_utilization, aws.gpu_utilization) == 40%', 'true'],
    ['median(akash.gpu_utilization, gcp.gpu_utilization, aws.gpu_utilization) == 30%', 'true'],
    ['max(gpu_utilization, gcp.gpu_utilization) == 30%', 'true'],
    ['min(gpu_utilization, gcp.gpu_utilization) == 10%', 'true'],
    // A series that nobody ever gave does not count.
    ['mean(gpu_utilization, render.gpu_utilization) == 10%', 'true'],
  ])('%s is %s', (text, truth) => expect(judge(text, three, 1).truth).toBe(truth));

  it('are as a group: silent ones are waited for, and named as written', () => {
    const text = 'mean(gpu_utilization, gcp.gpu_utilization) < 90%';
    const evidence = uses({ akash: days(0.2, 40), gcp: days(0.4, 10) });
    expect(judge(text, evidence, 9).says).toBe(
      'mean of gpu_utilization, gcp.gpu_utilization is 30% (2 fresh), below 90%',
    );
    expect(judge(text, evidence, 13).says).toContain(
      '1 of 2 have a fresh figure, all are needed; silent: gcp.gpu_utilization',
    );
    expect(judge(text, evidence, 24).comparison?.left).toBe(0.2);
  });

  it.each([
    ['mean(gpu_utilization, gpus_total) < 20%', 'gpu_utilization is a ratio, and gpus_total is a number of GPUs'],
    ['mean(gpu_utilization, clouds.gpu_utilization) < 20%', 'clouds stands for several subjects'],
    ['min(gpu_utilization, week) < 20%', 'the window is no duration'],
    ['min(gpu_utilization, gpus_leased, week) < 20%', 'min is called with 3 arguments'],
  ])('%s is refused', (text, what) => expect(refused(text).message).toContain(what));
});

describe('a group that needs so many members', () => {
  it('is unknown while fewer have a fresh figure, and says who lacks', () => {
    const evidence = uses({
      akash: days(0.2, 60),
      ionet: days(0.4, 60),
      gcp: days(0.6, 10),
      aws: [...days(null as never, 0)],
    });
    const at = (day: number) => judge('mean(some.gpu_utilization) < 90%', evidence, day);
    expect(at(9).comparison?.left).toBeCloseTo(0.4, 12);
    expect(at(13).says).toBe(
      'mean(some.gpu_utilization) < 90% is unknown: some.gpu_utilization: 2 of 5 have a fresh figure, at least 3 are needed; silent: gcp; without figures: render, aws',
    );
    // Once gone it is not waited for, and two are still too few.
    expect(at(40).says).toContain(
      '2 of 5 have a fresh figure, at least 3 are needed; without figures: render, gcp, aws',
    );
  });

  it('waits for the silent even where enough of the others are fresh', () => {
    const evidence = uses({ akash: days(0.2, 60), ionet: days(0.4, 60), gcp: days(0.6, 60), aws: days(0.8, 10) });
    const at = (day: number) => judge('mean(some.gpu_utilization) < 90%', evidence, day);
    expect(at(9).comparison?.left).toBe(0.5);
    expect(at(13).says).toContain('3 of 4 have a fresh figure, all are needed; silent: aws');
    expect(at(24).comparison?.left).toBeCloseTo(0.4, 12);
  });

  it('begins its windows anew once a silent one has gone', () => {
    const evidence = uses({ akash: days(0.2, 60), ionet: days(0.4, 60), gcp: days(0.6, 60), aws: days(0.8, 10) });
    const at = (day: number) => judge('avg(market.share, 5d) < 90%', evidence, day).comparison?.left ?? null;
    // Four have figures until day 12, these are good for three days, and the window is covered for one more.
    expect([9, 16].map(at)).toEqual([0.5, 0.5]);
    expect([17, 20, 24, 26, 27].map(at)).toEqual([null, null, null, null, null]);
    expect(at(28)).toBeCloseTo(0.4, 12);
  });
});

describe('a member that is worked out', () => {
  /** The trend of a cloud's use is known only where its figures reach back ten days. */
  const TRENDS: Names = {
    ...QUORUM,
    groups: new Map([['clouds', ['gcp', 'aws']]]),
    derived: new Map(
      [
        ratio('gcp.trend', 'change(gcp.gpu_utilization, 10d)'),
        ratio('aws.trend', 'aws.gpus_leased / aws.gpus_total'),
        ratio('market.trend', 'mean(clouds.trend)'),
      ].map((one) => [one.id, one]),
    ),
  };
  const share = [...daily('aws.gpus_leased', days(1, 60)), ...daily('aws.gpus_total', days(4, 60))];
  const at = (day: number, evidence: Evidence) => judge('mean(clouds.trend) < 900%', evidence, day, TRENDS);

  it('does not count before it is known for the first time, though what it rests on is there', () => {
    const evidence = recorded([...share, ...daily('gcp.gpu_utilization', days(0.5, 60))]);
    expect([3, 9].map((day) => at(day, evidence).comparison?.left)).toEqual([0.25, 0.25]);
    expect(at(10, evidence).comparison?.left).toBe(0.125);
  });

  it('is silent where it is known no more, though what it rests on still comes', () => {
    const gap = [...days(0.5, 20), ...Array.from({ length: 8 }, () => null), ...days(0.5, 40)];
    const evidence = recorded([...share, ...daily('gcp.gpu_utilization', gap)]);
    // Stale from day 23 on; from day 28 on there are figures, and none of ten days before.
    expect(at(22, evidence).comparison?.left).toBe(0.125);
    expect(at(29, evidence).says).toContain('1 of 2 have a fresh figure, all are needed; silent: gcp');
    expect(at(36, evidence).comparison?.left).toBe(0.25);
    expect(at(39, evidence).comparison?.left).toBe(0.125);
  });

  it('is of other members itself from one day to the next: windows over the whole begin anew', () => {
    const names: Names = {
      ...TRENDS,
      derived: new Map(
        [
          ratio('gcp.trend', 'mean(gcp.gpu_utilization, bitcoin.gpu_utilization)'),
          ratio('aws.trend', 'aws.gpus_leased / aws.gpus_total'),
          ratio('market.trend', 'mean(clouds.trend)'),
        ].map((one) => [one.id, one]),
      ),
    };
    const joined = [...Array.from({ length: 20 }, () => null), ...days(0.1, 40)];
    const evidence = recorded([
      ...share,
      ...daily('gcp.gpu_utilization', days(0.5, 60)),
      ...daily('bitcoin.gpu_utilization', joined),
    ]);
    const seen = (day: number) => judge('avg(market.trend, 5d) < 900%', evidence, day, names).comparison?.left ?? null;
    expect(seen(19)).toBe(0.375);
    expect([21, 22, 23].map(seen)).toEqual([null, null, null]);
    expect(seen(25)).toBeCloseTo(0.275, 12);
  });

  it('adds the windows inside it to those around it', () => {
    expect(compileCondition('avg(market.trend, 5d) < 900%', TRENDS).longest).toBe(15 * DAY);
  });

  it('gives the same whichever instants were asked for before', () => {
    const figure = fc.record({
      series: fc.constantFrom('gcp.gpu_utilization', 'aws.gpus_leased', 'aws.gpus_total'),
      at: fc.integer({ min: 0, max: 160 }).map((step) => T0 + step * 6 * HOUR),
      value: fc.integer({ min: 1, max: 9 }),
      source: fc.constant('test'),
    });
    const condition = compileCondition('avg(market.trend, 3d) < 900%', TRENDS);
    let known = 0;
    fc.assert(
      fc.property(
        fc.array(figure, { minLength: 120, maxLength: 240 }),
        fc.array(fc.integer({ min: 240, max: 1000 }), { minLength: 2, maxLength: 8 }),
        (record, hours) => {
          const evidence = recorded(record, [], 12 * HOUR);
          for (const hour of hours) {
            const ask = (of: Evidence) =>
              condition.explain({ network: 'akash', now: T0 + hour * HOUR, evidence: of }).comparison?.left;
            const live = ask(evidence);
            expect(live).toBe(ask(recorded(record, [], 12 * HOUR)));
            if (live !== null) known += 1;
          }
        },
      ),
      { seed: 5, numRuns: 60 },
    );
    expect(known).toBeGreaterThan(40);
  });
});
