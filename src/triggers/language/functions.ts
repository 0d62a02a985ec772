/** The functions over a series' window, one entry each: what it is called in a sentence, its unit and bounds, how it is computed. */
import { UNITS, type Unit } from '../../core/units.ts';
import { type Aggregate, type Compute, count, last } from '../window/aggregate.ts';
import { max, min } from '../window/extreme.ts';
import { slope, stddev } from '../window/moments.ts';
import { median, quantile } from '../window/ranks.ts';
import { avg, avgOverTime, sum } from '../window/sums.ts';
import { ANY, type Bounds } from './bounds.ts';
import { perDay } from './kinds.ts';

export type WindowFunction = {
  /** "7d average of akash.gpu_utilization". */
  readonly noun: string;
  readonly unit: (unit: Unit) => Unit;
  /** The least and the most it can be, from those of a sample. */
  readonly bounds: (sample: Bounds) => Bounds;
  readonly compute: Compute;
  /** A further argument, e.g. the quantile. */
  readonly parameter?: { readonly name: string; readonly low: number; readonly high: number };
};

const same = (unit: Unit): Unit => unit;
const within = (sample: Bounds): Bounds => sample;

const window = (
  noun: string,
  aggregate: (parameter: number) => Aggregate,
  { unit = same, bounds = within }: Partial<WindowFunction> = {},
): WindowFunction => ({ noun, unit, bounds, compute: { over: 'window', aggregate } });

/** Every function over a window; adding one is one entry. */
export const WINDOW_FUNCTIONS: Readonly<Record<string, WindowFunction>> = {
  avg: { ...window('average', avg), compute: { over: 'window', aggregate: avg, mixed: avgOverTime } },
  min: window('minimum', min),
  max: window('maximum', max),
  sum: window('sum', sum, { bounds: ([least]) => (least >= 0 ? [least, Number.POSITIVE_INFINITY] : ANY) }),
  median: window('median', median),
  quantile: { ...window('quantile', quantile), parameter: { name: 'quantile', low: 0, high: 1 } },
  // Without a sample there is no count either.
  count: window('sample count', count, { unit: () => UNITS.count, bounds: () => [1, Number.POSITIVE_INFINITY] }),
  stddev: window('standard deviation', stddev, { bounds: ([least, most]) => [0, (most - least) / 2] }),
  last: window('last value', last),
  slope: window('slope', slope, { unit: perDay, bounds: () => ANY }),
  change: {
    noun: 'change',
    unit: () => UNITS.ratio,
    bounds: ([least]) => (least >= 0 ? [-1, Number.POSITIVE_INFINITY] : ANY),
    compute: { over: 'base', from: (base, newest) => (base === 0 ? null : newest / base - 1) },
  },
  delta: {
    noun: 'difference',
    unit: same,
    bounds: ([least, most]) => [least - most, most - least],
    compute: { over: 'base', from: (base, newest) => newest - base },
  },
};
