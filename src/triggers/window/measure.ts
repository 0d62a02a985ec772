/** A function over a moving window of any series, brought along from one judgement to the next. */
import type { Series } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import type { Compute, Stretch } from './aggregate.ts';
import { caughtUp, type Held, heldAggregate } from './held.ts';
import { countUpTo, isStale, type Measure, MIN_COVERAGE, reachIn, staleness, unknown } from './newest.ts';
import { coverage, move, type Span, span } from './span.ts';

/** A null `maxAge` means that the series' usual step is not known yet. */
export type WindowMeasure = {
  /** The value alone, null where unknown: what nearly every judgement asks for. */
  value(series: Series, now: Instant, maxAge: Duration | null): number | null;
  /** The value and what it rests on, or why it is unknown. */
  measure(series: Series, now: Instant, maxAge: Duration | null): Measure;
};

/** The window over one series as it was last looked at; `held` follows only when its value is asked for. */
type Slide = { readonly span: Span; readonly held: Held; coverage: number };

/**
 * Two of them, for what a derived series is now and what it has been are asked for in turn, at instants that each go
 * forward: a single one would start afresh at every turn.
 */
type Slides = { recent: Slide; other: Slide | null };

/**
 * Measures a function over `(now - size, now]`. Unknown where the window is covered less than 80%, or, for a change
 * or difference, where the newest sample or the last one at or before the window's start is older than `maxAge`.
 * From one `now` to a later one it reads only the samples that came and went; the result is that of a fresh look.
 */
export function windowMeasure(fn: { readonly compute: Compute }, size: Duration, parameter: number): WindowMeasure {
  const { compute } = fn;
  const slides = new WeakMap<Series, Slides>();

  /** The one that has the shortest way to `now`. */
  function slideOf(series: Series, now: Instant): Slide {
    const pair = slides.get(series);
    if (pair === undefined) {
      const made = slide();
      slides.set(series, { recent: made, other: null });
      return made;
    }
    const { recent, other } = pair;
    const isNearer = other !== null && other.span.now <= now && other.span.now > recent.span.now;
    if (recent.span.now <= now && !isNearer) return recent;
    pair.recent = other ?? slide();
    pair.other = recent;
    return pair.recent;
  }

  function moved(series: Series, now: Instant, maxAge: Duration): Slide {
    const slide = slideOf(series, now);
    move(slide.span, series, size, now, maxAge);
    slide.coverage = coverage(slide.span, series, size);
    return slide;
  }

  function valueIn({ span, held, coverage }: Slide, series: Series, now: Instant, maxAge: Duration): number | null {
    if (coverage < MIN_COVERAGE) return null;
    if (compute.over === 'window') {
      if (span.low === span.high) return null;
      if (compute.mixed !== undefined && isMixed(series, span)) return compute.mixed(stretchOf(series, span));
      return caughtUp(held, span, series, compute.aggregate, parameter).value();
    }
    const [base, newest] = [span.low - 1, span.high - 1];
    if (isStale(series, newest, now, maxAge) || isStale(series, base, now - size, maxAge)) return null;
    return compute.from(series.value(base), series.value(newest));
  }

  function missing({ span, coverage }: Slide, series: Series, now: Instant, maxAge: Duration): string {
    if (span.high === 0) return 'no sample yet';
    if (coverage < MIN_COVERAGE)
      return `samples cover ${Math.floor(coverage * 100)}% of the window, ${MIN_COVERAGE * 100}% are needed`;
    if (compute.over === 'window') return 'no sample inside the window';
    const stale = staleness(series, span.high - 1, now, maxAge);
    if (stale !== null) return stale;
    return isStale(series, span.low - 1, now - size, maxAge)
      ? 'no fresh sample at the start of the window to compare with'
      : 'the sample it starts from is 0';
  }

  function value(series: Series, now: Instant, maxAge: Duration | null): number | null {
    return maxAge === null ? null : valueIn(moved(series, now, maxAge), series, now, maxAge);
  }

  function measure(series: Series, now: Instant, maxAge: Duration | null): Measure {
    if (maxAge === null) return unknownStep(series, now);
    const slide = moved(series, now, maxAge);
    const value = valueIn(slide, series, now, maxAge);
    const newest = slide.span.high - 1;
    if (value === null) return unknown(missing(slide, series, now, maxAge), newest, slide.coverage);
    const base = compute.over === 'base' ? slide.span.low - 1 : null;
    return { value, missing: null, coverage: slide.coverage, newest, base };
  }

  return { value, measure };
}

function slide(): Slide {
  return { span: span(), held: heldAggregate(), coverage: 0 };
}

/** Whether a window holds samples of a past with another pace, and later ones. */
function isMixed({ past }: Series, { low, high }: Span): boolean {
  return past !== undefined && low < past.until && past.until < high;
}

function stretchOf(series: Series, { low, high, now, maxAge }: Span): Stretch {
  const { past } = series;
  const until = (index: number): Instant => (index + 1 < high ? series.time(index + 1) : now);
  return {
    count: high - low,
    value: (index) => series.value(low + index),
    duration: (index) => Math.min(until(low + index) - series.time(low + index), reachIn(past, low + index, maxAge)),
  };
}

function unknownStep(series: Series, now: Instant): Measure {
  const newest = countUpTo(series, now) - 1;
  return unknown(staleness(series, newest, now, null) ?? 'no sample yet', newest);
}
