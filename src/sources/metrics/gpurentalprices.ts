/** gpurentalprices.com: what a GPU-hour costs at clouds without a price API of their own. CC BY 4.0. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { DAY, HOUR } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, readPiece, without, withoutAll } from '../figures.ts';
import { type Bus, GPU_IDS, gpuId } from '../gpus.ts';
import { IsoInstant } from '../instant.ts';
import { readBody } from '../json.ts';

const ID = 'gpurentalprices';
const LATEST: Request = {
  url: 'https://raw.githubusercontent.com/adriannutiu/gpu-rental-prices/main/data/latest.json',
};

/**
 * By its slugs, which are our subjects. Not aws, gcp and azure: their rows were stale or wrong when compared with the
 * clouds' own price lists (AWS H100 12.29 against 6.88 on 2026-08-22), and would hide a price parity.
 */
const CLOUDS = [
  'coreweave',
  'lambda',
  'runpod',
  'crusoe',
  'together',
  'nebius',
  'voltagepark',
  'hyperstack',
  'ovh',
  'scaleway',
  'digitalocean',
] as const;
/** Firm prices. `secure` is RunPod's word for its own data centres; community, spot and reserved are other goods. */
const FIRM = new Set(['on-demand', 'secure']);

const Body = z.object({ offers: z.array(z.unknown()), providers: z.record(z.string(), z.unknown()) });
const Provider = z.object({
  ok: z.literal(true, { error: 'its last fetch failed' }),
  stale: z.literal(false, { error: 'its prices are carried over from an earlier day' }),
});
const Owner = z.object({ provider: z.string() });
const Kind = z.object({ kind: z.string() });
/** GB. */
const Memory = z.number().positive().max(10_000);
const Card = z.object({ gpu: z.string(), vram_gb: Memory });
const Price = z.object({ usd_hr: z.number().positive(), fetched_at: IsoInstant });

type Offer = { readonly series: string; readonly value: number; readonly at: number };

/** Far more offers than there are; a longer list is not what was asked for. */
const MOST_OFFERS = 200_000;

/** Renewed once a day; USD for one GPU and hour, at the instant the offer was fetched. */
export function gpurentalprices({ every = 6 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'gpurentalprices.com',
    homepage: 'https://gpurentalprices.com',
    about: 'The lowest firm price of a GPU-hour at clouds without a price API of their own.',
    terms: 'CC BY 4.0, with a link to gpurentalprices.com.',
    key: null,
    limits: 'A file on GitHub, renewed once a day.',
    least: HOUR,
    confidence: 'medium',
    caveats: ['Its rows of AWS, Google Cloud and Azure were stale or wrong when compared, and are not used.'],
    every,
    series: CLOUDS.flatMap((cloud) => GPU_IDS.map((gpu) => ({ id: `${cloud}.${gpu}_price`, refresh: DAY }))),
    requests: () => [LATEST],
    parse: (reply) => {
      const body = readBody(reply, Body);
      if (!body.ok) return withoutAll(CLOUDS.map(pricesOf), body.reason);
      const { offers, providers } = body.value;
      if (offers.length > MOST_OFFERS)
        return withoutAll(CLOUDS.map(pricesOf), `offers: there are more than ${MOST_OFFERS}`);
      const owned = new Map<string, unknown[]>(CLOUDS.map((cloud) => [cloud, []]));
      const unowned: Reading[] = [];
      for (const [index, offer] of offers.entries()) {
        const owner = readPiece(Owner, offer);
        if (owner.ok) owned.get(owner.value.provider)?.push(offer);
        else unowned.push(without(`offers.${index}`, owner.reason));
      }
      return join([...unowned, ...CLOUDS.map((cloud) => readCloud(cloud, owned.get(cloud) ?? [], providers))]);
    },
  };
}

function pricesOf(cloud: string): string {
  return `${cloud}.<gpu>_price`;
}

function readCloud(cloud: string, offers: readonly unknown[], providers: Readonly<Record<string, unknown>>): Reading {
  if (!Object.hasOwn(providers, cloud)) return without(pricesOf(cloud), 'not in the data');
  const state = readPiece(Provider, providers[cloud]);
  if (!state.ok) return without(pricesOf(cloud), state.reason);
  const readings: Reading[] = [];
  const best = new Map<string, Offer>();
  for (const row of offers) {
    const read = readOffer(cloud, row);
    if (read === null) continue;
    if ('dropped' in read) readings.push(read);
    else best.set(read.series, better(read, best.get(read.series) ?? read));
  }
  const samples = [...best.values()].map((offer) => ({ ...offer, source: ID }));
  if (samples.length === 0) readings.push(without(pricesOf(cloud), 'no firm offer of a followed GPU'));
  return { ...join(readings), samples };
}

/** The lower one; of equal ones that which was seen last. The order of the list plays no part. */
function better(one: Offer, other: Offer): Offer {
  if (one.value !== other.value) return one.value < other.value ? one : other;
  return one.at >= other.at ? one : other;
}

/** Null for what no metric stands for: interruptible and reserved offers, other cards. */
function readOffer(cloud: string, row: unknown): Offer | Reading | null {
  const kind = readPiece(Kind, row);
  if (!kind.ok) return without(pricesOf(cloud), kind.reason);
  if (!FIRM.has(kind.value.kind)) return null;
  const card = readPiece(Card, row);
  if (!card.ok) return without(pricesOf(cloud), card.reason);
  const gpu = gpuOf(card.value.gpu, card.value.vram_gb);
  if (gpu === undefined) return null;
  const series = `${cloud}.${gpu}_price`;
  const price = readPiece(Price, row);
  return price.ok ? { series, value: price.value.usd_hr, at: price.value.fetched_at } : without(series, price.reason);
}

/** `h100-sxm`, `a100-sxm-80`, `rtx-4090`. Memory is read from its own field: `a100-sxm-80` was seen on 40 GB rows. */
function gpuOf(sku: string, memory: number): string | undefined {
  const match = /^([a-z0-9-]{1,40}?)(?:-(sxm|pcie|nvl))?(?:-(?:40|80))?$/.exec(sku);
  const bus = match?.[2] ?? null;
  return gpuId(match?.[1] ?? '', isBus(bus) ? bus : null, memory);
}

function isBus(text: string | null): text is Bus {
  return text === null || text === 'sxm' || text === 'pcie' || text === 'nvl';
}
