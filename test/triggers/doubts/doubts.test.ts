/** What is odd in a rule that compiles, and what is not: a doubt about a sound rule would teach people to overlook them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Names } from '../../../src/core/names.ts';
import { Rule } from '../../../src/core/rule.ts';
import { DAY } from '../../../src/core/time.ts';
import { doubtsOf } from '../../../src/triggers/doubts/doubts.ts';
import { canBe } from '../../../src/triggers/doubts/possible.ts';
import { unfedDoubt } from '../../../src/triggers/doubts/unfed.ts';
import { compileCondition } from '../../../src/triggers/language/expression.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { type CompiledRule, compileRule } from '../../../src/triggers/rule/compile.ts';
import { daily, LADDER, NAMES, T0 } from '../../world.ts';

const RANGES: Readonly<Record<string, [number, number]>> = {
  gpu_utilization: [0, 1],
  gpus_total: [1, 1e8],
  gpus_leased: [0, 1e8],
  h100_price: [0.01, 60],
  revenue: [0, 1e9],
};
const WORLD: Names = {
  ...NAMES,
  catalogue: new Map(
    [...NAMES.catalogue].map(([id, metric]) => [
      id,
      RANGES[id] === undefined ? metric : { ...metric, range: RANGES[id] },
    ]),
  ),
};

function ruleOf(written: Record<string, unknown>, names: Names = WORLD): CompiledRule {
  const compiled = compileRule(Rule.parse({ id: 'a-rule', ...written }), 'v1', names, LADDER);
  if (!compiled.ok) throw new Error(compiled.errors.map((error) => error.what).join('\n'));
  return compiled.rule;
}

function doubts(when: string, more: Record<string, unknown> = {}, names: Names = WORLD): readonly string[] {
  return doubtsOf(ruleOf({ when, ...more }, names)).map(
    ({ field, column, what }) => `${field}:${column ?? '-'} ${what}`,
  );
}

const NEVER = 'so the rule can never fire';
const ALWAYS = 'so the rule fires whatever the figures are';
const ENDLESS = 'so the rule, once it fires, never ends';

describe('comparisons', () => {
  it.each([
    [
      'gpu_utilization < -5%',
      `when:1 gpu_utilization < -5% is never true: gpu_utilization lies between 0% and 100%, ${NEVER}`,
    ],
    [
      'gpu_utilization > 100%',
      `when:1 gpu_utilization > 100% is never true: gpu_utilization lies between 0% and 100%, ${NEVER}`,
    ],
    [
      '120% < gpu_utilization',
      `when:1 120% < gpu_utilization is never true: gpu_utilization lies between 0% and 100%, ${NEVER}`,
    ],
    [
      'gpu_utilization == 101%',
      `when:1 gpu_utilization == 101% is never true: gpu_utilization lies between 0% and 100%, ${NEVER}`,
    ],
    [
      'gpu_utilization >= 0%',
      `when:1 gpu_utilization >= 0% is always true: gpu_utilization lies between 0% and 100%, ${ALWAYS}`,
    ],
    [
      'gpu_utilization != 101%',
      `when:1 gpu_utilization != 101% is always true: gpu_utilization lies between 0% and 100%, ${ALWAYS}`,
    ],
    ['gpus_total < 1', `when:1 gpus_total < 1 is never true: gpus_total is never below 1 GPU, ${NEVER}`],
    [
      'h100_price > $100',
      `when:1 h100_price > $100 is never true: h100_price lies between $0.01/GPU-hour and $60.00/GPU-hour, ${NEVER}`,
    ],
    [
      'news(lab_training, 30d) < 0',
      `when:1 news(lab_training, 30d) < 0 is never true: news(lab_training, 30d) is never below 0, ${NEVER}`,
    ],
    [
      'count(gpus_total, 7d) == 0',
      `when:1 count(gpus_total, 7d) == 0 is never true: count(gpus_total, 7d) is never below 1, ${NEVER}`,
    ],
    ['age(gpus_total) < 0', `when:1 age(gpus_total) < 0 is never true: age(gpus_total) is never below 0s, ${NEVER}`],
    [
      'change(gpus_total, 30d) < -120%',
      `when:1 change(gpus_total, 30d) < -120% is never true: change(gpus_total, 30d) is never below -100%, ${NEVER}`,
    ],
    [
      'avg(gpu_utilization, 7d) > 120%',
      `when:1 avg(gpu_utilization, 7d) > 120% is never true: avg(gpu_utilization, 7d) lies between 0% and 100%, ${NEVER}`,
    ],
    [
      'stddev(gpu_utilization, 7d) > 60%',
      `when:1 stddev(gpu_utilization, 7d) > 60% is never true: stddev(gpu_utilization, 7d) lies between 0% and 50%, ${NEVER}`,
    ],
    [
      'delta(gpu_utilization, 7d) < -120%',
      `when:1 delta(gpu_utilization, 7d) < -120% is never true: delta(gpu_utilization, 7d) lies between -100% and 100%, ${NEVER}`,
    ],
    [
      'sum(gpus_leased, 7d) < 0',
      `when:1 sum(gpus_leased, 7d) < 0 is never true: sum(gpus_leased, 7d) is never below 0 GPUs, ${NEVER}`,
    ],
    ['idle_share > 100%', `when:1 idle_share > 100% is never true: idle_share is never above 100%, ${NEVER}`],
    ['5 < 3', `when:1 5 < 3 is never true: both of its sides are fixed, ${NEVER}`],
    [
      'gpus_total > 3 and gpu_utilization < -5%',
      `when:20 gpu_utilization < -5% is never true: gpu_utilization lies between 0% and 100%, ${NEVER}`,
    ],
    [
      'gpus_total > 3 or gpu_utilization < -5%',
      'when:19 gpu_utilization < -5% is never true: gpu_utilization lies between 0% and 100%',
    ],
    [
      'gpus_total > 3 and not gpu_utilization < -5%',
      'when:24 gpu_utilization < -5% is never true: gpu_utilization lies between 0% and 100%',
    ],
    [
      'not gpu_utilization >= 0%',
      `when:5 gpu_utilization >= 0% is always true: gpu_utilization lies between 0% and 100%, ${NEVER}`,
    ],
  ])('%s', (when, what) => expect(doubts(when)).toEqual([what]));

  it('knows the limits of what is derived', () => {
    const slack = { id: 'slack', unit: 'ratio', meaning: 'slack', expression: '200% * gpu_utilization' } as const;
    const names = { ...WORLD, derived: new Map([['slack', { ...slack, limits: [0, 1] as [number, number] }]]) };
    expect(doubts('avg(slack, 7d) > 100%', {}, names)).toEqual([
      `when:1 avg(slack, 7d) > 100% is never true: avg(slack, 7d) lies between 0% and 100%, ${NEVER}`,
    ]);
    expect(doubts('avg(slack, 7d) > 90%', {}, names)).toEqual([]);
  });

  it('compares in one unit: a price per GPU-hour and an amount a day', () => {
    expect(doubts('h100_price * gpus_total > revenue')).toEqual([]);
    // 60 $/GPU-hour is 1440 $/GPU-day.
    expect(doubts('revenue / gpus_total > h100_price')).toEqual([]);
    expect(doubts('h100_price > $61 or h100_price < $59')).toHaveLength(1);
  });
});

describe('conditions as a whole', () => {
  const exclude = 'is never true: its parts exclude each other';
  it.each([
    [
      'gpu_utilization < 20% and gpu_utilization > 30%',
      `when:1 gpu_utilization < 20% and gpu_utilization > 30% ${exclude}, ${NEVER}`,
    ],
    [
      'gpu_utilization < 20% and gpu_utilization >= 20%',
      `when:1 gpu_utilization < 20% and gpu_utilization >= 20% ${exclude}, ${NEVER}`,
    ],
    [
      '20% > gpu_utilization and not gpu_utilization <= 30%',
      `when:1 20% > gpu_utilization and not gpu_utilization <= 30% ${exclude}, ${NEVER}`,
    ],
    [
      'gpu_utilization == 20% and gpu_utilization == 30%',
      `when:1 gpu_utilization == 20% and gpu_utilization == 30% ${exclude}, ${NEVER}`,
    ],
    [
      'gpus_total > 5 or gpu_utilization < 20% and gpu_utilization > 30%',
      `when:19 gpu_utilization < 20% and gpu_utilization > 30% ${exclude}`,
    ],
    [
      '(gpu_utilization < 20% or gpu_utilization > 80%) and gpu_utilization > 30% and gpu_utilization < 70%',
      `when:1 (gpu_utilization < 20% or gpu_utilization > 80%) and gpu_utilization > 30% and gpu_utilization < 70% ${exclude}, ${NEVER}`,
    ],
    [
      'gpu_utilization < 20% or gpu_utilization > 10%',
      `when:1 gpu_utilization < 20% or gpu_utilization > 10% is always true: one of its parts always is, ${ALWAYS}`,
    ],
    [
      'gpu_utilization < gpus_leased / gpus_total and gpus_leased / gpus_total < gpu_utilization',
      `when:1 gpu_utilization < gpus_leased / gpus_total and gpus_leased / gpus_total < gpu_utilization ${exclude}, ${NEVER}`,
    ],
  ])('%s', (when, what) => {
    // What no interval shows is allowed: the last two values are not fixed.
    expect(doubts(when)).toEqual(when.includes('< gpus_leased') ? [] : [what]);
  });

  it.each([
    'gpu_utilization < 20%',
    'gpu_utilization <= 0%',
    'gpu_utilization > 20% and gpu_utilization < 30%',
    'gpu_utilization >= 20% and gpu_utilization <= 20%',
    'gpu_utilization < 20% and akash.gpu_utilization > 30%',
    'gpu_utilization < 20% and avg(gpu_utilization, 7d) > 30%',
    'gpu_utilization < 20% or gpu_utilization > 30%',
    'revenue / (emission * token_price) < 100% and change(revenue, 90d) < 0%',
    'now >= 2026-12-31',
    'now >= 2026-12-31 and now < 2027-12-31',
    'slope(gpu_utilization, 30d) < -1%',
    'leased_share > 100%',
    'not (gpu_utilization > 20% and gpus_total > 5)',
    '(gpu_utilization < 20% or gpu_utilization > 80%) and (gpu_utilization < 10% or gpu_utilization < 15%)',
    '(gpu_utilization < 20% or gpus_total > 5) and (gpu_utilization > 30% or gpu_utilization > 40%)',
    // A slope of $2 a GPU-hour and day is $48 a GPU and day squared.
    'h100_price / age(h100_price) > $30 and h100_price / age(h100_price) < slope(h100_price, 30d) and slope(h100_price, 30d) < $2',
    'slope(h100_price, 30d) < $2 and h100_price / age(h100_price) > $30 and h100_price / age(h100_price) < slope(h100_price, 30d)',
  ])('says nothing of %s', (when) => expect(doubts(when)).toEqual([]));
});

describe('ends', () => {
  it.each([
    [
      'gpu_utilization > 120%',
      `clear:1 gpu_utilization > 120% is never true: gpu_utilization lies between 0% and 100%, ${ENDLESS}`,
    ],
    ['gpu_utilization < 10%', `clear:1 gpu_utilization < 10% holds only while \`when\` holds too, ${ENDLESS}`],
    ['gpu_utilization >= 0%', 'clear:1 gpu_utilization >= 0% is always true: gpu_utilization lies between 0% and 100%'],
  ])('clear: %s', (clear, what) => expect(doubts('gpu_utilization < 20%', { clear })).toEqual([what]));

  it('may overlap with the condition', () => {
    expect(doubts('gpu_utilization < 20%', { clear: 'gpu_utilization > 25%' })).toEqual([]);
    expect(doubts('gpu_utilization < 20%', { clear: 'gpu_utilization > 10%' })).toEqual([]);
    expect(doubts('gpu_utilization < 20%', { clear: 'gpus_total > 10' })).toEqual([]);
  });
});

describe('waits', () => {
  it('are no longer than samples are kept', () => {
    expect(doubts('gpu_utilization < 20%', { for: '800d' })).toEqual([]);
    expect(doubts('gpu_utilization < 20%', { for: '801d' })).toEqual([
      'for:- for is 801d, and samples are kept for 800d: no record could show that it held so long',
    ]);
  });
});

/** Conditions over few values with few thresholds, so that they often exclude or imply one another. */
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc
      .tuple(
        fc.constantFrom('gpu_utilization', 'max(gpu_utilization, 3d)', 'leased_share'),
        fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
        fc.constantFrom('-10%', '0%', '20%', '50%', '100%', '110%', 'min(gpu_utilization, 3d)', 'leased_share'),
      )
      .map((parts) => parts.join(' ')),
    tie('condition').map((one) => `not (${one})`),
    fc
      .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`),
  ),
}));
const figures = fc.array(fc.constantFrom(0, 0.1, 0.2, 0.35, 0.5, 0.8, 1), { minLength: 4, maxLength: 4 });

describe('what is denied', () => {
  it('never happens', () => {
    let denied = 0;
    fc.assert(
      fc.property(condition, figures, figures, (text, used, leased) => {
        const compiled = compileCondition(text, WORLD);
        const evidence = recorded([
          ...daily('akash.gpu_utilization', used),
          ...daily(
            'akash.gpus_leased',
            leased.map((share) => share * 100),
          ),
          ...daily('akash.gpus_total', [100, 100, 100, 100]),
        ]);
        const truth = compiled.truth({ network: 'akash', now: T0 + 3 * DAY, evidence });
        for (const holds of [true, false])
          if (!canBe([[compiled, holds]])) {
            denied += 1;
            expect(truth, text).not.toBe(String(holds));
          }
      }),
      { seed: 20260103, numRuns: 3000 },
    );
    expect(denied).toBeGreaterThan(300);
  });

  it('is found within a condition of any length', () => {
    const parts = Array.from({ length: 20 }, (_, at) => `(gpus_total > ${at + 2} or gpus_leased > 1)`);
    expect(doubts(`${parts.slice(0, 10).join(' and ')} and gpu_utilization < 0%`)).toHaveLength(1);
  });
});

describe('sources', () => {
  const fedBy =
    (...series: string[]) =>
    (id: string): boolean =>
      series.includes(id);
  const unfed = (written: Record<string, unknown>, ...series: string[]): string | undefined => {
    const doubt = unfedDoubt(ruleOf(written), fedBy(...series));
    return doubt === undefined ? undefined : `${doubt.field} ${doubt.what}`;
  };
  const UTILIZATION = { when: 'gpu_utilization < 20%', networks: ['akash', 'ionet'] };

  it('of every series leave nothing to doubt', () => {
    expect(unfed(UTILIZATION, 'akash.gpu_utilization', 'ionet.gpu_utilization')).toBeUndefined();
    expect(unfed({ when: 'now >= 2026-12-31' })).toBeUndefined();
    expect(unfed({ when: 'news(lab_training, 30d) >= 2' })).toBeUndefined();
  });

  it('that are missing for some networks are told with these', () => {
    expect(unfed(UTILIZATION, 'akash.gpu_utilization')).toBe(
      'when a-rule can never fire for ionet: no enabled source gives ionet.gpu_utilization',
    );
    expect(unfed(UTILIZATION)).toBe(
      'when a-rule can never fire for any of its networks: no enabled source gives their gpu_utilization',
    );
    expect(
      unfed(
        { when: 'revenue < emission * token_price' },
        'akash.revenue',
        'akash.emission',
        'akash.token_price',
        'ionet.revenue',
      ),
    ).toBe(
      'when a-rule can never fire for bittensor, ionet, render: no enabled source gives their emission and token_price, bittensor.revenue, render.revenue',
    );
    expect(unfed({ when: 'h100_price < gcp.h100_price', networks: ['akash'] })).toBe(
      'when a-rule can never fire for akash: no enabled source gives akash.h100_price, gcp.h100_price',
    );
  });

  it('matter only where the condition cannot do without them', () => {
    const either = {
      when: 'gpu_utilization < 20% or news(lab_training, 30d) >= 2',
      clear: 'news(lab_training, 30d) == 0',
    };
    expect(unfed({ ...either, networks: ['akash'] })).toBeUndefined();
    const both = { when: 'gpu_utilization < 20% and news(lab_training, 30d) >= 2', networks: ['akash'] };
    expect(unfed(both)).toContain('can never fire');
    expect(unfed({ when: 'not gpu_utilization < 20%', networks: ['akash'] })).toContain('can never fire');
  });

  it('are needed for the end too', () => {
    const either = { when: 'gpu_utilization < 20% or news(lab_training, 30d) >= 2', networks: ['akash'] };
    expect(unfed(either)).toBe(
      'when a-rule could fire, but never end for akash: no enabled source gives akash.gpu_utilization',
    );
    const clear = { when: 'gpu_utilization < 20%', clear: 'gpus_total > 100', networks: ['akash'] };
    expect(unfed(clear, 'akash.gpu_utilization')).toBe(
      'clear a-rule could fire, but never end for akash: no enabled source gives akash.gpus_total',
    );
  });

  it('feed what is derived of their series', () => {
    const share = { when: 'avg(leased_share, 7d) < 20%', networks: ['akash'] };
    expect(unfed(share, 'akash.gpus_leased', 'akash.gpus_total')).toBeUndefined();
    expect(unfed(share, 'akash.gpus_leased')).toContain('no enabled source gives akash.gpus_total');
  });

  it('need not give every member of a group', () => {
    const market = { when: 'h100_price > market.h100_price', networks: ['akash'] };
    const smoothed = { when: 'avg(market.h100_price, 90d) > $5', networks: ['akash'] };
    for (const rule of [market, smoothed]) {
      expect(unfed(rule, 'akash.h100_price', 'gcp.h100_price')).toBeUndefined();
      expect(unfed(rule, 'akash.h100_price')).toContain('gcp.h100_price, aws.h100_price');
    }
    expect(unfed(market, 'gcp.h100_price')).toContain('can never fire for akash');
  });

  it('that cannot be are not missed: of what nobody publishes nothing is said', () => {
    const names = {
      ...WORLD,
      unavailable: new Map([
        ['render.gpu_utilization', 'nobody tells'],
        ['bittensor.gpus_leased', 'nobody tells'],
      ]),
    };
    const told = (written: Record<string, unknown>, ...series: string[]) =>
      unfedDoubt(ruleOf(written, names), fedBy(...series))?.what;
    const use = { when: 'gpu_utilization < 20%', networks: ['akash', 'render'] };
    expect(told({ ...use, networks: ['render'] })).toBeUndefined();
    expect(told(use, 'akash.gpu_utilization')).toBeUndefined();
    expect(told(use)).toBe('a-rule can never fire for akash: no enabled source gives akash.gpu_utilization');
    // What it rests on counts, in whatever way it is derived.
    const share = { when: 'avg(leased_share, 7d) < 20%', networks: ['akash', 'bittensor'] };
    expect(told(share)).toBe(
      'a-rule can never fire for akash: no enabled source gives akash.gpus_leased, akash.gpus_total',
    );
    // Where another source would do, that is told, and only that.
    const either = { when: 'gpu_utilization < 20% or gpus_total < 100', networks: ['render'] };
    expect(told(either)).toBe('a-rule can never fire for render: no enabled source gives render.gpus_total');
    // That it could fire and for want of it never end is told all the same.
    const endless = { when: 'gpu_utilization < 20% or news(lab_training, 30d) >= 2', networks: ['render'] };
    expect(told(endless)).toBe(
      'a-rule could fire, but never end for render: no enabled source gives render.gpu_utilization',
    );
    const both = { when: 'gpu_utilization < 20%', clear: 'gpus_total > 9', networks: ['render'] };
    expect(told(both)).toBeUndefined();
    // A declaration that a source belies says nothing.
    expect(told({ ...use, networks: ['render'] }, 'render.gpu_utilization')).toBeUndefined();
  });

  it('must give as many members as a group needs', () => {
    const names: Names = {
      ...WORLD,
      groups: new Map([...WORLD.groups, ['three', ['gcp', 'aws', 'bitcoin']]]),
      atLeast: new Map([['three', 2]]),
    };
    const rule = { when: 'mean(three.h100_price) < $2', networks: ['akash'] };
    const told = (...series: string[]) => unfedDoubt(ruleOf(rule, names), fedBy(...series))?.what;
    expect(told('gcp.h100_price', 'aws.h100_price')).toBeUndefined();
    expect(told('gcp.h100_price')).toContain('no enabled source gives aws.h100_price, bitcoin.h100_price');
  });

  it('are not asked for what can never be true in any case: that is told by itself', () => {
    expect(unfed({ when: 'gpu_utilization < -5%', networks: ['akash'] })).toBeUndefined();
  });
});
