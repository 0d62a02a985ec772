import { describe, expect, test } from 'vitest';
import { ionetCatalogue } from '../../../src/sources/metrics/ionet-catalogue.ts';
import { ionetCatalogue as provider } from '../../providers/ionet-catalogue.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf, routeOf } from '../parse.ts';

const source = ionetCatalogue({});
const MACHINES = requestOf(source, 'vmaas');
const CONTAINERS = requestOf(source, 'caas');

const h100 = {
  id: '8H100.80S.176V__FI',
  name: 'H100',
  num_cards: 8,
  sold_out: false,
  price: 28,
  vram_per_card: 80,
  interconnect: 'sxm5',
};
const machines = (...hardware: unknown[]) => source.parse(replyOf({ data: { hardware } }), MACHINES, NOW);
const containers = (...hardware: unknown[]) => source.parse(replyOf({ data: { hardware } }), CONTAINERS, NOW);

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

describe('prices', () => {
  test('are divided by the cards of the configuration, and hold at now', () => {
    expect(machines(h100).samples).toEqual([
      { series: 'ionet.h100_price', at: NOW, value: 3.5, source: 'ionet-catalogue' },
      { series: 'ionet.sold_out_share', at: NOW, value: 0, source: 'ionet-catalogue' },
    ]);
  });

  test('the lowest in stock counts; where all is sold out, the lowest there is', () => {
    const cheap = { ...h100, id: 'a', num_cards: 1, price: 2, sold_out: true };
    expect(valuesOf(machines(h100, cheap))['ionet.h100_price']).toBe(3.5);
    expect(valuesOf(machines({ ...h100, sold_out: true }, cheap))['ionet.h100_price']).toBe(2);
  });

  test.each([
    ['H100', 'sxm5', 80, 'h100'],
    ['H100', 'pcie', 80, 'h100_pcie'],
    ['H100 PCIe', '', 80, 'h100_pcie'],
    ['H100', null, 80, 'h100'],
    ['A100-SXM4-80GB', 'sxm4', 80, 'a100'],
    ['A100', '', 40, 'a100_40gb'],
    ['H200', 'sxm5', 141, 'h200'],
    ['B200', 'sxm6', 180, 'b200'],
    ['GeForce RTX 4090', undefined, 24, 'rtx4090'],
    ['L40S', 'pcie', 48, 'l40s'],
  ])('%s by %s with %s GB is %s', (name, interconnect, vram_per_card, gpu) => {
    const reading = machines({ ...h100, name, interconnect, vram_per_card });
    expect(valuesOf(reading)[`ionet.${gpu}_price`]).toBe(3.5);
    expect(reading.dropped).toEqual([]);
  });

  test.each([
    ['B300', 'sxm6', 288],
    ['H100 NVL', 'nvl', 94],
    ['A100', 'pcie', 80],
    ['RTXPRO6000', '', 96],
    ['RTX 4090 Ti', '', 24],
  ])('%s by %s has no metric, and no word is said of it', (name, interconnect, vram_per_card) => {
    const reading = machines(h100, { ...h100, id: 'x', name, interconnect, vram_per_card, price: 1 });
    expect(valuesOf(reading)).toEqual({ 'ionet.h100_price': 3.5, 'ionet.sold_out_share': 0 });
    expect(reading.dropped).toEqual([]);
  });

  test.each([
    ['an unknown interconnect', { interconnect: 'infiniband' }, 'interconnect: is written in an unknown way'],
    ['two buses', { name: 'H100 PCIe', interconnect: 'sxm5' }, 'interconnect: contradicts the name'],
    ['a price in quotes', { price: '28' }, 'price: expected number, received string'],
    ['no price', { price: null }, 'price: expected number, received null'],
    ['a price of 0', { price: 0 }, 'price: 0 is no price'],
    ['no cards', { num_cards: 0 }, 'num_cards: 0 cards of a GPU'],
    ['no word on stock', { sold_out: undefined }, 'sold_out: expected boolean, received undefined'],
    ['more memory than any card has', { vram_per_card: 80_000 }, /^vram_per_card: /],
    ['no id', { id: '' }, /^id: Too small/],
  ])('%s: the row is dropped with a reason', (_, odd, reason) => {
    const reading = machines({ ...h100, ...odd });
    expect(valuesOf(reading)['ionet.h100_price']).toBeUndefined();
    expect(reasonsOf(reading)['hardware.0']).toMatch(reason);
    expect(reasonsOf(reading)['ionet.<gpu>_price']).toBe('no configuration of a followed GPU is listed');
  });

  test('a row given twice counts once, contradicting ones not at all', () => {
    expect(machines(h100, h100).dropped).toEqual([]);
    const l40s = { ...h100, id: 'l', name: 'L40S', interconnect: 'pcie', vram_per_card: 48, price: 8 };
    const reading = machines(h100, { ...h100, price: 16 }, l40s);
    expect(valuesOf(reading)).toEqual({ 'ionet.l40s_price': 1 });
    expect(reasonsOf(reading)['ionet.sold_out_share']).toBe('some configurations could not be read');
    expect(reasonsOf(reading)['hardware 8H100.80S.176V__FI']).toMatch('twice, with different figures');
  });
});

describe('the share that is sold out', () => {
  const cpu = { id: '1CPU__US', name: '', num_cards: 0, sold_out: true, price: 0.1, vram_per_card: 0 };

  test('is of GPU configurations with a price, followed or not', () => {
    const b300 = { ...h100, id: 'b', name: 'B300', sold_out: true };
    const free = { ...h100, id: 'f', name: 'A6000', price: 0, sold_out: true };
    const reading = machines(h100, b300, free, cpu);
    expect(valuesOf(reading)['ionet.sold_out_share']).toBe(0.5);
    expect(reading.dropped).toEqual([]);
  });

  test('a followed GPU without a price is named, and spoils nothing', () => {
    const reading = machines(h100, {
      ...h100,
      id: 'l',
      name: 'L40S',
      interconnect: 'pcie',
      vram_per_card: 48,
      price: 0,
    });
    expect(valuesOf(reading)['ionet.sold_out_share']).toBe(0);
    expect(reading.dropped).toEqual([{ what: 'hardware.1', reason: 'price: 0 is no price' }]);
  });

  test('a configuration that cannot be read may be either', () => {
    const reading = machines(h100, { ...h100, id: 'b', name: 'B300', sold_out: 'no' });
    expect(valuesOf(reading)).toEqual({ 'ionet.h100_price': 3.5 });
    expect(reasonsOf(reading)['ionet.sold_out_share']).toBe('some configurations could not be read');
  });

  test('of nothing there is none', () => {
    const reading = machines(cpu);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['ionet.sold_out_share']).toBe('no configuration with a GPU is listed');
  });
});

describe('offers', () => {
  test('are the replicas of all configurations that are not sold out', () => {
    const reading = containers(
      { ...h100, available_replicas: 3 },
      { ...h100, id: 'b', num_cards: 1, available_replicas: 4 },
      { ...h100, id: 'c', available_replicas: 9, sold_out: true },
    );
    expect(valuesOf(reading)).toEqual({ 'ionet.h100_offers': 7 });
  });

  test('0 is a figure where the card is listed', () => {
    expect(valuesOf(containers({ ...h100, available_replicas: 0, sold_out: true }))).toEqual({
      'ionet.h100_offers': 0,
    });
  });

  test('without replicas there is no sum', () => {
    const reading = containers({ ...h100, available_replicas: 3 }, { ...h100, id: 'b' });
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['ionet.h100_offers']).toBe('some of its configurations do not tell their replicas');
  });

  test('a row that cannot be read costs the sum of its card only', () => {
    const rtx = { ...h100, id: 'r', name: 'RTX 4090', interconnect: null, vram_per_card: 24, available_replicas: 5 };
    const reading = containers({ ...h100, available_replicas: 3 }, { ...h100, id: 'b', available_replicas: '4' }, rtx);
    expect(valuesOf(reading)).toEqual({ 'ionet.rtx4090_offers': 5 });
    expect(reasonsOf(reading)['hardware.1']).toBe('available_replicas: expected number, received string');
  });

  test('a row that does not even tell its card costs all sums', () => {
    const reading = containers({ ...h100, available_replicas: 3 }, { ...h100, id: 'b', vram_per_card: null });
    expect(reading.samples).toEqual([]);
  });
});

for (const request of [MACHINES, CONTAINERS])
  survivesAnything(source, request, routeOf(provider, request, NOW).body, { names: ['name', 'interconnect'] });
