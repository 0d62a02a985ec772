import { describe, expect, test } from 'vitest';
import { lium } from '../../../src/sources/metrics/lium.ts';
import { lium as provider } from '../../providers/lium.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = lium({});
const STATS = requestOf(source, '/executors/stats');
const FREE = requestOf(source, '/executors/count');
const TOTAL = requestOf(source, '/executors/total-count');
const found = source.requests().find(({ url }) => url.endsWith('/executors'));
if (found === undefined) throw new Error('no request for the list of machines');
const MACHINES = found;

const H100 = 'NVIDIA H100 80GB HBM3';
const PCIE = 'NVIDIA H100 PCIe';
const FLEET = ['lium.gpu_utilization', 'lium.gpus_leased', 'lium.gpus_total'];

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

test('every figure holds at the time of the fetch', () => {
  const samples = readingOf(source, provider, NOW).flatMap((reading) => reading.samples);
  expect(samples.every(({ at, source: from }) => at === NOW && from === 'lium')).toBe(true);
});

describe('executors/stats', () => {
  const gpus = (gpu_type: unknown, rented_count: unknown, all_count: unknown) => ({
    gpu_type,
    rented_count,
    all_count,
    utilization: 1,
  });
  const read = (...rows: unknown[]) => source.parse(replyOf(rows), STATS, NOW);

  test('adds all cards up, and gives those that a name is clear about', () => {
    const reading = read(
      gpus(H100, 60, 100),
      gpus(PCIE, 5, 20),
      gpus('NVIDIA GeForce RTX 4090', 30, 40),
      gpus('NVIDIA GeForce RTX 4090 D', 5, 10),
      gpus('NVIDIA H100', 0, 30),
    );
    expect(valuesOf(reading)).toEqual({
      'lium.gpu_utilization': 0.5,
      'lium.gpus_leased': 100,
      'lium.gpus_total': 200,
      'lium.h100_utilization': 0.6,
      'lium.h100_leased': 60,
      'lium.h100_total': 100,
      'lium.h100_pcie_utilization': 0.25,
      'lium.h100_pcie_leased': 5,
      'lium.h100_pcie_total': 20,
      'lium.rtx4090_utilization': 0.75,
      'lium.rtx4090_leased': 30,
      'lium.rtx4090_total': 40,
    });
    expect(reading.dropped).toEqual([]);
  });

  test('names of the same card are added up', () => {
    const values = valuesOf(read(gpus(H100, 10, 20), gpus('NVIDIA H100 SXM5 80GB', 5, 40)));
    expect(values).toMatchObject({ 'lium.h100_utilization': 0.25, 'lium.h100_leased': 15, 'lium.h100_total': 60 });
  });

  test('the same row twice counts once', () => {
    expect(read(gpus(H100, 60, 100), gpus(H100, 60, 100))).toEqual(read(gpus(H100, 60, 100)));
  });

  test('rows that contradict each other cost their card and the sums', () => {
    for (const rows of [
      [gpus(H100, 60, 100), gpus(H100, 61, 100)],
      [gpus(H100, 61, 100), gpus(H100, 60, 100)],
    ]) {
      const reading = read(...rows, gpus(PCIE, 5, 20));
      expect(Object.keys(valuesOf(reading))).toEqual([
        'lium.h100_pcie_utilization',
        'lium.h100_pcie_leased',
        'lium.h100_pcie_total',
      ]);
      expect(reasonsOf(reading)).toMatchObject({
        'rows of one card': 'they contradict each other',
        'lium.gpus_total': 'not every row could be used',
        'lium.h100_total': 'a row of it could not be used',
      });
    }
  });

  test.each([
    ['more rented than there are', gpus(H100, 101, 100), 'more GPUs are rented than there are'],
    ['null', gpus(H100, null, 100), 'rented_count: expected number, received null'],
    ['text', gpus(H100, 60, '100'), 'all_count: expected number, received string'],
    ['half a GPU', gpus(H100, 60.5, 100), 'rented_count: expected int'],
    ['negative', gpus(H100, -1, 100), 'rented_count: Too small'],
  ])('a count that is %s costs its card and the sums', (_, row, reason) => {
    const reading = read(row, gpus(PCIE, 5, 20));
    expect(valuesOf(reading)).toEqual({
      'lium.h100_pcie_utilization': 0.25,
      'lium.h100_pcie_leased': 5,
      'lium.h100_pcie_total': 20,
    });
    expect(reasonsOf(reading)['row 0']).toContain(reason);
    for (const series of [...FLEET, 'lium.h100_utilization', 'lium.h100_leased', 'lium.h100_total'])
      expect(reasonsOf(reading)).toHaveProperty([series]);
  });

  test('all zeros are a failure, not an empty network', () => {
    const reading = read(gpus(H100, 0, 0), gpus(PCIE, 0, 0));
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['lium.gpu_utilization']).toMatch(/a failure, not an empty network/);
    expect(reasonsOf(reading)['lium.<gpu>_total']).toMatch(/a failure, not an empty network/);
    expect(read().samples).toEqual([]);
  });

  test('nothing rented is a figure; nothing there has no share', () => {
    const reading = read(gpus(H100, 0, 100), gpus(PCIE, 0, 0));
    expect(valuesOf(reading)).toEqual({
      'lium.gpu_utilization': 0,
      'lium.gpus_leased': 0,
      'lium.gpus_total': 100,
      'lium.h100_utilization': 0,
      'lium.h100_leased': 0,
      'lium.h100_total': 100,
      'lium.h100_pcie_leased': 0,
      'lium.h100_pcie_total': 0,
    });
    expect(reasonsOf(reading)).toEqual({ 'lium.h100_pcie_utilization': 'no such GPU is listed' });
  });

  test('the H100 is missed where it is not there', () => {
    const reading = read(gpus(PCIE, 5, 20));
    expect(reasonsOf(reading)).toEqual({
      'lium.h100_utilization': 'not in the answer',
      'lium.h100_leased': 'not in the answer',
      'lium.h100_total': 'not in the answer',
    });
  });
});

describe('executors', () => {
  const machine = (id: string, machine_name: string, price_per_gpu: unknown, more: object = {}) => ({
    id,
    machine_name,
    price_per_gpu,
    gpu_count: 8,
    tier: 'secure',
    ...more,
  });
  const read = (...rows: unknown[]) => source.parse(replyOf(rows), MACHINES, NOW);

  test('gives the median over machines, however many GPUs they hold', () => {
    const reading = read(
      machine('a', H100, 9, { gpu_count: 8 }),
      machine('b', H100, 2, { gpu_count: 1 }),
      machine('c', H100, 1.5, { gpu_count: 1 }),
      machine('d', PCIE, 1.5),
      machine('e', PCIE, 2),
      machine('f', 'NVIDIA B300 SXM6 AC', 8.000300000000001),
    );
    expect(valuesOf(reading)).toEqual({ 'lium.h100_price': 2, 'lium.h100_pcie_price': 1.75 });
    expect(reading.dropped).toEqual([]);
  });

  test('machines that may be taken back are another good', () => {
    const reading = read(machine('a', H100, 2), machine('b', H100, 1, { tier: 'spot' }));
    expect(valuesOf(reading)).toEqual({ 'lium.h100_price': 2 });
    expect(reasonsOf(read(machine('b', H100, 1, { tier: 'spot' })))).toEqual({
      'lium.h100_price': 'no machine with it has a firm price',
    });
  });

  test('a price to come is no price', () => {
    expect(valuesOf(read(machine('a', H100, 2, { pending_price_per_hour: 9.5 })))).toEqual({ 'lium.h100_price': 2 });
  });

  test('the same machine twice counts once', () => {
    const rows = [machine('a', H100, 1), machine('a', H100, 1), machine('b', H100, 2), machine('c', H100, 3)];
    expect(valuesOf(read(...rows))).toEqual({ 'lium.h100_price': 2 });
  });

  test('a machine at two prices counts not at all, in any order', () => {
    const rows = [machine('a', H100, 1), machine('a', H100, 9), machine('b', H100, 2)];
    for (const reading of [read(...rows), read(...rows.toReversed())]) {
      expect(valuesOf(reading)).toEqual({ 'lium.h100_price': 2 });
      expect(reasonsOf(reading)).toEqual({ 'a machine': 'is listed several times, differently' });
    }
  });

  test.each([
    ['a price of 0', machine('a', H100, 0), 'price_per_gpu: Too small'],
    ['a price in quotes', machine('a', H100, '2'), 'price_per_gpu: expected number, received string'],
    ['no GPU', machine('a', H100, 2, { gpu_count: 0 }), 'gpu_count: Too small'],
    ['an unknown tier', machine('a', H100, 2, { tier: 'reserved' }), 'tier: '],
    ['no id', machine('', H100, 2), 'id: Too small'],
    ['no name', machine('a', '', 2), 'machine_name: Too small'],
    ['nothing', null, 'expected object, received null'],
  ])('a machine with %s is not counted', (_, row, reason) => {
    const reading = read(row, machine('b', H100, 3));
    expect(valuesOf(reading)).toEqual({ 'lium.h100_price': 3 });
    expect(reasonsOf(reading)['machine 0']).toContain(reason);
  });

  test('an odd machine whose card nobody follows is passed over', () => {
    expect(read(machine('a', 'NVIDIA GeForce RTX 5090', null), machine('b', H100, 2)).dropped).toEqual([]);
  });
});

describe('counts of machines', () => {
  test('count means those that are free; total_count all of them', () => {
    expect(valuesOf(source.parse(replyOf({ count: 110 }), FREE, NOW))).toEqual({ 'lium.machines_free': 110 });
    expect(valuesOf(source.parse(replyOf({ total_count: 369 }), TOTAL, NOW))).toEqual({ 'lium.machines_total': 369 });
  });

  test('none free is a full house, none at all a failure', () => {
    expect(valuesOf(source.parse(replyOf({ count: 0 }), FREE, NOW))).toEqual({ 'lium.machines_free': 0 });
    expect(source.parse(replyOf({ total_count: 0 }), TOTAL, NOW).samples).toEqual([]);
  });
});

survivesAnything(
  source,
  STATS,
  [
    { gpu_type: H100, rented_count: 60, all_count: 100 },
    { gpu_type: 'NVIDIA RTX 6000 Ada Generation', rented_count: 1, all_count: 2 },
  ],
  { names: ['gpu_type'] },
);
survivesAnything(
  source,
  MACHINES,
  [2, 2.25, 2.25, 3].map((price_per_gpu, index) => ({
    id: `machine-${index}`,
    machine_name: H100,
    price_per_gpu,
    gpu_count: 8,
    tier: 'secure',
  })),
  { names: ['machine_name'] },
);
survivesAnything(source, FREE, { count: 110 });
survivesAnything(source, TOTAL, { total_count: 369 });
