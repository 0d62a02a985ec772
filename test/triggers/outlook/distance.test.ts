/** How far a rule is from its trigger: gaps in their units, which of them decide, and the time it has held. */
import { describe, expect, it } from 'vitest';
import type { RuleState } from '../../../src/core/events.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { distanceOf } from '../../../src/triggers/outlook/distance.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { report, ruleOf, T0 } from '../../world.ts';

/** 2026-01-21 */
const NOW = T0 + 20 * DAY;

/** Figures of akash that are an hour old. */
function distance(
  written: Record<string, unknown>,
  figures: Readonly<Record<string, number>>,
  state?: Partial<RuleState>,
  reports = 0,
) {
  const samples = Object.entries(figures).map(([metric, value]) => ({
    series: metric.includes('.') ? metric : `akash.${metric}`,
    at: NOW - HOUR,
    value,
    source: 'test',
  }));
  const news = Array.from({ length: reports }, (_, i) => report(NOW - DAY, `Outlet ${i}`, { network: 'akash' }));
  const evidence = recorded(samples, news, DAY);
  const rule = ruleOf({ networks: ['akash'], ...written });
  const scene = { network: 'akash', now: NOW, evidence };
  const full =
    state === undefined
      ? undefined
      : ({ version: 'v1', phase: 'inactive', since: T0, held: null, frozen: null, ...state } as const);
  const clear = full?.phase === 'firing' && rule.clear !== null ? rule.clear.explain(scene) : null;
  return distanceOf(rule, full, rule.when.explain(scene), clear, NOW);
}

describe('a gap', () => {
  it.each([
    ['gpu_utilization < 20%', { gpu_utilization: 0.241 }, '24.1%, 4.1 points above 20%'],
    ['gpu_utilization < 20%', { gpu_utilization: 0.13 }, '13%, 7 points below 20%'],
    ['gpu_utilization < 20%', { gpu_utilization: 0.21 }, '21%, 1 point above 20%'],
    ['gpu_utilization < 20%', { gpu_utilization: 0.2 }, '20%, exactly at the threshold'],
    ['gpu_utilization < 20%', { gpu_utilization: 0.20004 }, '20.004%, 0.004 points above 20%'],
    ['h100_price < $2.50', { h100_price: 2.92 }, '$2.92/GPU-hour, $0.42/GPU-hour above $2.50/GPU-hour'],
    ['h100_price < $2.50', { h100_price: 2.5004 }, '$2.5004/GPU-hour, $0.0004/GPU-hour above $2.5000/GPU-hour'],
    ['revenue > $1000', { revenue: 400 }, '$400.00/day, $600.00/day below $1,000/day'],
    ['gpus_leased >= 100', { gpus_leased: 83 }, '83 GPUs, 17 GPUs short of 100 GPUs'],
    ['providers_active >= 3', { providers_active: 2 }, '2, 1 short of 3'],
    ['providers_active >= 3', { providers_active: 5 }, '5, 2 above 3'],
    ['providers_active < 3', { providers_active: 5 }, '5, 2 above 3'],
    ['now >= 2026-12-31', {}, '344 days before 2026-12-31'],
    ['now >= 2026-01-21', {}, 'exactly 2026-01-21'],
    ['now >= 2026-01-20', {}, '1 day after 2026-01-20'],
    ['age(revenue) > 3d', { revenue: 1 }, '1h, 2d 23h below 3d'],
    ['gpus_leased / gpus_total < 10%', { gpus_leased: 30, gpus_total: 100 }, '30%, 20 points above 10%'],
    ['gpus_leased / gpus_total < 10%', { gpus_leased: 30, gpus_total: 0 }, 'unknown: a division by zero'],
    ['gpu_utilization < 20%', {}, 'unknown: akash.gpu_utilization: no sample yet'],
  ])('of %s at %j is told as %s', (when, figures, says) => {
    expect(distance({ when }, figures).says).toBe(says);
  });

  it('of reports is told as a number that is short', () => {
    const far = distance({ when: 'news(lab_training, 30d) >= 3', for: '2d' }, {}, undefined, 2);
    expect(far.says).toBe('2, 1 short of 3; held 0 of 2 days');
    expect(far.gaps).toMatchObject([{ value: -1, unit: 'count', truth: 'false' }]);
  });

  it('is ranked by its size against the threshold, also where that is 0 or a date', () => {
    const relative = (when: string, figures: Record<string, number>) => distance({ when }, figures).relative;
    expect(relative('gpu_utilization < 20%', { gpu_utilization: 0.24 })).toBeCloseTo(0.2);
    expect(relative('h100_price < $2', { h100_price: 3 })).toBe(0.5);
    expect(relative('gpu_utilization - 30% < 0%', { gpu_utilization: 0.34 })).toBeCloseTo(0.04);
    expect(relative('now >= 2027-01-21', {})).toBeCloseTo(1);
    expect(relative('gpu_utilization < 20%', { gpu_utilization: 0.1 })).toBe(0);
    expect(relative('gpu_utilization < 20%', {})).toBeNull();
  });
});

describe('what decides', () => {
  const figures = { gpu_utilization: 0.3, gpus_leased: 90, h100_price: 4 };

  it('of a false and are all its false parts', () => {
    const far = distance({ when: 'gpu_utilization < 20% and gpus_leased < 100 and h100_price < $2' }, figures);
    expect(far.says).toBe(
      'gpu_utilization: 30%, 10 points above 20% and h100_price: $4.00/GPU-hour, $2.00/GPU-hour above $2.00/GPU-hour',
    );
    expect(far).toMatchObject({ met: 'false', needs: 'all', relative: 1 });
    expect(far.gaps.map(({ expression }) => expression)).toEqual(['gpu_utilization < 20%', 'h100_price < $2']);
  });

  it('of a false or is the nearest part', () => {
    const far = distance({ when: 'gpu_utilization < 10% or h100_price < $3 or gpus_leased < 80' }, figures);
    expect(far.says).toBe('nearest of 2: gpus_leased: 90 GPUs, 10 GPUs above 80 GPUs');
    expect(far).toMatchObject({ needs: 'any', relative: 0.125 });
    expect(far.gaps).toHaveLength(3);
  });

  it('is turned around by not', () => {
    const far = distance({ when: 'not (gpu_utilization < 40% or gpus_leased < 95)' }, figures);
    expect(far.says).toBe('gpu_utilization: 30%, 10 points below 40% and gpus_leased: 90 GPUs, 5 GPUs below 95 GPUs');
    expect(far).toMatchObject({ met: 'false', needs: 'all' });
  });

  it('is, once it holds, how far it is from ceasing', () => {
    const far = distance({ when: 'gpu_utilization < 40% and gpus_leased < 95', for: '14d' }, figures, {
      phase: 'pending',
      held: NOW - 3 * DAY - HOUR,
    });
    expect(far).toMatchObject({ met: 'true', needs: 'any', relative: 0, held: 3 * DAY + HOUR, of: 14 * DAY });
    expect(far.says).toBe('nearest of 2: gpus_leased: 90 GPUs, 5 GPUs below 95 GPUs; held 3 of 14 days');
  });

  it('names what is unknown once, after what is known', () => {
    const far = distance({ when: 'gpu_utilization < 20% and revenue < $5 and revenue / token_price < 3' }, figures);
    expect(far.says).toBe(
      'gpu_utilization: 30%, 10 points above 20%; unknown: akash.revenue: no sample yet; akash.token_price: no sample yet',
    );
    expect(far).toMatchObject({ met: 'false', relative: null });
    const either = distance({ when: 'gpu_utilization < 20% or revenue < $5' }, figures);
    expect(either.says).toBe(
      'nearest of 2: gpu_utilization: 30%, 10 points above 20%; unknown: akash.revenue: no sample yet',
    );
    expect(either).toMatchObject({ met: 'unknown', relative: expect.closeTo(0.5) });
  });
});

describe('the time', () => {
  const rule = { when: 'gpu_utilization < 20%', for: '14d', clear: 'gpu_utilization > 25%', keepFiringFor: '3d' };

  it.each([
    [{}, 0.241, '24.1%, 4.1 points above 20%; held 0 of 14 days'],
    [{ phase: 'pending', held: NOW - 5 * HOUR }, 0.1, '10%, 10 points below 20%; held 5h of 14d'],
    [
      { phase: 'pending', held: NOW - 9 * DAY, frozen: NOW - 2 * DAY },
      0.1,
      '10%, 10 points below 20%; held 7 of 14 days',
    ],
    [{ phase: 'firing' }, 0.13, '13%, 12 points below 25%; clearing 0 of 3 days'],
    [{ phase: 'firing', held: NOW - DAY }, 0.27, '27%, 2 points above 25%; clearing 1 of 3 days'],
  ] as const)('in %j at %d is told: %s', (state, level, says) => {
    expect(distance(rule, { gpu_utilization: level }, state).says).toBe(says);
  });

  it('is to the end of a rule that fires, whatever ends it', () => {
    const end = distance(
      { when: 'gpu_utilization < 20%', keepFiringFor: '1d' },
      { gpu_utilization: 0.13 },
      { phase: 'firing' },
    );
    expect(end).toMatchObject({ to: 'end', met: 'false' });
    expect(end.says).toBe('13%, 7 points below 20%; clearing 0 of 1 day');
    const overlap = { when: 'gpu_utilization < 30%', clear: 'gpu_utilization > 10%' };
    expect(distance(overlap, { gpu_utilization: 0.2 }, { phase: 'firing' })).toMatchObject({
      met: 'false',
      says: '20%, 10 points below 30%',
    });
  });
});
