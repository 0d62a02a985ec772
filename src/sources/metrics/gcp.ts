/** Google Cloud on demand and spot, as a Karpenter provider adds them up from Google's price list into a JSON file. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { DAY, HOUR, type Instant } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, readPiece, withoutAll } from '../figures.ts';
import { readJson } from '../json.ts';
import { type Listed, type Machine, nothingListed, pricePerGpu } from './clouds/listed.ts';

const ID = 'gcp';
const FILE: Request = {
  url: 'https://raw.githubusercontent.com/cloudpilot-ai/karpenter-provider-gcp/main/pkg/providers/pricing/initial-prices.json',
};
const REGION = 'us-central1';

/** a2-ultragpu has the A100 of 80 GB, a2-highgpu that of 40; a3-highgpu-1g and the like are sold as spot only. */
const MACHINES: readonly Machine[] = [
  { gpu: 'h100', name: 'a3-highgpu-8g', gpus: 8 },
  { gpu: 'h200', name: 'a3-ultragpu-8g', gpus: 8 },
  { gpu: 'b200', name: 'a4-highgpu-8g', gpus: 8 },
  { gpu: 'a100', name: 'a2-ultragpu-8g', gpus: 8 },
  { gpu: 'a100_40gb', name: 'a2-highgpu-8g', gpus: 8 },
  { gpu: 'l4', name: 'g2-standard-4', gpus: 1 },
];
type Kind = 'on_demand' | 'spot';
const KINDS: readonly Kind[] = ['on_demand', 'spot'];
const SERIES = MACHINES.flatMap((machine) => KINDS.map((kind) => seriesOf(machine, kind)));

const List = z.record(z.string(), z.unknown());
const Usd = z.number().positive({ error: 'is 0 or less, which is no price' });

/** Whole machines in us-central1, local disks included where a machine always has them. The file tells no time. */
export function gcp({ every = 12 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Google Cloud prices (Karpenter)',
    homepage: 'https://cloud.google.com/compute/gpus-pricing',
    about:
      'What a GPU-hour costs at Google Cloud in us-central1, on demand and as spot: a machine shared among its GPUs.',
    terms: 'A file of an Apache-2.0 project.',
    key: null,
    limits: 'A file on GitHub, renewed once a week.',
    least: HOUR,
    confidence: 'medium',
    caveats: [
      'The file holds no time, and GitHub sends none with it: that it is no longer renewed cannot be seen in it.',
      'The local disks that an H100 machine always has are part of its price.',
      'Where Google has no price of a GPU in the region, its makers take the lowest of any region.',
    ],
    every,
    series: SERIES.map((id) => ({ id, refresh: 7 * DAY })),
    requests: () => [FILE],
    parse: (reply, _request, now) => {
      const body = readJson(reply);
      if (!body.ok) return withoutAll(SERIES, body.reason);
      return join(KINDS.map((kind) => readKind(body.value, kind, reply.modified ?? now)));
    },
  };
}

function seriesOf({ gpu }: Machine, kind: Kind): string {
  return kind === 'spot' ? `gcp.${gpu}_spot_price` : `gcp.${gpu}_price`;
}

function readKind(body: unknown, kind: Kind, at: Instant): Reading {
  const schema = z.object({ prices: z.object({ [REGION]: z.object({ [kind]: List }) }) });
  const read = readPiece(schema, body);
  if (!read.ok)
    return withoutAll(
      MACHINES.map((machine) => seriesOf(machine, kind)),
      read.reason,
    );
  const prices = read.value.prices[REGION]?.[kind] ?? {};
  return join(
    MACHINES.map((machine) => {
      const listed = listedOf(prices, machine);
      return pricePerGpu(seriesOf(machine, kind), machine, listed, `in ${REGION}.${kind}`, { at, source: ID });
    }),
  );
}

function listedOf(prices: Readonly<Record<string, unknown>>, { name }: Machine): Listed {
  if (!Object.hasOwn(prices, name)) return nothingListed();
  const usd = readPiece(Usd, prices[name]);
  return usd.ok
    ? { prices: new Set([usd.value]), faults: [] }
    : { prices: new Set(), faults: [`${name}: ${usd.reason}`] };
}
