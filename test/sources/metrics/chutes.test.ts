import { describe, expect, test } from 'vitest';
import { chutes } from '../../../src/sources/metrics/chutes.ts';
import { chutes as provider } from '../../providers/chutes.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = chutes({});
const NODES = requestOf(source, '/nodes/?detailed=true');
const read = (body: unknown) => source.parse(replyOf(body), NODES, NOW);
const gpus = (count: number, instance_id?: string | null) =>
  Array.from({ length: count }, () => ({ gpu: 'h200', chute: { name: 'example/model', instance_id } }));

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

describe('the inventory', () => {
  test('counts an entry for each GPU at work and adds the idle ones, at the time of the fetch', () => {
    const reading = read({
      '5One': { provisioned: [...gpus(8, 'i-1'), ...gpus(1, 'i-2')], idle: { h200: 2, '4090': 1 } },
      '5Two': { provisioned: [], idle: {} },
    });
    expect(valuesOf(reading)).toEqual({
      'chutes.gpus_leased': 9,
      'chutes.gpus_total': 12,
      'chutes.gpu_utilization': 0.75,
    });
    expect(reading.samples.every(({ at, source: from }) => at === NOW && from === 'chutes')).toBe(true);
  });

  test('private and unnamed instances count, and are not told apart', () => {
    const shy = [...gpus(10, null), ...gpus(10), { gpu: 'h200', chute: null }, { gpu: 'h200' }];
    expect(valuesOf(read({ '5One': { provisioned: shy, idle: {} } }))['chutes.gpus_leased']).toBe(22);
  });

  test('an instance on more GPUs than one can have means rows that came several times', () => {
    const reading = read({ '5One': { provisioned: [...gpus(5, 'i-1'), ...gpus(5, 'i-1')], idle: { h200: 1 } } });
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['chutes.gpus_total']).toMatch(/an instance is on 10 GPUs/);
  });

  test('nothing idle and nothing at work are figures', () => {
    expect(valuesOf(read({ '5One': { provisioned: gpus(2), idle: {} } }))['chutes.gpu_utilization']).toBe(1);
    expect(valuesOf(read({ '5One': { provisioned: [], idle: { h200: 2 } } }))).toEqual({
      'chutes.gpus_leased': 0,
      'chutes.gpus_total': 2,
      'chutes.gpu_utilization': 0,
    });
  });

  test.each([
    ['nobody', {}],
    ['a miner without GPUs', { '5One': { provisioned: [], idle: { h200: 0 } } }],
  ])('%s is a failure, not an empty network', (_, body) => {
    const reading = read(body);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['chutes.gpu_utilization']).toMatch(/a failure, not an empty network/);
    expect(reading.dropped).toHaveLength(3);
  });

  test.each([
    ['null', null],
    ['negative', { h200: -1 }],
    ['a list', ['h200']],
    ['text', { h200: '2' }],
    ['half a GPU', { h200: 0.5 }],
  ])('an idle part that is %s costs what rests on it', (_, idle) => {
    const reading = read({ '5One': { provisioned: gpus(2), idle: {} }, '5Two': { provisioned: [], idle } });
    expect(valuesOf(reading)).toEqual({ 'chutes.gpus_leased': 2 });
    expect(reasonsOf(reading)['chutes.gpus_total']).toContain('miner 1: idle');
    expect(read({ '5One': { provisioned: [], idle } }).samples).toEqual([]);
  });

  test.each([
    ['missing', undefined],
    ['null', null],
    ['a count', 5],
    ['without a GPU', [{ chute: null }]],
    ['a list of names', ['h200']],
  ])('a part at work that is %s costs every figure', (_, provisioned) => {
    const reading = read({ '5One': { provisioned: gpus(2), idle: { h200: 1 } }, '5Two': { provisioned, idle: {} } });
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['chutes.gpus_leased']).toContain('miner 1: provisioned');
  });

  test('the compact form, which says nothing on use, is no figure', () => {
    expect(read({ h200: { verified: 5, unverified: 1 } }).samples).toEqual([]);
  });

  test("miners' addresses are not shown", () => {
    expect(JSON.stringify(read({ '5MinerAddress': { provisioned: 5 } }))).not.toContain('5Miner');
  });
});

survivesAnything(source, NODES, {
  '5One': { provisioned: [{ gpu: '4090', chute: { instance_id: 'i-1' } }], idle: { '4090': 1, '3090': 0 } },
});
