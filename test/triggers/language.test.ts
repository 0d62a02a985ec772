import { describe, expect, it } from 'vitest';
import type { Metric } from '../../src/core/metric.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { ExpressionError } from '../../src/triggers/language/error.ts';
import { compileCondition } from '../../src/triggers/language/expression.ts';
import { recorded } from '../../src/triggers/replay/recorded.ts';
import { daily, NAMES, report, T0 } from '../world.ts';

const evidence = recorded(
  [
    ...daily('akash.gpu_utilization', [0.5, 0.4, 0.3, 0.2, 0.1]),
    ...daily('akash.gpus_total', [400, 400, 400, 400, 200]),
    ...daily('akash.gpus_leased', [200, 160, 120, 80, 20]),
    ...daily('akash.revenue', [1000, 1000, 1000, 1000, 1000]),
    ...daily('akash.emission', [2000, 2000, 2000, 2000, 2000]),
    ...daily('akash.token_price', [1, 1, 1, 1, 1]),
    ...daily('akash.h100_price', [2, 2, 2, 2, 2]),
    ...daily('gcp.h100_price', [10, 10, 10, 10, 10]),
    ...daily('render.gpu_utilization', [0.5, 0.5, null, null, null, null, null, null, null]),
    ...daily('ionet.gpu_utilization', [0]),
    ...daily('aws.h100_price', [0, 5, 5, 5, 5]),
  ],
  [
    report(T0 + DAY, 'One'),
    report(T0 + 2 * DAY, 'Two', { status: 'planned' }),
    report(T0 + DAY, 'Three', { type: 'new_entrant', network: 'other:newcomer' }),
    report(T0 + DAY, 'Four', { type: 'new_entrant', network: 'akash' }),
  ],
);

function judge(text: string, network = 'akash', now = T0 + 4 * DAY): { truth: string; says: string } {
  const condition = compileCondition(text, NAMES);
  const scene = { network, now, evidence };
  const verdict = condition.explain(scene);
  expect(verdict.truth, 'truth and explanation agree').toBe(condition.truth(scene));
  return verdict;
}

describe('values', () => {
  it.each([
    ['gpu_utilization < 20%', 'true'],
    ['gpu_utilization > 10%', 'false'],
    ['gpu_utilization >= 10%', 'true'],
    ['gpu_utilization != 10%', 'false'],
    ['gpu_utilization == 10%', 'true'],
    ['avg(gpu_utilization, 3d) > 19.9% and avg(gpu_utilization, 3d) < 20.1%', 'true'],
    ['min(gpu_utilization, 3d) == 10%', 'true'],
    ['max(gpu_utilization, 3d) == 30%', 'true'],
    ['sum(gpus_leased, 2d) == 100', 'true'],
    ['median(gpus_leased, 3d) == 80', 'true'],
    ['quantile(gpus_leased, 3d, 0.5) == 80', 'true'],
    ['count(gpus_leased, 3d) == 3', 'true'],
    ['stddev(revenue, 3d) == $0', 'true'],
    ['last(gpus_total, 3d) == 200', 'true'],
    ['change(gpus_total, 2d) == -50%', 'true'],
    ['delta(gpus_total, 2d) == -200', 'true'],
    ['slope(revenue, 3d) == $0', 'true'],
    ['age(gpu_utilization) <= 0d', 'true'],
    ['gpus_leased / gpus_total == 10%', 'true'],
    ['revenue / (emission * token_price) < 100%', 'true'],
    ['revenue / (emission * token_price) == 50%', 'true'],
    ['h100_price / gcp.h100_price < 85%', 'true'],
    ['h100_price * gpus_leased > $900', 'true'],
    ['h100_price * gpus_leased < revenue', 'true'],
    ['2 * gpu_utilization == 20%', 'true'],
    ['gpu_utilization + 5% < 20%', 'true'],
    ['-gpu_utilization < 0', 'true'],
    ['now >= 2026-01-05', 'true'],
    ['now + 10d >= 2026-01-16', 'false'],
    ['now >= 2026-01-05T00:00:00.000Z and now < 2026-01-05T01:00:01+00:00', 'true'],
    ['now >= 2026-01-05T00:00Z', 'true'],
    ['2026-01-05 - 1d == 2026-01-04', 'true'],
    ['revenue > h100_price * gpus_leased', 'true'],
    ['revenue < h100_price * gpus_leased + $1', 'false'],
    ['news(new_entrant, 30d) == 1', 'true'],
    ['2026-01-08 - now < 4d', 'true'],
    ['gpus_total > 0.1k and gpus_total < 1.5k', 'true'],
    ['revenue < $1,500 or revenue > $1M', 'true'],
    ['not gpu_utilization > 50%', 'true'],
    ['not (gpu_utilization < 50% and gpus_total > 300)', 'true'],
  ])('%s is %s', (text, truth) => expect(judge(text).truth).toBe(truth));

  it('counts independent outlets, and plans only when asked to', () => {
    expect(judge('news(lab_training, 30d) == 1', 'bittensor').truth).toBe('true');
    expect(judge('news(lab_training, 30d, claimed) == 2', 'bittensor').truth).toBe('true');
    expect(judge('news(lab_training, 30d) == 0', 'akash').truth).toBe('true');
    expect(judge('news(lab_training, 2d) == 0', 'bittensor').truth).toBe('true');
  });

  it('fills the numbers in', () => {
    expect(judge('avg(gpu_utilization, 3d) < 25%').says).toBe('3d average of akash.gpu_utilization is 20%, below 25%');
    expect(judge('change(gpus_total, 2d) < -20%').says).toBe(
      '2d change of akash.gpus_total is -50% (400 GPUs → 200 GPUs), below -20%',
    );
    expect(judge('h100_price < $1').says).toBe('akash.h100_price is $2.00/GPU-hour, not below $1.00/GPU-hour');
    expect(judge('news(lab_training, 30d) >= 2', 'bittensor').says).toBe(
      '1 independent outlet in 30d reports lab training on bittensor (One), below 2',
    );
  });
});

describe('sentences', () => {
  it.each([
    ['gpus_leased / (gpus_total * 2) < 100%', 'gpus_leased / (gpus_total * 2) is 5%, below 100%'],
    ['(gpus_total - gpus_leased) / gpus_total > 50%', '(gpus_total - gpus_leased) / gpus_total is 90%, above 50%'],
    ['gpu_utilization < 10.04%', 'akash.gpu_utilization is 10%, below 10.04%'],
    ['gpu_utilization < 10.0000001%', 'akash.gpu_utilization is 10%, below 10.0000001%'],
    ['not gpu_utilization > 50%', 'akash.gpu_utilization is 10%, not above 50%'],
    ['gpus_total > 5 + 3', 'akash.gpus_total is 200 GPUs, above 8 GPUs'],
    ['h100_price < gcp.h100_price', 'akash.h100_price is $2.00/GPU-hour, below gcp.h100_price, $10.00/GPU-hour'],
    ['slope(gpu_utilization, 4d) < -1%', '4d slope of akash.gpu_utilization is -10%/day, below -1%'],
    ['change(revenue, 3d) < 0', '3d change of akash.revenue is 0% ($1,000/day → $1,000/day), not below 0%'],
    ['-gpu_utilization < 0', '-gpu_utilization is -10%, below 0%'],
    ['now >= 2026-01-05', 'now is 2026-01-05, not before 2026-01-05'],
  ])('%s: %s', (text, says) => expect(judge(text).says).toBe(says));
});

describe('three values', () => {
  it.each([
    ['a series without a sample', 'bittensor', 'gpu_utilization < 20%', 'no sample yet'],
    ['a sample past its max age', 'render', 'gpu_utilization < 20%', 'past the 3d it stays good'],
    ['a single sample', 'ionet', 'gpu_utilization < 20%', 'usual step is not known'],
    ['a window covered too little', 'render', 'avg(gpu_utilization, 8d) < 20%', '50% of the window'],
    ['a change without a base', 'akash', 'change(gpu_utilization, 108h) < 0', 'at the start of the window'],
    ['a change from zero', 'aws', 'change(aws.h100_price, 4d) < 0', 'is 0'],
    ['a division by zero', 'akash', 'gpus_leased / (gpus_total - gpus_total) < 5%', 'division by zero'],
  ])('%s is unknown', (_, network, text, why) => {
    const verdict = judge(
      text,
      network === 'aws' ? 'akash' : network,
      network === 'render' ? T0 + 8 * DAY : T0 + 4 * DAY,
    );
    expect(verdict.truth).toBe('unknown');
    expect(verdict.says).toContain(why);
  });

  it('follows Kleene: false and unknown is false, true or unknown is true', () => {
    const [yes, no, dark] = ['gpu_utilization < 20%', 'gpu_utilization > 20%', 'bittensor.gpu_utilization < 20%'];
    const table: [string, string][] = [
      [`${yes} and ${dark}`, 'unknown'],
      [`${no} and ${dark}`, 'false'],
      [`${yes} or ${dark}`, 'true'],
      [`${no} or ${dark}`, 'unknown'],
      [`not ${dark}`, 'unknown'],
      [`${yes} and ${yes}`, 'true'],
      [`${no} or ${no}`, 'false'],
      [`${yes} and ${no}`, 'false'],
      [`${no} or ${yes}`, 'true'],
    ];
    for (const [text, truth] of table) expect(judge(text).truth, text).toBe(truth);
  });

  it('needs 80% of the window covered, no more', () => {
    const hourly = recorded(daily('akash.gpu_utilization', Array<number>(40).fill(0.1), HOUR));
    const condition = compileCondition('avg(gpu_utilization, 50h) < 20%', NAMES);
    // Samples reach from T0 to T0+39h and stay good for 3h: of (now-50h, now] 42h are covered at most.
    expect(condition.truth({ network: 'akash', now: T0 + 39 * HOUR, evidence: hourly })).toBe('unknown');
    expect(condition.truth({ network: 'akash', now: T0 + 40 * HOUR, evidence: hourly })).toBe('true');
  });

  it('compares with no base that is itself stale', () => {
    const gap = recorded(
      daily('akash.gpu_utilization', [
        0.5,
        null,
        null,
        null,
        null,
        null,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
        0.4,
      ]),
    );
    const condition = compileCondition('change(gpu_utilization, 14d) < 0', NAMES);
    // 14 days before day 19 only day 0 speaks, five days old; a sample stays good for three.
    const verdict = condition.explain({ network: 'akash', now: T0 + 19 * DAY, evidence: gap });
    expect(verdict).toMatchObject({ truth: 'unknown', says: expect.stringContaining('at the start of the window') });
    expect(condition.truth({ network: 'akash', now: T0 + 20 * DAY, evidence: gap })).not.toBe('unknown');
  });

  it("takes the catalogue's max age before three times the step", () => {
    const metric = { ...NAMES.catalogue.get('gpu_utilization'), maxAge: 30 * DAY } as Metric;
    const names = { ...NAMES, catalogue: new Map([...NAMES.catalogue, ['gpu_utilization', metric]]) };
    const scene = { network: 'render', now: T0 + 20 * DAY, evidence };
    expect(compileCondition('gpu_utilization > 40%', names).truth(scene)).toBe('true');
    expect(compileCondition('gpu_utilization > 40%', NAMES).truth(scene)).toBe('unknown');
  });

  it('never reads beyond the instant it judges', () => {
    expect(judge('gpu_utilization == 40%', 'akash', T0 + DAY + HOUR).truth).toBe('true');
    expect(judge('news(lab_training, 30d) == 0', 'bittensor', T0 + HOUR).truth).toBe('true');
  });
});

describe('mistakes', () => {
  it.each([
    ['gpu_utilization < 20', 19, 'ratio', 'did you mean 20%?'],
    ['gpu_utilization < 0.2', 19, 'bare number', 'did you mean 20%?'],
    ['change(gpus_total, 30d) < -0.2', 27, 'ratio', 'did you mean -20%?'],
    ['h100_price < 2.5', 14, 'USD a GPU-hour', 'did you mean $2.5?'],
    ['gpus_total < 20%', 14, 'number of GPUs', 'change(gpus_total, 30d)'],
    ['gpus_total < $20', 14, 'number of GPUs', 'did you mean 20?'],
    ['age(gpu_utilization) > 3', 24, 'a duration', 'did you mean 3d?'],
    ['h100_price < revenue', 14, 'USD a day', 'divide revenue by a number of GPUs'],
    ['now > 20%', 7, 'a date', 'write a date'],
    ['gpu_utilisation < 20%', 1, 'unknown metric', 'did you mean gpu_utilization?'],
    ['gpc.h100_price < $2', 1, 'unknown subject', 'did you mean gcp.h100_price?'],
    ['gcp.h1000_price < $2', 5, 'unknown metric', 'did you mean gcp.h100_price?'],
    ['averge(gpu_utilization, 7d) < 20%', 1, 'unknown function', 'pick one of these'],
    ['medain(gpu_utilization, 7d) < 20%', 1, 'unknown function', 'did you mean median(…)?'],
    ['avg(gpu_utilization) < 20%', 1, '1 argument', 'avg(gpu_utilization, 7d)'],
    ['avg(gpu_utilization, 7) < 20%', 22, 'no unit', 'did you mean 7d?'],
    ['avg(avg(gpu_utilization, 7d), 7d) < 20%', 5, 'reads a series', 'write avg'],
    ['news(lab_trainin, 30d) > 1', 6, 'unknown news type', 'did you mean lab_training?'],
    ['news(lab_training, 30d, rumoured) > 1', 25, 'third argument', 'write claimed'],
    ['gpu_utilization', 1, 'a value, not a condition', 'compare it with a threshold'],
    ['(gpu_utilization < 20%) + 5% > 3%', 1, 'a condition, not a value', 'and'],
    [
      '10% < gpu_utilization < 20%',
      23,
      'two comparisons',
      'did you mean 10% < gpu_utilization and gpu_utilization < 20%?',
    ],
    ['gpu_utilization < 20% gpus_total > 3', 23, 'after the expression', '`and`'],
    ['gpu_utilization <', 18, 'ends after "<"', 'complete'],
    ['(gpu_utilization < 20%', 23, 'column 1', 'add )'],
    ['gpu_utilization = 20%', 17, 'no operator', 'write =='],
    ['gpu_utilization < 20% && gpus_total > 3', 23, 'no operator', 'write and'],
    ['gpu_utilization < ٢٠%', 19, 'another alphabet', 'type it anew'],
    ['', 1, 'is empty', 'write'],
    [`${'('.repeat(60)}gpu_utilization < 20%`, 32, 'nested too deeply', 'split'],
    [`${'gpu_utilization < 20% and '.repeat(30)}gpus_total > 3`, 501, '794 characters', 'split'],
    ['constructor(gpu_utilization, 7d) < 20%', 1, 'unknown function', 'pick'],
    ['now * 2 > 2026-01-01', 1, 'multiplied', 'difference'],
    ['now + now > 2026-01-01', 1, 'cannot be added', 'difference'],
    ['-now > 2026-01-01', 1, 'no opposite', 'difference'],
    ['gpu_utilization < 2,5%', 19, 'a comma', 'write 2.5%'],
    ['h100_price < $2,50', 14, 'a comma', 'write $2.50'],
    ['now > 2026-02-30', 7, 'no day of the calendar', 'write a day'],
    ['h100_price / $2 > 1', 19, 'a bare number', 'divide values of one unit'],
    ['gpus_leased / gpus_total > 5', 28, 'a ratio', 'did you mean 500%?'],
  ])('%s', (text, column, what, todo) => {
    let caught: unknown;
    try {
      compileCondition(text, NAMES);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ExpressionError);
    const error = caught as ExpressionError;
    expect({ column: error.column, text: `${error.message} | ${error.expected} | ${error.todo}` }).toMatchObject({
      column,
    });
    expect(`${error.message} | ${error.expected}`).toContain(what);
    expect(error.todo).toContain(todo);
  });
});
