/** Google Cloud's own price list, which has parts of machines only: the H100 machine is added up from its parts. */
import { z } from 'zod';
import type { Reading, Reply } from '../../core/ports.ts';
import { DAY, HOUR, type Instant } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, type Piece, readPiece, without, withoutAll } from '../figures.ts';
import { readBody } from '../json.ts';
import { GCP_REGION, H100_MACHINE, type Part } from './clouds/gcp-parts.ts';
import { MOST_ROWS } from './clouds/listed.ts';

const ID = 'gcp-catalog';
/** The fields are what is read below: the whole entries would be 40 MB. */
const FIELDS =
  'nextPageToken,skus(skuId,description,category/usageType,serviceRegions,pricingInfo/pricingExpression(usageUnit,tieredRates))';
const SKUS = `https://cloudbilling.googleapis.com/v1/services/6F81-5844-456A/skus?pageSize=5000&currencyCode=USD&prettyPrint=false&fields=${FIELDS}`;

const KINDS = [
  { series: 'gcp.h100_price', parts: H100_MACHINE.onDemand },
  { series: 'gcp.h100_spot_price', parts: H100_MACHINE.spot },
] as const;
const SERIES = KINDS.map(({ series }) => series);

/** List prices of the moment. Some ten pages, each asked with the key in a header. */
export function gcpCatalog({ every = 12 * HOUR, key }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Google Cloud price catalog',
    homepage: 'https://cloud.google.com/billing/v1/how-tos/catalog-api',
    about:
      'What an H100-hour costs at Google Cloud in us-central1, added up from the list prices of what a3-highgpu-8g is made of.',
    terms: 'Google APIs Terms of Service.',
    key: {
      variable: 'GCP_API_KEY',
      from: 'https://console.cloud.google.com/apis/credentials, in a project with the Cloud Billing API enabled',
      required: true,
    },
    limits: 'About ten pages a poll, of a list that Google renews once a day.',
    least: 6 * HOUR,
    confidence: 'low',
    caveats: [
      'The list has GPUs, cores, memory and disks, not machines; what a machine is made of is written down here.',
      'The entries are told apart by their descriptions, and where one of them fits no entry or several, no price is given.',
    ],
    every,
    series: SERIES.map((id) => ({ id, refresh: DAY })),
    requests: () => [key === undefined ? { url: SKUS } : { url: SKUS, headers: { 'x-goog-api-key': key } }],
    next: (page, request) => {
      const token = tokenOf(page);
      return token === null ? null : { ...request, url: `${SKUS}&pageToken=${encodeURIComponent(token)}` };
    },
    parse: (reply, _request, now) => {
      const skus = skusOf([reply, ...(reply.further ?? [])]);
      if (!skus.ok) return withoutAll(SERIES, skus.reason);
      return join(KINDS.map(({ series, parts }) => readMachine(series, parts, skus.value, now)));
    },
  };
}

const Page = z.object({ skus: z.array(z.unknown()), nextPageToken: z.string().nullish() });
const Described = z.object({ description: z.string() });

/** Null on the last page, and on one that cannot be read: `parse` says why. */
function tokenOf(page: Reply): string | null {
  const read = readBody(page, Page);
  return read.ok && read.value.nextPageToken ? read.value.nextPageToken : null;
}

/** The entries of all pages, or why they are not all. */
function skusOf(pages: readonly Reply[]): Piece<readonly unknown[]> {
  const lists: (readonly unknown[])[] = [];
  for (const [number, page] of pages.entries()) {
    const read = readBody(page, Page);
    if (!read.ok) return { ok: false, reason: `page ${number + 1}: ${read.reason}` };
    if (number === pages.length - 1 && read.value.nextPageToken)
      return { ok: false, reason: `page ${number + 1}: nextPageToken: the list goes on` };
    lists.push(read.value.skus);
  }
  const skus = lists.flat();
  if (skus.length > MOST_ROWS) return { ok: false, reason: `has more than ${MOST_ROWS} entries` };
  return { ok: true, value: skus.filter(isOfInterest) };
}

/** Most of the list is something else, and passed over without a word. */
function isOfInterest(row: unknown): boolean {
  const description = Described.safeParse(row).data?.description;
  return description !== undefined && /H100 80GB GPU|A3 Instance|SSD backed Local Storage/.test(description);
}

/** The machine's price by its GPUs: all parts, or none. */
function readMachine(series: string, parts: readonly Part[], skus: readonly unknown[], now: Instant): Reading {
  const costs = parts.map((part) => ({ part, cost: costOf(part, skus) }));
  const faults = costs.flatMap(({ part, cost }) => (cost.ok ? [] : [without(series, `${part.what}: ${cost.reason}`)]));
  if (faults.length > 0) return join(faults);
  const total = costs.reduce((sum, { cost }) => sum + (cost.ok ? cost.value : 0), 0);
  return {
    samples: [{ series, at: now, value: total / H100_MACHINE.gpus, source: ID }],
    articles: [],
    dropped: [],
  };
}

const Sold = z.object({ serviceRegions: z.array(z.string()), category: z.object({ usageType: z.string() }) });
/** Units are whole dollars, as text; nanos are billionths. */
const Money = z
  .object({
    currencyCode: z.literal('USD'),
    units: z.string().regex(/^\d{1,6}$/, 'is not a whole number as text'),
    nanos: z.int().min(0).max(999_999_999),
  })
  .transform(({ units, nanos }) => Number(units) + nanos / 1e9)
  .refine((usd) => usd > 0, 'is 0');
const Sku = z.object({
  skuId: z.string().min(1),
  pricingInfo: z.tuple([
    z.object({
      pricingExpression: z.object({
        usageUnit: z.string(),
        tieredRates: z.tuple([z.object({ startUsageAmount: z.literal(0), unitPrice: Money })]),
      }),
    }),
  ]),
});

/** What all of a part costs an hour, by the one entry that fits; an entry that stands there twice is one. */
function costOf(part: Part, skus: readonly unknown[]): Piece<number> {
  const costs = new Map<string, number>();
  for (const row of skus) {
    if (!fits(part, row)) continue;
    const sku = readPiece(Sku, row);
    if (!sku.ok) return sku;
    const { usageUnit, tieredRates } = sku.value.pricingInfo[0].pricingExpression;
    const size = Object.hasOwn(part.units, usageUnit) ? part.units[usageUnit] : undefined;
    if (size === undefined) return { ok: false, reason: `is sold by ${JSON.stringify(usageUnit.slice(0, 40))}` };
    const cost = (part.amount * tieredRates[0].unitPrice) / size;
    if ((costs.get(sku.value.skuId) ?? cost) !== cost) return { ok: false, reason: 'one entry has two prices' };
    costs.set(sku.value.skuId, cost);
  }
  const [cost] = costs.values();
  if (cost === undefined) return { ok: false, reason: `no entry fits it in ${GCP_REGION}` };
  return costs.size === 1
    ? { ok: true, value: cost }
    : { ok: false, reason: `${costs.size} entries fit it in ${GCP_REGION}` };
}

function fits({ description, usage }: Part, row: unknown): boolean {
  const described = Described.safeParse(row).data;
  if (described === undefined || !description.test(described.description)) return false;
  const sold = Sold.safeParse(row).data;
  return sold?.serviceRegions.includes(GCP_REGION) === true && usage.includes(sold.category.usageType);
}
