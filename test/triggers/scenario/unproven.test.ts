import { describe, expect, it } from 'vitest';
import { Scenario } from '../../../src/core/rule.ts';
import type { ScenarioResult } from '../../../src/triggers/scenario/scenario.ts';
import { unproven } from '../../../src/triggers/scenario/unproven.ts';
import { ruleOf } from '../../world.ts';

const FLOOR = ruleOf({ id: 'floor', when: 'gpu_utilization < 20%' });
const LABS = ruleOf({ id: 'labs', when: 'news(lab_training, 10d) >= 2' });
const DUE = ruleOf({ id: 'due', when: 'now >= 2026-12-31' });

const REPORT = { at: '1d', type: 'lab_training', outlet: 'One' };
const written = { name: 'a name', network: 'akash', expect: [{ at: '1d', phase: 'inactive' }] };

function result(rule: string, seen: Partial<ScenarioResult>, news: readonly object[] = []): ScenarioResult {
  const scenario = Scenario.parse({ ...written, rule, news });
  return { scenario, failures: [], fired: false, unknown: false, expectsUnknown: false, ...seen };
}

describe('unproven', () => {
  it.each([
    ['nothing shown', FLOOR, [], ['it fires', 'it never fires', 'missing data']],
    ['another rule', FLOOR, [result('labs', { fired: true })], ['it fires', 'it never fires', 'missing data']],
    ['a firing alone', FLOOR, [result('floor', { fired: true })], ['it never fires', 'missing data']],
    [
      'no missing data',
      FLOOR,
      [result('floor', { fired: true }), result('floor', { unknown: true })],
      ['missing data'],
    ],
    ['all of it', FLOOR, [result('floor', { fired: true }), result('floor', { expectsUnknown: true })], []],
    [
      'news in every scenario',
      LABS,
      [result('labs', { fired: true }), result('labs', {}, [REPORT])],
      ['without any news'],
    ],
    ['no news at all in one', LABS, [result('labs', { fired: true }), result('labs', {})], []],
    ['a date', DUE, [result('due', { fired: true }), result('due', {})], []],
  ])('%s', (_, rule, results, missing) => {
    const found = unproven(rule, results);
    expect(found).toHaveLength(missing.length);
    for (const [index, part] of missing.entries()) expect(found[index]).toContain(part);
  });
});
