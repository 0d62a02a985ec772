/** Limits of a derived series: wherever its value is used, what lies beyond counts as the limit. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogue, type Derived, type Metric } from '../../../src/core/metric.ts';
import type { Names } from '../../../src/core/names.ts';
import { DAY } from '../../../src/core/time.ts';
import { compileCondition } from '../../../src/triggers/language/expression.ts';
import { parse } from '../../../src/triggers/language/parser.ts';
import { neverNegative } from '../../../src/triggers/language/sign.ts';
import { hypothetical } from '../../../src/triggers/outlook/hypothesis.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { daily, NAMES, T0 } from '../../world.ts';

const derived = (id: string, expression: string, limits?: [number, number]): Derived => ({
  id,
  unit: 'ratio',
  meaning: 'for the test',
  expression,
  ...(limits === undefined ? {} : { limits }),
});
const metric: Metric = { id: 'gpu_utilization', unit: 'ratio', meaning: 'leased over offered', range: [0, 1] };
const CUT: readonly Derived[] = [
  derived('cut', '200% * gpu_utilization - 50%', [0, 1]),
  derived('gcp.cut', '200% * gcp.gpu_utilization - 50%', [0, 1]),
  derived('aws.cut', '200% * aws.gpu_utilization - 50%', [0, 1]),
  derived('twice', '2 * cut'),
];
const WORLD: Names = {
  ...NAMES,
  catalogue: new Map([...NAMES.catalogue, ...catalogue([metric], [])]),
  derived: new Map(CUT.map((one) => [one.id, one])),
};

const within = (use: number): number => Math.min(1, Math.max(0, 2 * use - 0.5));
const average = (figures: readonly number[]): number => figures.reduce((sum, one) => sum + one, 0) / figures.length;

const figures = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 12 });
/** What each expression is, worked out by hand of the last figures of akash, gcp and aws. */
const EXPRESSIONS: readonly (readonly [string, (akash: readonly number[], gcp: number, aws: number) => number])[] = [
  ['cut', (akash) => within(akash.at(-1) ?? 0)],
  ['akash.cut', (akash) => within(akash.at(-1) ?? 0)],
  ['cut + 10%', (akash) => within(akash.at(-1) ?? 0) + 0.1],
  ['twice', (akash) => 2 * within(akash.at(-1) ?? 0)],
  ['mean(clouds.cut)', (_, gcp, aws) => (within(gcp) + within(aws)) / 2],
  ['max(cut, gcp.cut)', (akash, gcp) => Math.max(within(akash.at(-1) ?? 0), within(gcp))],
  ['avg(cut, 3d)', (akash) => average(akash.slice(-3).map(within))],
  ['max(twice, 3d)', (akash) => 2 * Math.max(...akash.slice(-3).map(within))],
  ['delta(cut, 2d)', (akash) => within(akash.at(-1) ?? 0) - within(akash.at(-3) ?? 0)],
];

it.each(EXPRESSIONS)('%s keeps to them, on record and supposed', (text, expected) => {
  const condition = compileCondition(`${text} != 5000%`, WORLD);
  let cut = 0;
  fc.assert(
    fc.property(figures, figures, fc.double({ min: 0, max: 1, noNaN: true }), (akash, clouds, level) => {
      const [gcp = 0, aws = 0] = clouds;
      const last = akash.length - 1;
      const [now, end] = [T0 + last * DAY, T0 + (last + 4) * DAY];
      const evidence = recorded([
        ...daily('akash.gpu_utilization', akash),
        ...daily(
          'gcp.gpu_utilization',
          akash.map(() => gcp),
        ),
        ...daily(
          'aws.gpu_utilization',
          akash.map(() => aws),
        ),
      ]);
      const at = (instant: number, of = evidence) =>
        condition.explain({ network: 'akash', now: instant, evidence: of }).comparison?.left ?? Number.NaN;
      expect(at(now)).toBeCloseTo(expected(akash, gcp, aws), 9);
      const levels = new Map([['akash.gpu_utilization', level]]);
      const supposed = hypothetical(evidence, now, end, { levels, reports: 0 });
      const later = [...akash, level, level];
      // The clouds' figures are good for three days.
      expect(at(now + 2 * DAY, supposed)).toBeCloseTo(expected(later, gcp, aws), 9);
      if (akash.some((use) => within(use) !== 2 * use - 0.5)) cut += 1;
    }),
    { seed: 3, numRuns: 60 },
  );
  expect(cut).toBeGreaterThan(30);
});

it('are the bounds of what is read', () => {
  const bounds = (text: string, names = WORLD) => {
    const { shape } = compileCondition(`${text} != 5000%`, names);
    return shape.kind === 'comparison' ? shape.left.bounds : null;
  };
  expect(bounds('cut')).toEqual([0, 1]);
  expect(bounds('avg(cut, 3d)')).toEqual([0, 1]);
  expect(bounds('twice')).toEqual([0, 2]);
  expect(bounds('mean(clouds.cut)')).toEqual([0, 1]);
  expect(bounds('mean(cut, twice)')).toEqual([0, 2]);
  // What cannot be reached in any case is not promised.
  const wide = new Map([['cut', derived('cut', '50% * gpu_utilization', [-1, 9])]]);
  expect(bounds('cut', { ...WORLD, derived: wide })).toEqual([0, 0.5]);
});

it.each([
  [[0, 1], '200% * gpu_utilization - 50%', true],
  [[-1, 1], '200% * gpu_utilization - 50%', false],
  [[-1, 1], 'gpu_utilization', true],
  [[-2, -1], 'gpu_utilization', false],
] as const)('limits %j on %s: never negative is %s', (limits, expression, expected) => {
  const names = { ...WORLD, derived: new Map([['cut', derived('cut', expression, [...limits])]]) };
  expect(neverNegative(parse('cut'), 'akash', names)).toBe(expected);
});

it('are in the unit that the series is declared in', () => {
  // $48 a day over 2 GPUs is $1 a GPU-hour.
  const paid: Derived = {
    id: 'paid_price',
    unit: 'usd/gpu-hour',
    meaning: 'paid',
    expression: 'revenue / gpus_leased',
    limits: [0, 0.8],
  };
  const evidence = recorded([...daily('akash.revenue', [48, 48]), ...daily('akash.gpus_leased', [2, 2])]);
  const condition = compileCondition('paid_price == $0.80', { ...NAMES, derived: new Map([['paid_price', paid]]) });
  expect(condition.explain({ network: 'akash', now: T0 + DAY, evidence }).says).toBe(
    'akash.paid_price is $0.80/GPU-hour, equal to $0.80/GPU-hour',
  );
});
