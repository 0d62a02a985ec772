import { describe, expect, test } from 'vitest';
import { akashGpus } from '../../../src/sources/metrics/akash-gpus.ts';
import { akashGpus as provider } from '../../providers/akash-gpus.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = akashGpus({});
const PRICES = requestOf(source, '/gpu-prices');
const FLEET = source.requests().find(({ url }) => url.endsWith('/gpu')) ?? PRICES;

test('gives what its provider says, and why of one card no share is given', () => {
  const readings = readingOf(source, provider, NOW);
  expect(newestOf(readings)).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
  expect(readings.flatMap(({ dropped }) => dropped)).toEqual([
    { what: 'akash.rtx3090_utilization', reason: '9 are leased of 8: more than there are' },
  ]);
  expect(source.every).toBeGreaterThanOrEqual(source.least);
});

const card = (model: string, ram: unknown, bus: unknown, med: number | null, vendor = 'nvidia') => ({
  vendor,
  model,
  ram,
  interface: bus,
  price: med === null ? null : { currency: 'USD', min: 1, max: 9, avg: 2, weightedAverage: 2, med },
});

function pricesOf(...models: readonly unknown[]) {
  return source.parse(replyOf({ availability: { total: 200, available: 100 }, models }), PRICES, NOW);
}

const UNLISTED = 'akash.<gpu>_price';

describe('gpu-prices', () => {
  test('takes the median of each card that has a metric, and says which cards are not listed', () => {
    const reading = pricesOf(
      card('h100', '80Gi', 'SXM5', 2.25),
      card('h100', '80Gi', 'PCIe', 1.75),
      card('a100', '80Gi', 'SXM4', 1.25),
      card('a100', '80Gi', 'PCIe', 0.75),
      card('rtx4090', '24Gi', 'PCIe', 0.5),
      card('gtx1070', '8Gi', 'PCIe', 0.0625),
    );
    expect(reading.samples).toEqual(
      (
        [
          ['akash.h100_price', 2.25],
          ['akash.h100_pcie_price', 1.75],
          ['akash.a100_price', 1.25],
          ['akash.rtx4090_price', 0.5],
        ] as const
      ).map(([series, value]) => ({ series, at: NOW, value, source: 'akash-gpus' })),
    );
    expect(reading.dropped).toEqual([
      { what: UNLISTED, reason: 'no row is of h200, b200, a100_40gb, l40s, l4, t4, rtx3090' },
    ]);
  });

  test('a price of null says that nobody bid, and keeps the others', () => {
    const reading = pricesOf(card('h100', '80Gi', 'SXM5', null), card('h200', '141Gi', 'SXM5', 3.5));
    expect(valuesOf(reading)).toEqual({ 'akash.h200_price': 3.5 });
    expect(reasonsOf(reading)['akash.h100_price']).toBe('nobody bid on it');
    expect(reasonsOf(reading)[UNLISTED]).not.toMatch(/h100,|h200/);
  });

  test.each([
    ['no median', { ...card('h100', '80Gi', 'SXM5', 1), price: { currency: 'USD', avg: 2.5 } }, /price\.med/],
    ['a price of 0', card('h100', '80Gi', 'SXM5', 0), /price\.med/],
    ['no price', { ...card('h100', '80Gi', 'SXM5', 0), price: undefined }, /models\.0\.price: expected object/],
    ['another currency', { ...card('h100', '80Gi', 'SXM5', 1), price: { currency: 'uakt', med: 1 } }, /currency/],
    ['no interface', { ...card('h100', '80Gi', 'SXM5', 1), interface: undefined }, /interface/],
    ['an odd memory', card('h100', '4096', 'SXM5', 1), /unknown way/],
    ['an odd interface', card('h100', '80Gi', 'OAM', 1), /unknown way/],
    ["another vendor's card", card('h100', '80Gi', 'SXM5', 1, 'amd'), /no row is of h100/],
    ['no vendor', { ...card('h100', '80Gi', 'SXM5', 1), vendor: null }, /vendor: expected string/],
    ['no model', { ...card('h100', '80Gi', 'SXM5', 1), model: null }, /model: expected string/],
    ['no row', null, /expected object/],
  ])('%s gives no sample and a reason', (_, row, why) => {
    const reading = pricesOf(row);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped[0]?.reason).toMatch(why);
  });

  test('a row that cannot be read is not said to be missing', () => {
    const reading = pricesOf(card('h100', '80Gi', 'SXM5', 0));
    expect(reading.dropped.map(({ what }) => what)).toEqual(['akash.h100_price', UNLISTED]);
    expect(reasonsOf(reading)[UNLISTED]).not.toMatch(/\bh100\b(?!_)/);
  });

  test('the lower median counts where two rows are the same card, in any order; a row without bids is no price', () => {
    const rows = [
      card('h100', '80Gi', 'SXM5', 2.5),
      card('h100', '80Gi', 'SXM4', 2),
      card('h100', '80Gi', 'SXM', null),
    ];
    for (const models of [rows, rows.toReversed()]) {
      const reading = pricesOf(...models);
      expect(valuesOf(reading)).toEqual({ 'akash.h100_price': 2 });
      expect(Object.keys(reasonsOf(reading))).toEqual([UNLISTED]);
    }
  });

  test('nothing listed is no price', () => {
    expect(pricesOf().samples).toEqual([]);
    expect(Object.keys(reasonsOf(pricesOf()))).toEqual([UNLISTED]);
    const long = source.parse(replyOf({ models: new Array(20_001).fill(null) }), PRICES, NOW);
    expect(reasonsOf(long)[UNLISTED]).toMatch(/models: Too big/);
  });
});

const row = (model: unknown, ram: unknown, bus: unknown, allocated: unknown, allocatable: unknown) => ({
  model,
  ram,
  interface: bus,
  allocatable,
  allocated,
});

function fleetOf(details: Readonly<Record<string, unknown>>) {
  return source.parse(replyOf({ gpus: { total: { allocatable: 9, allocated: 9 }, details } }), FLEET, NOW);
}

const H200 = row('h200', '141Gi', 'SXM5', 28, 40);
const OF_H200 = { 'akash.h200_total': 40, 'akash.h200_leased': 28, 'akash.h200_utilization': 0.7 };

describe('gpu', () => {
  test('adds up the rows of one card, and tells cards of one model apart', () => {
    const nvidia = [
      row('h100', '80Gi', 'SXM5', 48, 64),
      row('h100', '80Gi', 'SXM4', 6, 8),
      row('h100', '80Gi', 'PCIe', 1, 4),
      row('a100', '80Gi', 'PCIe', 5, 5),
    ];
    const reading = fleetOf({ nvidia });
    expect(valuesOf(reading)).toEqual({
      'akash.h100_total': 72,
      'akash.h100_leased': 54,
      'akash.h100_utilization': 0.75,
      'akash.h100_pcie_total': 4,
      'akash.h100_pcie_leased': 1,
      'akash.h100_pcie_utilization': 0.25,
    });
    expect(reading.samples.every(({ at, source: from }) => at === NOW && from === 'akash-gpus')).toBe(true);
    expect(fleetOf({ nvidia: nvidia.toReversed() }).samples).toEqual(reading.samples);
  });

  test('more allocated than allocatable is told as it is, without a share', () => {
    const reading = fleetOf({ nvidia: [H200, row('l4', '24Gi', 'PCIe', 9, 8)] });
    expect(valuesOf(reading)).toEqual({ ...OF_H200, 'akash.l4_total': 8, 'akash.l4_leased': 9 });
    expect(reasonsOf(reading)['akash.l4_utilization']).toBe('9 are leased of 8: more than there are');
  });

  test('all leased and none leased are shares', () => {
    const reading = fleetOf({ nvidia: [row('l4', '24Gi', 'PCIe', 8, 8), row('t4', '16Gi', 'PCIe', 0, 2)] });
    expect(valuesOf(reading)).toMatchObject({
      'akash.l4_utilization': 1,
      'akash.t4_utilization': 0,
      'akash.t4_leased': 0,
    });
  });

  test('GPUs that nobody recognized and those of other vendors are not ours', () => {
    const reading = fleetOf({ '<UNKNOWN>': [row(null, null, null, 1, 8), null], amd: 'odd', nvidia: [H200] });
    expect(valuesOf(reading)).toEqual(OF_H200);
    expect(reading.dropped.map(({ what }) => what)).toEqual([
      'akash.<gpu>_total',
      'akash.<gpu>_leased',
      'akash.<gpu>_utilization',
    ]);
  });

  test('a vendor may be written in two ways', () => {
    const reading = fleetOf({ nvidia: [H200], NVIDIA: [H200] });
    expect(valuesOf(reading)).toMatchObject({ 'akash.h200_total': 80, 'akash.h200_leased': 56 });
  });

  test('a row that is there twice counts once, or spoils its card where the two differ', () => {
    expect(valuesOf(fleetOf({ nvidia: [H200, H200, { ...H200 }] }))).toEqual(OF_H200);
    const other = row('h200', '141Gi', 'SXM5', 30, 40);
    for (const nvidia of [
      [H200, other],
      [other, H200],
      [H200, other, H200],
      [H200, H200, other, other],
    ]) {
      const reading = fleetOf({ nvidia: [...nvidia, row('l4', '24Gi', 'PCIe', 4, 8)] });
      expect(Object.keys(valuesOf(reading))).toEqual(['akash.l4_total', 'akash.l4_leased', 'akash.l4_utilization']);
      expect(reasonsOf(reading)['akash.h200_total']).toMatch(/gpus\.details\.nvidia\.\d is there twice, and differs/);
    }
  });

  test.each([
    [
      'an odd interface',
      row('h100', '80Gi', 'OAM', 1, 8),
      ['h100', 'h100_pcie'],
      /nvidia\.\d: its interface or memory/,
    ],
    ['an odd memory', row('l4', '24', 'PCIe', 1, 8), ['l4'], /its interface or memory/],
    ['no memory', row('A100', null, 'SXM4', 1, 8), ['a100', 'a100_40gb'], /nvidia\.\d: ram: expected string/],
  ])('%s spoils the sums of all cards that it may be, and no others', (_, odd, gpus, reason) => {
    const good = [
      row('h100', '80Gi', 'SXM5', 48, 64),
      row('l4', '24Gi', 'PCIe', 4, 8),
      row('l40s', '48Gi', 'PCIe', 3, 4),
      row('a100', '80Gi', 'SXM4', 1, 2),
    ];
    for (const nvidia of [
      [H200, odd, ...good],
      [...good, odd, H200],
    ]) {
      const reading = fleetOf({ nvidia });
      expect(valuesOf(reading)).toMatchObject(OF_H200);
      for (const gpu of gpus) {
        expect(valuesOf(reading)).not.toHaveProperty([`akash.${gpu}_total`]);
        expect(reasonsOf(reading)[`akash.${gpu}_utilization`]).toMatch(reason);
      }
      expect(reading.samples).toHaveLength(3 * (5 - 1));
    }
  });

  test.each([
    ['no model', row(null, '80Gi', 'SXM5', 1, 8)],
    ['no row', null],
  ])('%s spoils all sums: it may be any card', (_, odd) => {
    const reading = fleetOf({ nvidia: [H200, odd] });
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['akash.h200_total']).toMatch(/gpus\.details\.nvidia\.1: /);
  });

  test.each([
    ['no total', row('h200', '141Gi', 'SXM5', 28, null), ['akash.h200_leased']],
    ['a total of 0', row('h200', '141Gi', 'SXM5', 28, 0), ['akash.h200_leased']],
    ['a broken number', row('h200', '141Gi', 'SXM5', 28, 40.5), ['akash.h200_leased']],
    ['a total in quotes', row('h200', '141Gi', 'SXM5', 28, '40'), ['akash.h200_leased']],
    ['none said to be leased', row('h200', '141Gi', 'SXM5', undefined, 40), ['akash.h200_total']],
    ['a negative number', row('h200', '141Gi', 'SXM5', -1, 40), ['akash.h200_total']],
  ])('%s costs its own figures only, whatever other rows of the card say', (_, odd, left) => {
    const alone = fleetOf({ nvidia: [odd] });
    expect(Object.keys(valuesOf(alone))).toEqual(left);
    const fine = row('h200', '141Gi', 'SXM', 1, 2);
    for (const nvidia of [
      [odd, fine],
      [fine, odd],
    ])
      expect(Object.keys(valuesOf(fleetOf({ nvidia })))).toEqual(left);
  });

  test.each([
    ['no list', { nvidia: {} }, /^gpus\.details\.nvidia: expected array/],
    ['too long a list', { nvidia: new Array(20_001).fill(H200) }, /^gpus\.details\.nvidia: Too big/],
    ['nothing', {}, /^no row is of h100, h100_pcie/],
  ])('%s gives no sample and a reason', (_, details, reason) => {
    const reading = fleetOf(details);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(3);
    expect(reasonsOf(reading)['akash.<gpu>_total']).toMatch(reason);
  });
});

/** Every card that is followed, so that no reason says that one is not listed. */
const FOLLOWED = [
  ['h100', '80Gi', 'SXM5'],
  ['h100', '80Gi', 'PCIe'],
  ['h200', '141Gi', 'SXM5'],
  ['b200', '180Gi', 'SXM6'],
  ['a100', '80Gi', 'SXM4'],
  ['a100', '40Gi', 'SXM4'],
  ['l40s', '48Gi', 'PCIe'],
  ['l4', '24Gi', 'PCIe'],
  ['t4', '16Gi', 'PCIe'],
  ['rtx4090', '24Gi', 'PCIe'],
  ['rtx3090', '24Gi', 'PCIe'],
] as const;
const names = ['model', 'vendor'];
const bids = FOLLOWED.map(([model, ram, bus]) => ({
  model,
  ram,
  interface: bus,
  vendor: 'nvidia',
  price: { med: 1.5 },
}));
survivesAnything(source, PRICES, { models: bids }, { names });
const rows = FOLLOWED.map(([model, ram, bus]) => row(model, ram, bus, 3, 4));
survivesAnything(source, FLEET, { gpus: { details: { nvidia: rows } } }, { names });
