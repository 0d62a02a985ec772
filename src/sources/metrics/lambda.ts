/** Lambda by its own API: in how many regions each card can be had now. */
import { z } from 'zod';
import type { Request } from '../../core/ports.ts';
import { MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readPiece, withoutAll } from '../figures.ts';
import { gpuId } from '../gpus.ts';
import { readBody } from '../json.ts';
import { busOf, type Listing, type Row, readListing, seriesOf, shareOf } from './stock/listing.ts';

const ID = 'lambda';
const URL_OF_TYPES = 'https://cloud.lambda.ai/api/v1/instance-types';

/** An instance type is the regions that have it in stock. */
type Type = readonly string[];

const TYPES: Listing<Type> = {
  id: ID,
  gpus: ['h100', 'h100_pcie', 'h200', 'b200', 'a100', 'a100_40gb'],
  figures: {
    capacity: (types) => shareOf(types, (regions) => regions.length > 0),
    regions: (types) => new Set(types.flat()).size,
  },
};

const Body = z.object({
  data: z
    .record(z.string(), z.unknown())
    .refine((types) => Object.keys(types).length > 0, { error: 'the list is empty' }),
});
const Described = z.object({ instance_type: z.object({ gpu_description: z.string() }) });
const Stocked = z.object({ regions_with_capacity_available: z.array(z.object({ name: z.string().min(1) })) });

/** All instance types in one answer, which holds at `now`: it gives no time of its own. */
export function lambda({ every = 15 * MINUTE, key }: Options): BuiltInSource {
  const types: Request = {
    url: URL_OF_TYPES,
    ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
  };
  const series = seriesOf(TYPES);
  return {
    id: ID,
    title: 'Lambda Cloud API',
    homepage: 'https://lambda.ai',
    about: "In how many regions each card is in stock, and in what share of the card's instance types.",
    terms: 'An API for customers; nothing is said of publishing its figures.',
    key: { variable: 'LAMBDA_API_KEY', from: 'https://cloud.lambda.ai/api-keys/cloud-api', required: true },
    limits: 'About 1 request a second.',
    least: 5 * MINUTE,
    confidence: 'medium',
    caveats: [
      'A share of instance types (1, 2, 4 or 8 cards), not of machines: it says what can be had, not how much of it.',
      'Prices come from gpurentalprices.',
    ],
    every,
    series: series.map((id) => ({ id, refresh: MINUTE })),
    requests: () => [types],
    parse: (reply, _request, now) => {
      const body = readBody(reply, Body);
      if (!body.ok) return withoutAll(series, body.reason);
      const rows = Object.entries(body.value.data).map(([name, type]) => readType(name, type));
      return readListing(TYPES, rows, now);
    },
  };
}

/** `gpu_8x_h100_sxm5`; those without a GPU are called `cpu_4x_general`, and their description is of no card. */
function readType(name: string, type: unknown): Row<Type> {
  if (!name.startsWith('gpu_')) return null;
  const where = `data.${name.slice(0, 60)}`;
  const described = readPiece(Described, type);
  if (!described.ok) return { gpus: null, reason: `${where}.${described.reason}` };
  const gpu = gpuOf(described.value.instance_type.gpu_description, name);
  if (gpu === undefined) return null;
  const stocked = readPiece(Stocked, type);
  if (!stocked.ok) return { gpus: [gpu], reason: `${where}.${stocked.reason}` };
  return { gpu, key: name, value: stocked.value.regions_with_capacity_available.map((region) => region.name) };
}

/** `H100 (80 GB SXM5)`, `A100 (40 GB PCIe)`, `GH200 (96 GB)`; the name may tell the bus where the description does not. */
function gpuOf(description: string, name: string): string | undefined {
  const match = /^(?:NVIDIA )?([A-Za-z0-9]{1,20}) \((\d{1,4}) GB(?: (SXM\d|PCIe|NVL))?\)$/.exec(description);
  if (match === null) return undefined;
  const bus = busOf(match[3] ?? name.slice(name.lastIndexOf('_') + 1)) ?? null;
  return gpuId(match[1] ?? '', bus, Number(match[2]));
}
