import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../src/core/ports.ts';
import { DAY } from '../../../src/core/time.ts';
import { gcp as create } from '../../../src/sources/metrics/gcp.ts';
import { gcp as provider } from '../../providers/gcp.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = create({});
const FILE = requestOf(source, 'initial-prices.json');

function read(json: unknown, modified: number | null = null): Reading {
  return source.parse({ ...replyOf(json), modified }, FILE, NOW);
}
function inIowa(on_demand: unknown, spot: unknown) {
  return { prices: { 'us-central1': { on_demand, spot } } };
}

const firm = {
  'a3-highgpu-8g': 88.5,
  'a3-ultragpu-8g': 83.5,
  'a4-highgpu-8g': 128,
  'a2-ultragpu-8g': 40.5,
  'a2-highgpu-8g': 29,
  'g2-standard-4': 0.75,
};
const spot = {
  'a3-highgpu-8g': 50.5,
  'a3-ultragpu-8g': 48,
  'a4-highgpu-8g': 40,
  'a2-ultragpu-8g': 22,
  'a2-highgpu-8g': 15,
  'g2-standard-4': 0.25,
};

describe('initial-prices.json', () => {
  test('gives what its provider says', () => {
    const readings = readingOf(source, provider, NOW);
    expect(newestOf(readings)).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
  });

  test('shares the price of a machine among its GPUs', () => {
    expect(valuesOf(read(inIowa(firm, spot)))).toEqual({
      'gcp.h100_price': 11.0625,
      'gcp.h200_price': 10.4375,
      'gcp.b200_price': 16,
      'gcp.a100_price': 5.0625,
      'gcp.a100_40gb_price': 3.625,
      'gcp.l4_price': 0.75,
      'gcp.h100_spot_price': 6.3125,
      'gcp.h200_spot_price': 6,
      'gcp.b200_spot_price': 5,
      'gcp.a100_spot_price': 2.75,
      'gcp.a100_40gb_spot_price': 1.875,
      'gcp.l4_spot_price': 0.25,
    });
  });

  test('the file has no time: it holds when GitHub says that it changed, or now', () => {
    expect(read(inIowa(firm, spot)).samples.every(({ at }) => at === NOW)).toBe(true);
    expect(read(inIowa(firm, spot), NOW - DAY).samples.every(({ at }) => at === NOW - DAY)).toBe(true);
    expect(source.series.every(({ refresh }) => refresh === 7 * DAY)).toBe(true);
  });

  test('another region is another price', () => {
    const json = { prices: { 'us-east4': { on_demand: firm, spot } } };
    expect(read(json).samples).toEqual([]);
    expect(new Set(Object.values(reasonsOf(read(json))))).toEqual(
      new Set(['prices.us-central1: expected object, received undefined']),
    );
    expect(read(json).dropped).toHaveLength(source.series.length);
  });

  test('without spot prices the others stay', () => {
    const reading = read(inIowa(firm, undefined));
    expect(reading.samples).toHaveLength(6);
    expect(reasonsOf(reading)['gcp.h100_spot_price']).toBe(
      'prices.us-central1.spot: expected record, received undefined',
    );
  });

  test('a machine that is not listed is named; one inherited from Object is not listed', () => {
    const reading = read(inIowa({ 'a3-highgpu-8g': 88.5, 'a3-highgpu-1g': 11.25, 'a3-megagpu-8g': 93 }, spot));
    expect(reading.samples).toHaveLength(7);
    expect(reasonsOf(reading)['gcp.b200_price']).toBe('a4-highgpu-8g is not listed in us-central1.on_demand');
  });

  test.each([
    ['0, for what is not sold', 0, 'a3-highgpu-8g: is 0 or less, which is no price'],
    ['below 0', -1, 'a3-highgpu-8g: is 0 or less, which is no price'],
    ['in quotes', '88.5', 'a3-highgpu-8g: expected number, received string'],
    ['null', null, 'a3-highgpu-8g: expected number, received null'],
  ])('a price that is %s costs its own figure only', (_, price, reason) => {
    const reading = read(inIowa({ ...firm, 'a3-highgpu-8g': price }, spot));
    expect(reading.samples).toHaveLength(11);
    expect(reasonsOf(reading)).toEqual({ 'gcp.h100_price': reason });
  });
});

survivesAnything(source, FILE, inIowa(firm, spot));
