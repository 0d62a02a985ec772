/** RunPod by its public GraphQL API: which cards are in good stock. */
import { z } from 'zod';
import type { Request } from '../../core/ports.ts';
import { MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { type Piece, readPiece, withoutAll } from '../figures.ts';
import { readJson } from '../json.ts';
import { type Listing, type Row, Rows, readListing, StockLevel, seriesOf, shareOf } from './stock/listing.ts';

const ID = 'runpod';
/** What one card, in RunPod's own data centres, has in stock; no prices, which another source gives. */
const QUERY = 'query { gpuTypes { id lowestPrice(input:{gpuCount:1, secureCloud:true}) { stockStatus } } }';
const TYPES: Request = { url: 'https://api.runpod.io/graphql', body: JSON.stringify({ query: QUERY }) };

/** By RunPod's ids, as docs.runpod.io lists them. */
const GPUS: ReadonlyMap<string, string> = new Map([
  ['NVIDIA H100 80GB HBM3', 'h100'],
  ['NVIDIA H100 PCIe', 'h100_pcie'],
  ['NVIDIA H200', 'h200'],
  ['NVIDIA B200', 'b200'],
  ['NVIDIA A100-SXM4-80GB', 'a100'],
  ['NVIDIA L40S', 'l40s'],
  ['NVIDIA L4', 'l4'],
  ['NVIDIA GeForce RTX 4090', 'rtx4090'],
  ['NVIDIA GeForce RTX 3090', 'rtx3090'],
]);

const STOCK: Listing<StockLevel> = {
  id: ID,
  gpus: [...GPUS.values()],
  figures: { capacity: (rows) => shareOf(rows, (level) => level === 'plenty') },
};

const Failed = z.object({ errors: z.array(z.unknown()).min(1) });
const Message = z.object({ errors: z.array(z.object({ message: z.string() })) });
const Body = z.object({ data: z.object({ gpuTypes: Rows }) });
const Named = z.object({ id: z.string() });
const Stocked = z.object({ lowestPrice: z.object({ stockStatus: StockLevel }) });

/** All GPU types in one answer, which holds at `now`: it gives no time of its own. */
export function runpod({ every = 15 * MINUTE }: Options): BuiltInSource {
  const series = seriesOf(STOCK);
  return {
    id: ID,
    title: 'RunPod',
    homepage: 'https://www.runpod.io',
    about: "Which cards RunPod's own data centres have in good stock.",
    terms: 'Its terms restrict systematic retrieval; a few calls an hour, for the stock alone, is all that is asked.',
    key: null,
    limits: 'None published.',
    least: 5 * MINUTE,
    confidence: 'medium',
    caveats: [
      'Stock is told in words: High and Medium count as in stock, Low and none do not.',
      'Most cards are one row, so that the share is all or nothing; windows make a share of it.',
    ],
    every,
    series: series.map((id) => ({ id, refresh: MINUTE })),
    requests: () => [TYPES],
    parse: (reply, _request, now) => {
      const json = readJson(reply);
      const types = json.ok ? readTypes(json.value) : json;
      if (!types.ok) return withoutAll(series, types.reason);
      return readListing(STOCK, types.value.map(readType), now);
    },
  };
}

/** GraphQL answers 200 with `errors`, and perhaps with part of the data beside them. */
function readTypes(body: unknown): Piece<readonly unknown[]> {
  if (Failed.safeParse(body).success) {
    const message = Message.safeParse(body).data?.errors[0]?.message ?? 'errors without a message';
    return { ok: false, reason: `the API answers: ${message.slice(0, 120)}` };
  }
  const read = readPiece(Body, body);
  return read.ok ? { ok: true, value: read.value.data.gpuTypes } : read;
}

function readType(row: unknown, index: number): Row<StockLevel> {
  const where = `data.gpuTypes.${index}`;
  const named = readPiece(Named, row);
  if (!named.ok) return { gpus: null, reason: `${where}.${named.reason}` };
  const gpu = GPUS.get(named.value.id);
  if (gpu === undefined) return null;
  const stocked = readPiece(Stocked, row);
  if (!stocked.ok) return { gpus: [gpu], reason: `${where}.${stocked.reason}` };
  return { gpu, key: named.value.id, value: stocked.value.lowestPrice.stockStatus };
}
