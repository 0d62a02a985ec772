import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/core/ports.ts';
import { primeintellect } from '../../../src/sources/metrics/primeintellect.ts';
import { primeintellect as provider } from '../../providers/primeintellect.ts';
import { NOW, reasonsOf, replyOf, requestOf, textReply, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = primeintellect({ key: 'secret' });
const GPUS = requestOf(source, 'availability/gpus');

function offer(cloudId: unknown, change: object = {}) {
  return {
    cloudId,
    gpuType: 'H100_80GB',
    socket: 'SXM5',
    provider: 'runpod',
    region: 'united_states',
    dataCenter: 'US-KS-2',
    country: 'US',
    gpuCount: 1,
    stockStatus: 'High',
    security: 'secure_cloud',
    prices: { onDemand: 2, communityPrice: null, isVariable: null, currency: 'USD' },
    isSpot: null,
    prepaidTime: null,
    ...change,
  };
}
const priced = (onDemand: unknown, currency: unknown = 'USD') => ({ prices: { onDemand, currency } });

function read(items: readonly unknown[], totalCount: unknown = items.length) {
  return source.parse(replyOf({ items, totalCount }), GPUS, NOW);
}
const h100Of = (items: readonly unknown[], figure: string) => valuesOf(read(items))[`primeintellect.h100_${figure}`];

test('gives what its provider answers', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
});

test('the key goes into a header, on every page', () => {
  const headers = { authorization: 'Bearer secret' };
  const url = 'https://api.primeintellect.ai/api/v1/availability/gpus';
  expect(GPUS).toEqual({ url: `${url}?page=1&page_size=100`, headers });
  expect(source.next?.(replyOf({ items: [offer('a')], totalCount: 101 }), GPUS)).toEqual({
    url: `${url}?page=2&page_size=100`,
    headers,
  });
  expect(primeintellect({}).requests()).toEqual([{ url: `${url}?page=1&page_size=100` }]);
});

describe('pages', () => {
  const next = (body: unknown, request: Request = GPUS) => source.next?.(replyOf(body), request)?.url;
  const page = (number: number): Request => ({ ...GPUS, url: GPUS.url.replace('page=1&', `page=${number}&`) });

  test.each([
    [1, 100, undefined],
    [1, 101, 2],
    [6, 608, 7],
    [7, 608, undefined],
    [12, 608, undefined],
    [1, 0, undefined],
  ])('after page %s of %s offers comes %s', (asked, totalCount, following) => {
    const url = following === undefined ? undefined : page(following).url;
    expect(next({ items: [offer('a')], totalCount }, page(asked))).toBe(url);
  });

  test.each([
    ['an empty page', { items: [], totalCount: 608 }],
    ['a count in quotes', { items: [offer('a')], totalCount: '608' }],
    ['a count below 0', { items: [offer('a')], totalCount: -1 }],
    ['a count beyond counting', { items: [offer('a')], totalCount: 1e308 }],
    ['no count', { items: [offer('a')] }],
    ['no list', { items: {}, totalCount: 608 }],
    ['nothing', null],
  ])('%s is the last', (_, body) => {
    expect(next(body)).toBeUndefined();
  });

  test('no JSON, or a request of nobody, is the last', () => {
    expect(source.next?.(textReply('<html>'), GPUS)).toBeNull();
    expect(next({ items: [offer('a')], totalCount: 608 }, { url: 'https://example.com/?page=x' })).toBeUndefined();
    expect(next({ items: [offer('a')], totalCount: 608 }, { url: 'https://example.com/' })).toBeUndefined();
  });

  function readAll(pages: readonly unknown[]) {
    const [first, ...further] = pages.map((body) => (typeof body === 'string' ? textReply(body) : replyOf(body)));
    if (first === undefined) throw new Error('no page');
    return source.parse({ ...first, further }, GPUS, NOW);
  }

  test('are one list', () => {
    const reading = readAll([
      { items: [offer('a')], totalCount: 3 },
      { items: [offer('b', { stockStatus: 'Low' })], totalCount: 3 },
      { items: [offer('c', { stockStatus: 'Low' }), offer('d', { stockStatus: 'Low' })], totalCount: 4 },
    ]);
    expect(valuesOf(reading)).toEqual({
      'primeintellect.h100_offers': 4,
      'primeintellect.h100_low_stock_offers': 3,
      'primeintellect.h100_capacity': 0.25,
      'primeintellect.h100_price': 2,
    });
  });

  test('an offer on two pages counts once, whether or not its stock has changed', () => {
    const reading = readAll([
      { items: [offer('a'), offer('b')], totalCount: 3 },
      { items: [offer('b'), offer('c')], totalCount: 3 },
    ]);
    expect(valuesOf(reading)).toMatchObject({ 'primeintellect.h100_offers': 3 });
    const moved = readAll([
      { items: [offer('a')], totalCount: 1 },
      { items: [offer('a', { stockStatus: 'Low' })], totalCount: 1 },
    ]);
    expect(valuesOf(moved)).toMatchObject({ 'primeintellect.h100_offers': 1, 'primeintellect.h100_capacity': 0.5 });
  });

  const one = { items: [offer('a')], totalCount: 10 };
  const nine = { items: Array.from({ length: 9 }, (_, index) => offer(index)), totalCount: 10 };
  test.each([
    ['a page that cannot be read', [nine, '{"items": ['], 'page 2: the body is broken JSON'],
    ['a page without a list', [nine, { totalCount: 10 }], 'page 2: items: expected array'],
    ['the first page over and over', [nine, nine], 'page 2 is page 1 again'],
    ['a tenth of the list', [one], 'only 1 of 10 offers came'],
    ['a list that was to be longer', [one, { items: [], totalCount: 10 }], 'only 1 of 10 offers came'],
    ['an empty list', [{ items: [], totalCount: 0 }], 'the list is empty'],
    ['fewer than none', [{ items: [offer('a')], totalCount: -1 }], 'page 1: totalCount'],
  ])('%s is not the list', (_, pages, reason) => {
    const reading = readAll(pages);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(source.series.length);
    expect(reading.dropped[0]?.reason).toContain(reason);
  });

  test('a list that lost an offer while it was read is the list', () => {
    expect(valuesOf(readAll([nine]))).toMatchObject({ 'primeintellect.h100_offers': 9 });
  });
});

describe('offers', () => {
  test('are told apart by place, size and terms', () => {
    const same = [offer('a'), offer('a', { images: ['another'] })];
    expect(h100Of(same, 'offers')).toBe(1);
    const apart = ['region', 'dataCenter', 'provider', 'security'].map((key) => offer('a', { [key]: 'elsewhere' }));
    expect(h100Of([...same, ...apart, offer('a', { gpuCount: 8 }), offer('a', { isSpot: true })], 'offers')).toBe(7);
  });

  test.each([
    ['H100_80GB', 'SXM5', 'h100'],
    ['H100_80GB', null, 'h100'],
    ['H100_80GB', 'PCIe', 'h100_pcie'],
    ['H200_141GB', 'SXM5', 'h200'],
    ['B200_180GB', 'SXM6', 'b200'],
    ['A100_80GB', 'SXM4', 'a100'],
    ['A100_40GB', 'SXM4', 'a100_40gb'],
    ['L40S_48GB', 'PCIe', 'l40s'],
    ['L4_24GB', 'PCIe', 'l4'],
    ['T4_16GB', 'PCIe', 't4'],
    ['RTX4090_24GB', 'PCIe', 'rtx4090'],
    ['RTX3090_24GB', 'PCIe', 'rtx3090'],
  ])('%s with %s is %s', (gpuType, socket, gpu) => {
    expect(valuesOf(read([offer('a', { gpuType, socket })]))).toMatchObject({ [`primeintellect.${gpu}_offers`]: 1 });
  });

  test.each([
    ['GH200_480GB', 'SXM5'],
    ['GB200_186GB', 'SXM6'],
    ['H100_94GB', 'PCIe'],
    ['H100_NVL', 'PCIe'],
    ['H100_80GB', 'OAM'],
    ['A100_80GB', 'PCIe'],
    ['CPU_NODE', null],
    ['H100', 'SXM5'],
    ['__proto__', 'SXM5'],
  ])('%s with %s is another card', (gpuType, socket) => {
    expect(read([offer('a'), offer('b', { gpuType, socket })])).toEqual(read([offer('a')]));
  });

  test('only H100, H200 and B200 are missed', () => {
    const missed = Object.keys(reasonsOf(read([offer('a', { gpuType: 'L4_24GB', socket: 'PCIe' })])));
    expect(missed).toHaveLength(12);
    expect(missed.every((series) => /\.(h100|h200|b200)_/.test(series))).toBe(true);
  });
});

describe('stock', () => {
  test.each([
    ['High', 1, 0],
    ['Medium', 1, 0],
    ['Available', 1, 0],
    ['Low', 0, 1],
    ['Out of Stock', 0, 0],
    [null, 0, 0],
  ])('%s', (stockStatus, capacity, low) => {
    expect(h100Of([offer('a', { stockStatus })], 'capacity')).toBe(capacity);
    expect(h100Of([offer('a', { stockStatus })], 'low_stock_offers')).toBe(low);
  });

  test('an unknown word costs the stock of its card, not its offers and price', () => {
    const items = [offer('a'), offer('b', { stockStatus: 'Plentiful' }), offer('c', { gpuType: 'H200_141GB' })];
    const reading = read(items);
    expect(valuesOf(reading)).toMatchObject({
      'primeintellect.h100_offers': 2,
      'primeintellect.h100_price': 2,
      'primeintellect.h200_capacity': 1,
    });
    expect(valuesOf(reading)['primeintellect.h100_capacity']).toBeUndefined();
    expect(reasonsOf(reading)['primeintellect.h100_low_stock_offers']).toBe(
      'page 1: items.1.stockStatus: is a word that stands for no known level of stock',
    );
  });
});

describe('prices', () => {
  test('are for one GPU, the median of them', () => {
    expect(h100Of([offer('a', { gpuCount: 8, ...priced(24) })], 'price')).toBe(3);
    const three = [offer('a', priced(9)), offer('b', priced(1)), offer('c', { gpuCount: 8, ...priced(20) })];
    expect(h100Of(three, 'price')).toBe(2.5);
    expect(h100Of([...three, offer('d', priced(4))], 'price')).toBe(3.25);
  });

  test.each([
    ['spot', { isSpot: true }],
    ['paid ahead', { prepaidTime: 720 }],
    ['of a community host', { security: 'community_cloud', ...priced(null) }],
  ])('what is %s is listed, but has no price on demand', (_, change) => {
    const items = [offer('a'), offer('b', { ...priced(0.5), ...change })];
    expect(h100Of(items, 'offers')).toBe(2);
    expect(h100Of(items, 'price')).toBe(2);
    const reading = read(items.slice(1));
    expect(reasonsOf(reading)['primeintellect.h100_price']).toBe('no offer has a price on demand');
  });

  test('terms that are left out are those on demand', () => {
    const silent = offer('a', { isSpot: undefined, prepaidTime: undefined, dataCenter: undefined });
    expect(h100Of([silent], 'price')).toBe(2);
  });

  test.each([
    ['a price of 0', priced(0), 'prices.onDemand'],
    ['a price in quotes', priced('2.5'), 'prices.onDemand'],
    ['another currency', priced(2, 'EUR'), 'prices.currency'],
    ['no GPUs', { gpuCount: 0 }, 'gpuCount'],
    ['half a GPU', { gpuCount: 0.5 }, 'gpuCount'],
    ['a word for spot', { isSpot: 'no' }, 'isSpot'],
  ])('%s costs the price, and nothing else', (_, change, reason) => {
    const reading = read([offer('a'), offer('b', change)]);
    expect(valuesOf(reading)).toEqual({
      'primeintellect.h100_offers': 2,
      'primeintellect.h100_low_stock_offers': 0,
      'primeintellect.h100_capacity': 1,
    });
    expect(reasonsOf(reading)['primeintellect.h100_price']).toContain(`page 1: items.1.${reason}`);
  });
});

describe('what cannot be read', () => {
  test('an offer without a type may be of any card', () => {
    const reading = read([offer('a'), offer('b', { gpuType: 80 })]);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['primeintellect.l4_offers']).toContain('page 1: items.1.gpuType');
  });

  test('an offer without a socket may be of either card of its model', () => {
    const reading = read([offer('a'), offer('b', { socket: 5 }), offer('c', { gpuType: 'H200_141GB' })]);
    expect(Object.keys(valuesOf(reading)).every((series) => series.includes('h200'))).toBe(true);
    expect(reasonsOf(reading)['primeintellect.h100_pcie_offers']).toContain('page 1: items.1.socket');
  });

  test('a mark that holds other things costs its card, however deep', () => {
    const deep = JSON.stringify({ items: [offer('DEEP')], totalCount: 1 }).replace(
      '"DEEP"',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    );
    const reading = source.parse(textReply(deep), GPUS, NOW);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['primeintellect.h100_offers']).toBe('page 1: items.0.cloudId: expected text or a number');
  });
});

const pair = (gpuType: string, first: string, second: string) => [
  offer('a', { gpuType, stockStatus: first }),
  offer('b', { gpuType, stockStatus: second, ...priced(2) }),
];
survivesAnything(
  source,
  GPUS,
  {
    items: [
      ...pair('H100_80GB', 'High', 'Medium'),
      ...pair('H200_141GB', 'Low', 'High'),
      ...pair('B200_180GB', 'Low', 'Low'),
    ],
    totalCount: 6,
  },
  { names: ['gpuType', 'socket'] },
);
