import { describe, expect, test } from 'vitest';
import { runpod } from '../../../src/sources/metrics/runpod.ts';
import { runpod as provider } from '../../providers/runpod.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = runpod({});
const TYPES = requestOf(source, 'graphql');
const H100 = 'NVIDIA H100 80GB HBM3';

const type = (id: unknown, stockStatus: unknown) => ({ id, lowestPrice: { stockStatus } });

function read(gpuTypes: unknown, more: object = {}) {
  return source.parse(replyOf({ data: { gpuTypes }, ...more }), TYPES, NOW);
}

test('gives what its provider answers', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

test('asks one question for all cards, with no key', () => {
  expect(source.key).toBeNull();
  expect(source.requests()).toHaveLength(1);
  const { query } = JSON.parse(TYPES.body ?? '');
  expect(query).toBe('query { gpuTypes { id lowestPrice(input:{gpuCount:1, secureCloud:true}) { stockStatus } } }');
});

describe('stock', () => {
  test.each([
    ['High', 1],
    ['Medium', 1],
    ['Low', 0],
    [null, 0],
    ['out_of_stock', 0],
  ])('%s is a share of %s', (word, share) => {
    const reading = read([type(H100, word)]);
    expect(valuesOf(reading)).toEqual({ 'runpod.h100_capacity': share });
    expect(reading.samples[0]?.at).toBe(NOW);
  });

  test.each([
    ['an unknown word', 'Plentiful', 'is a word that stands for no known level of stock'],
    ['a number', 3, 'expected string, received number'],
    ['nothing', undefined, 'expected string, received undefined'],
  ])('%s is dropped by name', (_, word, reason) => {
    const reading = read([type(H100, word), type('NVIDIA H200', 'High')]);
    expect(valuesOf(reading)).toEqual({ 'runpod.h200_capacity': 1 });
    expect(reasonsOf(reading)['runpod.h100_capacity']).toBe(`data.gpuTypes.0.lowestPrice.stockStatus: ${reason}`);
  });

  test('a card without a lowest price is unknown, not sold out', () => {
    const reading = read([{ id: H100, lowestPrice: null }]);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['runpod.h100_capacity']).toContain('lowestPrice: expected object, received null');
  });

  test.each([
    ['NVIDIA H100 PCIe', 'h100_pcie'],
    ['NVIDIA H200', 'h200'],
    ['NVIDIA B200', 'b200'],
    ['NVIDIA A100-SXM4-80GB', 'a100'],
    ['NVIDIA L40S', 'l40s'],
    ['NVIDIA L4', 'l4'],
    ['NVIDIA GeForce RTX 4090', 'rtx4090'],
    ['NVIDIA GeForce RTX 3090', 'rtx3090'],
  ])('%s is %s', (id, gpu) => {
    expect(valuesOf(read([type(id, 'High')]))).toEqual({ [`runpod.${gpu}_capacity`]: 1 });
  });

  test.each(['NVIDIA H100 NVL', 'NVIDIA H200 NVL', 'NVIDIA GB200', 'NVIDIA A100 80GB PCIe', 'unknown', '__proto__'])(
    '%s is another card',
    (id) => {
      expect(read([type(H100, 'Low'), type(id, 'High')])).toEqual(read([type(H100, 'Low')]));
    },
  );

  test('a card twice is one; with two levels it is none', () => {
    expect(valuesOf(read([type(H100, 'High'), type(H100, 'High')]))).toEqual({ 'runpod.h100_capacity': 1 });
    const reading = read([type(H100, 'High'), type(H100, null)]);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['runpod.h100_capacity']).toBe(`${H100} is listed twice with different figures`);
  });

  test('only H100, H200 and B200 are missed', () => {
    expect(reasonsOf(read([type('NVIDIA L4', 'High')]))).toEqual({
      'runpod.h100_capacity': 'not in the answer',
      'runpod.h200_capacity': 'not in the answer',
      'runpod.b200_capacity': 'not in the answer',
    });
  });
});

describe('failures', () => {
  test.each([
    ['errors', { errors: [{ message: 'Something went wrong' }] }, 'the API answers: Something went wrong'],
    ['errors beside data', { errors: [{ message: 'timeout' }], data: { gpuTypes: [type(H100, 'High')] } }, 'timeout'],
    ['an error without words', { errors: [null], data: null }, 'the API answers: errors without a message'],
    ['an empty list', { data: { gpuTypes: [] } }, 'data.gpuTypes: the list is empty'],
    ['no data', { data: null }, 'data: expected object, received null'],
  ])('%s', (_, body, reason) => {
    const reading = source.parse(replyOf(body), TYPES, NOW);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(source.series.length);
    expect(reading.dropped[0]?.reason).toContain(reason);
  });

  test('an empty list of errors is none', () => {
    expect(valuesOf(read([type(H100, 'High')], { errors: [] }))).toEqual({ 'runpod.h100_capacity': 1 });
  });

  test('a long message is cut', () => {
    const reading = source.parse(replyOf({ errors: [{ message: 'x'.repeat(10_000) }] }), TYPES, NOW);
    expect(reading.dropped[0]?.reason.length).toBeLessThan(200);
  });

  test('more rows than anybody lists', () => {
    const reading = read(Array.from({ length: 100_001 }, () => type(H100, 'High')));
    expect(reading.samples).toEqual([]);
    expect(reading.dropped[0]?.reason).toBe('data.gpuTypes: the list has more than 100000 rows');
  });
});

survivesAnything(
  source,
  TYPES,
  { data: { gpuTypes: [type(H100, 'High'), type('NVIDIA H200', 'Low'), type('NVIDIA B200', null), type('?', 'Low')] } },
  { names: ['id'] },
);
