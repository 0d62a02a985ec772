/** What a reading and the record hold of each series. */
import type { Evidence } from '../../core/ports.ts';
import type { Sample, Series } from '../../core/series.ts';
import type { Instant } from '../../core/time.ts';

/** Each series by time; of two figures of one instant the later in the reading counts, as in the record. */
export function bySeries(samples: readonly Sample[]): ReadonlyMap<string, readonly Sample[]> {
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const list = series.get(sample.series);
    if (list === undefined) series.set(sample.series, [sample]);
    else list.push(sample);
  }
  for (const [id, list] of series) {
    const sorted = list.toSorted((a, b) => a.at - b.at);
    series.set(
      id,
      sorted.filter((sample, index) => sample.at !== sorted[index + 1]?.at),
    );
  }
  return series;
}

/** The newest figure in the record; null where it has none. */
export function newestOf(series: Series | undefined): { readonly at: Instant; readonly value: number } | null {
  if (series === undefined || series.length === 0) return null;
  return { at: series.time(series.length - 1), value: series.value(series.length - 1) };
}

/** Whether a figure of this source since then is in the record. */
export function isRecorded(source: string, series: Series | undefined, since: Instant): boolean {
  for (let index = (series?.length ?? 0) - 1; index >= 0 && series !== undefined; index--) {
    if (series.time(index) < since) return false;
    if (series.source(index) === source) return true;
  }
  return false;
}

/**
 * Whether a figure may enter the record of a series that several sources give: nobody rewrites what another one said, and
 * one that stands in adds nothing to the past.
 */
export function mayEnter({ at, source }: Sample, series: Series | undefined, standsIn: boolean): boolean {
  if (series === undefined || series.length === 0 || at > series.time(series.length - 1)) return true;
  const index = indexAt(series, at);
  return series.time(index) === at ? series.source(index) === source : !standsIn;
}

/** Figures of instants before the newest that are recorded with another value. */
export function correctionsIn(samples: readonly Sample[], evidence: Evidence): ReadonlyMap<string, number> {
  const corrected = new Map<string, number>();
  for (const { series: id, at, value } of samples) {
    const series = evidence.series(id);
    if (series === undefined || at >= series.time(series.length - 1)) continue;
    const index = indexAt(series, at);
    if (series.time(index) === at && series.value(index) !== value) corrected.set(id, (corrected.get(id) ?? 0) + 1);
  }
  return corrected;
}

/** The first index whose time is not before the instant, which is not after the newest. */
function indexAt(series: Series, instant: Instant): number {
  let [low, high] = [0, series.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series.time(middle) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
