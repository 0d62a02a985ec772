import { describe, expect, it } from 'vitest';
import type { Chart } from '../../../src/chart/shape.ts';
import { picturesOf } from '../../../src/cli/backtest/picture.ts';
import type { Sample } from '../../../src/core/series.ts';
import { DAY } from '../../../src/core/time.ts';
import { gather } from '../../../src/triggers/replay/backtest.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../../src/triggers/replay/replay.ts';
import { bookOf, daily, NAMES, ruleOf, T0 } from '../../world.ts';

const at = (day: number): number => T0 + day * DAY;
const FALL = daily('akash.gpu_utilization', [...Array(10).fill(0.5), ...Array(10).fill(0.1), ...Array(10).fill(0.5)]);

function pictures(written: Record<string, unknown>, samples: readonly Sample[] = FALL, days = 30): readonly Chart[] {
  const range = { from: T0, to: at(days), step: DAY };
  const evidence = recorded(samples);
  const book = bookOf(ruleOf({ id: 'floor', networks: ['akash'], title: 'Too few buyers', ...written }));
  const gathering = gather(book, evidence, range, () => true);
  for (const step of replay(book, evidence, every(range.from, range.to, DAY), gathering.seen)) gathering.step(step);
  const name = (id: string): string => `<${id}>`;
  return gathering
    .result()
    .courses.flatMap((course) =>
      picturesOf(course, { evidence, range, catalogue: NAMES.catalogue, name }).map(({ chart }) => chart),
    );
}

const line = (chart: Chart | undefined, role: string) => chart?.lines.find((one) => one.role === role);
const values = (chart: Chart | undefined, role: string) => line(chart, role)?.points.map(({ value }) => value);

describe('picturesOf', () => {
  it('shows the deciding value, its threshold, and the samples behind it', () => {
    const [chart, ...more] = pictures({ when: 'avg(gpu_utilization, 4d) < 20%', for: '2d' });
    expect(more).toEqual([]);
    expect(chart).toMatchObject({
      title: '<akash> · Too few buyers',
      subtitle: 'avg(gpu_utilization, 4d) < 20%, for 2d',
      unit: 'ratio',
      footer: '2026-01-01 to 2026-01-30 · test',
    });
    expect(chart?.lines.map(({ name, role }) => [name, role])).toEqual([
      ['akash.gpu_utilization', 'series'],
      ['20%', 'threshold'],
      ['avg(gpu_utilization, 4d)', 'value'],
    ]);
    expect(values(chart, 'series')?.slice(8, 12)).toEqual([0.5, 0.5, 0.1, 0.1]);
    expect(new Set(values(chart, 'threshold'))).toEqual(new Set([0.2]));
    const points = line(chart, 'value')?.points ?? [];
    expect(points.find((point) => point.at === at(13))?.value).toBeCloseTo(0.1);
    expect(points[0]).toEqual({ at: T0, value: null });
  });

  it('bands what was pending, firing and unknown', () => {
    const [chart] = pictures({ when: 'gpu_utilization < 20%', for: '2d' }, [...FALL.slice(0, 15), ...FALL.slice(22)]);
    expect(chart?.bands).toEqual([
      { kind: 'pending', from: at(10), to: at(12) },
      { kind: 'firing', from: at(12), to: at(22) },
      { kind: 'unknown', from: at(18), to: at(22) },
    ]);
  });

  it('leaves the samples out where they are no level of the same unit', () => {
    for (const when of [
      'change(gpu_utilization, 2d) < 0%',
      'gpu_utilization < 20%',
      'avg(leased_share, 2d) < 20%',
      'stddev(gpu_utilization, 3d) > 5%',
    ]) {
      const samples = [
        ...FALL,
        ...daily('akash.gpus_leased', Array(30).fill(3)),
        ...daily('akash.gpus_total', Array(30).fill(9)),
      ];
      const [chart] = pictures({ when }, samples);
      expect([when, chart?.lines.map(({ role }) => role)]).toEqual([when, ['threshold', 'value']]);
    }
  });

  it('breaks the line of samples where one was too old before the next came', () => {
    const gappy = daily('akash.gpu_utilization', [0.5, 0.5, 0.5, null, null, null, null, null, 0.1, 0.1, 0.1]);
    const [chart] = pictures({ when: 'avg(gpu_utilization, 1d) < 20%' }, gappy, 10);
    expect(values(chart, 'series')).toEqual([0.5, 0.5, 0.5, null, 0.1, 0.1, 0.1]);
    expect(line(chart, 'series')?.points[3]?.at).toBe(at(5));
  });

  it('turns a comparison round that has its threshold on the left', () => {
    const [chart] = pictures({ when: '20% > gpu_utilization' });
    expect([line(chart, 'value')?.name, line(chart, 'threshold')?.name]).toEqual(['gpu_utilization', '20%']);
  });

  it('gives the threshold in the unit of the value', () => {
    const samples = [
      ...daily('akash.gpu_utilization', [0.1, 0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.17, 0.18]),
      ...daily('akash.h100_price', Array(9).fill(2)),
    ];
    const [chart] = pictures({ when: 'slope(h100_price, 4d) < h100_price * slope(gpu_utilization, 4d)' }, samples, 8);
    expect(chart?.unit).toBe('usd/gpu-hour/day');
    expect(values(chart, 'threshold')?.at(-1)).toBeCloseTo(0.02);
  });

  it('draws each comparison but those with a date, and none that was never known', () => {
    const when = 'gpu_utilization < 20% and (now > 2026-01-02 or not revenue > $5) and news(lab_training, 9d) < 1';
    const charts = pictures({ when });
    expect(charts.map(({ subtitle }) => subtitle)).toEqual([
      'gpu_utilization < 20%, part 1 of 4',
      'news(lab_training, 9d) < 1, part 4 of 4',
    ]);
    expect(pictures({ when: 'revenue > $5' })).toEqual([]);
  });

  it('begins and ends with the data and what came of them', () => {
    const late = FALL.slice(5, 15);
    const [chart] = pictures({ when: 'gpu_utilization < 20%' }, late, 300);
    // The newest figure, of day 14, stays good for three days: unknown begins on day 18.
    expect([at(4), at(5)].map((day) => (chart?.from ?? 0) > day)).toEqual([true, false]);
    expect([at(18), at(19)].map((day) => (chart?.to ?? 0) >= day)).toEqual([true, false]);
  });

  it('works a line out at no more than a thousand instants and the edges of bands', () => {
    const long = daily(
      'akash.gpu_utilization',
      Array.from({ length: 5000 }, (_, day) => (day === 2501 ? 0.1 : 0.5)),
    );
    const [chart] = pictures({ when: 'gpu_utilization < 20%' }, long, 4999);
    const points = line(chart, 'value')?.points ?? [];
    expect(points.length).toBeLessThanOrEqual(1004);
    expect(points.filter(({ value }) => value === 0.1)).toEqual([{ at: at(2501), value: 0.1 }]);
  });

  it('names the site or repository of each figure once, and no more than three', () => {
    const sources = [
      'a/b@4dbb99f:x.csv',
      'a/b:y.csv',
      'https://c.example/page/1',
      'https://c.example/page/2',
      'D',
      'E',
    ];
    const when = 'gpu_utilization < 20% * gpus_total / gpus_total';
    const samples = [...FALL, ...daily('akash.gpus_total', Array(30).fill(9))].map((sample, index) => ({
      ...sample,
      source: sources[index % 6] ?? '',
    }));
    expect(pictures({ when }, samples)[0]?.footer).toBe('2026-01-01 to 2026-01-30 · a/b, E');
    const others = samples.map((sample, index) => ({ ...sample, source: `S${index}` }));
    expect(pictures({ when }, others)[0]?.footer).toMatch(/ · S0, S29, S30 and 1 more$/);
  });
});
