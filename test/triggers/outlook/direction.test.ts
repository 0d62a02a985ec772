/** Which way a series has to go: through functions, signs, logic, derived series and groups. */
import { expect, it } from 'vitest';
import { catalogue } from '../../../src/core/metric.ts';
import type { Names } from '../../../src/core/names.ts';
import { Rule } from '../../../src/core/rule.ts';
import { DAY } from '../../../src/core/time.ts';
import { directionsOf } from '../../../src/triggers/outlook/direction.ts';
import { type CompiledRule, compileRule } from '../../../src/triggers/rule/compile.ts';
import { LADDER, NAMES } from '../../world.ts';

const metric = (id: string, range?: [number, number]) => ({ id, unit: 'usd' as const, meaning: id, range });
const KNOWN: Names = {
  ...NAMES,
  catalogue: catalogue([metric('a', [0, 9]), metric('b', [0, 9]), metric('c', [-9, 9]), metric('d')], []),
  derived: new Map([
    ['quotient', { id: 'quotient', unit: 'ratio', meaning: 'a of b', expression: 'a / b' }],
    ['smooth', { id: 'smooth', unit: 'usd', meaning: 'a month of a', expression: 'avg(a, 30d)' }],
    ['rest', { id: 'rest', unit: 'ratio', meaning: 'the rest', expression: '100% - quotient' }],
    ['cut', { id: 'cut', unit: 'usd', meaning: 'c where it is above 0', expression: 'c', limits: [0, 5] }],
    ['render.d', { id: 'render.d', unit: 'usd', meaning: 'of its own', expression: '-render.a' }],
  ]),
};

function compiled(when: string, clear?: string): CompiledRule {
  const result = compileRule(Rule.parse({ id: 'r', networks: ['akash'], when, clear }), 'v', KNOWN, LADDER);
  if (!result.ok) throw new Error(result.errors.map(({ what }) => what).join());
  return result.rule;
}

function ways(when: string, aim: 'fire' | 'end' = 'fire', clear?: string) {
  const { series, news, sureFor, sampled } = directionsOf([compiled(when, clear)], 'akash', aim);
  return { ...Object.fromEntries(series), ...(news === null ? {} : { news }), sureFor, sampled };
}

const [a, b, c, d] = ['akash.a', 'akash.b', 'akash.c', 'akash.d'] as const;
const always = { sureFor: Number.POSITIVE_INFINITY, sampled: true };

it.each([
  ['a < $5', { [a]: -1 }],
  ['a > $5', { [a]: 1 }],
  ['$5 >= a', { [a]: -1 }],
  ['a == $5', { [a]: 0 }],
  ['not (a < $5)', { [a]: 1 }],
  ['-a < -b', { [a]: 1, [b]: -1 }],
  ['avg(a, 7d) < $5 and max(b, 2d) > $5', { [a]: -1, [b]: 1 }],
  ['quantile(a, 7d, 0.9) > $5 or min(a, 2d) > $1', { [a]: 1 }],
  ['a < $5 or avg(a, 7d) > $5', { [a]: 0 }],
  ['a - b > $5', { [a]: 1, [b]: -1 }],
  ['a / b < 200%', { [a]: -1, [b]: 1 }],
  ['a / c < 200%', { [a]: 0, [c]: 1 }],
  ['a / d < 200%', { [a]: 0, [d]: 1 }],
  ['a * b / $3 > $2', { [a]: 1, [b]: 1 }],
  ['a * ($4 - b) / $3 > $2', { [a]: 0, [b]: -1 }],
  ['a / cut < 200%', { [a]: -1, [c]: 1 }],
  ['avg(cut, 7d) < $2', { [c]: -1 }],
  ['mean(a, b) < $5', { [a]: -1, [b]: -1 }],
  ['a / mean(b, cut) < 200%', { [a]: -1, [b]: 1, [c]: 1 }],
  ['a / mean(b, c) < 200%', { [a]: 0, [b]: 1, [c]: 1 }],
  ['count(a, 7d) > 5', { [a]: 0 }],
  ['stddev(a, 7d) < $5', { [a]: 0 }],
])('to make %s hold', (when, expected) => {
  expect(ways(when)).toEqual({ ...always, ...expected });
});

it('takes the opposite to end a rule, and what clears it too', () => {
  expect(ways('a < $5', 'end')).toEqual({ ...always, [a]: 1 });
  expect(ways('a < $5', 'end', 'a > $6')).toEqual({ ...always, [a]: 1 });
  expect(ways('a < $5', 'end', 'a < $4')).toEqual({ ...always, [a]: 0 });
  expect(ways('a < $5', 'end', 'b < $4')).toEqual({ ...always, [a]: 1, [b]: -1 });
});

it('is sure of a change as long as what it is measured from is on record, unless standing still serves', () => {
  const week = { sureFor: 7 * DAY, sampled: true };
  expect(ways('change(a, 7d) < -20%')).toEqual({ ...week, [a]: -1 });
  expect(ways('change(a, 7d) < -20% or change(b, 30d) < -20%')).toEqual({ ...week, [a]: -1, [b]: -1 });
  expect(ways('change(a, 7d) > -20%')).toEqual({ ...always, [a]: 1 });
  // At 0 nothing is known of it.
  expect(ways('change(a, 7d) < 20%')).toEqual({ ...week, [a]: -1 });
  expect(ways('delta(a, 7d) < $2')).toEqual({ ...always, [a]: -1 });
  expect(ways('change(a, 7d) < -20%', 'end')).toEqual({ ...always, [a]: 1 });
  expect(ways('delta(c, 7d) >= $0')).toEqual({ ...always, [c]: 1 });
  expect(ways('change(c, 7d) > 20%')).toEqual({ ...week, [c]: 0 });
});

it('sees through derived series and groups', () => {
  expect(ways('avg(rest, 7d) > 5%')).toEqual({ ...always, [a]: -1, [b]: 1 });
  expect(ways('render.quotient > 5%')).toEqual({ ...always, 'render.a': 1, 'render.b': -1 });
  expect(ways('a < median(clouds.a)')).toEqual({ ...always, [a]: -1, 'gcp.a': 1, 'aws.a': 1 });
  expect(ways('mean(clouds.a) > $5')).toEqual({ ...always, 'gcp.a': 1, 'aws.a': 1 });
  expect(ways('render.d > $5')).toEqual({ ...always, 'render.a': -1 });
  expect(ways('mean(others.d) > $5')).toEqual({ ...always, 'ionet.d': 1, 'render.a': -1, 'bittensor.d': 1 });
  expect(ways('min(others.a) > $1')).toEqual({ ...always, 'ionet.a': 1, 'render.a': 1, 'bittensor.a': 1 });
});

it('adds up the windows that a sample counts in', () => {
  const reach = (when: string) => directionsOf([compiled(when)], 'akash', 'fire').reach;
  expect(reach('a < $5')).toBe(0);
  expect(reach('a < $5 and avg(b, 3d) < max(a, 5d)')).toBe(5 * DAY);
  expect(reach('avg(smooth, 7d) < $5')).toBe(37 * DAY);
});

it('knows reports, dates and ages', () => {
  const between = { sureFor: Number.POSITIVE_INFINITY, sampled: false };
  expect(ways('news(lab_training, 7d) >= 2')).toEqual({ ...between, news: 1 });
  expect(ways('news(lab_training, 7d) >= 2', 'end')).toEqual({ ...between, news: -1 });
  expect(ways('news(lab_training, 7d) >= 2 and news(reliability_incident, 7d) < 1')).toEqual({ ...between, news: 0 });
  expect(ways('now > 2026-12-31')).toEqual(between);
  expect(ways('age(a) > 3d')).toEqual({ ...between, [a]: 0 });
});
