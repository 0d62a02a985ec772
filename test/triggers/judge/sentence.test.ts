/** The full sentence of a node: value, unit, threshold, window, coverage, source and age. */
import { expect, it } from 'vitest';
import type { Sample } from '../../../src/core/series.ts';
import { DAY, HOUR, MINUTE } from '../../../src/core/time.ts';
import { sentenceOf } from '../../../src/triggers/judge/sentence.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { daily, report, ruleOf, T0 } from '../../world.ts';

const NOW = T0 + 7 * DAY + 12 * MINUTE;

function told(when: string, samples: readonly Sample[], news: Parameters<typeof recorded>[1] = []) {
  const scene = { network: 'akash', now: NOW, evidence: recorded(samples, news, HOUR) };
  return sentenceOf(ruleOf({ networks: ['akash'], when }).when.explain(scene), NOW);
}

const hourly = (series: string, value: number, from = 0): readonly Sample[] =>
  daily(
    series,
    Array.from({ length: 7 * 24 + 1 }, (_, hour) => (hour < from ? null : value)),
    HOUR,
  );

it('has all of it, as text and as data', () => {
  const { text, figures, comparison } = told(
    'avg(gpu_utilization, 7d) < 20%',
    hourly('akash.gpu_utilization', 0.134, 4),
  );
  expect(text).toBe(
    '7d average of akash.gpu_utilization is 13.4%, below 20% · 97.7% of 7d covered · newest sample 12m old, from test',
  );
  expect(comparison).toEqual({ op: '<', left: expect.closeTo(0.134), right: 0.2, unit: 'ratio' });
  expect(figures).toEqual([
    {
      expression: 'avg(gpu_utilization, 7d)',
      series: 'akash.gpu_utilization',
      value: expect.closeTo(0.134),
      unit: 'ratio',
      missing: null,
      window: 7 * DAY,
      coverage: expect.closeTo(0.977, 2),
      source: 'test',
      age: 12 * MINUTE,
      inputs: [],
    },
  ]);
});

it('tells several figures apart', () => {
  const samples = [...hourly('akash.revenue', 50), ...hourly('akash.emission', 10)];
  expect(told('revenue / emission < $2', samples).text).toBe(
    'revenue / emission is $5.00, not below $2.00 · akash.revenue: newest sample 12m old, from test · ' +
      'akash.emission: newest sample 12m old, from test',
  );
});

it('shows what a derived series and a group are worked out of', () => {
  const samples = [...hourly('akash.gpus_leased', 30), ...hourly('akash.gpus_total', 100)];
  const { text, figures } = told('leased_share < 20%', samples);
  expect(text).toBe(
    'akash.leased_share is 30%, not below 20% · worked out of akash.gpus_leased 30 GPUs (12m old, from test), ' +
      'akash.gpus_total 100 GPUs (12m old, from test)',
  );
  expect(figures[0]?.inputs.map(({ series, value, age }) => [series, value, age])).toEqual([
    ['akash.gpus_leased', 30, 12 * MINUTE],
    ['akash.gpus_total', 100, 12 * MINUTE],
  ]);
  const clouds = [...hourly('gcp.h100_price', 3), ...hourly('aws.h100_price', 5)];
  expect(told('median(clouds.h100_price) < $2', clouds).text).toContain(
    'worked out of gcp.h100_price $3.00/GPU-hour (12m old, from test), aws.h100_price $5.00/GPU-hour (12m old, from test)',
  );
});

it('says what is missing, and of reports how old the newest is', () => {
  const unknown = told('gpu_utilization < 20%', []);
  expect(unknown.text).toBe('gpu_utilization < 20% is unknown: akash.gpu_utilization: no sample yet');
  expect(unknown.figures[0]).toMatchObject({ value: null, age: null, source: null, missing: 'no sample yet' });
  const news = [report(NOW - 2 * DAY, 'One', { network: 'akash' }), report(NOW - DAY, 'Two', { network: 'akash' })];
  const { text, reports } = told('news(lab_training, 30d) >= 2', [], news);
  expect(text).toBe(
    '2 independent outlets in 30d report lab training on akash (One, Two), at least 2 · newest report 1d old',
  );
  expect(reports).toMatchObject([{ count: 2, age: DAY }]);
});

it('tells of reports which were counted, which were not and why, and who had the story first', () => {
  const named = (day: number, outlet: string, more: Parameters<typeof report>[2]) =>
    report(NOW - day * DAY, outlet, { network: 'akash', because: ['trained'], story: 's', ...more });
  const news = [
    named(3, 'Post', { trust: 'social' }),
    named(2, 'One', {}),
    named(1, 'Two', { title: 'A report by One', link: null }),
  ];
  const { reports } = told('news(lab_training, 30d) >= 2', [], news);
  const post = {
    outlet: 'Post',
    title: 'A report by Post',
    link: 'https://post.example/a',
    at: '2026-01-05T00:12:00Z',
    because: ['trained'],
  };
  expect(reports).toEqual([
    {
      count: 1,
      age: 2 * DAY,
      counted: [
        {
          ...post,
          outlet: 'One',
          title: 'A report by One',
          link: 'https://one.example/a',
          at: '2026-01-06T00:12:00Z',
        },
      ],
      leftOut: [
        {
          ...post,
          outlet: 'Two',
          title: 'A report by One',
          link: null,
          at: '2026-01-07T00:12:00Z',
          why: 'copy of One',
        },
        { ...post, why: 'a social post' },
      ],
      moreLeftOut: 0,
      origin: post,
    },
  ]);
});
