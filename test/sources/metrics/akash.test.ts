import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/core/ports.ts';
import { akash } from '../../../src/sources/metrics/akash.ts';
import { akash as provider } from '../../providers/akash.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf, routeOf } from '../parse.ts';

const source = akash({});
const CAPACITY = requestOf(source, 'network-capacity');
const DASHBOARD = requestOf(source, 'dashboard-data');

function pastOf(part: string): Request {
  const request = (source.backfill?.() ?? []).find(({ url }) => url.endsWith(part));
  if (request === undefined) throw new Error(`no request with ${part}`);
  return request;
}

const capacity = {
  resources: {
    cpu: { active: 1, pending: 2, available: 3, total: 6 },
    gpu: { active: 90, pending: 10, available: 100, total: 200 },
  },
  activeProviderCount: 57,
};
const dashboard = {
  chainStats: { totalSupply: 292_000_000_000_000, inflation: 0.05, height: 100 },
  now: { date: '2026-07-17T20:07:00Z', height: 101, activeLeaseCount: 640, dailyUUsdSpent: 7_250_000_000 },
  compare: { activeLeaseCount: 600 },
};

test('gives what its provider says, and the past beside it', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
  const past = (source.backfill?.() ?? []).map((request) =>
    source.parse(replyOf(routeOf(provider, request, NOW).body), request, NOW),
  );
  expect(past.flatMap(({ dropped }) => dropped)).toEqual([]);
  expect(past.flatMap(({ samples }) => samples.map(({ series, at, value }) => [series, iso(at), value]))).toEqual([
    ['akash.gpu_utilization', '2026-07-15', 0.5225],
    ['akash.gpu_utilization', '2026-07-16', 0.545],
    ['akash.gpu_utilization', '2026-07-17', 0.5575],
    ['akash.leases_active', '2026-07-15', 601],
    ['akash.leases_active', '2026-07-16', 622],
    ['akash.leases_active', '2026-07-17', 631],
    ['akash.providers_active', '2026-07-15', 58],
    ['akash.providers_active', '2026-07-16', 59],
    ['akash.providers_active', '2026-07-17', 56],
    ['akash.gpus_total', '2026-07-15', 236],
    ['akash.gpus_total', '2026-07-16', 241],
    ['akash.gpus_total', '2026-07-17', 245],
    ['akash.revenue', '2026-07-15', 6900],
    ['akash.revenue', '2026-07-16', 7000.5000005],
    ['akash.revenue', '2026-07-17', 7100],
  ]);
});

/** The day that began at midnight, which is where a figure of the day before stands. */
function iso(at: number): string {
  expect(at % 86_400_000).toBe(0);
  return new Date(at).toISOString().slice(0, 10);
}

test('the past is asked once and apart, and by leases on chain nobody counts GPUs', () => {
  const asked = source.requests().map(({ url }) => new URL(url).pathname);
  expect(asked).toEqual(['/v1/network-capacity', '/v1/dashboard-data']);
  expect((source.backfill?.() ?? []).map(({ url }) => new URL(url).pathname)).toEqual([
    '/v1/graph-data/gpuUtilization',
    '/v1/graph-data/activeLeaseCount',
    '/v1/provider-graph-data/count',
    '/v1/provider-graph-data/gpu',
    '/v1/graph-data/dailyUUsdSpent',
  ]);
  expect(source.every).toBeGreaterThanOrEqual(source.least);
});

test('a request that it did not make has no answer', () => {
  const reading = source.parse(
    replyOf(capacity),
    { url: 'https://console-api.akash.network/v1/graph-data/activeGPU' },
    NOW,
  );
  expect(reading.samples).toEqual([]);
  expect(reading.dropped[0]?.reason).toBe('is not asked by this source');
});

describe('network-capacity', () => {
  test("gives the dashboard's utilization at the time of the fetch", () => {
    const reading = source.parse(replyOf(capacity), CAPACITY, NOW);
    expect(valuesOf(reading)).toEqual({
      'akash.gpu_utilization': 0.5,
      'akash.gpus_leased': 100,
      'akash.gpus_total': 200,
      'akash.providers_active': 57,
    });
    expect(reading.samples.every((sample) => sample.at === NOW && sample.source === 'akash')).toBe(true);
    expect(reading.dropped).toEqual([]);
  });

  test('all zeros are a failure, not an empty network', () => {
    const body = { resources: { gpu: { active: 0, pending: 0, available: 0, total: 0 } }, activeProviderCount: 0 };
    const reading = source.parse(replyOf(body), CAPACITY, NOW);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(4);
    expect(reasonsOf(reading)['akash.gpus_total']).toBe(
      'resources.gpu.total: is 0 or less, which this API answers where it failed',
    );
  });

  test('nothing leased is a figure', () => {
    const body = { ...capacity, resources: { gpu: { active: 0, pending: 0, available: 200, total: 200 } } };
    expect(valuesOf(source.parse(replyOf(body), CAPACITY, NOW))).toMatchObject({ 'akash.gpu_utilization': 0 });
  });

  test('what is missing costs its own figures only', () => {
    const body = { ...capacity, resources: { gpu: { pending: 10, total: 200 } } };
    const reading = source.parse(replyOf(body), CAPACITY, NOW);
    expect(valuesOf(reading)).toEqual({ 'akash.gpus_total': 200, 'akash.providers_active': 57 });
    expect(reasonsOf(reading)['akash.gpu_utilization']).toBe(
      'resources.gpu.active: expected number, received undefined',
    );
  });

  test('figures too large to add up are dropped', () => {
    const gpu = { active: 1.7e308, pending: 1.7e308, total: 200 };
    const reading = source.parse(replyOf({ ...capacity, resources: { gpu } }), CAPACITY, NOW);
    expect(reasonsOf(reading)['akash.gpus_leased']).toMatch(/more than a number can hold/);
  });
});

describe('dashboard-data', () => {
  test('converts micro units, at its own time', () => {
    const reading = source.parse(replyOf(dashboard), DASHBOARD, NOW);
    expect(valuesOf(reading)).toEqual({
      'akash.revenue': 7250,
      'akash.leases_active': 640,
      'akash.token_supply': 292_000_000,
      'akash.emission': 40_000,
    });
    expect(new Set(reading.samples.map((sample) => sample.at))).toEqual(new Set([Date.parse('2026-07-17T20:07:00Z')]));
  });

  test('a failure is all zeros, dated by the start of the process', () => {
    const zeros = { date: '2026-07-10T04:00:00.000Z', height: 0, activeLeaseCount: 0, dailyUUsdSpent: 0 };
    const body = { now: zeros, compare: zeros, chainStats: { totalSupply: 0, inflation: 0, height: 0 } };
    const reading = source.parse(replyOf(body), DASHBOARD, NOW);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(4);
  });

  test('the figures of a day before say nothing of now', () => {
    const zeros = { date: '2026-07-10T04:00:00.000Z', height: 0, activeLeaseCount: 0, dailyUUsdSpent: 0 };
    const reading = source.parse(replyOf({ ...dashboard, compare: zeros }), DASHBOARD, NOW);
    expect(reading).toEqual(source.parse(replyOf(dashboard), DASHBOARD, NOW));
  });

  test('where the day before is missing, all that was ever spent is not what was spent in a day', () => {
    const all = { dailyUUsdSpent: 9_000_000_000_000, totalUUsdSpent: 9_000_000_000_000 };
    const reading = source.parse(replyOf({ ...dashboard, now: { ...dashboard.now, ...all } }), DASHBOARD, NOW);
    expect(Object.keys(valuesOf(reading))).toEqual(['akash.leases_active', 'akash.token_supply', 'akash.emission']);
    expect(reasonsOf(reading)['akash.revenue']).toBe(
      'now.dailyUUsdSpent is all that was ever spent, not that of a day',
    );
    const usual = { ...dashboard.now, totalUUsdSpent: 9_000_000_000_000 };
    expect(valuesOf(source.parse(replyOf({ ...dashboard, now: usual }), DASHBOARD, NOW))['akash.revenue']).toBe(7250);
  });

  test.each([
    ['height 0', { ...dashboard, now: { ...dashboard.now, height: 0 } }, [], 'now.height: is 0 or less'],
    ['no date', { ...dashboard, now: { ...dashboard.now, date: undefined } }, [], 'now.date: expected string'],
    [
      'no zone',
      { ...dashboard, now: { ...dashboard.now, date: '2026-07-17T20:07:00' } },
      [],
      'now.date: expected an ISO',
    ],
    [
      'supply 0',
      { ...dashboard, chainStats: { ...dashboard.chainStats, totalSupply: 0 } },
      ['akash.revenue', 'akash.leases_active'],
      'chainStats.totalSupply: is 0 or less',
    ],
    [
      'inflation 0',
      { ...dashboard, chainStats: { ...dashboard.chainStats, inflation: 0 } },
      ['akash.revenue', 'akash.leases_active', 'akash.token_supply'],
      'chainStats.inflation: is 0 or less',
    ],
    [
      'inflation in percent',
      { ...dashboard, chainStats: { ...dashboard.chainStats, inflation: 5 } },
      ['akash.revenue', 'akash.leases_active', 'akash.token_supply'],
      'chainStats.inflation: Too big',
    ],
  ])('%s', (_, body, left, reason) => {
    const reading = source.parse(replyOf(body), DASHBOARD, NOW);
    expect(Object.keys(valuesOf(reading))).toEqual(left);
    expect(reading.dropped.at(-1)?.reason).toContain(reason);
  });
});

const UTILIZATION = pastOf('gpuUtilization');
const PROVIDERS = pastOf('provider-graph-data/count');

function graph(...snapshots: readonly (readonly [date: string, value: unknown])[]) {
  return { currentValue: 50, compareValue: 50, snapshots: snapshots.map(([date, value]) => ({ date, value })) };
}

function utilizationOf(...snapshots: readonly (readonly [date: string, value: unknown])[]) {
  const reading = source.parse(replyOf(graph(...snapshots)), UTILIZATION, NOW);
  return {
    days: Object.fromEntries(reading.samples.map(({ at, value }) => [iso(at - 86_400_000), value])),
    reasons: reading.dropped.map(({ reason }) => reason),
  };
}

describe('graphs of levels', () => {
  test('a complete day stands at its end; percent become a ratio; the running day is left out', () => {
    const midnight = '2026-07-17T00:00:00.000Z';
    const reading = source.parse(replyOf(graph(['2026-07-16T00:00:00.000Z', 53.25], [midnight, 9])), UTILIZATION, NOW);
    expect(reading.samples).toEqual([
      { series: 'akash.gpu_utilization', at: Date.parse(midnight), value: 0.5325, source: 'akash' },
    ]);
    expect(reading.dropped).toEqual([]);
  });

  test('the running day may be dated by its newest block', () => {
    const { days, reasons } = utilizationOf(['2026-07-17T20:06:54.000Z', 9], ['2026-07-16', 53.25]);
    expect(days).toEqual({ '2026-07-16': 0.5325 });
    expect(reasons).toEqual([]);
  });

  test('just after midnight the newest day may have been counted before it was over', () => {
    const midnight = Date.parse('2026-07-17T00:00:30Z');
    const reading = source.parse(replyOf(graph(['2026-07-15', 50], ['2026-07-16', 9])), UTILIZATION, midnight);
    expect(reading.samples.map(({ at, value }) => [iso(at), value])).toEqual([['2026-07-16', 0.5]]);
    expect(reading.dropped.map(({ reason }) => reason)).toEqual([
      '2026-07-16 is the newest day there, and may not have been over when it was counted',
    ]);
  });

  test("a provider's clock may be ahead of midnight", () => {
    const late = Date.parse('2026-07-16T23:58:00Z');
    const body = graph(['2026-07-15', 50], ['2026-07-16', 51], ['2026-07-17', 52]);
    const reading = source.parse(replyOf(body), UTILIZATION, late);
    expect(reading.samples.map(({ at }) => iso(at))).toEqual(['2026-07-16']);
  });

  test('a day that is there twice counts once, or not at all where its figures differ', () => {
    const { days, reasons } = utilizationOf(
      ['2026-07-16', 55],
      ['2026-07-14', 53],
      ['2026-07-15', 54],
      ['2026-07-14', 53],
      ['2026-07-15', 64],
      ['2026-07-15', 54],
      ['2026-07-17', 9],
    );
    expect(days).toEqual({ '2026-07-14': 0.53, '2026-07-16': 0.55 });
    expect(reasons).toEqual(['2026-07-15 is there twice, with different figures']);
  });

  test('a day that is missing is said', () => {
    const { days, reasons } = utilizationOf(['2026-07-16', 55], ['2026-07-12', 53], ['2026-07-17', 9]);
    expect(days).toEqual({ '2026-07-12': 0.53, '2026-07-16': 0.55 });
    expect(reasons).toEqual(['has nothing between 2026-07-12 and 2026-07-16']);
  });

  test.each([
    ['0, the figure of a day without data', ['2026-07-15', 0], 'snapshots.0.value: is 0 or less'],
    ['null', ['2026-07-15', null], 'snapshots.0.value: expected number'],
    ['in quotes', ['2026-07-15', '54'], 'snapshots.0.value: expected number'],
    ['no date', [null, 54], 'snapshots.0.date: expected string'],
    ['an odd date', ['15.07.2026', 54], 'snapshots.0.date: expected an ISO-8601'],
    ['the middle of a day', ['2026-07-15T12:00:00Z', 54], 'snapshots.0.date: expected the start of a UTC day'],
    ['no time', ['0001-01-01', 54], 'snapshots.0 is dated before 2000'],
    ['a time to come', ['2026-07-18', 54], 'snapshots.0 is dated more than 5 minutes in the future'],
  ] as const)('%s costs its own day', (_, odd, reason) => {
    const { days, reasons } = utilizationOf(odd as [string, unknown], ['2026-07-16', 55], ['2026-07-17', 9]);
    expect(days).toEqual({ '2026-07-16': 0.55 });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toContain(reason);
  });

  test('counts are as they are', () => {
    const body = { ...graph(['2026-07-16', 56], ['2026-07-17', 31]), now: { count: 31 }, compare: { count: 56 } };
    expect(valuesOf(source.parse(replyOf(body), PROVIDERS, NOW))).toEqual({ 'akash.providers_active': 56 });
    const gpus = graph(['2026-07-15', 0], ['2026-07-16', 245], ['2026-07-17', 250]);
    const reading = source.parse(replyOf(gpus), pastOf('provider-graph-data/gpu'), NOW);
    expect(valuesOf(reading)).toEqual({ 'akash.gpus_total': 245 });
    expect(reasonsOf(reading)['akash.gpus_total']).toMatch('is 0 or less, which this API answers where it failed');
  });

  test('a graph that failed has no day', () => {
    const none = { count: 0, cpu: 0, gpu: 0, memory: 0, storage: 0 };
    const body = { currentValue: 0, compareValue: 0, snapshots: [], now: none, compare: none };
    const reading = source.parse(replyOf(body), PROVIDERS, NOW);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toEqual([
      { what: 'akash.providers_active', reason: 'the graph has no figure of a complete day' },
    ]);
  });

  test('the newest 800 days are given, and of a list beyond measure none', () => {
    const days = (count: number) =>
      Array.from({ length: count }, (_, ago): [string, number] => [
        new Date(Date.parse('2026-07-17') - ago * 86_400_000).toISOString(),
        50,
      ]);
    const { days: kept, reasons } = utilizationOf(...days(1200));
    expect(Object.keys(kept)).toHaveLength(800);
    expect(Object.keys(kept)[0]).toBe('2024-05-08');
    expect(reasons).toEqual([]);
    const long = utilizationOf(...Array.from({ length: 20_001 }, (): [string, number] => ['2026-07-16', 50]));
    expect(long.days).toEqual({});
    expect(long.reasons).toEqual(['has more than 20000 snapshots']);
  });
});

survivesAnything(source, CAPACITY, capacity);
survivesAnything(source, DASHBOARD, dashboard);
for (const request of source.backfill?.() ?? [])
  survivesAnything(source, request, routeOf(provider, request, NOW).body);
