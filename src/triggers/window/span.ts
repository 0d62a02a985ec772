/** Which samples lie in a window as it moves, and how much of it they cover. */
import type { Past, Series } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import { countUpTo, reachIn } from './newest.ts';

/** The samples of `(now - size, now]` as a half-open range of indices, good for one revision of the series. */
export type Span = {
  low: number;
  high: number;
  revision: number;
  now: Instant;
  maxAge: Duration;
  /** The usual step of a past recorded elsewhere; 0 where there is none. */
  pace: Duration;
  /** When the last sample before the window was taken, and the first and last one in it. */
  before: Instant;
  oldest: Instant;
  newest: Instant;
  /** How long, between the first and the last, the newest sample was one that still spoke. */
  between: Duration;
};

export function span(): Span {
  const never = Number.NaN;
  return {
    low: 0,
    high: 0,
    revision: never,
    now: never,
    maxAge: never,
    pace: never,
    before: never,
    oldest: never,
    newest: never,
    between: 0,
  };
}

/**
 * Moves the window to `now`, past the samples that came into it and went out of it. It starts afresh where the series
 * changed, where `now` went back, and where nothing of the old window is left.
 */
export function move(span: Span, series: Series, size: Duration, now: Instant, maxAge: Duration): void {
  const from = now - size;
  const { past } = series;
  const pace = past?.step ?? 0;
  const isSame = span.revision === series.revision && span.maxAge === maxAge && span.pace === pace;
  if (!isSame || now < span.now || from >= span.now) startAt(span, series, from, maxAge, pace);
  span.now = now;
  takeIn(span, series, past);
  letGo(span, series, past, from);
}

function startAt(span: Span, series: Series, from: Instant, maxAge: Duration, pace: Duration): void {
  const low = countUpTo(series, from);
  span.low = low;
  span.high = low;
  span.revision = series.revision;
  span.maxAge = maxAge;
  span.pace = pace;
  span.before = low === 0 ? Number.NEGATIVE_INFINITY : series.time(low - 1);
  span.between = 0;
}

function takeIn(span: Span, series: Series, past: Past | undefined): void {
  const { length } = series;
  while (span.high < length) {
    const time = series.time(span.high);
    if (time > span.now) return;
    if (span.low === span.high) span.oldest = time;
    else span.between += Math.min(time - span.newest, reachIn(past, span.high - 1, span.maxAge));
    span.newest = time;
    span.high += 1;
  }
}

function letGo(span: Span, series: Series, past: Past | undefined, from: Instant): void {
  while (span.low < span.high && span.oldest <= from) {
    span.before = span.oldest;
    span.low += 1;
    if (span.low === span.high) return;
    span.oldest = series.time(span.low);
    span.between -= Math.min(span.oldest - span.before, reachIn(past, span.low - 1, span.maxAge));
  }
}

/** The share of the window at which some sample still spoke: was no older than `maxAge`, or than its past allows. */
export function coverage(
  { low, high, now, maxAge, before, oldest, newest, between }: Span,
  { past }: Series,
  size: Duration,
): number {
  const from = now - size;
  const isEmpty = low === high;
  const until = Math.min(isEmpty ? now : oldest, before + reachIn(past, low - 1, maxAge));
  const last = isEmpty ? 0 : Math.min(now - newest, reachIn(past, high - 1, maxAge));
  return (Math.max(until - from, 0) + between + last) / size;
}
