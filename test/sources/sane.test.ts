import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/core/metric.ts';
import { MINUTE } from '../../src/core/time.ts';
import { sane } from '../../src/sources/sane.ts';
import { NOW } from './bodies.ts';

const CATALOGUE = catalogue(
  [
    { id: 'gpu_utilization', unit: 'ratio', meaning: 'share leased', range: [0, 1] },
    { id: '<gpu>_price', unit: 'usd/gpu-hour', meaning: 'price', range: [0.01, 60] },
    { id: 'delta', unit: 'count', meaning: 'anything' },
  ],
  ['h100'],
);

function judged(series: string, value: number, at = NOW) {
  return sane({ samples: [{ series, at, value, source: 's' }], articles: [], dropped: [] }, CATALOGUE, NOW);
}

describe('sane', () => {
  test.each([
    ['akash.gpu_utilization', 0],
    ['akash.gpu_utilization', 1],
    ['lambda.h100_price', 0.01],
    ['lambda.h100_price', 60],
    ['akash.delta', -1e300],
  ])('keeps %s %d', (series, value) => {
    expect(judged(series, value)).toMatchObject({ samples: [{ series, value }], dropped: [] });
  });

  test.each([
    ['akash.gpu_utilization', 52.6, '5260% is outside 0% to 100%'],
    ['akash.gpu_utilization', -0.01, '-1% is outside 0% to 100%'],
    ['lambda.h100_price', 98.32, '$98.32/GPU-hour is outside $0.01/GPU-hour to $60.00/GPU-hour'],
    ['lambda.h100_price', 1e308, '1e+308 is outside $0.01/GPU-hour to $60.00/GPU-hour'],
    ['akash.delta', Number.NaN, 'is not a finite number'],
    ['akash.delta', Number.POSITIVE_INFINITY, 'is not a finite number'],
    ['akash.moonness', 1, 'moonness is not in metrics.yaml'],
    ['akash.constructor', 1, 'constructor is not in metrics.yaml'],
    ['lambda.h101_price', 1, 'h101_price is not in metrics.yaml'],
    ['nonsense', 1, 'is not named subject.metric'],
  ])('drops %s %d', (series, value, reason) => {
    expect(judged(series, value)).toMatchObject({ samples: [], dropped: [{ what: series, reason }] });
  });

  test('marks figures that were read and cannot be true by the catalogue, and no others', () => {
    const marked = (series: string, value: number, at = NOW) => judged(series, value, at).dropped[0]?.outOfRange;
    expect(marked('lambda.h100_price', 98.32)).toBe(true);
    expect(marked('akash.gpu_utilization', -0.01)).toBe(true);
    expect(marked('akash.delta', Number.NaN)).toBeUndefined();
    expect(marked('akash.moonness', 1)).toBeUndefined();
    expect(marked('akash.delta', 1, 0)).toBeUndefined();
  });

  test('drops what is dated in the future or not at all', () => {
    expect(judged('akash.delta', 1, NOW + 5 * MINUTE).samples).toHaveLength(1);
    expect(judged('akash.delta', 1, NOW + 5 * MINUTE + 1).dropped[0]?.reason).toMatch(/in the future/);
    expect(judged('akash.delta', 1, Number.NaN).dropped[0]?.reason).toMatch(/before 2000/);
    expect(judged('akash.delta', 1, 0).dropped[0]?.reason).toMatch(/before 2000/);
    expect(judged('akash.delta', 1, NOW - 800 * 86_400_000).samples).toHaveLength(1);
  });

  test('keeps articles and earlier reasons', () => {
    const dropped = [{ what: 'a', reason: 'b' }];
    expect(sane({ samples: [], articles: [], dropped }, CATALOGUE, NOW)).toEqual({
      samples: [],
      articles: [],
      dropped,
    });
  });
});
