/** io.net by its own explorer API: GPUs hired and on offer, GPUs registered and active, and what the network earned. */
import type { Reading, Request } from '../../core/ports.ts';
import { DAY, type Instant, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { withoutAll } from '../figures.ts';
import { readJson } from '../json.ts';
import { EARNINGS_SERIES, readEarnings } from './ionet/earnings.ts';
import { INFO_SERIES, readInfo } from './ionet/info.ts';
import { readSnapshot, SNAPSHOT_SERIES } from './ionet/snapshot.ts';

const ID = 'ionet';
const NETWORK = 'https://api.io.solutions/v1/io-explorer/network';

type Endpoint = Request & {
  readonly series: readonly string[];
  readonly read: (body: unknown, source: string, now: Instant) => Reading;
};

const SNAPSHOT: Endpoint = {
  url: `${NETWORK}/market-snapshot?hardware_type=gpu`,
  series: SNAPSHOT_SERIES,
  read: readSnapshot,
};
const INFO: Endpoint = { url: `${NETWORK}/info`, series: INFO_SERIES, read: readInfo };
const EARNINGS: Endpoint = {
  url: `${NETWORK}/info/cluster/total-earnings-summary`,
  series: EARNINGS_SERIES,
  read: readEarnings,
};
const ENDPOINTS = [SNAPSHOT, INFO, EARNINGS];

/** Three endpoints that feed explorer.io.net. The counts have no time of their own and hold at `now`; earnings are daily. */
export function ionet({ every = 15 * MINUTE }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'io.net explorer',
    homepage: 'https://explorer.io.net',
    about: 'GPUs hired and on offer, GPUs registered, verified and active, and daily earnings, as io.net counts them.',
    terms: 'Public, undocumented endpoints behind the network explorer; no terms for programs were found.',
    key: null,
    limits: '150 requests in 10 s for the whole API, by its documentation.',
    least: 5 * MINUTE,
    confidence: 'low',
    caveats: [
      'No answer of these endpoints was ever seen: what does not look as expected gives no figure.',
      'Registered GPUs are easily inflated: a million of them stood beside some 1,400 active ones in October 2026.',
      'Earnings are published by the project itself, and nobody measures them independently.',
      'Earnings count only where their rows name their day; days of 0, and days that repeat the day before to the cent, are taken for a dead job.',
    ],
    every,
    series: [
      ...SNAPSHOT_SERIES.map((id) => ({ id, refresh: 5 * MINUTE })),
      ...INFO_SERIES.map((id) => ({ id, refresh: 15 * MINUTE })),
      ...EARNINGS_SERIES.map((id) => ({ id, refresh: DAY })),
    ],
    requests: () => ENDPOINTS.map(({ url }) => ({ url })),
    parse: (reply, request, now) => {
      const endpoint = ENDPOINTS.find(({ url }) => url === request.url) ?? SNAPSHOT;
      const body = readJson(reply);
      return body.ok ? endpoint.read(body.value, ID, now) : withoutAll(endpoint.series, body.reason);
    },
  };
}
