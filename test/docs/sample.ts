/** A small fixed world for the document's examples: three months of figures of Akash and others, and a few reports. */
import type { NewsEvent, NewsStatus } from '../../src/core/news.ts';
import type { Sample } from '../../src/core/series.ts';
import { DAY, type Duration, type Instant, parseInstant } from '../../src/core/time.ts';
import type { Scene } from '../../src/triggers/language/scene.ts';
import { recorded } from '../../src/triggers/replay/recorded.ts';
import { parseScript } from '../../src/triggers/scenario/script.ts';

const START = parseInstant('2026-01-01') ?? Number.NaN;

/** As in a scenario: one value a day. */
const SERIES = {
  'akash.gpu_utilization': '0.6+-0.004x89',
  'akash.revenue': '9000+-50x89',
  'akash.gpus_leased': '400+-2x89',
  'akash.gpus_total': '700x80',
  'akash.h100_price': '1.6x89',
  'ionet.h100_price': '2x89',
  'render.h100_price': '2.2x89',
  'aws.h100_price': '6.9x89',
  'gcp.h100_price': '9.8x89',
  'azure.h100_price': '7x89',
  'coreweave.h100_price': '6.2x89',
  'lambda.h100_price': '3x89',
};

const REPORTS = [report('One', 80, 'done'), report('Two', 84, 'done'), report('Three', 85, 'planned')];

/** Akash on the last of the days, with reports that `news` tells apart. */
export function sampleScene(news: readonly NewsEvent[] = REPORTS): Scene {
  const samples = Object.entries(SERIES).flatMap(([series, script]) => samplesOf(series, script, START, DAY));
  return { network: 'akash', now: START + 89 * DAY, evidence: recorded(samples, news, DAY) };
}

/** A scenario's series as samples. */
export function samplesOf(series: string, script: string, start: Instant, step: Duration): readonly Sample[] {
  const values = parseScript(script);
  if (typeof values === 'string') throw new Error(`${series}: ${values}`);
  return values.flatMap((value, index) =>
    value === null ? [] : [{ series, at: start + index * step, value, source: 'example' }],
  );
}

/** A lab trains on Akash, says the outlet on a day from 0. */
export function report(outlet: string, day: number, status: NewsStatus): NewsEvent {
  return {
    type: 'lab_training',
    network: 'akash',
    status,
    because: [],
    at: START + day * DAY,
    outlet,
    owner: outlet,
    title: `By ${outlet}`,
    link: null,
  };
}
