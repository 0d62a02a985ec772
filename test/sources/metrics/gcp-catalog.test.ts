import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../src/core/ports.ts';
import { gcpCatalog as create } from '../../../src/sources/metrics/gcp-catalog.ts';
import { gcpCatalog as provider } from '../../providers/gcp-catalog.ts';
import { NOW, reasonsOf, replyOf, requestOf, textReply, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = create({ key: 'a-key' });
const SKUS = requestOf(source, 'skus');

type Sku = Record<string, unknown>;
function sku(
  skuId: string,
  description: string,
  units: string,
  nanos: number,
  other: { usageType?: string; usageUnit?: string } = {},
) {
  const { usageType = 'OnDemand', usageUnit = 'h' } = other;
  const tieredRates = [{ startUsageAmount: 0, unitPrice: { currencyCode: 'USD', units, nanos } }];
  return {
    skuId,
    description,
    category: { usageType },
    serviceRegions: ['us-central1'],
    pricingInfo: [{ pricingExpression: { usageUnit, tieredRates } }],
  };
}
const preemptible = { usageType: 'Preemptible' };
const GPU = sku('1', 'Nvidia H100 80GB GPU running in Americas', '9', 500_000_000);
const CORE = sku('2', 'A3 Instance Core running in Americas', '0', 31_250_000);
const RAM = sku('3', 'A3 Instance Ram running in Americas', '0', 1_953_125, { usageUnit: 'GiBy.h' });
const DISK = sku('4', 'SSD backed Local Storage', '0', 730_000_000, { usageUnit: 'GiBy.mo' });
const onDemand = [GPU, CORE, RAM, DISK];
const spot = [
  sku('5', 'Nvidia H100 80GB GPU attached to Spot Preemptible VMs running in Americas', '5', 0, preemptible),
  sku('6', 'Spot Preemptible A3 Instance Core running in Americas', '0', 15_625_000, preemptible),
  sku('7', 'Spot Preemptible A3 Instance Ram running in Americas', '0', 976_562, {
    ...preemptible,
    usageUnit: 'GiBy.h',
  }),
  sku('8', 'SSD backed Local Storage attached to Spot Preemptible VMs', '0', 365_000_000, {
    ...preemptible,
    usageUnit: 'GiBy.mo',
  }),
];
/** 8 × 9.5 + 208 × 0.03125 + 1872 × 0.001953125 + 6000 × 0.73 / 730, by 8. */
const H100 = (76 + 6.5 + 3.65625 + 6) / 8;
const H100_SPOT = (40 + 3.25 + 1872 * 0.000976562 + 3) / 8;

function read(skus: readonly unknown[], further?: readonly unknown[]): Reading {
  const first = replyOf({ skus, nextPageToken: further === undefined ? '' : 'two' });
  return source.parse(further === undefined ? first : { ...first, further: [replyOf({ skus: further })] }, SKUS, NOW);
}

describe('the question', () => {
  test('has the key in a header, on every page, and never in the address', () => {
    expect(SKUS.headers).toEqual({ 'x-goog-api-key': 'a-key' });
    const next = source.next?.(replyOf({ skus: [], nextPageToken: 'a/b=&c' }), SKUS);
    expect(next?.headers).toEqual(SKUS.headers);
    expect(next?.url).toBe(`${SKUS.url}&pageToken=a%2Fb%3D%26c`);
    expect(`${SKUS.url} ${next?.url}`).not.toContain('a-key');
    expect(source.next?.(replyOf({ skus: [], nextPageToken: 'd' }), next ?? SKUS)?.url).toBe(`${SKUS.url}&pageToken=d`);
    expect(new URL(SKUS.url).href).toBe(SKUS.url);
  });

  test('asks without a key, where there is none', () => {
    expect(requestOf(create({}), 'skus').headers).toBeUndefined();
    expect(source.key).toMatchObject({ variable: 'GCP_API_KEY', required: true });
  });

  test('ends with a page that names no next', () => {
    for (const nextPageToken of ['', null, undefined, 7])
      expect(source.next?.(replyOf({ skus: [], nextPageToken }), SKUS)).toBeNull();
    for (const text of ['', '<html>', '{"nextPageToken":"x"}']) expect(source.next?.(textReply(text), SKUS)).toBeNull();
  });
});

describe('the machine', () => {
  test('costs what the provider says, as of now', () => {
    const readings = readingOf(create({ key: provider.key ?? '' }), provider, NOW);
    expect(newestOf(readings)).toEqual(provider.gives);
    expect(readings[0]?.samples.every(({ at }) => at === NOW)).toBe(true);
    expect(readings[0]?.dropped).toEqual([]);
  });

  test('is added up from its parts, whatever their order and page, each counted once', () => {
    const expected = { 'gcp.h100_price': H100, 'gcp.h100_spot_price': H100_SPOT };
    const all = [...onDemand, ...spot];
    expect(valuesOf(read(all))).toEqual(expected);
    expect(valuesOf(read(all.toReversed()))).toEqual(expected);
    expect(valuesOf(read(spot, onDemand))).toEqual(expected);
    expect(valuesOf(read([...all, ...all]))).toEqual(expected);
  });

  test('agrees with the price of the whole machine that Google shows', () => {
    // The parts of 2026-07 and 88.49 USD for all of a3-highgpu-8g, local disks included.
    const parts = [
      sku('1', GPU.description, '9', 796_550_569),
      sku('2', CORE.description, '0', 25_498_000),
      sku('3', RAM.description, '0', 2_220_350, { usageUnit: 'GiBy.h' }),
      sku('4', DISK.description, '0', 80_000_000, { usageUnit: 'GiBy.mo' }),
    ];
    expect(valuesOf(read(parts))['gcp.h100_price']).toBeCloseTo(88.49 / 8, 3);
  });

  test.each([
    ['of a megagpu machine', 'Nvidia H100 80GB Mega GPU running in Americas'],
    ['called plus', 'Nvidia H100 80GB Plus GPU running in Americas'],
    ['of a later start', 'Nvidia H100 80GB GPU attached to DWS Defined Duration VMs running in Americas'],
    ['booked by the calendar', 'Nvidia H100 80GB GPU running in Americas Calendar Mode'],
    ['reserved', 'Reserved Nvidia H100 80GB GPU running in Americas'],
    ['under a commitment', 'Commitment v1: Nvidia H100 80GB GPU in Americas for 1 Year'],
    ['of another service', 'Vertex AI: Online/Batch Prediction Nvidia H100 80gb GPU running in Iowa'],
    ['core of another machine', 'A3Plus Instance Core running in Americas'],
    ['disk of another machine', 'C4D Instance Local SSD running in Americas'],
    ['disk by sole tenancy', 'SSD backed Local Storage attached to Sole Tenancy VMs'],
  ])('a part %s is another good', (_, description) => {
    const more = [...onDemand, ...spot, sku('9', description, '3', 0)];
    expect(valuesOf(read(more))).toEqual({ 'gcp.h100_price': H100, 'gcp.h100_spot_price': H100_SPOT });
  });

  test('a part of another region or of another usage is another good', () => {
    const elsewhere = { ...GPU, skuId: '9', serviceRegions: ['us-east4', 'us-central2'] };
    const committed = { ...GPU, skuId: '10', category: { usageType: 'Commit1Yr' } };
    expect(valuesOf(read([...onDemand, elsewhere, committed]))).toEqual({ 'gcp.h100_price': H100 });
  });

  test.each([
    ['H100 GPU', GPU],
    ['A3 core', CORE],
    ['A3 memory', RAM],
    ['local disk', DISK],
  ])('without its %s, or with two of them, it has no price', (what, part) => {
    const rest = onDemand.filter((other) => other !== part);
    expect(read(rest).samples).toEqual([]);
    expect(reasonsOf(read(rest))['gcp.h100_price']).toBe(`${what}: no entry fits it in us-central1`);
    const twice = read([...onDemand, { ...part, skuId: '9' }]);
    expect(twice.samples).toEqual([]);
    expect(reasonsOf(twice)['gcp.h100_price']).toBe(`${what}: 2 entries fit it in us-central1`);
  });

  test('a broad entry and one of the region are two, and nothing says which one holds', () => {
    const iowa = { ...CORE, skuId: '9', description: 'A3 Instance Core running in Iowa' };
    expect(reasonsOf(read([...onDemand, iowa]))['gcp.h100_price']).toBe('A3 core: 2 entries fit it in us-central1');
    expect(valuesOf(read([GPU, iowa, RAM, DISK]))).toEqual({ 'gcp.h100_price': H100 });
  });

  test('one entry at two prices is none', () => {
    const other = sku('2', CORE.description, '0', 30_000_000);
    for (const skus of [
      [...onDemand, other],
      [other, ...onDemand],
    ])
      expect(reasonsOf(read(skus))['gcp.h100_price']).toBe('A3 core: one entry has two prices');
  });

  test('memory may be sold by the GB, disks by the hour', () => {
    const byGb = sku('3', RAM.description, '0', 1_953_125, { usageUnit: 'GBy.h' });
    expect(valuesOf(read([GPU, CORE, byGb, DISK]))['gcp.h100_price']).toBeCloseTo(
      (76 + 6.5 + 3.65625 * 1.073741824 + 6) / 8,
      12,
    );
    const hourly = sku('4', DISK.description, '0', 1_000_000, { usageUnit: 'GiBy.h' });
    expect(valuesOf(read([GPU, CORE, RAM, hourly]))['gcp.h100_price']).toBe(H100);
    const odd = sku('4', DISK.description, '0', 1_000_000, { usageUnit: 'toString' });
    expect(reasonsOf(read([GPU, CORE, RAM, odd]))['gcp.h100_price']).toBe('local disk: is sold by "toString"');
  });

  test('the disks of spot machines are known by their description', () => {
    const filed = spot.map((part) => (part.skuId === '8' ? { ...part, category: { usageType: 'OnDemand' } } : part));
    expect(valuesOf(read(filed))).toEqual({ 'gcp.h100_spot_price': H100_SPOT });
  });

  const rate = (units: unknown, nanos: unknown, currencyCode: unknown = 'USD') => ({
    ...CORE,
    pricingInfo: [
      {
        pricingExpression: {
          usageUnit: 'h',
          tieredRates: [{ startUsageAmount: 0, unitPrice: { currencyCode, units, nanos } }],
        },
      },
    ],
  });
  const tiers = (...amounts: readonly number[]) => ({
    ...CORE,
    pricingInfo: [
      {
        pricingExpression: {
          usageUnit: 'h',
          tieredRates: amounts.map((startUsageAmount) => ({
            startUsageAmount,
            unitPrice: { currencyCode: 'USD', units: '1', nanos: 0 },
          })),
        },
      },
    ],
  });
  test.each<[string, Sku, string]>([
    ['units as a number', rate(0, 5), 'units: expected string'],
    ['units with a point', rate('0.5', 0), 'units: is not a whole number as text'],
    ['negative nanos', rate('0', -1), 'nanos: Too small'],
    ['nanos of a dollar', rate('0', 1e9), 'nanos: Too big'],
    ['a price of 0', rate('0', 0), 'unitPrice: is 0'],
    ['another currency', rate('0', 5, 'EUR'), 'currencyCode: expected "USD"'],
    ['two tiers', tiers(0, 100), 'tieredRates'],
    ['a free tier before it', tiers(100), 'startUsageAmount: expected 0'],
    ['no price', { ...CORE, pricingInfo: [] }, 'pricingInfo'],
    ['two prices', { ...CORE, pricingInfo: [...CORE.pricingInfo, ...CORE.pricingInfo] }, 'pricingInfo'],
  ])('%s costs the machine, by the name of the part', (_, core, reason) => {
    const reading = read([GPU, core, RAM, DISK, ...spot]);
    expect(valuesOf(reading)).toEqual({ 'gcp.h100_spot_price': H100_SPOT });
    expect(reasonsOf(reading)['gcp.h100_price']).toContain('A3 core: ');
    expect(reasonsOf(reading)['gcp.h100_price']).toContain(reason);
  });

  test('a list that goes on is not the whole', () => {
    const reading = source.parse(replyOf({ skus: [...onDemand, ...spot], nextPageToken: 'more' }), SKUS, NOW);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['gcp.h100_price']).toBe('page 1: nextPageToken: the list goes on');
  });

  test('a page that cannot be read costs all', () => {
    const reply = { ...replyOf({ skus: onDemand, nextPageToken: 'two' }), further: [textReply('{"skus":[')] };
    expect(source.parse(reply, SKUS, NOW)).toMatchObject({ samples: [] });
    expect(reasonsOf(source.parse(reply, SKUS, NOW))['gcp.h100_price']).toBe(
      'page 2: the body is broken JSON, perhaps cut short',
    );
  });

  test('a list far too long is not read', () => {
    const reading = read([...onDemand, ...Array.from({ length: 200_000 }, () => 0)]);
    expect(reasonsOf(reading)['gcp.h100_price']).toBe('has more than 200000 entries');
    expect(reading.samples).toEqual([]);
  });
});

survivesAnything(source, SKUS, { skus: [...onDemand, ...spot] }, { names: ['skuId'] });
