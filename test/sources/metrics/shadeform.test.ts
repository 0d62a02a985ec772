import { describe, expect, test } from 'vitest';
import { shadeform } from '../../../src/sources/metrics/shadeform.ts';
import { shadeform as provider } from '../../providers/shadeform.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = shadeform({ key: 'secret' });
const TYPES = requestOf(source, 'instances/types');

type Place = readonly [region: unknown, available: unknown, rental_type?: unknown];
type Change = { readonly cloud_instance_type?: unknown; readonly configuration?: object };

function type(cloud: unknown, gpu_type: unknown, places: readonly Place[], change: Change = {}) {
  return {
    cloud,
    cloud_instance_type: 'p5.48xlarge',
    hourly_price: 0,
    availability: places.map(([region, available, rental_type]) => ({
      region,
      available,
      ...(rental_type === undefined ? {} : { rental_type }),
    })),
    ...change,
    configuration: { num_gpus: 8, gpu_type, interconnect: 'sxm5', vram_per_gpu_in_gb: 80, ...change.configuration },
  };
}

function read(instance_types: unknown) {
  return source.parse(replyOf({ instance_types }), TYPES, NOW);
}

const nebius = type('nebius', 'H100', [
  ['eu-north1', true],
  ['eu-west1', false],
]);

test('gives what its provider answers', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
});

test('one call for all cards; the key, where there is one, goes into a header', () => {
  const url = 'https://api.shadeform.ai/v1/instances/types?num_gpus=8&sort=price';
  expect(source.requests()).toEqual([{ url, headers: { 'X-API-KEY': 'secret' } }]);
  expect(shadeform({}).requests()).toEqual([{ url }]);
  expect(source.key?.required).toBe(false);
});

describe('places', () => {
  test('are (cloud, region) pairs: a region of two clouds is two', () => {
    const reading = read([nebius, type('crusoe', 'H100', [['eu-north1', true]])]);
    expect(valuesOf(reading)).toEqual({ 'shadeform.h100_capacity': 2 / 3, 'shadeform.h100_regions': 2 });
    expect(reading.samples.every((sample) => sample.at === NOW)).toBe(true);
    expect(reasonsOf(reading)).toEqual({
      'shadeform.h200_capacity': 'not in the answer',
      'shadeform.h200_regions': 'not in the answer',
      'shadeform.b200_capacity': 'not in the answer',
      'shadeform.b200_regions': 'not in the answer',
    });
  });

  test('count once, and as available where any type of the card is', () => {
    const both = read([nebius, type('nebius', 'H100', [['eu-west1', true]]), nebius]);
    expect(valuesOf(both)).toEqual({ 'shadeform.h100_capacity': 1, 'shadeform.h100_regions': 2 });
  });

  test('a name of a cloud and one of a region do not run together', () => {
    const reading = read([type('a', 'H100', [['b,c', true]]), type('a,b', 'H100', [['c', false]])]);
    expect(valuesOf(reading)['shadeform.h100_capacity']).toBe(0.5);
  });

  test('spot is none on demand', () => {
    const reading = read([
      type('denvr', 'H100', [
        ['houston', false, 'on_demand'],
        ['houston', true, 'spot'],
        ['dallas', true, 'on_demand'],
      ]),
    ]);
    expect(valuesOf(reading)).toEqual({ 'shadeform.h100_capacity': 0.5, 'shadeform.h100_regions': 1 });
  });

  test('none available anywhere is a figure', () => {
    expect(valuesOf(read([type('nebius', 'B200', [['eu-north1', false]])]))).toEqual({
      'shadeform.b200_capacity': 0,
      'shadeform.b200_regions': 0,
    });
  });
});

describe('cards', () => {
  test.each([
    ['H100', {}, 'h100'],
    ['H100_sxm5', { interconnect: 'pcie' }, 'h100'],
    ['H100', { interconnect: null }, 'h100'],
    ['H200', { vram_per_gpu_in_gb: 141 }, 'h200'],
    ['H200', { vram_per_gpu_in_gb: 143 }, 'h200'],
    ['B200', { vram_per_gpu_in_gb: 180, interconnect: 'sxm6' }, 'b200'],
    ['B200', { vram_per_gpu_in_gb: 192, interconnect: 'sxm6' }, 'b200'],
    ['A100_80G', { interconnect: 'sxm4' }, 'a100'],
    ['A100', { interconnect: 'sxm4' }, 'a100'],
  ])('%s %j is %s', (gpu_type, configuration, gpu) => {
    expect(valuesOf(read([type('nebius', gpu_type, [['eu-north1', true]], { configuration })]))).toEqual({
      [`shadeform.${gpu}_capacity`]: 1,
      [`shadeform.${gpu}_regions`]: 1,
    });
  });

  test('SXM in the name of the machine wins over its interconnect', () => {
    const crusoe = type('crusoe', 'H100', [['us-east1', true]], {
      cloud_instance_type: 'h100-80gb-sxm-ib.8x',
      configuration: { interconnect: 'pcie' },
    });
    expect(valuesOf(read([crusoe]))).toMatchObject({ 'shadeform.h100_regions': 1 });
  });

  test.each([
    ['GH200', {}],
    ['GB200', {}],
    ['B300', {}],
    ['H100_NVL', { interconnect: 'pcie', vram_per_gpu_in_gb: 94 }],
    ['H100', { interconnect: 'pcie' }],
    ['H100', { interconnect: 'oam' }],
    ['H100', { vram_per_gpu_in_gb: 94 }],
    ['H200_nvl', { interconnect: null }],
    ['A100', { vram_per_gpu_in_gb: 40 }],
    ['A100_80G', { interconnect: 'pcie' }],
    ['H100', { num_gpus: 1 }],
    ['H1000', {}],
  ])('%s %j is another', (gpu_type, configuration) => {
    const other = type('lambdalabs', gpu_type, [['us-east-9', true]], { configuration });
    expect(read([nebius, other])).toEqual(read([nebius]));
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a region without an answer', type('denvr', 'H100', [['houston', null]]), 'availability.0.available'],
    ['a word for yes', type('denvr', 'H100', [['houston', 'true']]), 'availability.0.available'],
    ['a region without a name', type('denvr', 'H100', [['', true]]), 'availability.0.region'],
    ['an unknown way of renting', type('denvr', 'H100', [['houston', true, 'auction']]), 'availability.0.rental_type'],
    ['no cloud', type(null, 'H100', [['houston', true]]), 'cloud'],
    ['no memory', type('denvr', 'H100', [], { configuration: { vram_per_gpu_in_gb: '80' } }), 'vram_per_gpu_in_gb'],
  ])('%s costs its card, and no other', (_, row, reason) => {
    const reading = read([nebius, row, type('nebius', 'H200', [['eu-north1', true]])]);
    expect(valuesOf(reading)).toEqual({ 'shadeform.h200_capacity': 1, 'shadeform.h200_regions': 1 });
    expect(reasonsOf(reading)['shadeform.h100_capacity']).toMatch(/^instance_types\.1\./);
    expect(reasonsOf(reading)['shadeform.h100_capacity']).toContain(reason);
  });

  test.each([
    ['no row', null],
    ['no card', type('denvr', null, [['houston', true]])],
    ['a count in quotes', type('denvr', 'H100', [['houston', true]], { configuration: { num_gpus: '8' } })],
  ])('%s may be any card', (_, row) => {
    const reading = read([nebius, row]);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(source.series.length);
  });

  test('an empty list is a failure', () => {
    const reading = read([]);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['shadeform.h100_capacity']).toBe('instance_types: the list is empty');
  });
});

const two = (gpu_type: string, first: boolean, second: boolean, vram_per_gpu_in_gb: number) =>
  type(
    'nebius',
    gpu_type,
    [
      ['eu-north1', first, 'on_demand'],
      ['eu-west1', second],
    ],
    {
      configuration: { vram_per_gpu_in_gb },
    },
  );
survivesAnything(
  source,
  TYPES,
  { instance_types: [two('H100', true, true, 80), two('H200', true, false, 141), two('B200', false, false, 180)] },
  { names: ['region', 'gpu_type', 'interconnect'] },
);
