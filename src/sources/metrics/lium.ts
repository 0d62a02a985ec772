/** Lium, Bittensor's subnet 51, where machines with GPUs are rented by the hour: use, prices and machines. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { type Figures, readFigures, without, withoutAll } from '../figures.ts';
import { GPU_IDS } from '../gpus.ts';
import { readJson } from '../json.ts';
import { FLEET_SERIES, readFleet } from './lium/fleet.ts';
import { PRICES, readPrices } from './lium/prices.ts';

const ID = 'lium';
const API = 'https://lium.io/api';

/** An endpoint, the series it gives, and how its body is read. */
type Endpoint = {
  readonly request: Request;
  /** `<gpu>` stands for each followed card. */
  readonly series: readonly string[];
  readonly read: (body: unknown, source: string, at: Instant) => Reading;
};

const ENDPOINTS: readonly Endpoint[] = [
  { request: { url: `${API}/executors/stats` }, series: FLEET_SERIES, read: readFleet },
  { request: { url: `${API}/executors` }, series: [PRICES], read: readPrices },
  // Of machines that can be had, whatever its name says; 0 is a full house.
  counting(
    '/executors/count',
    'lium.machines_free',
    z.object({ count: z.int().nonnegative() }).transform(({ count }) => count),
  ),
  counting(
    '/executors/total-count',
    'lium.machines_total',
    z.object({ total_count: z.int().positive() }).transform(({ total_count }) => total_count),
  ),
];

function counting(path: string, series: string, figure: Figures[string]): Endpoint {
  return {
    request: { url: API + path },
    series: [series],
    read: (body, source, at) => readFigures(body, { [series]: figure }, source, at),
  };
}

/** No answer holds a time of its own: all figures hold at `now`. */
export function lium({ every = 30 * MINUTE }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Lium marketplace API',
    homepage: 'https://lium.io',
    about: 'GPUs rented and listed, by card and in all, median prices, and machines on Bittensor subnet 51.',
    terms: 'Public API; it says nothing on programs that ask.',
    key: null,
    limits: 'None published; four small calls every half hour.',
    least: 10 * MINUTE,
    confidence: 'medium',
    caveats: [
      'A price is the median over the listed machines of a card, each machine counted once; machines that may be taken back are left out.',
      'Machines are not GPUs: most hold one to eight.',
      'Cards are told apart by the names that NVIDIA gives them; a name that leaves a doubt counts in the sums only.',
      'The list of machines is open today, though its documentation asks for a login.',
    ],
    every,
    series: ENDPOINTS.flatMap(({ series }) => series.flatMap(spelledOut)).map((id) => ({ id, refresh: MINUTE })),
    requests: () => ENDPOINTS.map(({ request }) => request),
    parse: (reply, { url }, now) => {
      const endpoint = ENDPOINTS.find(({ request }) => request.url === url);
      if (endpoint === undefined) return without(url, 'was not asked for');
      const body = readJson(reply);
      return body.ok ? endpoint.read(body.value, ID, now) : withoutAll(endpoint.series, body.reason);
    },
  };
}

function spelledOut(series: string): readonly string[] {
  return series.includes('<gpu>') ? GPU_IDS.map((gpu) => series.replace('<gpu>', gpu)) : [series];
}
