/** How long a figure of one source stays good: the catalogue's word, or three usual steps. */
import type { Catalogue } from '../../core/metric.ts';
import type { Evidence, Source } from '../../core/ports.ts';
import { splitSeries } from '../../core/series.ts';
import type { Duration } from '../../core/time.ts';

/** How often a source renews a series: as it is asked or as it promises, whichever is longer; where it promises nothing, as recorded. */
export function stepOf(source: Source, series: string, evidence: Evidence): Duration {
  const refresh = source.series.find(({ id }) => id === series)?.refresh ?? null;
  return Math.max(source.every, refresh ?? evidence.series(series)?.step ?? 0);
}

/** The age up to which a figure of this source counts as fresh. */
export function maxAgeOf(source: Source, series: string, catalogue: Catalogue, evidence: Evidence): Duration {
  const metric = catalogue.get(splitSeries(series)?.metric ?? '');
  return metric?.maxAge ?? 3 * stepOf(source, series, evidence);
}
