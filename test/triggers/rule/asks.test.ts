/** What rules ask of the news. */
import { describe, expect, it } from 'vitest';
import { newsTypes, readsClaims } from '../../../src/triggers/rule/asks.ts';
import { ruleOf } from '../../world.ts';

const types = (when: string, clear?: string) => [
  ...newsTypes(ruleOf({ when, effect: { note: true }, ...(clear === undefined ? {} : { clear }) })),
];

describe('the types of news that a rule counts', () => {
  it.each([
    ['gpu_utilization < 20%', undefined, []],
    ['news(lab_training, 30d) >= 2', undefined, ['lab_training']],
    ['not -news(lab_training, 30d) < -2 or gpu_utilization < 20%', undefined, ['lab_training']],
    [
      'news(new_entrant, 30d) + news(lab_training, 30d) >= 2 and news(lab_training, 9d, claimed) > 0',
      undefined,
      ['new_entrant', 'lab_training'],
    ],
    ['gpu_utilization < 20%', 'news(capacity_crunch, 30d) >= 2', ['capacity_crunch']],
  ])('%s, until %s', (when, clear, expected) => expect(types(when, clear)).toEqual(expected));
});

describe('whether plans and rumours can make a rule fire', () => {
  it.each([
    ['news(lab_training, 30d) >= 2', false],
    ['news(lab_training, 30d, claimed) >= 2', true],
    ['gpu_utilization < 20% and not news(lab_training, 30d, claimed) < 1', true],
  ])('%s', (when, expected) => expect(readsClaims(ruleOf({ when, effect: { note: true } }))).toBe(expected));
});
