/** Azure's retail prices in two pages: the same sizes for Windows, as spot, in other products, at other times. */
import { DAY, type Instant, toIso } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

const NAMES = [
  'Standard_ND96isr_H100_v5',
  'Standard_ND96isr_H200_v5',
  'Standard_ND96amsr_A100_v4',
  'Standard_ND96asr_v4',
  'Standard_ND96asr_A100_v4',
  'Standard_NC4as_T4_v3',
];
const FILTER = [
  "serviceName eq 'Virtual Machines'",
  "priceType eq 'Consumption'",
  "(armRegionName eq 'eastus' or armRegionName eq 'eastus2')",
  `(${NAMES.map((name) => `armSkuName eq '${name}'`).join(' or ')})`,
].join(' and ');
const QUERY = encodeURIComponent(FILTER).replaceAll("'", '%27');
const FIRST = `prices.azure.com/api/retail/prices?api-version=2023-01-01-preview&$filter=${QUERY}`;

function item(now: Instant, size: string, product: string, meter: string, retailPrice: number, other: object = {}) {
  return {
    currencyCode: 'USD',
    retailPrice,
    armRegionName: 'eastus',
    effectiveStartDate: toIso(now - 400 * DAY),
    meterName: meter,
    productName: `Virtual Machines ${product}`,
    skuName: meter,
    unitOfMeasure: '1 Hour',
    type: 'Consumption',
    armSkuName: `Standard_${size}`,
    ...other,
  };
}

function page(Items: readonly object[], next: string | null) {
  return { BillingCurrency: 'USD', Items, NextPageLink: next, Count: Items.length };
}

function first(now: Instant) {
  const h100 = (product: string, meter: string, price: number, other?: object) =>
    item(now, 'ND96isr_H100_v5', product, meter, price, other);
  return [
    h100('NDsr H100 v5 Series', 'ND96isrH100v5', 98.32),
    h100('NDsr H100 v5 Series Windows', 'ND96isrH100v5', 102.736),
    h100('NDsr H100 v5 Series', 'ND96isrH100v5 Spot', 18.169536),
    h100('NDsr H100 v5 Series', 'ND96isrH100v5 Low Priority', 19.664),
    h100('NDsr H100 v5 Series', 'ND96isrH100v5', 186.61, { armRegionName: 'brazilsouth' }),
    h100('NDsr H100 v5 Series', 'ND96isrH100v5', 350_400, { type: 'Reservation', reservationTerm: '1 Year' }),
    h100('NDsr H100 v5 Series', 'ND96isrH100v5', 60, { type: 'DevTestConsumption' }),
    item(now, 'ND128isr_NDR_GB200_v6', 'NDsrGB200NDRv6 Series', 'ND128isrNDRGB200v6', 108.16),
  ];
}

function second(now: Instant) {
  const t4 = (product: string, meter: string, price: number, other?: object) =>
    item(now, 'NC4as_T4_v3', product, meter, price, other);
  const h200 = { armRegionName: 'eastus2' };
  return [
    item(now, 'ND96isr_H200_v5', 'NDsrH200v5 Series', 'ND96isrH200v5', 84.8, h200),
    item(now, 'ND96isr_H200_v5', 'NDsrH200v5 Series', 'ND96isrH200v5 Spot', 84.8, h200),
    item(now, 'ND96amsr_A100_v4', 'NDamsr A100 v4 Series Linux', 'ND96amsr A100 v4', 32.77),
    item(now, 'ND96amsr_A100_v4', 'NDamsr A100 v4 Series Linux', 'ND96amsr A100 v4 Spot', 0),
    item(now, 'ND96asr_v4', 'NDasr A100 v4 Series', 'ND96asr A100 v4', 27.197),
    t4('NCasT4 v3 Series', 'NC4as T4 v3', 0.526),
    t4('NCasT4 v3 Series', 'NC4as T4 v3', 0.75, { effectiveStartDate: toIso(now + 10 * DAY) }),
    t4('NCasT4 v3 Series', 'NC4as T4 v3', 0.45, { effectiveEndDate: toIso(now - 10 * DAY) }),
    t4('NCasT4 v3 Series CloudServices', 'NC4as T4 v3', 0.6),
    t4('NCasT4 v3 Series Dedicated Host', 'NC4as T4 v3', 0.58),
  ];
}

export const azure: Provider = {
  source: 'azure',
  routes: (now) => [
    { url: FIRST, body: page(first(now), `https://${FIRST.replace('.com/', '.com:443/')}&$skip=1000`) },
    { url: `${FIRST}&$skip=1000`, body: page(second(now), null) },
  ],
  gives: {
    'azure.h100_price': 12.29,
    'azure.h100_spot_price': 2.271192,
    'azure.h200_price': 10.6,
    'azure.a100_price': 4.09625,
    'azure.a100_40gb_price': 3.399625,
    'azure.t4_price': 0.526,
  },
  names: ['armSkuName'],
};
