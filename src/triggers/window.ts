/** Reading a series at an instant: freshness, windows and how much of a window is covered. */
import type { Series } from '../core/series.ts';
import { type Duration, formatDuration, type Instant } from '../core/time.ts';

/** A window covered less than this is unknown. */
export const MIN_COVERAGE = 0.8;

/** A value and what it rests on; `value` is null where unknown, and `missing` says why. */
export type Measure = {
  readonly value: number | null;
  readonly missing: string | null;
  readonly coverage: number | null;
  /** Index of the newest sample used, -1 for none. */
  readonly newest: number;
  /** Index of the sample a change is measured from; null where there is none. */
  readonly base: number | null;
};

/** The number of samples taken at or before the instant; its predecessor is the newest of them. */
export function countUpTo(series: Series, instant: Instant): number {
  let [low, high] = [0, series.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series.time(middle) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Three times the usual step, unless the catalogue says otherwise; null while neither is known. */
export function maxAgeOf(series: Series, declared: Duration | undefined): Duration | null {
  return declared ?? (series.step === null ? null : 3 * series.step);
}

export function unknown(missing: string, newest = -1, coverage: number | null = null): Measure {
  return { value: null, missing, coverage, newest, base: null };
}

/** The newest sample at `now`, unknown where there is none or it is older than `maxAge`. */
export function newestSample(series: Series, now: Instant, maxAge: Duration | null): Measure {
  const index = countUpTo(series, now) - 1;
  const stale = staleness(series, index, now, maxAge);
  if (stale !== null) return unknown(stale, index);
  return { value: series.value(index), missing: null, coverage: null, newest: index, base: null };
}

/** Why the sample at `index` cannot speak for the instant `at`, or null where it can. */
export function staleness(series: Series, index: number, at: Instant, maxAge: Duration | null): string | null {
  if (index < 0) return 'no sample yet';
  if (maxAge === null) return 'one sample only, so its usual step is not known';
  const age = at - series.time(index);
  return age > maxAge
    ? `its newest sample is ${formatDuration(age)} old, past the ${formatDuration(maxAge)} it stays good`
    : null;
}

/** The samples of `(from, to]` as a half-open range of indices. */
export function windowOf(series: Series, from: Instant, to: Instant): { readonly low: number; readonly high: number } {
  return { low: countUpTo(series, from), high: countUpTo(series, to) };
}

/** The share of `(from, to]` at which some sample was no older than `maxAge`. */
export function coverageOf(
  series: Series,
  low: number,
  high: number,
  from: Instant,
  to: Instant,
  maxAge: Duration,
): number {
  let covered = 0;
  for (let i = Math.max(low - 1, 0); i < high; i++) {
    const start = Math.max(series.time(i), from);
    const next = i + 1 < high ? series.time(i + 1) : to;
    const end = Math.min(next, series.time(i) + maxAge, to);
    if (end > start) covered += end - start;
  }
  return to === from ? 1 : covered / (to - from);
}
