/** Evidence from plain samples and reports: for backtests, scenarios and the demo. */
import type { NewsEvent } from '../core/news.ts';
import type { Evidence } from '../core/ports.ts';
import { medianGap, type Sample, type Series } from '../core/series.ts';
import type { Duration } from '../core/time.ts';

/**
 * Evidence over recorded samples, in any order; of two at one instant the later in the list counts, as a correction.
 * A series' usual step is `step` where given, else the median gap of its record.
 */
export function recorded(
  samples: Iterable<Sample>,
  news: readonly NewsEvent[] = [],
  step: Duration | null = null,
): Evidence {
  const grouped = new Map<string, Map<number, Sample>>();
  for (const sample of samples) {
    const series = grouped.get(sample.series) ?? new Map<number, Sample>();
    if (series.size === 0) grouped.set(sample.series, series);
    series.set(sample.at, sample);
  }
  const table = new Map([...grouped].map(([id, group]) => [id, seriesOf(id, [...group.values()], step)]));
  const reports = [...news].sort((a, b) => a.at - b.at);
  return {
    series: (id) => table.get(id),
    news: (type, network, from, to) =>
      reports.filter(
        (event) =>
          event.type === type && (network === null || event.network === network) && event.at > from && event.at <= to,
      ),
  };
}

function seriesOf(id: string, samples: readonly Sample[], step: Duration | null): Series {
  const sorted = [...samples].sort((a, b) => a.at - b.at);
  const times = Float64Array.from(sorted, (sample) => sample.at);
  const values = Float64Array.from(sorted, (sample) => sample.value);
  return {
    id,
    length: sorted.length,
    step: step ?? medianGap(times),
    time: (index) => times[index] ?? Number.NaN,
    value: (index) => values[index] ?? Number.NaN,
    source: (index) => sorted[index]?.source ?? '',
  };
}
