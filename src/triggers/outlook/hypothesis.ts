/** What may come: the record up to an instant, and from then on a sample each usual step at a fixed level. */
import type { NewsEvent, NewsType } from '../../core/news.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Series } from '../../core/series.ts';
import { type Duration, type Instant, MINUTE } from '../../core/time.ts';
import { countUpTo } from '../window/newest.ts';

export type Hypothesis = {
  /** By series; one without a level has no further sample. */
  readonly levels: ReadonlyMap<string, number>;
  /** New independent reports of whatever is asked for, all a minute from now; there are no further ones. */
  readonly reports: number;
};

/** When the samples to come are taken. */
export type Rhythm = { readonly first: Instant; readonly step: Duration };

/** In the series' own rhythm; where its next sample is overdue, a minute from now. Undefined while its step is not known. */
export function rhythmOf(series: Series, now: Instant): Rhythm | undefined {
  const last = countUpTo(series, now) - 1;
  const { step } = series;
  if (last < 0 || step === null || step <= 0) return undefined;
  // On whole minutes: series of one rhythm then turn together, and each turn is judged once.
  return { first: Math.ceil(Math.max(series.time(last) + step, now + MINUTE) / MINUTE) * MINUTE, step };
}

/** Evidence as it would be at any instant after `now`, up to `until`. */
export function hypothetical(evidence: Evidence, now: Instant, until: Instant, given: Hypothesis): Evidence {
  const made = new Map<string, Series | undefined>();
  const reports = new Map<string, readonly NewsEvent[]>();
  return {
    past: { evidence, until: now },
    series(id) {
      if (!made.has(id)) made.set(id, continued(evidence.series(id), now, until, given.levels.get(id)));
      return made.get(id);
    },
    news(type, network, from, to) {
      const past = from < now ? evidence.news(type, network, from, Math.min(to, now)) : [];
      if (given.reports === 0 || from >= now + MINUTE || to < now + MINUTE) return past;
      const key = `${type} ${network}`;
      const coming = reports.get(key) ?? reportsOf(type, network, now + MINUTE, given.reports);
      reports.set(key, coming);
      return [...past, ...coming];
    },
  };
}

function continued(
  series: Series | undefined,
  now: Instant,
  until: Instant,
  level: number | undefined,
): Series | undefined {
  if (series === undefined) return undefined;
  const known = countUpTo(series, now);
  const rhythm = rhythmOf(series, now);
  const more = level === undefined || rhythm === undefined || rhythm.first > until ? undefined : rhythm;
  const { first, step } = more ?? { first: Number.NaN, step: Number.NaN };
  return {
    id: series.id,
    length: more === undefined ? known : known + Math.floor((until - first) / step) + 1,
    revision: 0,
    step: series.step,
    past: series.past && { ...series.past, until: Math.min(series.past.until, known) },
    time: (index) => (index < known ? series.time(index) : first + (index - known) * step),
    value: (index) => (index < known ? series.value(index) : (level ?? Number.NaN)),
    source: (index) => series.source(Math.min(index, known - 1)),
  };
}

/** Titles and owners of their own, so that each counts. */
function reportsOf(type: NewsType, network: string | null, at: Instant, count: number): readonly NewsEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `supposed ${index}`;
    return { type, network, status: 'done', because: [], at, outlet: name, owner: name, title: name, link: null };
  });
}
