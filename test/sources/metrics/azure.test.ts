import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../src/core/ports.ts';
import { DAY } from '../../../src/core/time.ts';
import { azure as create } from '../../../src/sources/metrics/azure.ts';
import { azure as provider } from '../../providers/azure.ts';
import { NOW, reasonsOf, replyOf, requestOf, textReply, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = create({});
const PRICES = requestOf(source, 'retail/prices');

type Row = Record<string, unknown>;
const h100: Row = {
  currencyCode: 'USD',
  tierMinimumUnits: 0,
  retailPrice: 98.32,
  unitPrice: 98.32,
  armRegionName: 'eastus',
  effectiveStartDate: '2024-08-01T00:00:00Z',
  meterName: 'ND96isrH100v5',
  productName: 'Virtual Machines NDsr H100 v5 Series',
  skuName: 'ND96isrH100v5',
  unitOfMeasure: '1 Hour',
  type: 'Consumption',
  isPrimaryMeterRegion: true,
  armSkuName: 'Standard_ND96isr_H100_v5',
};
const spot: Row = { ...h100, meterName: 'ND96isrH100v5 Spot', skuName: 'ND96isrH100v5 Spot', retailPrice: 18 };
const t4: Row = { ...h100, armSkuName: 'Standard_NC4as_T4_v3', retailPrice: 0.5, skuName: 'T4', meterName: 'T4' };

function page(items: readonly unknown[], next: unknown = null) {
  return {
    BillingCurrency: 'USD',
    CustomerEntityType: 'Retail',
    Items: items,
    NextPageLink: next,
    Count: items.length,
  };
}
function read(...items: readonly unknown[]): Reading {
  return source.parse(replyOf(page(items)), PRICES, NOW);
}

describe('the question', () => {
  test('is one, encoded once, by names that are equal and regions that are pinned', () => {
    const url = new URL(PRICES.url);
    expect(PRICES.url).toBe(url.href);
    expect(PRICES.url).not.toMatch(/['" ]/);
    expect(url.searchParams.get('$filter')).toBe(
      "serviceName eq 'Virtual Machines' and priceType eq 'Consumption'" +
        " and (armRegionName eq 'eastus' or armRegionName eq 'eastus2')" +
        " and (armSkuName eq 'Standard_ND96isr_H100_v5' or armSkuName eq 'Standard_ND96isr_H200_v5'" +
        " or armSkuName eq 'Standard_ND96amsr_A100_v4' or armSkuName eq 'Standard_ND96asr_v4'" +
        " or armSkuName eq 'Standard_ND96asr_A100_v4' or armSkuName eq 'Standard_NC4as_T4_v3')",
    );
    expect(source.requests()).toHaveLength(1);
  });
});

describe('its pages', () => {
  const next = (link: unknown) => source.next?.(replyOf(page([h100], link)), PRICES) ?? null;

  test('the port that Azure names is the usual one', () => {
    expect(next('https://prices.azure.com:443/api/retail/prices?$filter=a%20b&$skip=1000')).toEqual({
      url: 'https://prices.azure.com/api/retail/prices?$filter=a%20b&$skip=1000',
    });
  });

  test('another host or scheme is named as it is, for the poller to refuse', () => {
    expect(next('https://prices.azure.com.example/api?$skip=1000')?.url).toContain('azure.com.example');
    expect(next('http://prices.azure.com/api/retail/prices?$skip=1000')?.url).toMatch(/^http:/);
  });

  test.each([[null], [undefined], [''], [7], ['$skip=1000'], [{}]])('%j is no next page', (link) => {
    expect(next(link)).toBeNull();
  });

  test('a page that is none has no next', () => {
    for (const text of ['', '<html>', '[]', '{"NextPageLink":"https://prices.azure.com/x"}'])
      expect(source.next?.(textReply(text), PRICES)).toBeNull();
  });

  test('all of them count', () => {
    const reply = { ...replyOf(page([h100], 'https://prices.azure.com/2')), further: [replyOf(page([spot, t4]))] };
    expect(valuesOf(source.parse(reply, PRICES, NOW))).toEqual({
      'azure.h100_price': 12.29,
      'azure.h100_spot_price': 2.25,
      'azure.t4_price': 0.5,
    });
  });

  test.each([
    ['no list', { error: 'busy' }, 'page 2: Items: expected array, received undefined'],
    [
      'a link that leads nowhere',
      page([], 'next'),
      'page 2: NextPageLink: the list goes on at a page that cannot be asked for',
    ],
  ])('where the second one is %s, the first is not the whole', (_, second, reason) => {
    const reply = { ...replyOf(page([h100, t4], 'https://prices.azure.com/2')), further: [replyOf(second)] };
    const reading = source.parse(reply, PRICES, NOW);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped).toHaveLength(source.series.length);
    expect(reading.dropped[0]?.reason).toBe(reason);
  });

  test('a link that nobody followed is said', () => {
    const reading = source.parse(replyOf(page([h100], 'https://prices.azure.com/2')), PRICES, NOW);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped[0]?.reason).toContain('the list goes on');
  });
});

describe('the prices', () => {
  test('are what the provider says, as of now', () => {
    const readings = readingOf(source, provider, NOW);
    expect(newestOf(readings)).toEqual(Object.fromEntries(Object.entries(provider.gives).sort()));
    expect(readings[0]?.samples.every(({ at }) => at === NOW)).toBe(true);
  });

  test.each([
    ['Windows, whose meter has the same name', { productName: 'Virtual Machines NDsr H100 v5 Series Windows' }],
    ['a dedicated host', { productName: 'Virtual Machines NDsr H100 v5 Series Dedicated Host' }],
    ['cloud services in one word', { productName: 'NDsr H100 v5 Series CloudServices' }],
    ['cloud services in two', { productName: 'NDsr H100 v5 Series Cloud Services' }],
    ['low priority', { skuName: 'ND96isrH100v5 Low Priority', meterName: 'ND96isrH100v5 Low Priority' }],
    ['low priority by its meter only', { meterName: 'ND96isrH100v5 Low Priority' }],
    ['a meter of the past', { meterName: 'ND96isrH100v5 Expired' }],
    ['a reservation, said to be by the hour', { type: 'Reservation', reservationTerm: '1 Year' }],
    ['for development', { type: 'DevTestConsumption' }],
    ['another region', { armRegionName: 'eastus2' }],
    ['a price to come', { effectiveStartDate: new Date(NOW + DAY).toISOString() }],
    ['a price of the past', { effectiveEndDate: new Date(NOW).toISOString() }],
    ['GB200, whose name contains B200', { armSkuName: 'Standard_ND128isr_NDR_GB200_v6' }],
    ['a name in small letters', { armSkuName: 'standard_nd96isr_h100_v5' }],
  ])('%s is another good', (_, other) => {
    expect(read(h100, { ...h100, retailPrice: 44, ...other })).toEqual(read(h100));
  });

  test.each([
    ['a currency', { currencyCode: 'EUR' }, 'Items.1: currencyCode: expected "USD"'],
    ['a unit', { unitOfMeasure: '1 Month' }, 'Items.1: unitOfMeasure: expected "1 Hour"'],
    ['a discount', { tierMinimumUnits: 100 }, 'Items.1: tierMinimumUnits: expected 0'],
    ['a price of 0', { retailPrice: 0 }, 'Items.1: retailPrice: Too small: expected number to be >0'],
    ['a price in quotes', { retailPrice: '44' }, 'Items.1: retailPrice: expected number, received string'],
    ['no start', { effectiveStartDate: undefined }, 'Items.1: effectiveStartDate: expected string, received undefined'],
    ['no product', { productName: null }, 'Items.1: productName: expected string, received null'],
  ])('%s that does not fit costs its row, with a reason', (_, other, reason) => {
    const reading = read(t4, { ...h100, ...other });
    expect(valuesOf(reading)).toEqual({ 'azure.t4_price': 0.5 });
    expect(reasonsOf(reading)['azure.h100_price']).toBe(reason);
  });

  test('rows that agree count once; at two prices there is none', () => {
    expect(valuesOf(read(h100, { ...h100, isPrimaryMeterRegion: false }))).toEqual({ 'azure.h100_price': 12.29 });
    const other = { ...h100, retailPrice: 102.4 };
    for (const items of [
      [h100, other],
      [other, h100],
      [h100, other, h100],
    ]) {
      expect(read(...items).samples).toEqual([]);
      expect(reasonsOf(read(...items))['azure.h100_price']).toBe(
        'Standard_ND96isr_H100_v5 is listed at 98.32 and at 102.4 USD in eastus, and nothing says which one holds',
      );
    }
  });

  test('spot is told by either name, and two spot prices are none', () => {
    const byMeter = { ...spot, skuName: 'ND96isrH100v5' };
    expect(valuesOf(read(h100, byMeter))).toEqual({ 'azure.h100_price': 12.29, 'azure.h100_spot_price': 2.25 });
    const reading = read(h100, spot, { ...spot, retailPrice: 22 });
    expect(valuesOf(reading)).toEqual({ 'azure.h100_price': 12.29 });
    expect(reasonsOf(reading)['azure.h100_spot_price']).toContain('is listed at 18 and at 22 USD as spot in eastus');
  });

  test('a spot price like the on-demand one is a placeholder', () => {
    for (const retailPrice of [98.32, 99]) {
      const reading = read(h100, { ...spot, retailPrice });
      expect(valuesOf(reading)).toEqual({ 'azure.h100_price': 12.29 });
      expect(reasonsOf(reading)['azure.h100_spot_price']).toMatch(/^is not below the on-demand price/);
    }
    expect(valuesOf(read({ ...spot, retailPrice: 99 }))).toEqual({ 'azure.h100_spot_price': 12.375 });
  });

  test('H200 is priced where it is sold', () => {
    const h200 = { ...h100, armSkuName: 'Standard_ND96isr_H200_v5', retailPrice: 84.8 };
    expect(valuesOf(read({ ...h200, armRegionName: 'eastus2' }))).toEqual({ 'azure.h200_price': 10.6 });
    expect(reasonsOf(read(h200))['azure.h200_price']).toBe('Standard_ND96isr_H200_v5 is not listed in eastus2');
  });

  test('the A100 of 40 GB goes by two names', () => {
    const names = ['Standard_ND96asr_v4', 'Standard_ND96asr_A100_v4'];
    const rows = names.map((armSkuName) => ({ ...h100, armSkuName, retailPrice: 28 }));
    for (const items of [rows, rows.slice(0, 1), rows.slice(1)])
      expect(valuesOf(read(...items))).toEqual({ 'azure.a100_40gb_price': 3.5 });
  });

  test('a row without a name is told by its place', () => {
    expect(reasonsOf(read(h100, null, { ...h100, armSkuName: null }))).toMatchObject({
      'Items.1': 'expected object, received null',
      'Items.2': 'armSkuName: expected string, received null',
    });
  });

  test('a list far too long is not read', () => {
    const items = [h100, ...Array.from({ length: 200_000 }, () => 0)];
    const reading = source.parse(replyOf(page(items)), PRICES, NOW);
    expect(reading.samples).toEqual([]);
    expect(reading.dropped[0]?.reason).toBe('has more than 200000 items');
  });
});

survivesAnything(source, PRICES, page([h100, spot, t4]), { names: ['armSkuName', 'armRegionName'] });
