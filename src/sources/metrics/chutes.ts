/** Chutes, Bittensor's subnet 64, where models run on miners' GPUs: how many of the GPUs are at work. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, type Piece, readPiece, without, withoutAll } from '../figures.ts';
import { readBody } from '../json.ts';

const ID = 'chutes';
/** Without `detailed` it answers GPUs by model and whether they are verified, and says nothing on their use. */
const NODES: Request = { url: 'https://api.chutes.ai/nodes/?detailed=true' };

const LEASED = 'chutes.gpus_leased';
const TOTAL = 'chutes.gpus_total';
const UTILIZATION = 'chutes.gpu_utilization';
const SERIES = [LEASED, TOTAL, UTILIZATION];

/** GPUs that one instance of a model may have (chutes-api, NodeSelector.gpu_count). */
const MOST_OF_AN_INSTANCE = 8;

/** By the address of a miner. */
const Miners = z.record(z.string(), z.unknown());
/** One entry a GPU, so that the same instance comes once for each of its GPUs. Private ones do not say which they are. */
const Provisioned = z.object({
  provisioned: z
    .array(z.object({ gpu: z.string().min(1), chute: z.object({ instance_id: z.string().nullish() }).nullish() }))
    .max(200_000),
});
/** GPUs by model. */
const Idle = z.object({ idle: z.record(z.string(), z.int().nonnegative()) });

/** Cached for a minute; the answer holds no time of its own, so that its figures hold at `now`. */
export function chutes({ every = 30 * MINUTE }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Chutes node inventory',
    homepage: 'https://chutes.ai',
    about: 'GPUs of Bittensor subnet 64, at work and idle.',
    terms: 'Public API of an open-source project; it says nothing on programs that ask.',
    key: null,
    limits: 'None published; its answer is cached for a minute.',
    least: 10 * MINUTE,
    confidence: 'medium',
    caveats: ['A GPU counts as leased once a model is set up on it, whether or not anybody is asking that model.'],
    every,
    series: SERIES.map((id) => ({ id, refresh: MINUTE })),
    requests: () => [NODES],
    parse: (reply, _request, now) => {
      const miners = readBody(reply, Miners);
      return miners.ok ? readMiners(Object.values(miners.value), now) : withoutAll(SERIES, miners.reason);
    },
  };
}

function readMiners(miners: readonly unknown[], at: Instant): Reading {
  const leased = countLeased(miners);
  if (!leased.ok) return withoutAll(SERIES, leased.reason);
  const idle = countIdle(miners);
  if (!idle.ok)
    return join([
      leased.value > 0 ? sample(LEASED, leased.value, at) : without(LEASED, idle.reason),
      withoutAll([TOTAL, UTILIZATION], idle.reason),
    ]);
  const total = leased.value + idle.value;
  if (total === 0) return withoutAll(SERIES, 'no GPU is listed, which is a failure, not an empty network');
  return join([
    sample(LEASED, leased.value, at),
    sample(TOTAL, total, at),
    sample(UTILIZATION, leased.value / total, at),
  ]);
}

function sample(series: string, value: number, at: Instant): Reading {
  return { samples: [{ series, at, value, source: ID }], articles: [], dropped: [] };
}

/** A sum needs every miner. Reasons count them: their addresses do not matter here. */
function countLeased(miners: readonly unknown[]): Piece<number> {
  const byInstance = new Map<string, number>();
  let leased = 0;
  for (const [index, miner] of miners.entries()) {
    const read = readPiece(Provisioned, miner);
    if (!read.ok) return { ok: false, reason: `miner ${index}: ${read.reason}` };
    leased += read.value.provisioned.length;
    for (const { chute } of read.value.provisioned)
      if (typeof chute?.instance_id === 'string')
        byInstance.set(chute.instance_id, (byInstance.get(chute.instance_id) ?? 0) + 1);
  }
  const most = [...byInstance.values()].reduce((largest, gpus) => Math.max(largest, gpus), 0);
  if (most <= MOST_OF_AN_INSTANCE) return { ok: true, value: leased };
  return { ok: false, reason: `an instance is on ${most} GPUs, which none can be: rows came several times` };
}

function countIdle(miners: readonly unknown[]): Piece<number> {
  let idle = 0;
  for (const [index, miner] of miners.entries()) {
    const read = readPiece(Idle, miner);
    if (!read.ok) return { ok: false, reason: `miner ${index}: ${read.reason}` };
    for (const gpus of Object.values(read.value.idle)) idle += gpus;
  }
  return { ok: true, value: idle };
}
