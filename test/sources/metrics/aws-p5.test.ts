import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../src/core/ports.ts';
import { DAY } from '../../../src/core/time.ts';
import { awsP5 as create } from '../../../src/sources/metrics/aws-p5.ts';
import { awsP5 as provider } from '../../providers/aws-p5.ts';
import { NOW, reasonsOf, requestOf, textReply, USELESS } from '../bodies.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = create({});
const FILE = requestOf(source, 'gpu_prices.csv');
const HEADER = 'timestamp,instance,price_usd';

function read(...lines: readonly string[]): Reading {
  return source.parse(textReply([HEADER, ...lines, ''].join('\n')), FILE, NOW);
}

/** Instant and value of each sample. */
function pointsOf(reading: Reading): readonly (readonly [string, number])[] {
  return reading.samples.map(({ at, value }) => [new Date(at).toISOString(), value]);
}

describe('gpu_prices.csv', () => {
  test('gives what its provider says', () => {
    const readings = readingOf(source, provider, NOW);
    expect(newestOf(readings)).toEqual(provider.gives);
    expect(readings[0]?.samples).toHaveLength(4);
  });

  test('all rows of p5.48xlarge come along, each at its own time, by eight', () => {
    const reading = read(
      '2026-07-15T07:44:11,p5.48xlarge,98.32',
      '2026-07-16T07:46:38,p5.48xlarge,55.04',
      '2026-07-17T07:34:47,p6-b200.48xlarge,113.9328',
      '2026-07-17T07:34:47,p5.48xlarge,55.04',
    );
    expect(pointsOf(reading)).toEqual([
      ['2026-07-15T07:44:11.000Z', 12.29],
      ['2026-07-16T07:46:38.000Z', 6.88],
      ['2026-07-17T07:34:47.000Z', 6.88],
    ]);
    expect(reading.dropped).toEqual([]);
  });

  test('times without a zone are UTC, a bare date is its midnight, and a zone is heeded', () => {
    const reading = read(
      '2026-07-01,p5.48xlarge,56',
      '2026-07-02T07:00:00.250000,p5.48xlarge,56',
      '2026-07-03T09:00:00+02:00,p5.48xlarge,56',
    );
    expect(pointsOf(reading).map(([at]) => at)).toEqual([
      '2026-07-01T00:00:00.000Z',
      '2026-07-02T07:00:00.250Z',
      '2026-07-03T07:00:00.000Z',
    ]);
  });

  test('800 days are kept, older rows are passed over', () => {
    const day = (days: number): string => new Date(NOW - days * DAY).toISOString().slice(0, 19);
    const reading = read(`${day(801)},p5.48xlarge,1`, `${day(800)},p5.48xlarge,56`, `${day(900)},p5.48xlarge,x`);
    expect(pointsOf(reading)).toEqual([[new Date(NOW - 800 * DAY).toISOString(), 7]]);
    expect(reading.dropped).toEqual([]);
  });

  test('rows in any order, and the same row twice, give the same points', () => {
    const lines = ['2026-07-15,p5.48xlarge,98.32', '2026-07-16,p5.48xlarge,55.04', '2026-07-15,p5.48xlarge,98.320'];
    const [there, back] = [read(...lines), read(...lines.toReversed())].map((reading) => pointsOf(reading).toSorted());
    expect(there).toEqual([
      ['2026-07-15T00:00:00.000Z', 12.29],
      ['2026-07-16T00:00:00.000Z', 6.88],
    ]);
    expect(back).toEqual(there);
  });

  test('two prices at one time are none', () => {
    const reading = read('2026-07-15,p5.48xlarge,98.32', '2026-07-16,p5.48xlarge,56', '2026-07-15,p5.48xlarge,55.04');
    expect(pointsOf(reading)).toEqual([['2026-07-16T00:00:00.000Z', 7]]);
    expect(reasonsOf(reading)).toEqual({ 'aws.h100_price': 'has 2 prices at 2026-07-15T00:00:00Z' });
  });

  test('days without a price are told together', () => {
    const reading = read('2026-07-13,p5.48xlarge,', '2026-07-14,p5.48xlarge,', '2026-07-16,p5.48xlarge,56');
    expect(reasonsOf(reading)).toEqual({ 'line 2 and 1 more': 'has no price: the script found none that day' });
    expect(pointsOf(reading)).toHaveLength(1);
  });

  test.each([
    ['a price of 0', '2026-07-15,p5.48xlarge,0.0', 'its price is no price'],
    ['a negative price', '2026-07-15,p5.48xlarge,-55.04', 'its price is no price'],
    ['NaN', '2026-07-15,p5.48xlarge,nan', 'its price is no price'],
    ['None', '2026-07-15,p5.48xlarge,None', 'its price is no price'],
    ['a price in quotes', '2026-07-15,p5.48xlarge,"55.04"', 'is not timestamp,instance,price_usd'],
    ['a fourth field', '2026-07-15,p5.48xlarge,55.04,USD', 'is not timestamp,instance,price_usd'],
    ['one field', 'p5.48xlarge', 'names no instance'],
    ['no such day', '2026-02-30,p5.48xlarge,55.04', 'its timestamp is no instant'],
    ['an empty date', '1970-01-01,p5.48xlarge,55.04', 'is dated before 2000: an empty date, not an instant'],
    ['a day to come', '2026-07-18,p5.48xlarge,55.04', 'is dated more than 5 minutes in the future'],
  ])('%s costs its own line only', (_, line, reason) => {
    const reading = read('2026-07-16,p5.48xlarge,56', line);
    expect(pointsOf(reading)).toEqual([['2026-07-16T00:00:00.000Z', 7]]);
    expect(reasonsOf(reading)).toEqual({ 'line 3': reason });
  });

  test('no price at all is said', () => {
    expect(reasonsOf(read('2026-07-16,p6-b200.48xlarge,113'))).toEqual({
      'aws.h100_price': 'no line has a price of p5.48xlarge',
    });
  });

  test('a file that breaks off is not half used: 55.04 cut short would be another price', () => {
    const text = `${HEADER}\n2026-07-15,p5.48xlarge,98.32\n2026-07-16,p5.48xlarge,55.04\n`;
    expect(source.parse(textReply(text), FILE, NOW).samples).toHaveLength(2);
    for (const cut of [text.slice(0, -1), text.slice(0, -2), text.slice(0, -20)]) {
      const reading = source.parse(textReply(cut), FILE, NOW);
      expect(reading.samples).toEqual([]);
      expect(reasonsOf(reading)).toEqual({ 'aws.h100_price': 'the file breaks off in line 3' });
    }
  });

  test('other columns are another file', () => {
    const text = 'timestamp,price_usd,instance\n2026-07-16,55.04,p5.48xlarge\n';
    expect(reasonsOf(source.parse(textReply(text), FILE, NOW))).toEqual({
      'aws.h100_price': 'the file has no line timestamp,instance,price_usd',
    });
  });

  test('the line ends of Windows, as Python writes them, and a byte order mark do no harm', () => {
    const lines = ['2026-07-15T07:44:11,p5.48xlarge,98.32', '2026-07-16T07:46:38,p5.48xlarge,55.04'];
    const text = `\uFEFF${[HEADER, ...lines, ''].join('\r\n')}`;
    expect(source.parse(textReply(text), FILE, NOW)).toEqual(read(...lines));
  });

  test.each(USELESS)('%s gives no sample and says why', (_, text) => {
    const reading = source.parse(textReply(text), FILE, NOW);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(1);
  });

  test.each([
    ['rows', '2026-07-16,p5.48xlarge,55.04\n'],
    ['empty lines', '\n'],
    ['commas', ','],
    ['odd rows', 'a,p5.48xlarge,1\n'],
  ])('a megabyte of %s is read', (_, text) => {
    const reading = source.parse(textReply(`${HEADER}\n${text.repeat(1_000_000 / text.length)}\n`), FILE, NOW);
    expect(reading.samples.length).toBeLessThan(2);
    expect(reading.dropped.length).toBeLessThan(3);
  });
});
