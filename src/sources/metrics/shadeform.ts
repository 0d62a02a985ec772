/** Shadeform: on how many clouds, and in how many of their regions, a machine of eight cards can be had now. */
import { z } from 'zod';
import type { Request } from '../../core/ports.ts';
import { MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readPiece, withoutAll } from '../figures.ts';
import { type Bus, gpuId } from '../gpus.ts';
import { readBody } from '../json.ts';
import { busOf, type Listing, type Row, Rows, readListing, seriesOf } from './stock/listing.ts';

const ID = 'shadeform';
const CARDS_EACH = 8;
const URL_OF_TYPES = `https://api.shadeform.ai/v1/instances/types?num_gpus=${CARDS_EACH}&sort=price`;

/** A (cloud, region) pair, and whether some type of the card can be had there; a pair may come once with each answer. */
type Place = { readonly pair: string; readonly available: boolean };

const PLACES: Listing<Place> = {
  id: ID,
  gpus: ['h100', 'h200', 'b200', 'a100'],
  figures: {
    capacity: (places) => countPairs(places.filter((place) => place.available)) / countPairs(places),
    regions: (places) => countPairs(places.filter((place) => place.available)),
  },
};

function countPairs(places: readonly Place[]): number {
  return new Set(places.map((place) => place.pair)).size;
}

const Body = z.object({ instance_types: Rows });
const Configured = z.object({ configuration: z.object({ num_gpus: z.number(), gpu_type: z.string() }) });
const Card = z.object({
  cloud_instance_type: z.string().nullish(),
  shade_instance_type: z.string().nullish(),
  configuration: z.object({ interconnect: z.string().nullable(), vram_per_gpu_in_gb: z.number() }),
});
const Offered = z.object({
  cloud: z.string().min(1),
  availability: z.array(
    z.object({
      region: z.string().min(1),
      available: z.boolean(),
      /** Spot has an entry of its own beside the regular one; answers from before spot have no such word. */
      rental_type: z.enum(['on_demand', 'spot']).optional(),
    }),
  ),
});

/** One call for all cards, which holds at `now`: it gives no time of its own. */
export function shadeform({ every = 30 * MINUTE, key }: Options): BuiltInSource {
  const types: Request = { url: URL_OF_TYPES, ...(key === undefined ? {} : { headers: { 'X-API-KEY': key } }) };
  const series = seriesOf(PLACES);
  return {
    id: ID,
    title: 'Shadeform',
    homepage: 'https://www.shadeform.ai',
    about:
      'In what share of the regions of some twenty clouds a machine of eight H100, H200, B200 or A100 cards can be had.',
    terms: 'Its terms ask for permission before data is retrieved systematically; set a key, and ask seldom.',
    key: { variable: 'SHADEFORM_API_KEY', from: 'https://platform.shadeform.ai/settings/api', required: false },
    limits:
      'None published; its documentation asks for a key, and answers came without one in August and October 2026.',
    least: 10 * MINUTE,
    confidence: 'medium',
    caveats: [
      'Some of these clouds are asked by sources of their own, too: do not add their figures to these.',
      'Only what is rented on demand counts, spot does not.',
      'H100 and A100 mean SXM cards of 80 GB.',
    ],
    every,
    series: series.map((id) => ({ id, refresh: MINUTE })),
    requests: () => [types],
    parse: (reply, _request, now) => {
      const body = readBody(reply, Body);
      if (!body.ok) return withoutAll(series, body.reason);
      return readListing(PLACES, body.value.instance_types.flatMap(readType), now);
    },
  };
}

/** A place for each region of an instance type. */
function readType(row: unknown, index: number): readonly Row<Place>[] {
  const where = `instance_types.${index}`;
  const configured = readPiece(Configured, row);
  if (!configured.ok) return [{ gpus: null, reason: `${where}.${configured.reason}` }];
  const { num_gpus, gpu_type } = configured.value.configuration;
  const named = /^(H100|H200|B200|A100)(?:_(\d{2,3})G)?(?:_(sxm\d?|pcie|nvl))?$/i.exec(gpu_type);
  const model = named?.[1]?.toLowerCase();
  if (num_gpus !== CARDS_EACH || model === undefined) return [];
  const card = readPiece(Card, row);
  if (!card.ok) return [{ gpus: [model], reason: `${where}.${card.reason}` }];
  const { cloud_instance_type, shade_instance_type, configuration } = card.value;
  const names = [gpu_type, cloud_instance_type, shade_instance_type];
  const bus = attached(names, configuration.interconnect ?? named?.[3] ?? '');
  // H200s differ in how they are attached, not in memory, of which clouds name 140 to 144 GB.
  const memory = model === 'h200' ? 141 : Number(named?.[2] ?? configuration.vram_per_gpu_in_gb);
  const gpu = bus === undefined ? undefined : gpuId(model, bus, memory);
  if (gpu === undefined) return [];
  const offered = readPiece(Offered, row);
  if (!offered.ok) return [{ gpus: [gpu], reason: `${where}.${offered.reason}` }];
  const { cloud, availability } = offered.value;
  return availability
    .filter((place) => place.rental_type !== 'spot')
    .map(({ region, available }) => {
      const pair = JSON.stringify([cloud, region]);
      return { gpu, key: `${pair} ${available}`, value: { pair, available } };
    });
}

/** SXM in a name wins: the field was seen to say `pcie` of a cloud's SXM machines. Undefined for what no card has. */
function attached(names: readonly (string | null | undefined)[], interconnect: string): Bus | undefined {
  if (names.some((name) => name?.toLowerCase().includes('sxm'))) return 'sxm';
  return interconnect === '' ? null : busOf(interconnect);
}
