import { describe, expect, test } from 'vitest';
import { gpurentalprices } from '../../../src/sources/metrics/gpurentalprices.ts';
import { gpurentalprices as provider } from '../../providers/gpurentalprices.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = gpurentalprices({});
const LATEST = requestOf(source, 'latest.json');
const FETCHED = '2026-07-17T06:21:49.391Z';
const CLOUDS = 'coreweave lambda runpod crusoe together nebius voltagepark hyperstack ovh scaleway digitalocean';

type Offer = Record<string, unknown>;
const offer = (provider: string, gpu: string, vram_gb: number, usd_hr: number, kind = 'on-demand'): Offer => ({
  provider,
  gpu,
  vram_gb,
  usd_hr,
  kind,
  source_url: `https://${provider}.example/pricing`,
  fetched_at: FETCHED,
});
const fine = { ok: true, stale: false, last_verified: FETCHED };
function body(offers: readonly Offer[], states: Record<string, unknown> = {}) {
  const all = Object.fromEntries(CLOUDS.split(' ').map((cloud) => [cloud, fine]));
  return { date: '2026-07-17', offers, providers: { ...all, aws: fine, ...states } };
}
const rows = [
  offer('coreweave', 'h100', 80, 6.125),
  offer('coreweave', 'h200', 141, 6.25),
  offer('lambda', 'h100-sxm', 80, 3.75),
  offer('lambda', 'h100-pcie', 80, 3.25),
  offer('lambda', 'a100-sxm-80', 40, 1.875),
  offer('runpod', 'h100-sxm', 80, 3.125, 'secure'),
  offer('runpod', 'rtx-4090', 24, 0.6875, 'secure'),
];

function read(offers: readonly Offer[], states?: Record<string, unknown>) {
  return source.parse(replyOf(body(offers, states)), LATEST, NOW);
}

describe('latest.json', () => {
  test('gives firm prices by cloud and card, at the time they were fetched', () => {
    const reading = read(rows);
    expect(valuesOf(reading)).toEqual({
      'coreweave.h100_price': 6.125,
      'coreweave.h200_price': 6.25,
      'lambda.h100_price': 3.75,
      'lambda.h100_pcie_price': 3.25,
      'lambda.a100_40gb_price': 1.875,
      'runpod.h100_price': 3.125,
      'runpod.rtx4090_price': 0.6875,
    });
    expect(reading.samples.every((sample) => sample.at === Date.parse(FETCHED))).toBe(true);
  });

  test('gives what its provider says', () => {
    expect(newestOf(readingOf(source, provider, NOW))).toEqual(
      Object.fromEntries(Object.entries(provider.gives).sort()),
    );
  });

  test.each(['aws', 'gcp', 'azure'])('%s is never read: its rows are wrong', (cloud) => {
    const reading = read([...rows, offer(cloud, 'h100-sxm', 80, 12.25)]);
    expect(reading).toEqual(read(rows));
    expect(source.series.some(({ id }) => id.startsWith(`${cloud}.`))).toBe(false);
  });

  test.each(['spot', 'community', 'reserved', 'marketplace'])('%s offers are other goods', (kind) => {
    expect(valuesOf(read([...rows, offer('lambda', 'h100-sxm', 80, 0.5, kind)]))['lambda.h100_price']).toBe(3.75);
  });

  test('the lowest of several firm offers counts, with its own time', () => {
    const cheaper = { ...offer('lambda', 'h100', 80, 3.5), fetched_at: '2026-07-17T05:00:00.123456789Z' };
    const samples = read([...rows, cheaper, offer('lambda', 'h100-sxm', 80, 9)]).samples;
    expect(samples.find(({ series }) => series === 'lambda.h100_price')).toMatchObject({
      value: 3.5,
      at: Date.parse('2026-07-17T05:00:00.123Z'),
    });
  });

  test('rows in any order, and each of them twice, give the same', () => {
    const later = { ...offer('lambda', 'h100-sxm', 80, 3.75), fetched_at: '2026-07-17T07:00:00.000Z' };
    const sorted = (offers: readonly Offer[]) =>
      read(offers).samples.toSorted((a, b) => a.series.localeCompare(b.series));
    const expected = sorted([...rows, later]);
    expect(expected.find(({ series }) => series === 'lambda.h100_price')?.at).toBe(Date.parse('2026-07-17T07:00:00Z'));
    expect(sorted([...rows, later].toReversed())).toEqual(expected);
    expect(sorted([...rows, later, ...rows, later])).toEqual(expected);
  });

  test('a list far too long is not read', () => {
    const many = Array.from({ length: 200_001 }, () => rows[0] as Offer);
    const reading = read(many);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(CLOUDS.split(' ').length);
    expect(reasonsOf(reading)['coreweave.<gpu>_price']).toBe('offers: there are more than 200000');
  });

  test.each([
    ['h200 of 143 GB, an NVL', offer('lambda', 'h200', 143, 2)],
    ['h100-nvl', offer('lambda', 'h100-nvl', 94, 2)],
    ['a100-pcie-80', offer('lambda', 'a100-pcie-80', 80, 1)],
    ['gh200', offer('lambda', 'gh200', 96, 1)],
    ['an odd name', offer('lambda', '__proto__', 80, 1)],
  ])('%s is another card', (_, row) => {
    expect(read([...rows, row])).toEqual(read(rows));
  });

  test.each([
    ['not ok', { ok: false, stale: false }, 'ok: its last fetch failed'],
    ['stale', { ok: true, stale: true }, 'stale: its prices are carried over from an earlier day'],
    ['without a state', {}, 'ok: its last fetch failed'],
  ])('a provider that is %s is left out, alone', (_, state, reason) => {
    const reading = read(rows, { lambda: state });
    expect(Object.keys(valuesOf(reading)).filter((id) => id.startsWith('lambda.'))).toEqual([]);
    expect(valuesOf(reading)['runpod.h100_price']).toBe(3.125);
    expect(reasonsOf(reading)['lambda.<gpu>_price']).toBe(reason);
  });

  test('a provider that is missing is named', () => {
    const { coreweave: _, ...rest } = body(rows).providers as Record<string, unknown>;
    const reading = source.parse(replyOf({ offers: rows, providers: rest }), LATEST, NOW);
    expect(reasonsOf(reading)['coreweave.<gpu>_price']).toBe('not in the data');
  });

  test.each([
    ['a price of 0', { usd_hr: 0 }, 'usd_hr'],
    ['a price in quotes', { usd_hr: '3.5' }, 'usd_hr'],
    ['no time', { fetched_at: null }, 'fetched_at'],
    ['a time without a zone', { fetched_at: '2026-07-17T06:21:49' }, 'fetched_at: expected an ISO-8601'],
  ])('%s drops the offer by name', (_, change, reason) => {
    const reading = read([...rows.slice(0, 2), { ...rows[2], ...change }]);
    expect(valuesOf(reading)['lambda.h100_price']).toBeUndefined();
    expect(reasonsOf(reading)['lambda.h100_price']).toContain(reason);
  });
});

survivesAnything(
  source,
  LATEST,
  { offers: rows, providers: body(rows).providers },
  { names: ['provider', 'kind', 'gpu'] },
);
