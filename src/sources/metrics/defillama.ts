/** DefiLlama: what users of the Render Network paid on the last complete UTC day. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { DAY, HOUR, type Instant, SECOND } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readPiece, without } from '../figures.ts';
import { readJson } from '../json.ts';

const ID = 'defillama';
const SERIES = 'render.revenue';
/** The slugs render, render-network, render-token and rndr answer 400. */
const FEES: Request = { url: 'https://api.llama.fi/summary/fees/render-network-bme?dataType=dailyFees' };

const Summary = z.object({
  latestFetchIsOk: z.literal(true, { error: 'DefiLlama says that its own last fetch failed' }),
  totalDataChart: z.array(z.unknown()),
});
/** [start of a UTC day in unix seconds, USD of that day] */
const Point = z.tuple([z.int().multipleOf(DAY / SECOND), z.number().nonnegative()]);

/**
 * Fees are the USD value burned for work, one figure a UTC day. The sample stands at the end of its day, when the
 * figure is whole; the running day is left out. A chart that stopped is simply old.
 */
export function defillama({ every = 6 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'DefiLlama fees',
    homepage: 'https://defillama.com',
    about: 'What users paid on Render, by complete UTC day: the value burned for work.',
    terms: 'Free and open API.',
    key: null,
    limits: 'None published; asked every few hours.',
    least: HOUR,
    confidence: 'high',
    caveats: ['Past days may be restated.'],
    every,
    series: [{ id: SERIES, refresh: DAY }],
    requests: () => [FEES],
    parse: (reply, _request, now) => {
      const body = readJson(reply);
      return body.ok ? readChart(body.value, now) : without(SERIES, body.reason);
    },
  };
}

function readChart(body: unknown, now: Instant): Reading {
  const summary = readPiece(Summary, body);
  if (!summary.ok) return without(SERIES, summary.reason);
  const points = summary.value.totalDataChart.map((point) => Point.safeParse(point));
  const complete = points.flatMap(({ data }) =>
    data === undefined ? [] : [{ at: data[0] * SECOND + DAY, value: data[1] }].filter(({ at }) => at <= now),
  );
  const odd = points.filter((point) => !point.success).length;
  const dropped =
    odd === 0 ? [] : [{ what: `${odd} points of the chart`, reason: 'not [start of a UTC day in seconds, USD]' }];
  if (complete.length === 0)
    return {
      samples: [],
      articles: [],
      dropped: [...dropped, { what: SERIES, reason: 'the chart has no complete day' }],
    };
  const last = complete.reduce((newest, point) => (point.at > newest.at ? point : newest));
  return { samples: [{ series: SERIES, ...last, source: ID }], articles: [], dropped };
}
