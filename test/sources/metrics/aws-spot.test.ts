import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../src/core/ports.ts';
import { MINUTE } from '../../../src/core/time.ts';
import { awsSpot as create } from '../../../src/sources/metrics/aws-spot.ts';
import { awsSpot as provider } from '../../providers/aws-spot.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = create({});
const FILE = requestOf(source, 'spot.json');
const GPUS = source.series.map(({ id }) => id);

function size(name: string, usd: unknown) {
  return {
    size: name,
    valueColumns: [
      { name: 'linux', prices: { USD: usd } },
      { name: 'mswin', prices: { USD: '99.5' } },
    ],
  };
}
function region(name: string, ...sizes: readonly unknown[]) {
  return { region: name, instanceTypes: [{ type: 'gpuCurrentGen', sizes }] };
}
function body(...regions: readonly unknown[]) {
  return { vers: 0.01, config: { rate: 'perhr', currencies: ['USD'], regions } };
}
function read(json: unknown, modified: number | null = null): Reading {
  return source.parse({ ...replyOf(json), modified }, FILE, NOW);
}

const ALL: readonly (readonly [string, string])[] = [
  ['p5.48xlarge', '20'],
  ['p5en.48xlarge', '28'],
  ['p6-b200.48xlarge', '42.5'],
  ['p4de.24xlarge', '22'],
  ['p4d.24xlarge', '14'],
  ['g6e.xlarge', '0.75'],
  ['g6.xlarge', '0.375'],
  ['g5.xlarge', '0.5'],
  ['g4dn.xlarge', '0.25'],
];
const good = body(region('us-east-1', ...ALL.map(([name, usd]) => size(name, usd))));

describe('spot.json', () => {
  test('gives what its provider says, at the instant the file last changed', () => {
    const readings = readingOf(source, provider, NOW);
    expect(newestOf(readings)).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
    expect(readings[0]?.samples.every(({ at }) => at === NOW - 25 * MINUTE)).toBe(true);
  });

  test('shares the price of a machine among its GPUs', () => {
    expect(valuesOf(read(good))).toEqual({
      'aws.h100_spot_price': 2.5,
      'aws.h200_spot_price': 3.5,
      'aws.b200_spot_price': 5.3125,
      'aws.a100_spot_price': 2.75,
      'aws.a100_40gb_spot_price': 1.75,
      'aws.l40s_spot_price': 0.75,
      'aws.l4_spot_price': 0.375,
      'aws.a10g_spot_price': 0.5,
      'aws.t4_spot_price': 0.25,
    });
  });

  test('without a time of its own it holds now', () => {
    expect(read(good).samples.every(({ at }) => at === NOW)).toBe(true);
  });

  test('only us-east-1 counts: not its local zones, not other regions, not Windows', () => {
    const h100 = (name: string, usd: string) => region(name, size('p5.48xlarge', usd));
    const reading = read(body(h100('us-east-1-atl-1', '8'), h100('us-east-1', '20'), h100('us-east', '16')));
    expect(valuesOf(reading)).toEqual({ 'aws.h100_spot_price': 2.5 });
    expect(reasonsOf(read(body(h100('us-west-2', '20'))))['aws.h100_spot_price']).toBe(
      'p5.48xlarge is not listed for Linux in us-east-1',
    );
  });

  test('a size that is listed twice, as p4de was, counts once; at two prices not at all', () => {
    const rows = [size('p4de.24xlarge', '22'), size('p4de.24xlarge', '22.0')];
    expect(valuesOf(read(body(region('us-east-1', ...rows))))).toEqual({ 'aws.a100_spot_price': 2.75 });
    for (const both of [
      [...rows, size('p4de.24xlarge', '24')],
      [size('p4de.24xlarge', '24'), ...rows],
    ]) {
      const reading = read(body(region('us-east-1', ...both)));
      expect(reading.samples).toEqual([]);
      expect(reasonsOf(reading)['aws.a100_spot_price']).toBe(
        'p4de.24xlarge is listed at 22 and at 24 USD for Linux in us-east-1, and nothing says which one holds',
      );
    }
  });

  test('prices of another rate are not by the hour', () => {
    const json = { config: { ...good.config, rate: 'permonth' } };
    expect(read(json).samples).toEqual([]);
    expect(reasonsOf(read(json))['aws.h100_spot_price']).toBe('config.rate: the prices are not by the hour');
  });

  test.each([
    ['what is not sold', 'N/A*', 'AWS sells none just now (N/A*)'],
    ['a number', 20, 'expected string, received number'],
    ['minus one, as it once stood for nothing', '-1', 'is no price'],
    ['zero', '0.0', 'is 0'],
    ['NaN', 'NaN', 'is no price'],
    ['Infinity', 'Infinity', 'is no price'],
    ['nothing', '', 'is no price'],
    ['blanks', ' 20 ', 'is no price'],
    ['hexadecimal', '0x14', 'is no price'],
    ['null', null, 'expected string, received null'],
  ])('%s costs its own figure only', (_, usd, reason) => {
    const reading = read(body(region('us-east-1', size('p5.48xlarge', usd), size('g6.xlarge', '0.375'))));
    expect(valuesOf(reading)).toEqual({ 'aws.l4_spot_price': 0.375 });
    expect(reasonsOf(reading)['aws.h100_spot_price']).toBe(
      `config.regions.0.instanceTypes.0.sizes.0.valueColumns.0: prices.USD: ${reason}`,
    );
  });

  test('small prices come with an exponent', () => {
    expect(valuesOf(read(body(region('us-east-1', size('g4dn.xlarge', '9.0E-2')))))).toEqual({
      'aws.t4_spot_price': 0.09,
    });
  });

  test('broken rows around it are told by their place', () => {
    const json = body(7, { region: 'us-east-1' }, region('us-east-1', null, size('p5.48xlarge', '20')), {
      region: 'us-east-1',
      instanceTypes: [{ type: 'a' }],
    });
    const reading = read(json);
    expect(valuesOf(reading)).toEqual({ 'aws.h100_spot_price': 2.5 });
    expect(Object.keys(reasonsOf(reading)).filter((what) => what.startsWith('config.'))).toEqual([
      'config.regions.0',
      'config.regions.1',
      'config.regions.3.instanceTypes.0',
      'config.regions.2.instanceTypes.0.sizes.0',
    ]);
  });

  test('a list far too long is not read', () => {
    const many = Array.from({ length: 200_001 }, () => 0);
    const reading = read(
      body(region('us-east-1', size('p5.48xlarge', '20')), region('us-east-1', ...[]), {
        region: 'us-east-1',
        instanceTypes: [{ sizes: many }],
      }),
    );
    expect(reading.samples).toEqual([]);
    expect(reading.dropped.map(({ what }) => what)).toEqual(GPUS);
    expect(reading.dropped[0]?.reason).toBe('has more than 200000 sizes');
  });
});

const few = body(region('us-east-1', ...ALL.slice(0, 3).map(([name, usd]) => size(name, usd))));
survivesAnything(source, FILE, few, { names: ['region', 'size', 'name'] });
