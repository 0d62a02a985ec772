/** Azure's own list of retail prices: on demand and spot. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { DAY, HOUR, type Instant } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, readPiece, without, withoutAll } from '../figures.ts';
import { IsoInstant } from '../instant.ts';
import { type Item, itemsOf, nextPage } from './clouds/azure-pages.ts';
import { type Listed, type Machine, nothingListed, pricePerGpu } from './clouds/listed.ts';

const ID = 'azure';

type Size = Machine & {
  readonly region: string;
  /** Other names that the list has for the same machine. */
  readonly alias?: string;
};

/** One region each: a machine of eight H100 costs from 98 to 187 USD by region. H200 is not sold in eastus. */
const SIZES: readonly Size[] = [
  { gpu: 'h100', name: 'Standard_ND96isr_H100_v5', gpus: 8, region: 'eastus' },
  { gpu: 'h200', name: 'Standard_ND96isr_H200_v5', gpus: 8, region: 'eastus2' },
  { gpu: 'a100', name: 'Standard_ND96amsr_A100_v4', gpus: 8, region: 'eastus' },
  { gpu: 'a100_40gb', name: 'Standard_ND96asr_v4', alias: 'Standard_ND96asr_A100_v4', gpus: 8, region: 'eastus' },
  { gpu: 't4', name: 'Standard_NC4as_T4_v3', gpus: 1, region: 'eastus' },
];
const SERIES = SIZES.flatMap((size) => [seriesOf(size, 'firm'), seriesOf(size, 'spot')]);

/** Equality throughout: names that merely contain `B200` are GB200's too. */
const FILTER = [
  "serviceName eq 'Virtual Machines'",
  "priceType eq 'Consumption'",
  `(${[...new Set(SIZES.map(({ region }) => region))].map((region) => `armRegionName eq '${region}'`).join(' or ')})`,
  `(${SIZES.flatMap(namesOf)
    .map((name) => `armSkuName eq '${name}'`)
    .join(' or ')})`,
].join(' and ');
const PRICES: Request = {
  // As a URL writes it: quotes and spaces encoded once and for all.
  url: new URL(
    `https://prices.azure.com/api/retail/prices?api-version=2023-01-01-preview&$filter=${encodeURIComponent(FILTER)}`,
  ).href,
};

/** Linux, in USD, as the list stands: since when a price holds says nothing about how old the list is. */
export function azure({ every = 12 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Azure retail prices',
    homepage: 'https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices',
    about:
      'What a GPU-hour costs at Azure on demand and as spot, in eastus (H200 in eastus2): a machine shared among its GPUs.',
    terms: 'Public API without a key, offered by Microsoft for price comparisons in tools of your own.',
    key: null,
    limits: 'None published; it answers 429 when asked too quickly.',
    least: HOUR,
    confidence: 'high',
    caveats: [
      'A price says nothing about whether a machine can be had.',
      'A spot price that is not below the on-demand one is left out: Azure lists such meters where it sells no spot yet.',
      'Where Azure lists two prices of one machine at a time, neither is used.',
    ],
    every,
    series: SERIES.map((id) => ({ id, refresh: DAY })),
    requests: () => [PRICES],
    next: nextPage,
    parse: (reply, _request, now) => {
      const items = itemsOf([reply, ...(reply.further ?? [])]);
      return items.ok ? readItems(items.value, now) : withoutAll(SERIES, items.reason);
    },
  };
}

type Kind = 'firm' | 'spot';

function seriesOf({ gpu }: Size, kind: Kind): string {
  return kind === 'firm' ? `azure.${gpu}_price` : `azure.${gpu}_spot_price`;
}

function namesOf({ name, alias }: Size): readonly string[] {
  return alias === undefined ? [name] : [name, alias];
}

const Named = z.object({ armSkuName: z.string() });
/** Windows rows have the same meter name as Linux ones, and spot is said by either of two: all three names are looked at. */
const Goods = z.object({
  armRegionName: z.string(),
  productName: z.string(),
  skuName: z.string(),
  meterName: z.string(),
  type: z.string(),
});
/** Windows, dedicated hosts and the old cloud services have the same size names at other prices. */
const OTHER_PRODUCTS = /windows|dedicated|cloud ?services/i;
/** The forerunner of spot, for Azure Batch; and meters of the past. */
const OTHER_METERS = /low priority|expired/i;
const Terms = z.object({
  currencyCode: z.literal('USD'),
  unitOfMeasure: z.literal('1 Hour'),
  tierMinimumUnits: z.literal(0).optional(),
  retailPrice: z.number().positive(),
  effectiveStartDate: IsoInstant,
  effectiveEndDate: IsoInstant.nullish(),
});

function readItems(items: readonly Item[], now: Instant): Reading {
  const listed = new Map(SERIES.map((series) => [series, nothingListed()]));
  const unnamed: Reading[] = [];
  for (const { where, item } of items) {
    const named = readPiece(Named, item);
    if (!named.ok) unnamed.push(without(where, named.reason));
    else readItem(named.value.armSkuName, item, where, listed, now);
  }
  return join([...unnamed, ...SIZES.map((size) => readSize(size, listed, now))]);
}

/** Puts the price of a row where it belongs; rows of other goods, other regions and other times are passed over. */
function readItem(name: string, item: unknown, where: string, listed: ReadonlyMap<string, Listed>, now: Instant): void {
  const size = SIZES.find((candidate) => namesOf(candidate).includes(name));
  if (size === undefined) return;
  const goods = readPiece(Goods, item);
  if (!goods.ok) return void listed.get(seriesOf(size, 'firm'))?.faults.push(`${where}: ${goods.reason}`);
  const { armRegionName, productName, skuName, meterName, type } = goods.value;
  const meters = `${skuName} ${meterName}`;
  if (armRegionName !== size.region || type !== 'Consumption') return;
  if (OTHER_PRODUCTS.test(productName) || OTHER_METERS.test(meters)) return;
  const own = listed.get(seriesOf(size, /\bspot\b/i.test(meters) ? 'spot' : 'firm'));
  const terms = readPiece(Terms, item);
  if (!terms.ok) return void own?.faults.push(`${where}: ${terms.reason}`);
  const { retailPrice, effectiveStartDate, effectiveEndDate } = terms.value;
  if (effectiveStartDate <= now && (effectiveEndDate ?? Number.POSITIVE_INFINITY) > now) own?.prices.add(retailPrice);
}

function readSize(size: Size, listed: ReadonlyMap<string, Listed>, now: Instant): Reading {
  const [firm, spot] = (['firm', 'spot'] as const).map((kind) => {
    const series = seriesOf(size, kind);
    const place = kind === 'firm' ? `in ${size.region}` : `as spot in ${size.region}`;
    return pricePerGpu(series, size, listed.get(series) ?? nothingListed(), place, { at: now, source: ID });
  }) as [Reading, Reading];
  const [price, discounted] = [firm.samples[0]?.value, spot.samples[0]?.value];
  if (price === undefined || discounted === undefined || discounted < price) return join([firm, spot]);
  return join([
    firm,
    without(seriesOf(size, 'spot'), 'is not below the on-demand price: Azure sells no spot of it yet'),
  ]);
}
