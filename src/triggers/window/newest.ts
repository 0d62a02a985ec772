/** Reading a series at an instant: its newest sample, and whether that is fresh. */
import type { Past, Series } from '../../core/series.ts';
import { type Duration, formatDuration, type Instant } from '../../core/time.ts';

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

/**
 * The number of samples taken at or before the instant; its predecessor is the newest of them. Looked for from where it
 * would be were the samples evenly spaced, which most series nearly are.
 */
export function countUpTo(series: Series, instant: Instant): number {
  const newest = series.length - 1;
  if (newest < 0 || series.time(newest) <= instant) return newest + 1;
  const [from, to] = [series.time(0), series.time(newest)];
  return countNear(series, instant, Math.floor(((instant - from) / (to - from)) * newest));
}

/** The same, searched from the index `near` outwards: fast where the answer is close to it, right in any case. */
function countNear(series: Series, instant: Instant, near: number): number {
  let low = 0;
  let high = series.length;
  let probe = near >= 0 ? near : 0;
  let step = 1;
  while (low < high) {
    if (probe < low || probe >= high) probe = (low + high) >>> 1;
    if (series.time(probe) <= instant) {
      low = probe + 1;
      probe += step;
    } else {
      high = probe;
      probe -= step;
    }
    step *= 2;
  }
  return low;
}

/** Three times the usual step, unless the catalogue says otherwise; null while neither is known. */
export function maxAgeOf(series: Series, declared: Duration | undefined): Duration | null {
  return declared ?? (series.step === null ? null : 3 * series.step);
}

/** How long the sample at `index` speaks: `maxAge`, or three steps of a slower past where it is part of that. */
function reachAt(series: Series, index: number, maxAge: Duration): Duration {
  return reachIn(series.past, index, maxAge);
}

/** The same where the past is at hand: to ask a series for it at each of many samples takes long. */
export function reachIn(past: Past | undefined, index: number, maxAge: Duration): Duration {
  return past !== undefined && index < past.until ? Math.max(maxAge, 3 * past.step) : maxAge;
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

/** The value alone of the newest sample, null where unknown. */
export function freshValue(series: Series, now: Instant, maxAge: Duration | null): number | null {
  const index = countUpTo(series, now) - 1;
  return maxAge === null || isStale(series, index, now, maxAge) ? null : series.value(index);
}

/** Why the sample at `index` cannot speak for the instant `at`, or null where it can. */
export function staleness(series: Series, index: number, at: Instant, maxAge: Duration | null): string | null {
  if (index < 0) return 'no sample yet';
  if (maxAge === null) return 'one sample only, so its usual step is not known';
  return isStale(series, index, at, maxAge)
    ? `its newest sample is ${formatDuration(at - series.time(index))} old, past the ${formatDuration(reachAt(series, index, maxAge))} it stays good`
    : null;
}

/** Whether there is no sample at `index`, or one too old to speak for the instant `at`. */
export function isStale(series: Series, index: number, at: Instant, maxAge: Duration): boolean {
  return index < 0 || at - series.time(index) > reachAt(series, index, maxAge);
}
