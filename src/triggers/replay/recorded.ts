/** Evidence from plain samples and reports: for backtests, scenarios and the demo. */
import type { NewsEvent, NewsType } from '../../core/news.ts';
import type { Evidence } from '../../core/ports.ts';
import { medianGap, type Sample, type Series } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';

/**
 * Evidence over recorded samples, in any order; of two at one instant the later in the list counts, as a correction.
 * A series' usual step is `step` where given, else the median gap of its record.
 */
export function recorded(
  samples: Iterable<Sample>,
  news: readonly NewsEvent[] = [],
  step: Duration | null = null,
): Evidence {
  const groups = new Map<string, Group>();
  let group: Group = emptyGroup('');
  for (const sample of samples) {
    // Most records tell one series after the other.
    if (sample.series !== group.id) group = groups.get(sample.series) ?? emptyGroup(sample.series);
    if (group.samples.length === 0) groups.set(sample.series, group);
    group.rising &&= sample.at > group.newest;
    group.newest = sample.at;
    group.samples.push(sample);
  }
  const table = new Map([...groups].map(([id, group]) => [id, seriesOf(id, inOrder(group), step)]));
  return { series: (id) => table.get(id), news: reported(news) };
}

/** The samples of a series as they come, and whether each was later than the one before, as in most records. */
type Group = { readonly id: string; readonly samples: Sample[]; rising: boolean; newest: Instant };

function emptyGroup(id: string): Group {
  return { id, samples: [], rising: true, newest: Number.NEGATIVE_INFINITY };
}

/** The samples by time, one an instant. */
function inOrder({ samples, rising }: Group): readonly Sample[] {
  if (rising) return samples;
  const sorted = samples.toSorted((a, b) => a.at - b.at);
  return sorted.filter((sample, index) => sample.at !== sorted[index + 1]?.at);
}

function seriesOf(id: string, samples: readonly Sample[], step: Duration | null): Series {
  const times = new Float64Array(samples.length);
  const values = new Float64Array(samples.length);
  for (let index = 0; index < samples.length; index++) {
    const { at, value } = samples[index] as Sample;
    times[index] = at;
    values[index] = value;
  }
  return {
    id,
    length: samples.length,
    revision: 0,
    step: step ?? medianGap(times),
    time: (index) => times[index] ?? Number.NaN,
    value: (index) => values[index] ?? Number.NaN,
    source: (index) => samples[index]?.source ?? '',
  };
}

/** Reports filed by type and network, each file by time, so that a question is two searches and a cut. */
function reported(news: readonly NewsEvent[]): Evidence['news'] {
  const files = new Map<string, NewsEvent[]>();
  // One of a network is filed under all networks too.
  for (const event of news.toSorted((a, b) => a.at - b.at))
    for (const key of new Set([fileOf(event.type, null), fileOf(event.type, event.network)])) {
      const file = files.get(key);
      if (file === undefined) files.set(key, [event]);
      else file.push(event);
    }
  return (type, network, from, to) => {
    const file = files.get(fileOf(type, network)) ?? [];
    return file.slice(countUpTo(file, from), countUpTo(file, to));
  };
}

function fileOf(type: NewsType, network: string | null): string {
  return `${type} ${network ?? ''}`;
}

/** How many of the reports, which are by time, were made at or before the instant. */
function countUpTo(reports: readonly NewsEvent[], instant: Instant): number {
  let [low, high] = [0, reports.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((reports[middle] as NewsEvent).at <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
