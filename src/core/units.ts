/** Units: their dimensions, and how a value of each is written for people. */
import { DAY, formatDuration, toDay } from './time.ts';

/** The units a metric may have. `usd` is also a token's price, in USD for one token. */
export const METRIC_UNITS = [
  'ratio',
  'usd',
  'usd/token',
  'usd/day',
  'usd/gpu-hour',
  'tokens',
  'tokens/day',
  'gpus',
  'count',
] as const;
export type MetricUnit = (typeof METRIC_UNITS)[number];

/** Powers of the base dimensions, e.g. USD a GPU-hour is `{ usd: 1, gpu: -1, time: -1 }`. */
export type Dimensions = Readonly<Partial<Record<'usd' | 'token' | 'gpu' | 'item' | 'time', number>>>;

/**
 * A unit: dimensions, and the factor that turns a value into base units (USD, tokens, GPUs, items, days).
 * `usd/gpu-hour` has scale 24: 1 $/GPU-hour is 24 $/GPU-day.
 */
export type Unit = { readonly name: string; readonly dimensions: Dimensions; readonly scale: number };

export const UNITS: Readonly<Record<MetricUnit | 'duration' | 'instant' | 'per-day', Unit>> = {
  ratio: { name: 'ratio', dimensions: {}, scale: 1 },
  usd: { name: 'usd', dimensions: { usd: 1 }, scale: 1 },
  'usd/token': { name: 'usd/token', dimensions: { usd: 1, token: -1 }, scale: 1 },
  'usd/day': { name: 'usd/day', dimensions: { usd: 1, time: -1 }, scale: 1 },
  'usd/gpu-hour': { name: 'usd/gpu-hour', dimensions: { usd: 1, gpu: -1, time: -1 }, scale: 24 },
  tokens: { name: 'tokens', dimensions: { token: 1 }, scale: 1 },
  'tokens/day': { name: 'tokens/day', dimensions: { token: 1, time: -1 }, scale: 1 },
  gpus: { name: 'gpus', dimensions: { gpu: 1 }, scale: 1 },
  count: { name: 'count', dimensions: { item: 1 }, scale: 1 },
  'per-day': { name: 'per-day', dimensions: { time: -1 }, scale: 1 },
  duration: { name: 'duration', dimensions: { time: 1 }, scale: 1 / DAY },
  instant: { name: 'instant', dimensions: { time: 1 }, scale: 1 / DAY },
};

/** What a unit is called in a sentence: "gpu_utilization is a ratio". */
export function describeUnit(unit: Unit): string {
  const words: Readonly<Record<string, string>> = {
    ratio: 'a ratio',
    usd: 'an amount in USD',
    'usd/token': 'a price in USD a token',
    'usd/day': 'an amount in USD a day',
    'usd/gpu-hour': 'a price in USD a GPU-hour',
    tokens: 'a number of tokens',
    'tokens/day': 'a number of tokens a day',
    gpus: 'a number of GPUs',
    count: 'a count',
    duration: 'a duration',
    instant: 'a date',
    'per-day': 'a rate a day',
  };
  return words[unit.name] ?? `a value in ${unit.name}`;
}

/**
 * Writes a value with its unit: `13.4%`, `$2.58/GPU-hour`, `3,600 tokens/day`, `247 GPUs`.
 * @param extra further digits, where two values that differ would otherwise read the same.
 */
export function formatValue(value: number, unit: string, extra = 0): string {
  switch (unit) {
    case 'ratio':
      return `${trim(value * 100, (Math.abs(value) >= 10 ? 0 : 1) + extra)}%`;
    case 'ratio/day':
    case 'per-day':
      return `${trim(value * 100, 2 + extra)}%/day`;
    case 'usd':
    case 'usd/token':
      return money(value, extra);
    case 'usd/day':
      return `${money(value, extra)}/day`;
    case 'usd/gpu-hour':
      return `${money(value, extra)}/GPU-hour`;
    case 'tokens':
      return `${grouped(value, extra)} tokens`;
    case 'tokens/day':
      return `${grouped(value, extra)} tokens/day`;
    case 'gpus':
      return `${grouped(value, extra)} GPU${value === 1 ? '' : 's'}`;
    case 'count':
      return grouped(value, extra);
    case 'duration':
      return formatDuration(value);
    case 'instant':
      return toDay(value);
    default:
      return `${grouped(value, extra)} ${unit}`;
  }
}

function money(value: number, extra: number): string {
  const sign = value < 0 ? '-' : '';
  const size = Math.abs(value);
  if (size >= 1000) return `${sign}$${grouped(size, extra)}`;
  // Token prices far below a cent keep three figures.
  if (size !== 0 && size < 0.1) return `${sign}$${trim(Number(size.toPrecision(3 + extra)), 12)}`;
  return `${sign}$${size.toFixed(2 + extra)}`;
}

function trim(value: number, digits: number): string {
  const text = value.toFixed(digits);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}

function grouped(value: number, extra: number): string {
  const digits = Number.isInteger(value) ? 0 : (Math.abs(value) >= 100 ? 0 : 2) + extra;
  return trim(value, digits).replace(/\B(?=(\d{3})+(?!\d))/g, (_, __, at: number, whole: string) =>
    whole.includes('.') && at > whole.indexOf('.') ? '' : ',',
  );
}
