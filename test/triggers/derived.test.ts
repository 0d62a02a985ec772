/** Derived series and groups: what they are worth, what they were, and when they are unknown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Derived } from '../../src/core/metric.ts';
import type { Names } from '../../src/core/names.ts';
import type { Evidence } from '../../src/core/ports.ts';
import type { Sample } from '../../src/core/series.ts';
import { DAY, HOUR, type Instant } from '../../src/core/time.ts';
import { readingsOf } from '../../src/core/verdict.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { ExpressionError } from '../../src/triggers/language/error.ts';
import { compileCondition } from '../../src/triggers/language/expression.ts';
import { hypothetical } from '../../src/triggers/outlook/hypothesis.ts';
import { recorded } from '../../src/triggers/replay/recorded.ts';
import { daily, NAMES, T0 } from '../world.ts';

function judge(text: string, evidence: Evidence, now: Instant, network = 'akash', names: Names = NAMES) {
  const condition = compileCondition(text, names);
  const verdict = condition.explain({ network, now, evidence });
  expect(condition.truth({ network, now, evidence }), 'truth and explanation agree').toBe(verdict.truth);
  return verdict;
}

function compared(text: string): string {
  return `${text} != ${text.includes('price') ? '$123456' : '123456%'}`;
}

/** Left side of a comparison at an instant. */
function figure(text: string, evidence: Evidence, now: Instant, network = 'akash'): number | null {
  return judge(compared(text), evidence, now, network).comparison?.left ?? null;
}

function namesWith(...derived: readonly Derived[]): Names {
  return { ...NAMES, derived: new Map(derived.map((one) => [one.id, one])) };
}

const ratio = (id: string, expression: string): Derived => ({ id, unit: 'ratio', meaning: 'for the test', expression });

const fleet = recorded([
  ...daily('akash.gpus_total', [100, 200, 400, 400, 400]),
  ...daily('akash.gpus_leased', [50, 50, 100, 100, 40]),
  ...daily('ionet.gpus_total', [10, 10, 10, 10, 10]),
  ...daily('ionet.gpus_leased', [1, 1, 1, 1, 1]),
  ...daily('gcp.h100_price', [10, 10, 10, 8, 8]),
  ...daily('aws.h100_price', [6, 6, 6, 6, 6]),
]);

describe('a derived series', () => {
  it.each([
    ['leased_share < 20%', 'akash', 'true'],
    ['leased_share == 10%', 'akash', 'true'],
    ['ionet.leased_share == 10%', 'akash', 'true'],
    ['leased_share == 10%', 'ionet', 'true'],
    ['idle_share > 85%', 'akash', 'true'],
    ['market.h100_price == $7', 'akash', 'true'],
    // (100/400 + 40/400) / 2, and (50/200 + 100/400 + 100/400 + 40/400) / 4
    ['avg(leased_share, 2d) == 17.5%', 'akash', 'true'],
    ['avg(leased_share, 4d) == 21.25%', 'akash', 'true'],
    ['max(leased_share, 2d) == 25%', 'akash', 'true'],
    ['change(leased_share, 2d) == -60%', 'akash', 'true'],
    ['change(market.h100_price, 2d) == -12.5%', 'akash', 'true'],
    ['change(ionet.leased_share, 2d) == 0%', 'akash', 'true'],
    ['max(idle_share, 1d) == 90%', 'akash', 'true'],
    ['age(leased_share) <= 0d', 'akash', 'true'],
  ])('%s for %s is %s', (text, network, truth) => {
    expect(judge(text, fleet, T0 + 4 * DAY, network).truth).toBe(truth);
  });

  it('is explained with what it was worked out of, down to the samples', () => {
    const verdict = judge('idle_share > 85%', fleet, T0 + 4 * DAY);
    expect(verdict.says).toBe('akash.idle_share is 90%, above 85%');
    expect(
      readingsOf(verdict).map((reading) => (reading.kind === 'series' ? `${reading.series}=${reading.value}` : '')),
    ).toEqual(['akash.idle_share=0.9', 'akash.leased_share=0.1', 'akash.gpus_leased=40', 'akash.gpus_total=400']);
  });

  it('is unknown while something it rests on is, and says what', () => {
    const half = recorded(daily('akash.gpus_leased', [1, 1, 1]));
    const verdict = judge('leased_share < 20%', half, T0 + 2 * DAY);
    expect(verdict.truth).toBe('unknown');
    expect(verdict.says).toContain('akash.gpus_total: no sample yet');
  });

  it('is unknown once one of its inputs is stale, and its windows are not covered by figures that rest on it', () => {
    const dark = recorded([
      ...daily(
        'akash.gpus_leased',
        Array.from({ length: 40 }, () => 10),
      ),
      ...daily(
        'akash.gpus_total',
        Array.from({ length: 10 }, () => 100),
      ),
    ]);
    expect(judge('leased_share < 20%', dark, T0 + 12 * DAY).truth).toBe('true');
    expect(judge('leased_share < 20%', dark, T0 + 13 * DAY).truth).toBe('unknown');
    expect(judge('avg(leased_share, 5d) < 20%', dark, T0 + 16 * DAY).truth).toBe('true');
    expect(judge('avg(leased_share, 5d) < 20%', dark, T0 + 20 * DAY).truth).toBe('unknown');
  });

  it('is no number where a divisor is 0', () => {
    const none = recorded([...daily('akash.gpus_leased', [1, 1]), ...daily('akash.gpus_total', [0, 0])]);
    const verdict = judge('leased_share < 20%', none, T0 + DAY);
    expect(verdict.says).toContain('a division by zero');
  });

  it('is converted to the unit it is declared in', () => {
    // $48 a day over 2 GPUs is $1 a GPU-hour.
    const names = namesWith({
      id: 'paid_price',
      unit: 'usd/gpu-hour',
      meaning: 'paid',
      expression: 'revenue / gpus_leased',
    });
    const evidence = recorded([...daily('akash.revenue', [48, 48]), ...daily('akash.gpus_leased', [2, 2])]);
    const verdict = judge('paid_price == $1', evidence, T0 + DAY, 'akash', names);
    expect([verdict.truth, verdict.says]).toEqual([
      'true',
      'akash.paid_price is $1.00/GPU-hour, equal to $1.00/GPU-hour',
    ]);
  });

  it.each([
    ['a circle', [ratio('one', 'two * 50%'), ratio('two', 'one * 50%')], 'two', 'two → one → two'],
    ['itself', [ratio('one', '100% - one')], 'one', 'one → one'],
    [
      'a wrong unit',
      [ratio('one', 'gpus_total * 2')],
      'one',
      'one is declared as a ratio, and its expression gives a number of GPUs',
    ],
    ['a figure', [ratio('one', '100% - 20%')], 'one', 'worked out of series alone'],
    [
      'news',
      [ratio('one', 'gpu_utilization * (news(lab_training, 7d) / news(lab_training, 7d))')],
      'one',
      'worked out of series alone',
    ],
    ['a condition', [ratio('one', 'gpu_utilization < 20%')], 'one', 'is a condition, not a value'],
    ['its own age', [ratio('one', 'age(gpu_utilization) / age(gpu_utilization)')], 'one', 'no age of others in it'],
    [
      'too many',
      Array.from({ length: 8 }, (_, n) =>
        ratio(
          `d${n}`,
          n === 0
            ? 'gpu_utilization'
            : Array(12)
                .fill(`d${n - 1}`)
                .join(' + '),
        ),
      ),
      'd7',
      'names and figures with all that it rests on',
    ],
    [
      'too long a chain',
      Array.from({ length: 40 }, (_, n) => ratio(`d${n}`, n === 0 ? 'gpu_utilization' : `d${n - 1} * 50%`)),
      'd39',
      'more than 8 levels deep',
    ],
  ])('that rests on %s is refused', (_, derived, metric, what) => {
    const compile = () => compileCondition(`${metric} < 20%`, namesWith(...derived));
    expect(compile).toThrow(ExpressionError);
    expect(compile).toThrow(what);
  });

  it('adds its own window to that of who reads it', () => {
    const short = namesWith(ratio('smooth', 'avg(gpu_utilization, 5d)'));
    expect(compileCondition('change(smooth, 7d) < 0%', short).longest).toBe(12 * DAY);
    const names = namesWith(ratio('smooth', 'avg(gpu_utilization, 500d)'));
    expect(() => compileCondition('avg(smooth, 300d) < 20%', names)).not.toThrow();
    expect(() => compileCondition('avg(smooth, 301d) < 20%', names)).toThrow('figures that each look back 500d');
  });

  it('names its sources over a window too, and is as old as the oldest of them', () => {
    const verdict = judge('avg(leased_share, 2d) < 20%', fleet, T0 + 4 * DAY + HOUR);
    const [reading] = verdict.readings;
    expect(reading).toMatchObject({ series: 'akash.leased_share', source: null, newest: T0 + 4 * DAY });
    expect(readingsOf(verdict).slice(1)).toMatchObject([
      { series: 'akash.gpus_leased', source: 'test' },
      { series: 'akash.gpus_total', source: 'test' },
    ]);
  });

  it('belongs to networks, or to the one subject it names', () => {
    expect(() => compileCondition('gcp.leased_share < 20%', NAMES)).toThrow(
      'leased_share is derived, and gcp has none',
    );
    const names = namesWith({
      id: 'market.gap',
      unit: 'ratio',
      meaning: 'gap',
      expression: 'gpu_utilization / akash.gpu_utilization',
    });
    expect(() => compileCondition('gap < 20%', names)).toThrow('gap is derived, and the network being judged has none');
  });
});

describe('a group', () => {
  it.each([
    ['median(clouds.h100_price) == $7', 'akash', 'true'],
    ['min(clouds.h100_price) == $6', 'akash', 'true'],
    ['max(clouds.h100_price) == $8', 'akash', 'true'],
    ['gpus_total > max(others.gpus_total)', 'akash', 'true'],
    ['gpus_total > max(others.gpus_total)', 'ionet', 'false'],
    ['min(others.leased_share) == 10%', 'akash', 'true'],
    ['median(networks.gpus_total) == 205', 'ionet', 'true'],
  ])('%s for %s is %s', (text, network, truth) => {
    expect(judge(text, fleet, T0 + 4 * DAY, network).truth).toBe(truth);
  });

  it('is unknown while a member is silent, says who, and goes on without it after two weeks', () => {
    const evidence = recorded([
      ...daily(
        'gcp.h100_price',
        Array.from({ length: 30 }, () => 10),
      ),
      ...daily('aws.h100_price', [6, 6]),
    ]);
    const at = (day: number) => judge('median(clouds.h100_price) > $1', evidence, T0 + day * DAY);
    expect(at(3).comparison?.left).toBe(8);
    expect(at(6).truth).toBe('unknown');
    expect(at(6).says).toContain('1 of 2 have a fresh figure, all are needed; silent: aws');
    expect(at(15).truth).toBe('unknown');
    expect(at(16).comparison?.left).toBe(10);
  });

  it('is another series once a member joins: nothing is compared across that', () => {
    const evidence = recorded([
      ...daily(
        'gcp.h100_price',
        Array.from({ length: 40 }, () => 10),
      ),
      ...daily('aws.h100_price', [...Array.from({ length: 20 }, () => null), ...Array.from({ length: 20 }, () => 2)]),
    ]);
    const at = (day: number) => judge('change(market.h100_price, 10d) < -14%', evidence, T0 + day * DAY).truth;
    expect([19, 20, 25, 29, 31].map(at)).toEqual(['false', 'unknown', 'unknown', 'unknown', 'false']);
  });

  it('does not count who never had the metric', () => {
    const evidence = recorded(daily('gcp.h100_price', [10, 10, 10]));
    expect(judge('median(clouds.h100_price) == $10', evidence, T0 + 2 * DAY).truth).toBe('true');
  });

  it.each([
    ['others.gpus_total > 5', 'others stands for several subjects', 'write median(others.gpus_total)'],
    ['avg(clouds.h100_price, 7d) > $5', 'reads one series', 'declare a derived series'],
    ['avg(clouds.h100_price) > $5', 'avg does not range over several subjects', 'write mean(clouds.h100_price)'],
    ['last(clouds.h100_price) > $5', 'last does not range over several subjects', 'write median(clouds.h100_price)'],
  ])('%s is refused', (text, what, todo) => {
    try {
      compileCondition(text, NAMES);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      expect(`${error.message}; ${error.todo}`).toContain(what);
      expect(error.todo).toContain(todo);
    }
  });
});

describe('the history of a derived series', () => {
  const sample = (series: string) =>
    fc.record({
      series: fc.constant(series),
      at: fc.integer({ min: 0, max: 40 }).map((step) => T0 + step * 6 * HOUR),
      value: fc.integer({ min: 1, max: 9 }),
      source: fc.constant('test'),
    });
  const samples = fc.array(fc.oneof(sample('akash.gpus_leased'), sample('akash.gpus_total')), {
    minLength: 60,
    maxLength: 160,
  });
  const text = 'avg(leased_share, 2d)';

  /** A group that a second member joins on the fifth day, at the earliest. */
  const prices = fc.array(
    fc.oneof(
      sample('gcp.h100_price'),
      sample('aws.h100_price').map((one) => ({ ...one, at: Math.max(one.at, T0 + 4 * DAY + (one.at % DAY)) })),
    ),
    { minLength: 60, maxLength: 160 },
  );
  const worlds = [
    ['of two series', samples, text, new Map([['akash.gpus_leased', 5]])],
    ['of a group that somebody joins', prices, 'avg(market.h100_price, 2d)', new Map([['gcp.h100_price', 5]])],
  ] as const;

  it.each(worlds)('%s does not depend on which instants were asked for before', (_, samples, text) => {
    fc.assert(
      fc.property(
        samples,
        fc.array(fc.integer({ min: 48, max: 270 }), { minLength: 2, maxLength: 12 }),
        (record, hours) => {
          const evidence = recorded(record, [], 12 * HOUR);
          for (const hour of hours) {
            const now = T0 + hour * HOUR;
            expect(figure(text, evidence, now)).toBe(figure(text, recorded(record, [], 12 * HOUR), now));
          }
        },
      ),
      { seed: 7, numRuns: 60 },
    );
  });

  it.each(worlds)(
    '%s takes in samples that come late or are corrected, as if they had always been there',
    async (_, samples, text) => {
      await fc.assert(
        fc.asyncProperty(
          samples,
          fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 4, maxLength: 8 }),
          async (record, cuts) => {
            const store = memoryStore({ step: () => 12 * HOUR });
            const condition = compileCondition(compared(text), NAMES);
            const kept: Sample[] = [];
            let from = 0;
            for (const cut of cuts) {
              const batch = record.slice(from, from + cut);
              from += cut;
              kept.push(...batch);
              await store.observe(batch, []);
              const now = Math.max(T0, ...kept.map(({ at }) => at));
              const live =
                condition.explain({ network: 'akash', now, evidence: store.evidence() }).comparison?.left ?? null;
              expect(live).toBe(figure(text, recorded(kept, [], 12 * HOUR), now));
            }
          },
        ),
        { seed: 7, numRuns: 60 },
      );
    },
  );

  it('takes a member back whose figures come after all, with what was before it had gone', async () => {
    const store = memoryStore({ step: () => DAY });
    const aws = daily(
      'aws.h100_price',
      Array.from({ length: 22 }, () => 6),
    );
    const gcp = aws.map((sample) => ({ ...sample, series: 'gcp.h100_price', value: 10 }));
    const asked = 'avg(market.h100_price, 21d)';
    const at = (day: number) => figure(asked, store.evidence(), T0 + day * DAY);
    await store.observe([...aws, ...gcp.slice(0, 5)], []);
    expect(Array.from({ length: 22 }, (_, day) => at(day))[21]).toBeNull();
    await store.observe(gcp.slice(5), []);
    expect(at(21)).toBe(8);
  });

  it('waits for an input that always comes later than the other, and for one that comes for the first time', async () => {
    const total = daily('akash.gpus_total', [100, 200, 100, 400, 100, 500, 100, 100]);
    const leased = daily('akash.gpus_leased', [10, 20, 30, 40, 50, 60, 70, 80]);
    const condition = compileCondition(`${text} != 123456%`, NAMES);
    for (const first of [0, 3]) {
      const store = memoryStore({ step: () => DAY });
      const kept: Sample[] = [];
      for (const [index, sample] of leased.entries()) {
        const late = index < first ? [] : index === first ? total.slice(0, index) : total.slice(index - 1, index);
        kept.push(sample, ...late);
        await store.observe([sample, ...late], []);
        const scene = { network: 'akash', now: sample.at + HOUR, evidence: store.evidence() };
        const live = condition.explain(scene).comparison?.left;
        expect(live).toBe(figure(text, recorded(kept, [], DAY), scene.now));
        expect(live === null).toBe(index < Math.max(first, 2));
      }
    }
  });

  it.each(worlds)(
    '%s that only supposes something of other evidence is what it would be from nothing',
    (_, samples, text, levels) => {
      fc.assert(
        fc.property(
          samples,
          fc.integer({ min: 96, max: 240 }),
          fc.integer({ min: 0, max: 60 }),
          (record, hour, more) => {
            const now = T0 + hour * HOUR;
            const evidence = recorded(record, [], 12 * HOUR);
            // What is known by now may go further than what is supposed to be the past.
            for (const days of [-3, more % 3]) figure(text, evidence, now + days * DAY);
            const supposed = hypothetical(evidence, now, now + 30 * DAY, { levels, reports: 0 });
            const { past: _, ...alone } = supposed;
            const at = now + more * HOUR;
            for (const asked of [text, text.replace('avg', 'delta')])
              expect(figure(asked, supposed, at)).toBe(figure(asked, alone, at));
          },
        ),
        { seed: 7, numRuns: 60 },
      );
    },
  );
});
