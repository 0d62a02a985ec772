/** The functions over a series' window, one entry each: what it is called in a sentence, its unit, how it is computed. */
import type { Series } from '../../core/series.ts';
import { DAY, type Duration, type Instant } from '../../core/time.ts';
import { UNITS, type Unit } from '../../core/units.ts';
import { countUpTo, coverageOf, type Measure, MIN_COVERAGE, staleness, unknown, windowOf } from '../window.ts';
import { perDay } from './kinds.ts';

type Reduce = (series: Series, low: number, high: number, parameter: number) => number;

export type WindowFunction = {
  /** "7d average of akash.gpu_utilization". */
  readonly noun: string;
  readonly unit: (unit: Unit) => Unit;
  /** Computed from the window's samples alone, at least one; or against the sample before the window. */
  readonly compute:
    | { readonly over: 'window'; readonly reduce: Reduce }
    | { readonly over: 'base'; readonly from: (base: number, newest: number) => number | null };
  /** A further argument, e.g. the quantile. */
  readonly parameter?: { readonly name: string; readonly low: number; readonly high: number };
};

const same = (unit: Unit): Unit => unit;

function fold(step: (sum: number, value: number) => number, start: number): Reduce {
  return (series, low, high) => {
    let result = start;
    for (let i = low; i < high; i++) result = step(result, series.value(i));
    return result;
  };
}

const sum = fold((a, b) => a + b, 0);
const avg: Reduce = (series, low, high) => sum(series, low, high, 0) / (high - low);

function stddev(series: Series, low: number, high: number): number {
  const mean = avg(series, low, high, 0);
  let squares = 0;
  for (let i = low; i < high; i++) squares += (series.value(i) - mean) ** 2;
  return Math.sqrt(squares / (high - low));
}

/** Linear interpolation between the two nearest ranks, as Prometheus's quantile_over_time. */
function quantile(series: Series, low: number, high: number, q: number): number {
  const values = Array.from({ length: high - low }, (_, i) => series.value(low + i)).sort((a, b) => a - b);
  const rank = q * (values.length - 1);
  const below = values[Math.floor(rank)] ?? Number.NaN;
  const above = values[Math.ceil(rank)] ?? Number.NaN;
  return below + (above - below) * (rank - Math.floor(rank));
}

/** Least-squares slope a day. */
function slope(series: Series, low: number, high: number): number {
  const count = high - low;
  const origin = series.time(low);
  let [sx, sy, sxx, sxy] = [0, 0, 0, 0];
  for (let i = low; i < high; i++) {
    const x = (series.time(i) - origin) / DAY;
    const y = series.value(i);
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const spread = count * sxx - sx * sx;
  return spread === 0 ? 0 : (count * sxy - sx * sy) / spread;
}

const window = (noun: string, reduce: Reduce, unit: (unit: Unit) => Unit = same): WindowFunction => ({
  noun,
  unit,
  compute: { over: 'window', reduce },
});

/** Every function over a window; adding one is one entry. */
export const WINDOW_FUNCTIONS: Readonly<Record<string, WindowFunction>> = {
  avg: window('average', avg),
  min: window('minimum', fold(Math.min, Number.POSITIVE_INFINITY)),
  max: window('maximum', fold(Math.max, Number.NEGATIVE_INFINITY)),
  sum: window('sum', sum),
  median: window('median', (series, low, high) => quantile(series, low, high, 0.5)),
  quantile: { ...window('quantile', quantile), parameter: { name: 'quantile', low: 0, high: 1 } },
  count: window(
    'sample count',
    (_, low, high) => high - low,
    () => UNITS.count,
  ),
  stddev: window('standard deviation', stddev),
  last: window('last value', (series, _, high) => series.value(high - 1)),
  slope: window('slope', slope, perDay),
  change: {
    noun: 'change',
    unit: () => UNITS.ratio,
    compute: { over: 'base', from: (base, newest) => (base === 0 ? null : newest / base - 1) },
  },
  delta: { noun: 'difference', unit: same, compute: { over: 'base', from: (base, newest) => newest - base } },
};

/**
 * Measures a function over `(now - window, now]`. Unknown where the window is covered less than 80%, or, for a change
 * or difference, where the newest sample or the last one at or before the window's start is older than `maxAge`.
 */
export function measure(
  fn: WindowFunction,
  series: Series,
  now: Instant,
  size: Duration,
  maxAge: Duration | null,
  parameter: number,
): Measure {
  const from = now - size;
  const { low, high } = windowOf(series, from, now);
  const newest = high - 1;
  if (maxAge === null) return unknown(staleness(series, newest, now, null) ?? 'no sample yet', newest);
  const coverage = coverageOf(series, low, high, from, now, maxAge);
  if (coverage < MIN_COVERAGE)
    return unknown(
      high === 0
        ? 'no sample yet'
        : `samples cover ${Math.floor(coverage * 100)}% of the window, ${MIN_COVERAGE * 100}% are needed`,
      newest,
      coverage,
    );
  if (fn.compute.over === 'base') return against(fn.compute.from, series, now, from, maxAge, coverage);
  if (high === low) return unknown('no sample inside the window', newest, coverage);
  return { value: fn.compute.reduce(series, low, high, parameter), missing: null, coverage, newest, base: null };
}

function against(
  compute: (base: number, newest: number) => number | null,
  series: Series,
  now: Instant,
  from: Instant,
  maxAge: Duration,
  coverage: number,
): Measure {
  const newest = countUpTo(series, now) - 1;
  const base = countUpTo(series, from) - 1;
  const staleNow = staleness(series, newest, now, maxAge);
  if (staleNow !== null) return unknown(staleNow, newest, coverage);
  if (staleness(series, base, from, maxAge) !== null)
    return unknown('no fresh sample at the start of the window to compare with', newest, coverage);
  const value = compute(series.value(base), series.value(newest));
  if (value === null) return unknown('the sample it starts from is 0', newest, coverage);
  return { value, missing: null, coverage, newest, base };
}
