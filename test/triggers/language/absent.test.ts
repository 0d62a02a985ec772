/** What is said of a series that never had a sample: it may come yet, or nobody publishes it. */
import { expect, it } from 'vitest';
import type { Derived } from '../../../src/core/metric.ts';
import type { Names } from '../../../src/core/names.ts';
import type { Evidence } from '../../../src/core/ports.ts';
import { DAY } from '../../../src/core/time.ts';
import { compileCondition } from '../../../src/triggers/language/expression.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { daily, NAMES, T0 } from '../../world.ts';

const ratio = (id: string, expression: string): Derived => ({ id, unit: 'ratio', meaning: 'for the test', expression });
const WORLD: Names = {
  ...NAMES,
  derived: new Map([...NAMES.derived, ['own_share', ratio('own_share', 'gpus_leased / gpus_total')]]),
  unavailable: new Map([
    ['render.gpu_utilization', 'nobody tells'],
    ['render.gpus_leased', 'leases are secret'],
    ['render.own_share', 'there are no shares'],
  ]),
};

const nothing = recorded([]);
function says(text: string, network: string, evidence: Evidence = nothing, day = 3): string {
  return compileCondition(text, WORLD).explain({ network, now: T0 + day * DAY, evidence }).says;
}

it.each([
  ['gpu_utilization < 20%', 'render.gpu_utilization: not published: nobody tells'],
  ['avg(gpu_utilization, 7d) < 20%', 'render.gpu_utilization: not published: nobody tells'],
  ['change(gpu_utilization, 7d) < 20%', 'render.gpu_utilization: not published: nobody tells'],
  ['age(gpu_utilization) > 3d', 'render.gpu_utilization: not published: nobody tells'],
  ['gpus_total < 20', 'render.gpus_total: no sample yet'],
  // Worked out of something that is not published.
  [
    'leased_share < 20%',
    'render.leased_share: render.gpus_leased: not published: leases are secret; render.gpus_total: no sample yet',
  ],
  ['avg(leased_share, 7d) < 20%', 'render.leased_share: render.gpus_leased: not published: leases are secret'],
  ['max(idle_share, 7d) < 20%', 'render.idle_share: render.gpus_leased: not published: leases are secret'],
  // Declared itself.
  ['own_share < 20%', 'render.own_share: not published: there are no shares'],
  ['avg(own_share, 7d) < 20%', 'render.own_share: not published: there are no shares'],
  ['age(own_share) > 3d', 'render.own_share: not published: there are no shares'],
])('%s of nothing at all', (text, gap) => expect(says(text, 'render')).toBe(`${text} is unknown: ${gap}`));

it('is said of the network that is named, and of no other', () => {
  expect(says('gpu_utilization < 20%', 'akash')).toContain('akash.gpu_utilization: no sample yet');
  expect(says('render.gpu_utilization < 20%', 'akash')).toContain('not published: nobody tells');
  expect(says('avg(leased_share, 7d) < 20%', 'akash')).toContain('akash.leased_share: no sample yet');
});

it('is said again where all samples have been dropped', () => {
  const dropped = { length: 0, revision: 1, step: DAY, time: () => 0, value: () => 0, source: () => '' };
  const evidence: Evidence = { series: (id) => ({ id, ...dropped }), news: () => [] };
  expect(says('gpu_utilization < 20%', 'render', evidence)).toContain('not published: nobody tells');
  expect(says('avg(gpu_utilization, 7d) < 20%', 'render', evidence)).toContain('not published: nobody tells');
});

it('is not said once there is a sample, be it old or still to come', () => {
  const old = recorded(daily('render.gpu_utilization', [0.1, 0.1]));
  expect(says('gpu_utilization < 20%', 'render', old, 9)).toContain('its newest sample is 8d old');
  expect(says('gpu_utilization < 20%', 'render', old, -1)).toContain('no sample yet');
  expect(says('avg(gpu_utilization, 7d) < 20%', 'render', old, -1)).toContain('no sample yet');
});
