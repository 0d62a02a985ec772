/** metagraph.sh: Bittensor's supply, emission and price counted by others, and what subnets earn against what they are given. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { HOUR, type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { BLOCKS_A_DAY, blockEmission, RAO, taoOf } from '../chain/tao.ts';
import { type Figures, join, readFigures, readPiece, without, withoutAll } from '../figures.ts';
import { IsoInstant } from '../instant.ts';
import { readJson } from '../json.ts';

const ID = 'metagraphed';
const API = 'https://api.metagraph.sh/api/v1';
const PARAMETERS: Request = { url: `${API}/network/parameters` };
const PRICE: Request = { url: `${API}/network/tao-usd?window=24h` };

type Coverage = { readonly request: Request; readonly days: number; readonly netuid: number; readonly series: string };

/** A revenue counts only in windows that its period divides: Lium publishes months, and is not seen in a week. */
const COVERAGES: readonly Coverage[] = [
  coverage(7, 64, 'chutes.emission_coverage'),
  coverage(30, 51, 'lium.emission_coverage'),
];

function coverage(days: number, netuid: number, series: string): Coverage {
  return { request: { url: `${API}/chain/revenue-coverage?window=${days}d` }, days, netuid, series };
}

const Moment = z.object({ data: z.object({ queried_at: IsoInstant }) });
/** TAO. */
const Issued = z.number().positive().max(21_000_000);

const NETWORK_FIGURES: Figures = {
  'bittensor.token_supply': z
    .object({ data: z.object({ total_issuance_tao: Issued }) })
    .transform(({ data }) => data.total_issuance_tao),
  // Halvings lie at whole TAO until the seventh, so that the part below one TAO decides nothing.
  'bittensor.emission': z
    .object({ data: z.object({ block_emission_tao: z.number().positive(), total_issuance_tao: Issued }) })
    .refine(
      ({ data }) => {
        const rule = taoOf(blockEmission(BigInt(Math.floor(data.total_issuance_tao)) * RAO));
        return Math.abs(data.block_emission_tao - rule) < 1e-8;
      },
      { error: 'is not what follows from the issuance', path: ['data', 'block_emission_tao'] },
    )
    .transform(({ data }) => data.block_emission_tao * BLOCKS_A_DAY),
};

const NOT_PRICED = 'there were too few pools to price it';
const Latest = z.object({
  data: z.object({
    stale: z.literal(false, { error: 'its newest price is stale' }).optional(),
    latest: z.object({
      usd_per_tao: z.number({ error: (issue) => (issue.input === null ? NOT_PRICED : undefined) }).positive(),
      observed_at: IsoInstant.nullish(),
    }),
  }),
});

/** Four calls an hour; 60 a minute are allowed. */
export function metagraphed({ every = HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'metagraph.sh',
    homepage: 'https://metagraph.sh',
    about: 'TAO supply, emission and price, and the revenue of Lium and Chutes against the TAO given to them.',
    terms: 'Free API of an open-source community project.',
    key: null,
    limits: '60 calls a minute without a key.',
    least: 10 * MINUTE,
    confidence: 'medium',
    caveats: [
      'A second count beside the chain itself and CoinGecko, run by volunteers.',
      'The price is composed of decentralized pools of wrapped TAO, not of exchanges.',
      'Coverage sets revenue that the subnets themselves publish against emission over 7 days (Chutes) or 30 days (Lium, which publishes months).',
    ],
    every,
    series: [
      ...Object.keys(NETWORK_FIGURES).map((id) => ({ id, refresh: 5 * MINUTE })),
      { id: 'bittensor.token_price', refresh: 5 * MINUTE },
      ...COVERAGES.map(({ series }) => ({ id: series, refresh: HOUR })),
    ],
    requests: () => [PARAMETERS, PRICE, ...COVERAGES.map(({ request }) => request)],
    parse: (reply, request, now) => {
      const body = readJson(reply);
      if (!body.ok) return withoutAll(expected(request), body.reason);
      const asked = COVERAGES.find((one) => one.request.url === request.url);
      if (asked !== undefined) return readCoverage(body.value, asked, now);
      return request.url === PRICE.url ? readPrice(body.value, now) : readNetwork(body.value);
    },
  };
}

function expected({ url }: Request): readonly string[] {
  if (url === PARAMETERS.url) return Object.keys(NETWORK_FIGURES);
  return [COVERAGES.find(({ request }) => request.url === url)?.series ?? 'bittensor.token_price'];
}

function readNetwork(body: unknown): Reading {
  const moment = readPiece(Moment, body);
  if (!moment.ok) return withoutAll(Object.keys(NETWORK_FIGURES), moment.reason);
  return readFigures(body, NETWORK_FIGURES, ID, moment.value.data.queried_at);
}

function readPrice(body: unknown, now: Instant): Reading {
  const read = readPiece(Latest, body);
  if (!read.ok) return without('bittensor.token_price', read.reason);
  const { usd_per_tao: value, observed_at } = read.value.data.latest;
  return sample('bittensor.token_price', observed_at ?? now, value);
}

/** `generated_at` marks the build, not the time: only `published_at` is one, where it is given. */
const Published = z.object({ meta: z.object({ published_at: IsoInstant.nullish() }).nullish() });
const Subnets = z.object({ data: z.object({ window_days: z.int(), subnets: z.array(z.unknown()).max(100_000) }) });
const Subnet = z.object({ netuid: z.int().nonnegative() });
const Ratio = z.object({
  verification: z.object({ verified: z.literal(true, { error: 'metagraph.sh itself could not verify it' }) }),
  coverage_ratio: z
    .number({ error: (issue) => (issue.input === null ? 'no revenue was observed, which is not none' : undefined) })
    .nonnegative(),
});

function readCoverage(body: unknown, { days, netuid, series }: Coverage, now: Instant): Reading {
  const list = readPiece(Subnets, body);
  const published = readPiece(Published, body);
  if (!list.ok) return without(series, list.reason);
  if (!published.ok) return without(series, published.reason);
  const { window_days, subnets } = list.value.data;
  if (window_days !== days) return without(series, `covers ${window_days} days instead of ${days}`);
  const netuids = subnets.map((row) => Subnet.safeParse(row).data?.netuid);
  const unnamed = netuids.filter((id) => id === undefined).length;
  const odd = unnamed === 0 ? [] : [without(`${unnamed} of data.subnets`, 'without a netuid')];
  const own = subnets.filter((_, index) => netuids[index] === netuid);
  const at = published.value.meta?.published_at ?? now;
  return join([
    ...odd,
    own.length === 1 ? readRatio(own[0], series, at) : without(series, timesOf(netuid, own.length)),
  ]);
}

function timesOf(netuid: number, times: number): string {
  return times === 0 ? `subnet ${netuid} is not in the answer` : `subnet ${netuid} is in the answer ${times} times`;
}

function readRatio(row: unknown, series: string, at: Instant): Reading {
  const read = readPiece(Ratio, row);
  return read.ok ? sample(series, at, read.value.coverage_ratio) : without(series, read.reason);
}

function sample(series: string, at: Instant, value: number): Reading {
  return { samples: [{ series, at, value, source: ID }], articles: [], dropped: [] };
}
