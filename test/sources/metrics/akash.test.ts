import { describe, expect, test } from 'vitest';
import { akash } from '../../../src/sources/metrics/akash.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';

const source = akash({});
const CAPACITY = requestOf(source, 'network-capacity');
const DASHBOARD = requestOf(source, 'dashboard-data');
const PRICES = requestOf(source, 'gpu-prices');

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
const card = (model: string, ram: string, bus: string, med: number | null, vendor = 'nvidia') => ({
  vendor,
  model,
  ram,
  interface: bus,
  price: med === null ? null : { currency: 'USD', min: 1, max: 9, avg: 2, weightedAverage: 2, med },
});
const prices = {
  availability: { total: 200, available: 100 },
  models: [
    card('h100', '80Gi', 'SXM5', 2.25),
    card('h100', '80Gi', 'PCIe', 1.75),
    card('a100', '80Gi', 'SXM4', 1.25),
    card('a100', '80Gi', 'PCIe', 0.75),
    card('h200', '141Gi', 'SXM5', 3.5),
    card('rtx4090', '24Gi', 'PCIe', 0.5),
    card('gtx1070', '8Gi', 'PCIe', 0.0625),
  ],
};

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

describe('gpu-prices', () => {
  test('takes the median of each card that has a metric', () => {
    const reading = source.parse(replyOf(prices), PRICES, NOW);
    expect(valuesOf(reading)).toEqual({
      'akash.h100_price': 2.25,
      'akash.h100_pcie_price': 1.75,
      'akash.a100_price': 1.25,
      'akash.h200_price': 3.5,
      'akash.rtx4090_price': 0.5,
    });
    expect(reading.dropped).toEqual([]);
  });

  test('a price of null says that nobody bid, and keeps the others', () => {
    const body = { models: [card('h100', '80Gi', 'SXM5', null), card('h200', '141Gi', 'SXM5', 3.5)] };
    const reading = source.parse(replyOf(body), PRICES, NOW);
    expect(valuesOf(reading)).toEqual({ 'akash.h200_price': 3.5 });
    expect(reading.dropped).toEqual([{ what: 'akash.h100_price', reason: 'price: nobody bid on it' }]);
  });

  test.each([
    ['no median', { ...card('h100', '80Gi', 'SXM5', 1), price: { currency: 'USD', avg: 2.5 } }, /price\.med/],
    ['a price of 0', card('h100', '80Gi', 'SXM5', 0), /price\.med/],
    ['another currency', { ...card('h100', '80Gi', 'SXM5', 1), price: { currency: 'uakt', med: 1 } }, /currency/],
    ['no interface', { ...card('h100', '80Gi', 'SXM5', 1), interface: undefined }, /interface/],
    ['an odd memory', card('h100', '4096', 'SXM5', 1), /unknown way/],
    ['an odd interface', card('h100', '80Gi', 'OAM', 1), /unknown way/],
    ["another vendor's card", card('h100', '80Gi', 'SXM5', 1, 'amd'), /no row has the price/],
    ['no row', null, /expected object/],
  ])('%s gives no sample and a reason', (_, row, why) => {
    const reading = source.parse(replyOf({ models: [row] }), PRICES, NOW);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped[0]?.reason).toMatch(why);
  });

  test('the lower median counts where two rows are the same card', () => {
    const body = { models: [card('h100', '80Gi', 'SXM5', 2.5), card('h100', '80Gi', 'SXM4', 2)] };
    expect(valuesOf(source.parse(replyOf(body), PRICES, NOW))).toEqual({ 'akash.h100_price': 2 });
  });
});

survivesAnything(source, CAPACITY, capacity);
survivesAnything(source, DASHBOARD, dashboard);
survivesAnything(source, PRICES, prices, { names: ['model', 'vendor'] });
