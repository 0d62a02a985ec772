/** A bare metric that some networks have a derived series of their own for. */
import { describe, expect, it } from 'vitest';
import type { Derived } from '../../../src/core/metric.ts';
import type { Names } from '../../../src/core/names.ts';
import { DAY } from '../../../src/core/time.ts';
import { compileCondition } from '../../../src/triggers/language/expression.ts';
import { meaningOf } from '../../../src/triggers/language/meaning.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { daily, NAMES, T0 } from '../../world.ts';

const ratio = (id: string, expression: string): Derived => ({ id, unit: 'ratio', meaning: 'for the test', expression });
const namesWith = (...derived: readonly Derived[]): Names => ({
  ...NAMES,
  catalogue: new Map([
    ...NAMES.catalogue,
    ['gpu_utilization', { id: 'gpu_utilization', unit: 'ratio', meaning: 'use', maxAge: DAY }],
  ]),
  derived: new Map(derived.map((one) => [one.id, one])),
});

const OWN = namesWith(
  ratio('bittensor.gpu_utilization', 'gpus_leased / gpus_total'),
  ratio('rest', '100% - gpu_utilization'),
  ratio('render.rest', 'render.gpu_utilization'),
  ratio('market.total', 'mean(networks.gpu_utilization)'),
);
const evidence = recorded([
  ...daily('bittensor.gpus_leased', [10, 20, 30, 40]),
  ...daily('bittensor.gpus_total', [100, 100, 100, 100]),
  // Somebody gives it all the same: what is declared counts.
  ...daily('bittensor.gpu_utilization', [0.9, 0.9, 0.9, 0.9]),
  ...daily('akash.gpu_utilization', [0.5, 0.5, 0.6, 0.7]),
  ...daily('render.gpu_utilization', [0.2, 0.2, 0.2, 0.2]),
]);

function left(text: string, network: string, day = 3, names = OWN): number | null {
  const scene = { network, now: T0 + day * DAY, evidence };
  const condition = compileCondition(`${text} != 5000%`, names);
  const verdict = condition.explain(scene);
  expect(condition.truth(scene)).toBe(verdict.truth);
  return verdict.comparison?.left ?? null;
}

it.each([
  ['gpu_utilization', 'bittensor', 0.4],
  ['gpu_utilization', 'akash', 0.7],
  ['bittensor.gpu_utilization', 'akash', 0.4],
  ['avg(gpu_utilization, 2d)', 'bittensor', 0.35],
  ['avg(gpu_utilization, 2d)', 'akash', 0.65],
  ['change(gpu_utilization, 2d)', 'bittensor', 1],
  // In what is derived for every network, and where that is declared anew for one.
  ['rest', 'bittensor', 0.6],
  ['rest', 'akash', 0.3],
  ['rest', 'render', 0.2],
  ['max(rest, 2d)', 'bittensor', 0.7],
  ['max(rest, 2d)', 'render', 0.2],
  ['market.total', 'akash', (0.4 + 0.7 + 0.2) / 3],
  ['max(others.gpu_utilization)', 'akash', 0.4],
])('%s for %s is %d', (text, network, expected) => {
  expect(left(text, network)).toBeCloseTo(expected, 12);
});

it('stays good as long as what it is read of', () => {
  expect(left('gpu_utilization', 'akash', 5)).toBeNull();
  // Three usual steps of the two series that it is worked out of.
  expect(left('gpu_utilization', 'bittensor', 5)).toBe(0.4);
  expect(left('gpu_utilization', 'bittensor', 7)).toBeNull();
  expect(left('last(gpu_utilization, 3d)', 'akash', 5)).toBeNull();
  expect(left('last(gpu_utilization, 3d)', 'bittensor', 5)).toBe(0.4);
});

it('is explained with what that one is worked out of', () => {
  const condition = compileCondition('avg(gpu_utilization, 2d) < 50%', OWN);
  const { says, readings } = condition.explain({ network: 'bittensor', now: T0 + 3 * DAY, evidence });
  expect(says).toBe('2d average of bittensor.gpu_utilization is 35%, below 50%');
  expect(readings[0]).toMatchObject({
    inputs: [{ series: 'bittensor.gpus_leased' }, { series: 'bittensor.gpus_total' }],
  });
  expect(condition.series('bittensor')).toEqual(['bittensor.gpus_leased', 'bittensor.gpus_total']);
  expect(condition.series('akash')).toEqual(['akash.gpu_utilization']);
});

describe('where one series stands in another', () => {
  it('a bare metric is that of the subject it is declared for', () => {
    const names = namesWith(
      ratio('market.gpu_utilization', 'max(clouds.gpu_utilization)'),
      ratio('market.idle', '100% - gpu_utilization'),
      ratio('akash.gpu_utilization', 'max(others.gpu_utilization)'),
    );
    expect(meaningOf('gpu_utilization', 'market', names)).toMatchObject({ kind: 'expression', network: 'market' });
    expect(meaningOf('gpu_utilization', 'render', names)).toMatchObject({ id: 'render.gpu_utilization' });
    const clouds = recorded(daily('gcp.gpu_utilization', [0.3, 0.3]));
    const scene = { network: 'render', now: T0 + DAY, evidence: clouds };
    expect(compileCondition('market.idle < 100%', names).explain(scene).comparison?.left).toBe(0.7);
    expect(left('gpu_utilization', 'akash', 3, names)).toBe(0.9);
  });

  it('a circle through one of them is refused, a detour through another is not', () => {
    const circle = namesWith(ratio('akash.gpu_utilization', 'rest'), ratio('rest', '100% - gpu_utilization'));
    expect(() => compileCondition('gpu_utilization < 20%', circle)).toThrow('is derived from itself');
    const detour = namesWith(
      ratio('akash.gpu_utilization', '100% - ionet.rest'),
      ratio('ionet.rest', '100% - ionet.gpu_utilization'),
      ratio('ionet.gpu_utilization', '100% - render.gpu_utilization'),
    );
    expect(left('gpu_utilization', 'akash', 3, detour)).toBeCloseTo(0.8, 12);
  });
});
