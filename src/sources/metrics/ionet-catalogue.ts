/** io.net's catalogue of virtual machines and containers: what a GPU-hour costs, and what is sold out. */
import type { Reading, Request } from '../../core/ports.ts';
import { HOUR, type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, without } from '../figures.ts';
import { GPU_IDS } from '../gpus.ts';
import { readJson } from '../json.ts';
import { type Configuration, type Hardware, readHardware } from './ionet/hardware.ts';

const ID = 'ionet-catalogue';
const CLOUD = 'https://api.io.solutions/v1/io-cloud';
const MACHINES: Request = { url: `${CLOUD}/vmaas/hardware` };
const CONTAINERS: Request = { url: `${CLOUD}/caas/hardware` };

const PRICES = 'ionet.<gpu>_price';
const OFFERS = 'ionet.<gpu>_offers';
const SOLD_OUT = 'ionet.sold_out_share';

/**
 * Prices are USD for a whole configuration, and are divided by its cards. A card's price is that of its cheapest
 * configuration in stock; where all are sold out, of the cheapest one listed.
 */
export function ionetCatalogue({ every = HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'io.net catalogue',
    homepage: 'https://cloud.io.net',
    about:
      'What a GPU-hour costs on io.net, how many container replicas can be had, and the share of what is sold out.',
    terms: 'The public catalogue behind the IO Cloud console; no terms for programs were found.',
    key: null,
    limits: '150 requests in 10 s for the whole API, by its documentation.',
    least: 30 * MINUTE,
    confidence: 'medium',
    caveats: [
      'A price is the lowest of all locations, of the machines that are not sold out; where all are, of all.',
      'Offers are the container replicas that can be deployed, not listings.',
      'A card whose attachment is not told counts as SXM.',
    ],
    every,
    series: [...GPU_IDS.flatMap((gpu) => [price(gpu), offers(gpu)]), SOLD_OUT].map((id) => ({
      id,
      refresh: 30 * MINUTE,
    })),
    requests: () => [MACHINES, CONTAINERS],
    parse: (reply, request, now) => {
      const machines = request.url === MACHINES.url;
      const expected = machines ? [PRICES, SOLD_OUT] : [OFFERS];
      const body = readJson(reply);
      const hardware = body.ok ? readHardware(body.value) : body;
      if (!hardware.ok) return join(expected.map((series) => without(series, hardware.reason)));
      return machines ? readMachines(hardware.value, now) : readContainers(hardware.value, now);
    },
  };
}

function price(gpu: string): string {
  return `ionet.${gpu}_price`;
}

function offers(gpu: string): string {
  return `ionet.${gpu}_offers`;
}

function readMachines(hardware: Hardware, now: Instant): Reading {
  const { configurations } = hardware;
  const priced = [...byCard(configurations)].map(([gpu, all]): Reading => {
    const inStock = all.filter(({ soldOut }) => !soldOut);
    const perCard = (inStock.length > 0 ? inStock : all).map((one) => one.price / one.cards);
    return sample(
      price(gpu),
      perCard.reduce((least, one) => Math.min(least, one)),
      now,
    );
  });
  const missing = priced.length === 0 ? [without(PRICES, 'no configuration of a followed GPU is listed')] : [];
  return join([hardware.reasons, ...priced, ...missing, readSoldOut(hardware, now)]);
}

/** Of all GPU configurations, followed or not. One that cannot be read may be either, and spoils the share. */
function readSoldOut({ configurations, unread }: Hardware, now: Instant): Reading {
  if (unread.size > 0) return without(SOLD_OUT, 'some configurations could not be read');
  if (configurations.length === 0) return without(SOLD_OUT, 'no configuration with a GPU is listed');
  const soldOut = configurations.filter((one) => one.soldOut).length;
  return sample(SOLD_OUT, soldOut / configurations.length, now);
}

/** A card with a row that cannot be read has no sum. */
function readContainers({ configurations, unread, reasons }: Hardware, now: Instant): Reading {
  const counted = [...byCard(configurations)].map(([gpu, all]): Reading => {
    const replicas = all.map((one) => (one.soldOut ? 0 : one.replicas));
    if (unread.has(null) || unread.has(gpu) || !replicas.every((count) => count !== undefined))
      return without(offers(gpu), 'some of its configurations do not tell their replicas');
    return sample(
      offers(gpu),
      replicas.reduce((sum, count) => sum + count, 0),
      now,
    );
  });
  const missing = counted.length === 0 ? [without(OFFERS, 'no configuration of a followed GPU is listed')] : [];
  return join([reasons, ...counted, ...missing]);
}

/** Configurations of followed cards. */
function byCard(configurations: readonly Configuration[]): ReadonlyMap<string, readonly Configuration[]> {
  const cards = new Map<string, Configuration[]>();
  for (const one of configurations) {
    if (one.gpu === null) continue;
    const same = cards.get(one.gpu);
    if (same === undefined) cards.set(one.gpu, [one]);
    else same.push(one);
  }
  return cards;
}

function sample(series: string, value: number, at: Instant): Reading {
  return { samples: [{ series, at, value, source: ID }], articles: [], dropped: [] };
}
