/** Which recorded samples a backtest judges: those that would have been taken live. */
import type { Config } from '../../config/config.ts';
import { type Sample, splitSeries } from '../../core/series.ts';
import { sane } from '../../sources/sane.ts';
import type { Io } from '../io.ts';

/** Drops what lies outside its metric's range, and what no rule can read; says what and why. */
export function usable(samples: readonly Sample[], config: Config, io: Io): readonly Sample[] {
  const known = new Map<string, boolean>();
  for (const { series } of samples) if (!known.has(series)) known.set(series, isConfigured(series, config));
  const unknown = [...known].flatMap(([series, configured]) => (configured ? [] : [series])).sort();
  if (unknown.length > 0)
    io.err(
      `warning: no rule can read these series, their subject or metric is not configured: ${unknown.join(', ')}\n`,
    );
  const readable = unknown.length === 0 ? samples : samples.filter(({ series }) => known.get(series) === true);
  const judged = sane({ samples: readable, articles: [], dropped: [] }, config.catalogue, Number.POSITIVE_INFINITY);
  const [first] = judged.dropped;
  if (first !== undefined)
    io.err(
      `warning: ${judged.dropped.length} figures are dropped, as they would be live; the first: ${first.what} ${first.reason}\n`,
    );
  return judged.samples;
}

function isConfigured(series: string, { names, catalogue }: Config): boolean {
  const parts = splitSeries(series);
  return parts !== undefined && names.subjects.includes(parts.subject) && catalogue.has(parts.metric);
}
