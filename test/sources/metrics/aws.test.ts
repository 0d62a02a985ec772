import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../src/core/ports.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { aws as create } from '../../../src/sources/metrics/aws.ts';
import { aws as provider } from '../../providers/aws.ts';
import { NOW, reasonsOf, requestOf, textReply, USELESS, valuesOf } from '../bodies.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = create({});
const FILE = requestOf(source, 'zz_generated.pricing_aws.go');
const GENERATED = '2026-07-06T13:44:30Z';
const GPUS = source.series.map(({ id }) => id);

function read(text: string | Uint8Array): Reading {
  return source.parse(textReply(text), FILE, NOW);
}

function goFile(block: string, stamp = GENERATED): string {
  return `package pricing\n\n// generated at ${stamp} for us-east-1\n\nvar Prices = map[string]map[string]float64{\n${block}\n}\n`;
}

const ENTRIES = '\t\t"p5.48xlarge": 55.040000, "p5.4xlarge": 6.880000,\n\t\t"g6.xlarge": 0.804800,\n';
const BLOCK = `\t"us-east-1": {\n${ENTRIES}\t},`;

describe('the Go file', () => {
  test('gives what its provider says, at the instant it was generated', () => {
    const readings = readingOf(source, provider, NOW);
    expect(newestOf(readings)).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
    expect(readings.flatMap(({ dropped }) => dropped)).toEqual([]);
    expect(new Set(readings.flatMap(({ samples }) => samples).map(({ at }) => at))).toEqual(new Set([NOW - 5 * DAY]));
  });

  test('shares the price of eight GPUs among eight, and that of one among one', () => {
    const reading = read(goFile(BLOCK));
    expect(valuesOf(reading)).toEqual({ 'aws.h100_price': 6.88, 'aws.l4_price': 0.8048 });
    expect(reading.samples.every(({ at }) => at === Date.parse(GENERATED))).toBe(true);
    expect(reasonsOf(reading)['aws.b200_price']).toBe('p6-b200.48xlarge is not listed in us-east-1');
    expect(reading.dropped).toHaveLength(GPUS.length - 2);
  });

  test('another region, before or after, is another price', () => {
    const other = '\t"us-west-2": {\n\t\t"p5.48xlarge": 60.000000, "g6e.xlarge": 2.000000,\n\t},';
    for (const blocks of [
      `${other}\n${BLOCK}`,
      `${BLOCK}\n${other}`,
      `${other.replace('us-west-2', 'us-east-1-bos-1')}\n${BLOCK}`,
    ])
      expect(valuesOf(read(goFile(blocks)))).toEqual({ 'aws.h100_price': 6.88, 'aws.l4_price': 0.8048 });
  });

  test('the way the file is set plays no part', () => {
    const oneLine = goFile(`"us-west-2":{"p5.48xlarge":1,},"us-east-1": {"p5.48xlarge":55.04,"g6.xlarge":0.8048}`);
    expect(valuesOf(read(oneLine))).toEqual({ 'aws.h100_price': 6.88, 'aws.l4_price': 0.8048 });
    expect(valuesOf(read(goFile(BLOCK).replaceAll('\n', '\r\n')))).toEqual(valuesOf(read(oneLine)));
  });

  test('what is commented out is no price', () => {
    const lines = ['// "p6-b200.48xlarge": 1.000000,', '// "us-east-1": {', '// }', ENTRIES];
    const commented = `// "us-east-1": {\n\t"us-east-1": {\n${lines.join('\n')}\t},`;
    expect(valuesOf(read(goFile(commented)))).toEqual({ 'aws.h100_price': 6.88, 'aws.l4_price': 0.8048 });
  });

  test.each([
    ['no date', goFile(BLOCK).replace(/\/\/ generated.*\n/, ''), 'the file does not say when it was generated'],
    [
      'two dates',
      `${goFile(BLOCK)}// generated at 2026-07-07T00:00:00Z`,
      'the file says 2 times when it was generated',
    ],
    ['a date without a zone', goFile(BLOCK, '2026-07-06T13:44:30'), '"2026-07-06T13:44:30": no instant'],
    ['a date to come', goFile(BLOCK, '2026-07-18T00:00:00Z'), 'is dated more than 5 minutes in the future'],
    ['an empty date', goFile(BLOCK, '1970-01-01T00:00:00Z'), 'the file is dated before 2000'],
    ['no us-east-1', goFile(BLOCK.replace('us-east-1', 'us-east-2')), 'the file has no prices of us-east-1'],
    ['us-east-1 twice', goFile(`${BLOCK}\n${BLOCK}`), 'the file has prices of us-east-1 2 times'],
    ['an open block', goFile(BLOCK).split('}')[0] ?? '', 'the prices of us-east-1 break off'],
    ['a nested block', goFile(BLOCK.replace('"p5.48', '"spot": {"p5.48')), 'the prices of us-east-1 are no plain list'],
  ])('%s: no price, and why', (_, text, reason) => {
    const reading = read(text);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped.map(({ what }) => what)).toEqual(GPUS);
    expect(reading.dropped[0]?.reason).toContain(reason);
  });

  test.each([
    ['0', '0.000000', 'p5.48xlarge is listed at "0.000000", which is no price'],
    ['below 0', '-55.04', 'p5.48xlarge is listed at "-55.04", which is no price'],
    ['a name', 'math.NaN()', 'p5.48xlarge is listed at "math.NaN()", which is no price'],
    ['an exponent', '5.504e+1', 'p5.48xlarge is listed at "5.504e+1", which is no price'],
    ['in quotes', '"55.04"', 'p5.48xlarge is not listed in us-east-1'],
    ['twice', '55.04, "p5.48xlarge": 98.32', 'p5.48xlarge is listed 2 times'],
  ])('a price that is %s costs its own figure only', (_, price, reason) => {
    const reading = read(goFile(BLOCK.replace('55.040000', price)));
    expect(valuesOf(reading)).toEqual({ 'aws.l4_price': 0.8048 });
    expect(reasonsOf(reading)['aws.h100_price']).toBe(reason);
  });

  test.each(USELESS)('%s gives no sample and says why', (_, text) => {
    const reading = read(text);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped.map(({ what }) => what)).toEqual(GPUS);
  });

  test('text in another encoding is not guessed at', () => {
    const latin = Uint8Array.from(Buffer.from(goFile(BLOCK).replace('package', '// ä\npackage'), 'latin1'));
    expect(reasonsOf(read(latin))['aws.h100_price']).toBe('the body is not UTF-8 text');
  });

  test('a byte order mark does no harm', () => {
    expect(read(`\uFEFF${goFile(BLOCK)}`)).toEqual(read(goFile(BLOCK)));
  });

  test.each([
    ['quotes', '"'.repeat(1_000_000)],
    ['openings', '"us-east-1": {'.repeat(100_000)],
    ['blanks', `"us-east-1"${' '.repeat(1_000_000)}`],
    ['comments', '//'.repeat(1_000_000)],
    ['dates', '// generated at '.repeat(100_000)],
    ['entries', goFile(`"us-east-1": {${'"p5.48xlarge": 1,'.repeat(100_000)}`)],
    ['half entries', goFile(`"us-east-1": {${'"p5.48xlarge" : '.repeat(100_000)}}`)],
  ])('a megabyte of %s gives nothing', (_, text) => {
    expect(read(text).samples).toEqual([]);
  });

  test('every figure stays good for three renewals of the file', () => {
    expect(source.series.every(({ refresh }) => refresh === 28 * DAY)).toBe(true);
    expect(source.every).toBe(12 * HOUR);
  });
});
