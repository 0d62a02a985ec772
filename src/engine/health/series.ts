/** Series that die inside a living source: which they are, and what admins are told of them. */
import type { Notice } from '../../core/notice.ts';
import type { Evidence, Source, Store } from '../../core/ports.ts';
import type { Sample, Series } from '../../core/series.ts';
import { DAY, type Duration, type Instant } from '../../core/time.ts';
import type { Missing } from './course.ts';
import { seriesBackNotice, seriesDarkNotice } from './words.ts';

/** What is to be told of a source's series, and the jobs under which it is kept that it was. */
type ToldSeries = { readonly notices: readonly Notice[]; readonly jobs: readonly string[] };

/** Out of date for this many times its max age, a series is told. */
const TOLD_AFTER = 3;

/**
 * Series of a source that are out of date on record though it gave them before. What it gave just now is not missing,
 * also where a dispute or a leap keeps it from being recorded.
 * @param given in this poll
 */
export function missingOf(
  source: Source,
  given: readonly Sample[],
  maxAge: (series: string) => Duration,
  evidence: Evidence,
  now: Instant,
): readonly Missing[] {
  const fresh = new Set(given.filter(({ series, at }) => now - at <= maxAge(series)).map(({ series }) => series));
  return source.series.flatMap(({ id }): readonly Missing[] => {
    const series = evidence.series(id);
    if (fresh.has(id) || series === undefined || series.length === 0) return [];
    const newest = series.time(series.length - 1);
    if (now - newest <= maxAge(id) || !gave(source, series)) return [];
    return [{ series: id, newest, maxAge: maxAge(id) }];
  });
}

/** Imported history is nothing that a source could stop giving. */
function gave({ id }: Source, series: Series): boolean {
  for (let index = series.length - 1; index >= 0; index--) if (series.source(index) === id) return true;
  return false;
}

/**
 * Tells once of series that have been out of date for long, and once that they are back: at most one such pair a series
 * and day, and one notice for all of a source's.
 * @param lastSuccess of the source, before this poll: after downtime it is asked twice before its series are told
 */
export function tellSeries(
  source: Source,
  missing: readonly Missing[],
  lastSuccess: Instant | null,
  lastRun: Store['lastRun'],
  now: Instant,
): ToldSeries {
  const isTold = (series: string): boolean =>
    (lastRun(jobOf('dark', source, series)) ?? 0) > (lastRun(jobOf('back', source, series)) ?? 0);
  const isSteady = lastSuccess !== null && now - lastSuccess <= 2 * source.every;
  const dark = missing.filter(
    ({ series, newest, maxAge }) =>
      isSteady &&
      now - newest >= (1 + TOLD_AFTER) * maxAge &&
      !isTold(series) &&
      now - (lastRun(jobOf('dark', source, series)) ?? Number.NEGATIVE_INFINITY) >= DAY,
  );
  const out = new Set(missing.map(({ series }) => series));
  const back = source.series.map(({ id }) => id).filter((id) => !out.has(id) && isTold(id));
  return {
    notices: [
      ...(dark.length === 0 ? [] : [seriesDarkNotice(source, dark, now)]),
      ...(back.length === 0 ? [] : [seriesBackNotice(source, back, now)]),
    ],
    jobs: [
      ...dark.map(({ series }) => jobOf('dark', source, series)),
      ...back.map((series) => jobOf('back', source, series)),
    ],
  };
}

/** The job under which it is kept when a series was told last. */
function jobOf(kind: 'dark' | 'back', { id }: Source, series: string): string {
  return `${kind} ${id} ${series}`;
}
