/** What a GPU-hour costs on Lium: the median over the machines that `/executors` lists. */
import { z } from 'zod';
import type { Dropped, Reading } from '../../../core/ports.ts';
import type { Instant } from '../../../core/time.ts';
import { join, readPiece, without } from '../../figures.ts';
import { GPU_IDS } from '../../gpus.ts';
import { nvidiaGpu } from '../../nvidia-name.ts';
import { once } from '../../once.ts';

/** What is missed where no price at all could be read. */
export const PRICES = 'lium.<gpu>_price';

/** Far more machines than were ever listed: about a hundred. */
const List = z.array(z.unknown()).max(200_000);
const Named = z.object({ machine_name: z.string().min(1) });
/**
 * `price_per_gpu` is USD for one GPU and hour, as the machine's owner set it; `pending_price_per_hour` beside it is a
 * price to come. A machine of the tier `spot` may be taken back: another good.
 */
const Machine = z.object({
  id: z.string().min(1),
  tier: z.enum(['secure', 'spot']),
  gpu_count: z.int().positive(),
  price_per_gpu: z.number().positive(),
});

type Offer = { readonly gpu: string; readonly tier: 'secure' | 'spot'; readonly price: number };

/**
 * Each machine counts once, however many GPUs it holds: its owner set one price. A card that nobody offers is passed
 * over without a word, but for the H100, by which Bittensor is compared.
 */
export function readPrices(body: unknown, source: string, at: Instant): Reading {
  const list = readPiece(List, body);
  if (!list.ok) return without(PRICES, list.reason);
  const { offers, dropped } = readOffers(list.value);
  const readings = GPU_IDS.map((gpu): Reading => {
    const series = PRICES.replace('<gpu>', gpu);
    const prices = offers.filter((offer) => offer.gpu === gpu && offer.tier === 'secure').map(({ price }) => price);
    if (prices.length > 0)
      return { samples: [{ series, at, value: median(prices), source }], articles: [], dropped: [] };
    return gpu === 'h100' ? without(series, 'no machine with it has a firm price') : NOTHING;
  });
  return join([...readings, { samples: [], articles: [], dropped }]);
}

const NOTHING: Reading = { samples: [], articles: [], dropped: [] };

/** Machines whose cards no metric stands for are most of the list, and left out without a word. */
function readOffers(list: readonly unknown[]): {
  readonly offers: readonly Offer[];
  readonly dropped: readonly Dropped[];
} {
  const read: (readonly [string, Offer])[] = [];
  const dropped: Dropped[] = [];
  for (const [index, row] of list.entries()) {
    const named = readPiece(Named, row);
    const gpu = named.ok ? nvidiaGpu(named.value.machine_name) : null;
    if (gpu === undefined) continue;
    const machine = readPiece(Machine, row);
    if (gpu !== null && machine.ok)
      read.push([machine.value.id, { gpu, tier: machine.value.tier, price: machine.value.price_per_gpu }]);
    const bad = named.ok ? machine : named;
    if (!bad.ok) dropped.push({ what: `machine ${index}`, reason: bad.reason });
  }
  const { kept, torn } = once(read);
  const several = torn.map((): Dropped => ({ what: 'a machine', reason: 'is listed several times, differently' }));
  return { offers: [...kept.values()], dropped: [...dropped, ...several] };
}

/** Of at least one value; the mean of the two in the middle where there is no single one. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low ?? Number.NaN) / 2 + (high ?? Number.NaN) / 2;
}
