import { describe, expect, test } from 'vitest';
import { DeclaredSource } from '../../../src/core/settings.ts';
import { declared } from '../../../src/sources/metrics/declared.ts';
import { NOW, reasonsOf, replyOf, textReply } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';

function source(value: string, at?: string, more: object = {}) {
  const sample = { series: 'akash.gpu_utilization', value, ...(at === undefined ? {} : { at }) };
  const config = { id: 'mine', json: 'https://example.org/a.json?key=k', every: '15m', samples: [sample], ...more };
  return declared(DeclaredSource.parse(config));
}

function read(body: unknown, value: string, at?: string) {
  const mine = source(value, at);
  return mine.parse(replyOf(body), { url: 'https://example.org/a.json' }, NOW);
}

describe('a declared source', () => {
  test('asks for its URL, privately only where the owner says so', () => {
    expect(source('/a').requests()).toEqual([{ url: 'https://example.org/a.json?key=k' }]);
    expect(source('/a', undefined, { private: true }).requests()).toEqual([
      { url: 'https://example.org/a.json?key=k', private: true },
    ]);
  });

  test('names its series once and its home without the query', () => {
    const samples = ['/a', '/b'].map((value) => ({ series: 'akash.revenue', value }));
    const mine = source('', undefined, { samples });
    expect(mine).toMatchObject({ id: 'mine', homepage: 'https://example.org', every: 900_000 });
    expect(mine.series).toEqual([{ id: 'akash.revenue', refresh: 900_000 }]);
    const dated = source('', undefined, { samples: [{ series: 'akash.revenue', value: '/a', at: '/t' }] });
    expect(dated.series).toEqual([{ id: 'akash.revenue', refresh: null }]);
  });

  test.each([
    ['/gpu/utilization', 0.5],
    ['/list/1', 8],
    ['/a~1b', 1],
    ['/m~0n', 2],
    ['/~01', 3],
    ['/', 4],
    ['/ ', 5],
    ['/0', 6],
    ['/__proto__/x', 7],
  ])('%s leads to %d', (pointer, value) => {
    const body = '{"gpu":{"utilization":0.5},"list":[9,8],"a/b":1,"m~n":2,"~1":3,"":4," ":5,"0":6,"__proto__":{"x":7}}';
    const reading = source(pointer).parse(textReply(body), { url: 'https://example.org' }, NOW);
    expect(reading.samples).toEqual([{ series: 'akash.gpu_utilization', at: NOW, value, source: 'mine' }]);
  });

  test('the empty pointer is the whole body', () => {
    expect(read(0.25, '').samples[0]?.value).toBe(0.25);
  });

  test.each([
    '/constructor',
    '/__proto__',
    '/toString',
    '/constructor/length',
    '/list/length',
    '/list/-',
    '/list/01',
    '/list/9',
    '/text/length',
    '/nope/deep',
  ])('%s leads to nothing', (pointer) => {
    const reading = read({ list: [1, 2], text: 'abc' }, pointer);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['akash.gpu_utilization']).toBe(`${pointer} leads to nothing, not a number`);
  });

  test.each([
    ['"13.5"', /is a number in quotes, a text, not a number/],
    ['"abc"', /is a text/],
    ['""', /is a text/],
    ['null', /is null/],
    ['true', /is true or false/],
    ['[1]', /is a list/],
    ['{"a":1}', /is an object/],
    ['1e999', /is larger than a number can hold/],
  ])('%s is dropped with its reason', (json, why) => {
    const reading = source('/v').parse(textReply(`{"v":${json}}`), { url: 'https://example.org' }, NOW);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['akash.gpu_utilization']).toMatch(why);
  });

  test.each([
    ['2026-07-17T20:00:00Z', '2026-07-17T20:00:00Z'],
    ['2026-07-17T22:00:00+02:00', '2026-07-17T20:00:00Z'],
    ['2026-07-17', '2026-07-17T00:00:00Z'],
    [1_784_318_400, '2026-07-17T20:00:00Z'],
    [1_784_318_400.5, '2026-07-17T20:00:00.500Z'],
    [1_784_318_400_000, '2026-07-17T20:00:00Z'],
    ['2026-07-17T20:14:59Z', '2026-07-17T20:14:59Z'],
  ])('time %s is read', (at, iso) => {
    expect(read({ v: 1, at }, '/v', '/at').samples[0]?.at).toBe(Date.parse(iso));
  });

  test.each([
    ['2026-07-17T20:00:00', /\/at is a text, not ISO-8601 with a zone/],
    ['1784318400', /\/at is a number in quotes/],
    ['yesterday', /\/at is a text/],
    ['2026-02-30T00:00:00Z', /\/at is a text/],
    [null, /\/at is null/],
    [true, /\/at is true or false/],
    [{}, /\/at is an object/],
    [0, /before 2000/],
    [-5, /before 2000/],
    ['0001-01-01T00:00:00Z', /before 2000/],
    ['2026-07-17T20:15:01Z', /more than 5 minutes in the future/],
    [4_102_444_800, /more than 5 minutes in the future/],
    [1e300, /more than 5 minutes in the future/],
  ])('time %s is dropped', (at, why) => {
    const reading = read({ v: 1, at }, '/v', '/at');
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['akash.gpu_utilization']).toMatch(why);
  });

  test('a time that is missing drops the sample', () => {
    expect(reasonsOf(read({ v: 1 }, '/v', '/at'))['akash.gpu_utilization']).toMatch(/\/at leads to nothing/);
  });
});

const two = declared(
  DeclaredSource.parse({
    id: 'two',
    json: 'https://example.org/two.json',
    every: '1h',
    samples: [
      { series: 'akash.gpu_utilization', value: '/gpu/used', at: '/at' },
      { series: 'akash.gpus_total', value: '/gpu/all', at: '/at' },
    ],
  }),
);
test('takes numbers as they stand: signs and bounds are for the catalogue to judge', () => {
  expect(read({ v: -1 }, '/v').samples[0]?.value).toBe(-1);
});

survivesAnything(
  two,
  { url: 'https://example.org/two.json' },
  { at: '2026-07-17T20:00:00Z', gpu: { used: 0.5, all: 200 } },
  { signed: true },
);
