/** The scale of the values: a range with air around every value, round ticks, and how they are written. */
import { DAY, HOUR, MINUTE, SECOND } from '../core/time.ts';
import { formatValue } from '../core/units.ts';

export type Scale = {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly ticks: readonly number[];
  /** A value without its unit: `$2.50`, `13.4%`, `1.5M`. */
  readonly label: (value: number) => string;
  /** The unit, written once: `per GPU-hour`; empty where the labels say it. */
  readonly unit: string;
};

const STEPS = 4;
const MARGIN = 0.08;
/** Values closer to each other than this, relative to their size, are drawn as the same. */
const EXACTNESS = 1e-9;
/** Values closer to zero than this are drawn as zero: a step between them would have no digits left. */
const LEAST = 1e-300;

/** A scale for all these values; null where there are none. */
export function scaleOf(values: Iterable<number>, unit: string): Scale | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return null;
  const range = withAir(low, high, unit);
  const step = stepOf(range.high - range.low, unit);
  const first = Math.floor(range.low / step);
  const last = Math.ceil(range.high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { min: first * step, max: last * step, step, ticks, ...labels(ticks, unit) };
}

/** Room above and below, except at zero, where a scale ends, and at 100% of what has no more. */
function withAir(low: number, high: number, unit: string): { readonly low: number; readonly high: number } {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < LEAST) return { low: 0, high: 1 };
  if (high - low < size * EXACTNESS) return { low: low - size / 10, high: high + size / 10 };
  const air = (high - low) * MARGIN;
  const fromZero = low >= 0 && low <= high / 3;
  const toZero = high <= 0 && high >= low / 3;
  const whole = unit === 'ratio' && high <= 1 && low >= 0;
  return { low: fromZero ? 0 : low - air, high: toZero ? 0 : whole ? Math.min(1, high + air) : high + air };
}

/** Durations have round days, hours or minutes rather than round milliseconds. */
function stepOf(span: number, unit: string): number {
  const base = unit === 'duration' ? ([DAY, HOUR, MINUTE].find((size) => span >= 2 * size) ?? SECOND) : 1;
  return roundStep(span / STEPS / base) * base;
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return ([1, 2, 2.5, 5].find((digit) => digit * power >= step * 0.999) ?? 10) * power;
}

const NUMBER_AND_UNIT = /^(-?\$?[\d,]*\.?\d+(?:e[+-]?\d+)?%?)((?:\/| ).+)$/;

function labels(ticks: readonly number[], unit: string): Pick<Scale, 'label' | 'unit'> {
  const [, , tail = ''] = NUMBER_AND_UNIT.exec(formatValue(2, unit)) ?? [];
  const size = sizeOf(ticks, unit);
  const label = (extra: number) => (value: number) => {
    const text = formatValue(value / size.factor, unit, extra);
    return (NUMBER_AND_UNIT.exec(text)?.[1] ?? text) + (value === 0 ? '' : size.name);
  };
  // Close ticks need digits that a value in a sentence does not.
  let extra = 0;
  while (extra < 9 && new Set(ticks.map(label(extra))).size < ticks.length) extra += 1;
  return { label: label(extra), unit: tail.startsWith('/') ? `per ${tail.slice(1)}` : tail.trim() };
}

/** A two in units of which there are millions, which are not percents, durations and dates. */
const COUNTED = /^\$?2(\.0+)?(?![\d%])/;

/** What large values are counted in. */
function sizeOf(ticks: readonly number[], unit: string): { readonly factor: number; readonly name: string } {
  const most = Math.max(...ticks.map(Math.abs));
  if (most < 1e6 || !COUNTED.test(formatValue(2, unit))) return { factor: 1, name: '' };
  const power = 3 * Math.floor(Math.log10(most) / 3);
  return { factor: 10 ** power, name: { 6: 'M', 9: 'B', 12: 'T' }[power] ?? `e${power}` };
}
