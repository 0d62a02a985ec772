/** What a GPU-hour costs on Akash: the medians of bids that its console lists by card. */
import { z } from 'zod';
import type { Dropped, Reading } from '../../../core/ports.ts';
import type { Sample } from '../../../core/series.ts';
import type { Instant } from '../../../core/time.ts';
import { readPiece, without } from '../../figures.ts';
import { GPU_IDS } from '../../gpus.ts';
import { cardOf, isNvidia, MOST_ROWS } from './card.ts';
import { type Endpoint, endpointOf } from './console.ts';
import { seriesOf, unlisted } from './grid.ts';

export const PRICE = 'akash.<gpu>_price';

const Listing = z.object({ models: z.array(z.unknown()).max(MOST_ROWS) });
const Made = z.object({ vendor: z.string() });
/** `med` is in USD an hour; the price is null where nobody bid. */
const Bids = z.object({
  price: z.object({ currency: z.literal('USD').optional(), med: z.number().positive() }).nullable(),
});

/** The body has no time: prices hold at `now`. */
export function pricesEndpoint(source: string): Endpoint {
  return endpointOf('/gpu-prices', [PRICE], (body, now) => readPrices(body, source, now));
}

type Prices = {
  /** By card, the lowest where several rows are the same one. */
  readonly lowest: Map<string, number>;
  readonly nobodyBid: Set<string>;
  /** Cards of which a row could not be read, which has been said. */
  readonly unread: Set<string>;
};

/** One sample a GPU the catalogue knows. */
function readPrices(body: unknown, source: string, now: Instant): Reading {
  const listing = readPiece(Listing, body);
  if (!listing.ok) return without(PRICE, listing.reason);
  const prices: Prices = { lowest: new Map(), nobodyBid: new Set(), unread: new Set() };
  const { lowest, nobodyBid, unread } = prices;
  const dropped = listing.value.models.flatMap((row, index) => addRow(prices, row, `models.${index}`) ?? []);
  const samples: Sample[] = [];
  for (const gpu of GPU_IDS) {
    const [series, value] = [seriesOf(PRICE, gpu), lowest.get(gpu)];
    if (value !== undefined) samples.push({ series, at: now, value, source });
    else if (nobodyBid.has(gpu)) dropped.push({ what: series, reason: 'nobody bid on it' });
  }
  const missing = unlisted([PRICE], (gpu) => lowest.has(gpu) || nobodyBid.has(gpu) || unread.has(gpu));
  return { samples, articles: [], dropped: [...dropped, ...missing] };
}

/** Null where the row was read, or is of a card that no metric stands for. */
function addRow(prices: Prices, row: unknown, where: string): Dropped | null {
  const made = readPiece(Made, row);
  if (!made.ok) return { what: where, reason: made.reason };
  if (!isNvidia(made.value.vendor)) return null;
  const card = cardOf(row);
  if (card.kind === 'unclear') return { what: where, reason: card.reason };
  if (card.kind === 'other') return null;
  const { gpu } = card;
  const bids = readPiece(Bids, row);
  if (!bids.ok) {
    prices.unread.add(gpu);
    return { what: seriesOf(PRICE, gpu), reason: `${where}.${bids.reason}` };
  }
  const { price } = bids.value;
  if (price === null) prices.nobodyBid.add(gpu);
  else prices.lowest.set(gpu, Math.min(price.med, prices.lowest.get(gpu) ?? price.med));
  return null;
}
