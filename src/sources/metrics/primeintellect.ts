/** Prime Intellect: how many offers of each card its marketplace lists, how well they are in stock, and at what price. */
import { z } from 'zod';
import type { Request } from '../../core/ports.ts';
import { MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, readPiece, withoutAll } from '../figures.ts';
import { gpuId } from '../gpus.ts';
import { busOf, type Listing, type Row, readListing, StockLevel, seriesOf, shareOf } from './stock/listing.ts';
import { type Item, nextPage, readPages, urlOf } from './stock/primeintellect-pages.ts';

const ID = 'primeintellect';
const CARDS: readonly string[] = [
  'h100',
  'h100_pcie',
  'h200',
  'b200',
  'a100',
  'a100_40gb',
  'l40s',
  'l4',
  't4',
  'rtx4090',
  'rtx3090',
];
const OFFERS: Listing<null> = { id: ID, gpus: CARDS, figures: { offers: (rows) => rows.length } };
const STOCK: Listing<StockLevel> = {
  id: ID,
  gpus: CARDS,
  figures: {
    low_stock_offers: (rows) => rows.filter((level) => level === 'low').length,
    capacity: (rows) => shareOf(rows, (level) => level === 'plenty'),
  },
};
/** Null: no price on demand, but one to bid, to pay ahead, or of a community host. */
const PRICES: Listing<number | null> = {
  id: ID,
  gpus: CARDS,
  figures: { price: (rows) => median(rows.filter((price) => price !== null)) },
};

const Typed = z.object({ gpuType: z.string() });
const Attached = z.object({ socket: z.string().nullable() });
/** What tells an offer from others; nothing is read of it. */
const Mark = z
  .unknown()
  .refine((mark) => typeof mark !== 'object' || mark === null, { error: 'expected text or a number' })
  .optional();
const Marks = z.object({
  cloudId: Mark,
  gpuType: Mark,
  socket: Mark,
  provider: Mark,
  region: Mark,
  dataCenter: Mark,
  country: Mark,
  gpuCount: Mark,
  security: Mark,
  isSpot: Mark,
  prepaidTime: Mark,
});
const Listed = z.unknown().transform(() => null);
const Stocked = z.object({ stockStatus: StockLevel }).transform((offer) => offer.stockStatus);
/** USD an hour, for all GPUs of the offer; as USD for one. `isSpot` and `prepaidTime` are missing from some offers on demand. */
const Priced = z
  .object({
    gpuCount: z.number().int().positive(),
    isSpot: z.boolean().nullish(),
    prepaidTime: z.number().nullish(),
    prices: z.object({ onDemand: z.number().positive().nullable(), currency: z.literal('USD') }),
  })
  .transform(({ gpuCount, isSpot, prepaidTime, prices: { onDemand } }) => {
    const onTerms = isSpot === true || typeof prepaidTime === 'number';
    return onTerms || onDemand === null ? null : onDemand / gpuCount;
  });

/** A list in pages, which holds at `now`: it gives no time of its own. */
export function primeintellect({ every = 30 * MINUTE, key }: Options): BuiltInSource {
  const first: Request = {
    url: urlOf(1),
    ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
  };
  const series = [OFFERS, STOCK, PRICES].flatMap((listing) => seriesOf(listing));
  return {
    id: ID,
    title: 'Prime Intellect',
    homepage: 'https://www.primeintellect.ai',
    about:
      'Offers of each card on a marketplace of many clouds, how many are low in stock, and the median price on demand.',
    terms: 'An API for account holders; nothing is said of publishing its figures.',
    key: {
      variable: 'PRIME_INTELLECT_API_KEY',
      from: 'https://app.primeintellect.ai/dashboard/tokens',
      required: true,
    },
    limits:
      'None published; pages of 100 offers, some 6 to 10 of them. The key needs the permission to read availability.',
    least: 10 * MINUTE,
    confidence: 'medium',
    caveats: [
      "Offers of other clouds, RunPod's and Lambda's among them, so their figures are partly the same as those clouds' own.",
      'Stock is told in words: High, Medium and Available count as in stock, Low does not.',
      'An offer is a kind of machine in a place, not a machine; prices leave out disks that cost extra.',
    ],
    every,
    series: series.map((id) => ({ id, refresh: MINUTE })),
    requests: () => [first],
    next: nextPage,
    parse: (reply, _request, now) => {
      const items = readPages([reply, ...(reply.further ?? [])]);
      if (!items.ok) return withoutAll(series, items.reason);
      const offers = items.value.map(readOffer);
      const rows = <T>(schema: z.ZodType<T>) => offers.map((offer) => rowOf(offer, schema));
      return join([
        readListing(OFFERS, rows(Listed), now),
        readListing(STOCK, rows(Stocked), now),
        readListing(PRICES, rows(Priced), now),
      ]);
    },
  };
}

type Offer = Item & { readonly gpu: string; readonly marks: unknown };
type Unread = { readonly gpus: readonly string[] | null; readonly reason: string };

/** Whose offer it is, and what tells it from others. */
function readOffer({ where, item }: Item): Offer | Unread | null {
  const typed = readPiece(Typed, item);
  if (!typed.ok) return { gpus: null, reason: `${where}.${typed.reason}` };
  const named = /^([A-Za-z0-9]{1,20})_(\d{1,4})GB$/.exec(typed.value.gpuType);
  if (named === null) return null;
  const model = named[1] ?? '';
  const attached = readPiece(Attached, item);
  if (!attached.ok) return { gpus: cardsOf(model), reason: `${where}.${attached.reason}` };
  const gpu = gpuOf(model, attached.value.socket, Number(named[2]));
  if (gpu === undefined) return null;
  const marks = readPiece(Marks, item);
  return marks.ok ? { gpu, marks: marks.value, where, item } : { gpus: [gpu], reason: `${where}.${marks.reason}` };
}

function cardsOf(model: string): readonly string[] {
  return CARDS.filter((gpu) => gpu.split('_')[0] === model.toLowerCase());
}

function rowOf<T>(offer: Offer | Unread | null, schema: z.ZodType<T>): Row<T> {
  if (offer === null || 'reason' in offer) return offer;
  const value = readPiece(schema, offer.item);
  if (!value.ok) return { gpus: [offer.gpu], reason: `${offer.where}.${value.reason}` };
  // The value is part of the key: an offer that changed between two pages is no contradiction.
  return { gpu: offer.gpu, key: JSON.stringify([offer.marks, value.value]), value: value.value };
}

/** Sockets are `PCIe` and `SXM2` to `SXM6`; null where the offer does not say. */
function gpuOf(model: string, socket: string | null, memory: number): string | undefined {
  if (socket === null) return gpuId(model, null, memory);
  const bus = busOf(socket);
  return bus === undefined ? undefined : gpuId(model, bus, memory);
}

function median(prices: readonly number[]): number | string {
  const sorted = prices.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? 'no offer has a price on demand' : (lower + upper) / 2;
}
