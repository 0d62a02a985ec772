import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  busOf,
  type Listing,
  type Row,
  readListing,
  StockLevel,
  seriesOf,
  shareOf,
} from '../../../../src/sources/metrics/stock/listing.ts';
import { NOW, reasonsOf, valuesOf } from '../../bodies.ts';

const LISTING: Listing<boolean> = {
  id: 'cloud',
  gpus: ['h100', 'h100_pcie', 'l4'],
  figures: { capacity: (rows) => shareOf(rows, (free) => free), regions: (rows) => rows.filter((free) => free).length },
};
const row = (gpu: string, key: string, value: boolean): Row<boolean> => ({ gpu, key, value });

function read(rows: readonly Row<boolean>[]) {
  return readListing(LISTING, rows, NOW);
}

test('every card has every figure', () => {
  expect(seriesOf(LISTING)).toEqual([
    'cloud.h100_capacity',
    'cloud.h100_regions',
    'cloud.h100_pcie_capacity',
    'cloud.h100_pcie_regions',
    'cloud.l4_capacity',
    'cloud.l4_regions',
  ]);
});

describe('figures of a list', () => {
  const rows = [row('h100', 'a', true), row('h100', 'b', false), row('l4', 'a', false), null, row('b300', 'a', true)];

  test('are by card; rows of other cards count nowhere', () => {
    const reading = read(rows);
    expect(valuesOf(reading)).toEqual({
      'cloud.h100_capacity': 0.5,
      'cloud.h100_regions': 1,
      'cloud.l4_capacity': 0,
      'cloud.l4_regions': 0,
    });
    expect(reading.samples.every((sample) => sample.at === NOW && sample.source === 'cloud')).toBe(true);
  });

  test('only H100, H200 and B200 are missed', () => {
    expect(read(rows).dropped).toEqual([]);
    expect(read([row('l4', 'a', true)]).dropped).toEqual([
      { what: 'cloud.h100_capacity', reason: 'not in the answer' },
      { what: 'cloud.h100_regions', reason: 'not in the answer' },
    ]);
  });

  test('a row that cannot be read costs its card, and no other', () => {
    const reading = read([...rows, { gpus: ['h100'], reason: 'rows.5: broken' }]);
    expect(Object.keys(valuesOf(reading))).toEqual(['cloud.l4_capacity', 'cloud.l4_regions']);
    expect(reasonsOf(reading)).toEqual({
      'cloud.h100_capacity': 'rows.5: broken',
      'cloud.h100_regions': 'rows.5: broken',
    });
  });

  test('a row that may be of any card costs all', () => {
    const reading = read([{ gpus: null, reason: 'rows.0: broken' }, ...rows]);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(6);
  });

  test('a row twice is one row; with two values it is none', () => {
    expect(read([...rows, ...rows])).toEqual(read(rows));
    const reading = read([...rows, row('h100', 'a', false)]);
    expect(valuesOf(reading)['cloud.h100_capacity']).toBeUndefined();
    expect(reasonsOf(reading)['cloud.h100_capacity']).toBe('a is listed twice with different figures');
  });

  test('a figure may say why there is none', () => {
    const listing: Listing<boolean> = { ...LISTING, figures: { offers: (all) => all.length, price: () => 'no price' } };
    const reading = readListing(listing, [row('l4', 'a', true), row('h100', 'a', true)], NOW);
    expect(valuesOf(reading)).toEqual({ 'cloud.h100_offers': 1, 'cloud.l4_offers': 1 });
    expect(reasonsOf(reading)).toEqual({ 'cloud.h100_price': 'no price', 'cloud.l4_price': 'no price' });
  });

  test('are the same in any order', () => {
    const all = [...rows, row('h100', 'a', true), row('h100_pcie', 'a', true), row('h100_pcie', 'a', false)];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(valuesOf(read(shuffled))).toEqual(valuesOf(read(all)));
      }),
    );
  });
});

describe('words', () => {
  test.each([
    ['High', 'plenty'],
    ['Medium', 'plenty'],
    ['MEDIUM', 'plenty'],
    ['Available', 'plenty'],
    ['Low', 'low'],
    [null, 'out'],
    ['Out of Stock', 'out'],
    ['out_of_stock', 'out'],
  ])('%s is %s', (word, level) => {
    expect(StockLevel.parse(word)).toBe(level);
  });

  test.each(['', 'Highest', 'Very Low', 'constructor', 7, undefined, true])('%s is no level', (word) => {
    expect(StockLevel.safeParse(word).success).toBe(false);
  });

  test.each([
    ['SXM5', 'sxm'],
    ['sxm', 'sxm'],
    ['PCIe', 'pcie'],
    ['NVL', 'nvl'],
    ['OAM', undefined],
    ['', undefined],
    ['pcie-x16', undefined],
  ])('%s is attached as %s', (word, bus) => {
    expect(busOf(word)).toBe(bus);
  });
});
