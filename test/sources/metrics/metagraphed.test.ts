import { describe, expect, test } from 'vitest';
import { metagraphed } from '../../../src/sources/metrics/metagraphed.ts';
import { metagraphed as provider } from '../../providers/metagraphed.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = metagraphed({});
const PARAMETERS = requestOf(source, '/network/parameters');
const PRICE = requestOf(source, '/network/tao-usd?window=24h');
const WEEK = requestOf(source, '/chain/revenue-coverage?window=7d');
const MONTH = requestOf(source, '/chain/revenue-coverage?window=30d');

const QUERIED = Date.parse('2026-07-17T20:05:12.345Z');
const parameters = {
  ok: true,
  data: {
    total_issuance_tao: 11_180_113.34,
    block_emission_tao: 0.5,
    block_emission_halvings: 1,
    queried_at: '2026-07-17T20:05:12.345Z',
  },
};
const price = { data: { stale: false, latest: { usd_per_tao: 204.03, observed_at: '2026-07-17T20:01:00Z' } } };
const row = (netuid: number, coverage_ratio: unknown, verified: unknown = true) => ({
  netuid,
  coverage_ratio,
  verification: { verified },
});
const coverage = (days: number, ...subnets: unknown[]) => ({
  data: { window_days: days, subnets },
  meta: { generated_at: '1970-01-01T00:00:00.000Z', published_at: '2026-07-17T19:30:00Z' },
});

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

describe('network/parameters', () => {
  const read = (data: object) => source.parse(replyOf({ data: { ...parameters.data, ...data } }), PARAMETERS, NOW);

  test('gives supply and emission at the time of its own reading', () => {
    const reading = read({});
    expect(valuesOf(reading)).toEqual({ 'bittensor.token_supply': 11_180_113.34, 'bittensor.emission': 3600 });
    expect(reading.samples.every(({ at }) => at === QUERIED)).toBe(true);
  });

  test('null is not zero, and costs its own figure', () => {
    const reading = read({ block_emission_tao: null });
    expect(valuesOf(reading)).toEqual({ 'bittensor.token_supply': 11_180_113.34 });
    expect(reasonsOf(reading)['bittensor.emission']).toBe('data.block_emission_tao: expected number, received null');
  });

  test('the stale storage item, 1 TAO after the first halving, is not taken for the emission', () => {
    const reading = read({ block_emission_tao: 1 });
    expect(valuesOf(reading)).toEqual({ 'bittensor.token_supply': 11_180_113.34 });
    expect(reasonsOf(reading)['bittensor.emission']).toBe(
      'data.block_emission_tao: is not what follows from the issuance',
    );
  });

  test.each([
    [10_499_999.999999, 1, 7200],
    [10_500_000, 0.5, 3600],
    [15_749_999.999999, 0.5, 3600],
    [15_750_000, 0.25, 1800],
  ])('an issuance of %d goes with %d TAO a block', (total_issuance_tao, block_emission_tao, emission) => {
    expect(valuesOf(read({ total_issuance_tao, block_emission_tao }))['bittensor.emission']).toBe(emission);
    for (const other of [block_emission_tao / 2, block_emission_tao * 2])
      expect(valuesOf(read({ total_issuance_tao, block_emission_tao: other }))['bittensor.emission']).toBeUndefined();
  });

  test.each([
    ['no time', { queried_at: null }, 'data.queried_at: expected string, received null'],
    ['an issuance of 0', { total_issuance_tao: 0 }, 'data.total_issuance_tao: Too small'],
    ['rao in place of TAO', { total_issuance_tao: 11_180_113_340_000_000 }, 'data.total_issuance_tao: Too big'],
  ])('%s costs both figures', (_, data, reason) => {
    const reading = read(data);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['bittensor.token_supply']).toContain(reason);
    expect(reasonsOf(reading)['bittensor.emission']).toContain(reason);
  });
});

describe('network/tao-usd', () => {
  const read = (data: object) => source.parse(replyOf({ data: { ...price.data, ...data } }), PRICE, NOW);

  test('gives the price at the time of its newest point', () => {
    expect(read({}).samples).toEqual([
      { series: 'bittensor.token_price', at: Date.parse('2026-07-17T20:01:00Z'), value: 204.03, source: 'metagraphed' },
    ]);
  });

  test('a point without a time holds now', () => {
    expect(read({ latest: { usd_per_tao: 204.03, observed_at: null } }).samples[0]?.at).toBe(NOW);
  });

  test.each([
    ['stale', { stale: true }, 'data.stale: its newest price is stale'],
    ['not priceable', { latest: { ...price.data.latest, usd_per_tao: null } }, 'there were too few pools to price it'],
    ['0', { latest: { ...price.data.latest, usd_per_tao: 0 } }, 'data.latest.usd_per_tao: Too small'],
    ['text', { latest: { ...price.data.latest, usd_per_tao: '204.03' } }, 'expected number, received string'],
    ['not there', { latest: null }, 'data.latest: expected object, received null'],
    ['at an odd time', { latest: { usd_per_tao: 204.03, observed_at: 'today' } }, 'data.latest.observed_at'],
  ])('a price that is %s is dropped', (_, data, reason) => {
    const reading = read(data);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['bittensor.token_price']).toContain(reason);
  });
});

describe('chain/revenue-coverage', () => {
  const week = (...subnets: unknown[]) => source.parse(replyOf(coverage(7, ...subnets)), WEEK, NOW);

  test('gives Chutes over a week and Lium over a month, whose revenue is monthly', () => {
    expect(valuesOf(week(row(51, 9), row(64, 0.125)))).toEqual({ 'chutes.emission_coverage': 0.125 });
    const month = source.parse(replyOf(coverage(30, row(51, 0.25), row(64, 9))), MONTH, NOW);
    expect(valuesOf(month)).toEqual({ 'lium.emission_coverage': 0.25 });
  });

  test('stands at the time of publication; generated_at marks a build and is no time', () => {
    expect(week(row(64, 0.125)).samples[0]?.at).toBe(Date.parse('2026-07-17T19:30:00Z'));
    for (const meta of [{ generated_at: '1970-01-01T00:00:00.000Z' }, { published_at: null }, undefined]) {
      const body = { ...coverage(7, row(64, 0.125)), meta };
      expect(source.parse(replyOf(body), WEEK, NOW).samples[0]?.at).toBe(NOW);
    }
  });

  test('rows of other subnets pass without a word, whatever they hold', () => {
    expect(week(row(0, null), row(4, 'x', false), { netuid: 75 }, row(64, 0)).dropped).toEqual([]);
  });

  test.each([
    ['null', [row(64, null)], 'coverage_ratio: no revenue was observed, which is not none'],
    ['unverified', [row(64, 0.125, false)], 'verification.verified: metagraph.sh itself could not verify it'],
    ['without a verification', [{ netuid: 64, coverage_ratio: 0.125 }], 'verification: expected object'],
    ['negative', [row(64, -0.1)], 'coverage_ratio: Too small'],
    ['not there', [row(51, 0.125)], 'subnet 64 is not in the answer'],
    ['there twice', [row(64, 0.125), row(64, 0.125)], 'subnet 64 is in the answer 2 times'],
  ])('a ratio that is %s is dropped', (_, subnets, reason) => {
    const reading = week(...subnets);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['chutes.emission_coverage']).toContain(reason);
  });

  test('another window than the one asked for is refused', () => {
    expect(reasonsOf(source.parse(replyOf(coverage(1, row(64, 0.125))), WEEK, NOW))).toEqual({
      'chutes.emission_coverage': 'covers 1 days instead of 7',
    });
  });

  test('rows without a netuid are counted', () => {
    const reading = week({ netuid: '64' }, null, row(64, 0.125));
    expect(valuesOf(reading)).toEqual({ 'chutes.emission_coverage': 0.125 });
    expect(reasonsOf(reading)).toEqual({ '2 of data.subnets': 'without a netuid' });
  });
});

survivesAnything(source, PARAMETERS, parameters);
survivesAnything(source, PRICE, price);
survivesAnything(source, WEEK, coverage(7, row(51, null), row(64, 0.125)));
survivesAnything(source, MONTH, coverage(30, row(51, 0.25), row(64, null)));
