import { describe, expect, test } from 'vitest';
import { vast } from '../../../src/sources/metrics/vast.ts';
import { vast as provider } from '../../providers/vast.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = vast({});
const STATS = requestOf(source, 'gpu-stats');
const TIMESTAMP = '2026-07-17T20:09:12.123456789Z';

/** `free` is [of verified hosts, their median price]. */
function model(name: unknown, rented: unknown, all: unknown, free: readonly unknown[] = [1, 2], vram: unknown = 80) {
  return {
    name,
    stats: {
      rented: { all: [{ count: rented }] },
      available: { verified: [{ count: free[0], price_median: free[1] }] },
      all: { all: [{ count: all }] },
    },
    info: { vram },
  };
}

function read(models: unknown, timestamp: unknown = TIMESTAMP) {
  return source.parse(replyOf({ url: '/gpu-stats', timestamp, models }), STATS, NOW);
}

const OVERALL = ['vast.gpu_utilization', 'vast.gpus_total', 'vast.gpus_leased'];
const h100 = model('H100 SXM', 30, 40);

test('gives what its provider answers', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
});

describe('gpu-stats', () => {
  test("counts by model and over all models, at the body's own time", () => {
    const reading = read([h100, model('GTX 1070', 1, 8)]);
    expect(valuesOf(reading)).toEqual({
      'vast.h100_total': 40,
      'vast.h100_leased': 30,
      'vast.h100_utilization': 0.75,
      'vast.h100_price': 2,
      'vast.gpus_total': 48,
      'vast.gpus_leased': 31,
      'vast.gpu_utilization': 31 / 48,
    });
    expect(new Set(reading.samples.map((sample) => sample.at))).toEqual(
      new Set([Date.parse('2026-07-17T20:09:12.123Z')]),
    );
  });

  test.each([
    ['H100 PCIE', 'h100_pcie'],
    ['H200', 'h200'],
    ['B200', 'b200'],
    ['L40S', 'l40s'],
    ['L4', 'l4'],
    ['Tesla T4', 't4'],
    ['RTX 4090', 'rtx4090'],
    ['RTX 3090', 'rtx3090'],
  ])('%s is %s', (name, gpu) => {
    expect(valuesOf(read([model(name, 1, 4)]))).toMatchObject({
      [`vast.${gpu}_total`]: 4,
      [`vast.${gpu}_leased`]: 1,
      [`vast.${gpu}_utilization`]: 0.25,
      [`vast.${gpu}_price`]: 2,
    });
  });

  test.each(['H100 NVL', 'H200 NVL', 'GH200 SXM', 'RTX 4090D', 'RTX 3090 Ti', 'A100 PCIE', 'H100_SXM', '__proto__'])(
    '%s is another card, and counts in all the same',
    (name) => {
      const reading = read([h100, model(name, 0, 40)]);
      expect(Object.keys(valuesOf(reading))).toEqual(Object.keys(valuesOf(read([h100]))));
      expect(valuesOf(reading)['vast.gpu_utilization']).toBe(0.375);
    },
  );

  test('an A100 SXM4 is told by its memory; of both sizes there is no price', () => {
    const small = valuesOf(read([model('A100 SXM4', 1, 4, [1, 0.5], 40)]));
    expect(small).toMatchObject({ 'vast.a100_40gb_total': 4, 'vast.a100_40gb_price': 0.5 });
    expect(Object.keys(small).some((series) => series.startsWith('vast.a100_total'))).toBe(false);
    const large = valuesOf(read([model('A100 SXM4', 1, 4, [1, 0.75], 80)]));
    expect(large).toMatchObject({ 'vast.a100_total': 4, 'vast.a100_leased': 1, 'vast.a100_utilization': 0.25 });
    expect(large['vast.a100_price']).toBeUndefined();
    expect(source.series.map(({ id }) => id)).not.toContain('vast.a100_price');
    const odd = read([model('A100 SXM4', 1, 4, [1, 0.5], 81_920)]);
    expect(Object.keys(valuesOf(odd))).toEqual(OVERALL);
    expect(reasonsOf(odd)['vast.a100_total']).toBe('models.0.info.vram: is neither 40 nor 80');
  });

  test('without a free verified GPU there is no price', () => {
    const reading = read([model('H100 SXM', 40, 40, [0])]);
    expect(valuesOf(reading)).toMatchObject({ 'vast.h100_utilization': 1 });
    expect(valuesOf(reading)['vast.h100_price']).toBeUndefined();
    expect(reasonsOf(reading)['vast.h100_price']).toContain('no verified host has one free');
  });

  test.each([
    ['a price of 0', 0],
    ['a price in quotes', '2.25'],
    ['no price', undefined],
  ])('%s costs the price alone', (_, price) => {
    const reading = read([model('H100 SXM', 30, 40, [10, price])]);
    expect(valuesOf(reading)).toMatchObject({ 'vast.h100_utilization': 0.75, 'vast.gpus_total': 40 });
    expect(reasonsOf(reading)['vast.h100_price']).toContain('price_median');
  });

  const broken: readonly (readonly [string, unknown, string])[] = [
    ['more rented than listed', model('H200', 41, 40), 'models.1.stats: more are rented than listed'],
    ['a count below 0', model('H200', -1, 40), 'models.1.stats.rented.all.0.count'],
    ['half a GPU', model('H200', 0.5, 40), 'models.1.stats.rented.all.0.count'],
    ['a count in quotes', model('H200', '1', 40), 'models.1.stats.rented.all.0.count'],
    ['a leaf of two', { ...model('H200', 1, 4), stats: twice() }, 'models.1.stats.rented.all'],
    ['a leaf that is no list', { ...model('H200', 1, 4), stats: bare() }, 'models.1.stats.rented.all'],
    ['an empty leaf', { ...model('H200', 1, 4), stats: { ...bare(), rented: { all: [] } } }, 'models.1.stats.rented'],
  ];
  test.each(broken)('%s is refused, and no sum is made without it', (_, row, reason) => {
    const reading = read([h100, row]);
    expect(valuesOf(reading)).toEqual({
      'vast.h100_total': 40,
      'vast.h100_leased': 30,
      'vast.h100_utilization': 0.75,
      'vast.h100_price': 2,
      'vast.h200_price': 2,
    });
    for (const series of ['vast.h200_total', ...OVERALL]) expect(reasonsOf(reading)[series]).toContain(reason);
  });

  const idle = (rented: unknown, all: unknown = [{ count: 8 }], available: unknown = [{ count: 8 }]) => ({
    ...model('H200', 0, 0),
    stats: { ...(rented === undefined ? {} : { rented }), available: { all: available }, all: { all } },
  });
  test.each([
    ['left out', undefined],
    ['null', null],
    ['an empty object', {}],
    ['an empty leaf', { all: [] }],
    ['a leaf of null', { all: null, verified: [] }],
  ])('rented is %s: none is, where all are free', (_, rented) => {
    const reading = read([h100, idle(rented)]);
    expect(valuesOf(reading)).toMatchObject({
      'vast.h200_total': 8,
      'vast.h200_leased': 0,
      'vast.h200_utilization': 0,
      'vast.gpus_total': 48,
      'vast.gpus_leased': 30,
    });
  });

  test.each([
    ['fewer are free than listed', idle(undefined, [{ count: 8 }], [{ count: 7 }]), 'models.1.stats.rented: expected'],
    ['more are free than listed', idle({ all: [] }, [{ count: 8 }], [{ count: 9 }]), 'models.1.stats.rented.all'],
    ['nobody says how many are free', idle(undefined, [{ count: 8 }], null), 'models.1.stats.rented: expected'],
    ['nobody says how many there are', idle(undefined, [], [{ count: 8 }]), 'models.1.stats.rented: expected'],
    ['both are unreadable', idle(undefined, [{ count: '8' }], [{ count: '8' }]), 'models.1.stats.rented: expected'],
    ['rented is a count that cannot be read', idle({ all: [{ count: null }] }), 'models.1.stats.rented.all.0.count'],
    ['rented is of another kind', idle([]), 'models.1.stats.rented: expected object'],
  ])('without a count of rented ones, and %s: no count, and no sum', (_, row, reason) => {
    const reading = read([h100, row]);
    expect(Object.keys(valuesOf(reading))).not.toContain('vast.h200_leased');
    for (const series of ['vast.h200_total', ...OVERALL]) expect(reasonsOf(reading)[series]).toContain(reason);
  });

  test('a model that nobody follows costs the sums, too', () => {
    const reading = read([h100, model('GTX 1070', null, 8)]);
    expect(Object.keys(valuesOf(reading))).not.toContain('vast.gpus_total');
    expect(reasonsOf(reading)['vast.gpus_total']).toContain('models.1.stats.rented.all.0.count');
  });

  test('a model twice counts once; with two counts neither it nor the sum counts', () => {
    expect(read([h100, h100])).toEqual(read([h100]));
    const reading = read([h100, model('H100 SXM', 10, 40), model('H200', 1, 4)]);
    expect(Object.keys(valuesOf(reading)).filter((series) => !series.startsWith('vast.h200'))).toEqual([
      'vast.h100_price',
    ]);
    expect(reasonsOf(reading)['vast.gpus_total']).toContain('listed twice');
    expect(reasonsOf(reading)['vast.h100_total']).toContain('listed twice');
  });

  test('nothing listed at all is a failure', () => {
    const reading = read([model('H100 SXM', 0, 0)]);
    expect(reasonsOf(reading)['vast.gpus_total']).toBe('no GPU is listed');
    expect(reasonsOf(reading)['vast.h100_utilization']).toBe('none is listed');
    // How Go writes an empty list.
    expect(reasonsOf(read(null))['vast.gpus_total']).toBe('models: expected array, received null');
    expect(reasonsOf(read([]))['vast.gpus_total']).toBe('models: the list is empty');
  });

  test.each([
    ['no time', null],
    ['a time without a zone', '2026-07-17T20:09:12'],
    ['unix seconds', 1_784_318_952],
  ])('%s: no figure', (_, timestamp) => {
    const reading = read([h100], timestamp);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['vast.gpus_total']).toContain('timestamp');
    expect(reading.dropped).toHaveLength(source.series.length);
  });
});

function bare() {
  return { ...model('', 1, 4).stats, rented: { all: { count: 1 } } };
}

function twice() {
  return { ...bare(), rented: { all: [{ count: 1 }, { count: 1 }] } };
}

survivesAnything(
  source,
  STATS,
  {
    timestamp: TIMESTAMP,
    models: [h100, model('H200', 20, 40), model('B200', 8, 8), model('A100 SXM4', 1, 4, [1, 0.5], 40)],
  },
  { names: ['name'] },
);
