/** DefiLlama: what users of the Render Network and of Chutes paid, by complete UTC day. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { DAY, HOUR, type Instant, SECOND } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readPiece, without } from '../figures.ts';
import { readJson } from '../json.ts';
import { once } from '../once.ts';

const ID = 'defillama';

type Protocol = { readonly series: string; readonly request: Request };

/** The slugs render, render-network, render-token and rndr answer 400. */
const PROTOCOLS: readonly Protocol[] = [
  { series: 'render.revenue', request: feesOf('render-network-bme') },
  { series: 'chutes.revenue', request: feesOf('chutes') },
];

function feesOf(slug: string): Request {
  return { url: `https://api.llama.fi/summary/fees/${slug}?dataType=dailyFees` };
}

/** What the store keeps; older days are left out. */
const KEPT = 800 * DAY;
/** More days than any chart has. */
const MOST_POINTS = 100_000;

const Summary = z.object({
  latestFetchIsOk: z.literal(true, { error: 'DefiLlama says that its own last fetch failed' }),
  totalDataChart: z.array(z.unknown()).max(MOST_POINTS),
});
/** [start of a UTC day in unix seconds, USD of that day] */
const Point = z.tuple([z.int().multipleOf(DAY / SECOND), z.number().nonnegative()]);
type Point = z.infer<typeof Point>;

/**
 * One figure a UTC day. Samples stand at the end of their day, when the figure is whole; the running day is left out.
 * All days are given again each time, as past ones may be restated. A chart that stopped is simply old.
 */
export function defillama({ every = 6 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'DefiLlama fees',
    homepage: 'https://defillama.com',
    about: 'What users paid on Render and on Chutes, by complete UTC day.',
    terms: 'Free and open API.',
    key: null,
    limits: 'None published; asked every few hours.',
    least: HOUR,
    confidence: 'high',
    caveats: [
      'Past days may be restated.',
      'For Render it is the value of the tokens burned for work, divided by 0.95: revenue and burn are not two independent signals.',
    ],
    every,
    series: PROTOCOLS.map(({ series }) => ({ id: series, refresh: DAY })),
    requests: () => PROTOCOLS.map(({ request }) => request),
    parse: (reply, request, now) => {
      const { series } = PROTOCOLS.find((one) => one.request.url === request.url) ?? (PROTOCOLS[0] as Protocol);
      const body = readJson(reply);
      return body.ok ? readChart(body.value, series, now) : without(series, body.reason);
    },
  };
}

function readChart(body: unknown, series: string, now: Instant): Reading {
  const summary = readPiece(Summary, body);
  if (!summary.ok) return without(series, summary.reason);
  const read = summary.value.totalDataChart.map((point) => Point.safeParse(point).data);
  const points = read.filter((point): point is Point => point !== undefined);
  const { kept, torn } = once(points.map((point) => [String(point[0]), point]));
  const samples = [...kept.values()]
    .map(([start, value]) => ({ series, at: start * SECOND + DAY, value, source: ID }))
    .filter(({ at }) => at <= now && at > now - KEPT);
  const reasons = [
    [read.length - points.length, 'not [start of a UTC day in seconds, USD]'],
    [torn.length, 'in the chart twice, with different figures'],
  ] as const;
  const dropped = reasons.flatMap(([days, reason]) =>
    days === 0 ? [] : [{ what: `${days} points of the chart`, reason }],
  );
  if (samples.length > 0) return { samples, articles: [], dropped };
  return { samples, articles: [], dropped: [...dropped, { what: series, reason: 'the chart has no complete day' }] };
}
