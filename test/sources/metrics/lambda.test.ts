import { describe, expect, test } from 'vitest';
import { lambda } from '../../../src/sources/metrics/lambda.ts';
import { lambda as provider } from '../../providers/lambda.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = lambda({ key: 'secret' });
const TYPES = requestOf(source, 'instance-types');

function type(gpu_description: unknown, regions: unknown) {
  return {
    instance_type: { gpu_description, price_cents_per_hour: 0, specs: { gpus: 1 } },
    regions_with_capacity_available: Array.isArray(regions) ? regions.map((name) => ({ name })) : regions,
  };
}
const SXM = 'H100 (80 GB SXM5)';

function read(data: unknown) {
  return source.parse(replyOf({ data }), TYPES, NOW);
}

test('gives what its provider answers', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

test('the key goes into a header, not into the address', () => {
  expect(TYPES).toEqual({
    url: 'https://cloud.lambda.ai/api/v1/instance-types',
    headers: { authorization: 'Bearer secret' },
  });
  expect(lambda({}).requests()).toEqual([{ url: 'https://cloud.lambda.ai/api/v1/instance-types' }]);
});

describe('instance types', () => {
  test('count by type, regions by name', () => {
    const reading = read({
      gpu_1x_h100_sxm5: type(SXM, ['us-west-1', 'us-east-1']),
      gpu_2x_h100_sxm5: type(SXM, ['us-east-1']),
      gpu_4x_h100_sxm5: type(SXM, []),
      gpu_8x_h100_sxm5: type(SXM, ['us-east-1', 'us-east-1']),
    });
    expect(valuesOf(reading)).toEqual({ 'lambda.h100_capacity': 0.75, 'lambda.h100_regions': 2 });
    expect(reading.samples.every((sample) => sample.at === NOW)).toBe(true);
    expect(reasonsOf(reading)).toEqual({
      'lambda.h200_capacity': 'not in the answer',
      'lambda.h200_regions': 'not in the answer',
      'lambda.b200_capacity': 'not in the answer',
      'lambda.b200_regions': 'not in the answer',
    });
  });

  test('a card that is sold out everywhere is a figure', () => {
    expect(valuesOf(read({ gpu_1x_b200_sxm6: type('B200 (180 GB SXM6)', []) }))).toEqual({
      'lambda.b200_capacity': 0,
      'lambda.b200_regions': 0,
    });
  });

  test.each([
    ['gpu_8x_h100_sxm5', SXM, 'h100'],
    ['gpu_1x_h100_pcie', 'H100 (80 GB PCIe)', 'h100_pcie'],
    ['gpu_1x_h100_pcie', 'H100 (80 GB)', 'h100_pcie'],
    ['gpu_8x_b200_sxm6', 'B200 (180 GB SXM6)', 'b200'],
    ['gpu_8x_a100_80gb_sxm4', 'A100 (80 GB SXM4)', 'a100'],
    ['gpu_1x_a100', 'NVIDIA A100 (80 GB)', 'a100'],
    ['gpu_1x_a100_sxm4', 'A100 (40 GB SXM4)', 'a100_40gb'],
    ['gpu_8x_h200_sxm5', 'H200 (141 GB SXM5)', 'h200'],
  ])('%s, %s is %s', (name, description, gpu) => {
    expect(valuesOf(read({ [name]: type(description, ['us-east-1']) }))).toEqual({
      [`lambda.${gpu}_capacity`]: 1,
      [`lambda.${gpu}_regions`]: 1,
    });
  });

  test.each([
    ['gpu_1x_gh200', 'GH200 (96 GB)'],
    ['gpu_4x_gb200', 'GB200 (186 GB)'],
    ['gpu_1x_a100', 'A100 (40 GB PCIe)'],
    ['gpu_1x_h100_nvl', 'H100 (94 GB NVL)'],
    ['gpu_1x_h100', 'H100'],
    ['gpu_1x_a10', 'A10 (24 GB PCIe)'],
    ['gpu_8x_v100', 'Tesla V100 (16 GB)'],
    ['cpu_4x_general', null],
    ['__proto__', SXM],
  ])('%s, %s is another card', (name, description) => {
    const usual = { gpu_1x_h100_sxm5: type(SXM, ['us-east-1']), gpu_2x_h100_sxm5: type(SXM, []) };
    expect(read(Object.fromEntries([...Object.entries(usual), [name, type(description, ['us-west-9'])]]))).toEqual(
      read(usual),
    );
  });

  test('an unreadable type costs its card: a share of the others is no share', () => {
    const reading = read({
      gpu_1x_h100_sxm5: type(SXM, ['us-east-1']),
      gpu_8x_h100_sxm5: type(SXM, null),
      gpu_8x_b200_sxm6: type('B200 (180 GB SXM6)', ['us-east-1']),
    });
    expect(valuesOf(reading)).toEqual({ 'lambda.b200_capacity': 1, 'lambda.b200_regions': 1 });
    expect(reasonsOf(reading)['lambda.h100_capacity']).toBe(
      'data.gpu_8x_h100_sxm5.regions_with_capacity_available: expected array, received null',
    );
  });

  test('a region without a name is none', () => {
    const reading = read({ gpu_1x_h100_sxm5: type(SXM, ['us-east-1', '']) });
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['lambda.h100_regions']).toContain('regions_with_capacity_available.1.name');
  });

  test.each([
    ['no types', {}, 'data: the list is empty'],
    ['a list', [], 'data: expected record, received array'],
    ['no data', undefined, 'data: expected record, received undefined'],
  ])('%s is a failure', (_, data, reason) => {
    const reading = read(data);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(source.series.length);
    expect(reasonsOf(reading)['lambda.h100_capacity']).toBe(reason);
  });
});

survivesAnything(
  source,
  TYPES,
  {
    data: {
      gpu_1x_h100_sxm5: type(SXM, ['us-east-1', 'us-east-2']),
      gpu_8x_h100_sxm5: type(SXM, ['us-east-1']),
      gpu_1x_h200_sxm5: type('H200 (141 GB SXM5)', ['us-east-1']),
      gpu_8x_h200_sxm5: type('H200 (141 GB SXM5)', []),
      gpu_1x_b200_sxm6: type('B200 (180 GB SXM6)', []),
      gpu_8x_b200_sxm6: type('B200 (180 GB SXM6)', []),
    },
  },
  { names: ['name', 'gpu_description'] },
);
