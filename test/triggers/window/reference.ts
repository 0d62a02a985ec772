/** Window functions in the plainest way: every sample of the window anew, sums in whole numbers. */
import { DAY, type Duration, formatDuration, type Instant } from '../../../src/core/time.ts';
import { nearest, ratio, wholeOf } from './rational.ts';

export type Row = readonly [at: Instant, value: number];

/** By function; the quantile's is `q`. Slope and standard deviation are rounded a few times, all others once. */
export function reduced(name: string, rows: readonly Row[], q: number): number {
  const values = rows.map(([, value]) => value + 0);
  const whole = values.map(wholeOf);
  const n = BigInt(rows.length);
  const times = rows.map(([at]) => BigInt(at));
  switch (name) {
    case 'sum':
      return nearest(total(whole), 1n) + 0;
    case 'avg':
      return nearest(total(whole), n) + 0;
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    case 'count':
      return values.length;
    case 'last':
      return rows.at(-1)?.[1] ?? Number.NaN;
    case 'median':
      return quantile(values, 0.5);
    case 'quantile':
      return quantile(values, q);
    case 'stddev':
      return Math.sqrt(ratio(spread(whole, whole), n * n) * 2 ** -1074) * 2 ** -537;
    case 'slope':
      return rows.length === 1 ? 0 : nearest(spread(times, whole), spread(times, times)) * DAY;
  }
  throw new Error(`no reference for ${name}`);
}

function total(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

/** n Σab - Σa Σb. */
function spread(a: readonly bigint[], b: readonly bigint[]): bigint {
  return BigInt(a.length) * total(a.map((value, i) => value * (b[i] ?? 0n))) - total(a) * total(b);
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return below + (above - below) * (rank - Math.floor(rank));
}

/** What a measure over `(now - size, now]` is to say of these rows, in order of time. */
export function measured(
  name: string,
  q: number,
  rows: readonly Row[],
  now: Instant,
  size: Duration,
  maxAge: Duration | null,
): { value: number | null; missing: string | null; coverage: number | null; newest: number; base: number | null } {
  const from = now - size;
  const past = rows.filter(([at]) => at <= now);
  const inside = past.filter(([at]) => at > from);
  const newest = past.length - 1;
  const unknown = (missing: string, coverage: number | null) => ({
    value: null,
    missing,
    coverage,
    newest,
    base: null,
  });
  if (newest < 0) return unknown('no sample yet', maxAge === null ? null : 0);
  if (maxAge === null) return unknown('one sample only, so its usual step is not known', null);
  const coverage = covered(past, from, now, maxAge) / size;
  if (coverage < 0.8)
    return unknown(`samples cover ${Math.floor(coverage * 100)}% of the window, 80% are needed`, coverage);
  if (name !== 'change' && name !== 'delta')
    return inside.length === 0
      ? unknown('no sample inside the window', coverage)
      : { value: reduced(name, inside, q), missing: null, coverage, newest, base: null };
  const base = past.length - inside.length - 1;
  const [newestAt, newestValue] = past[newest] as Row;
  const [baseAt, baseValue] = past[base] ?? [Number.NEGATIVE_INFINITY, 0];
  if (now - newestAt > maxAge)
    return unknown(
      `its newest sample is ${formatDuration(now - newestAt)} old, past the ${formatDuration(maxAge)} it stays good`,
      coverage,
    );
  if (from - baseAt > maxAge) return unknown('no fresh sample at the start of the window to compare with', coverage);
  if (name === 'change' && baseValue === 0) return unknown('the sample it starts from is 0', coverage);
  const value = name === 'change' ? newestValue / baseValue - 1 : newestValue - baseValue;
  return { value, missing: null, coverage, newest, base };
}

/** How much of `(from, to]` lies within `maxAge` after a sample: the union of these stretches. */
function covered(past: readonly Row[], from: Instant, to: Instant, maxAge: Duration): Duration {
  let [sum, reached] = [0, from];
  for (const [at] of past) {
    const [start, end] = [Math.max(at, reached), Math.min(at + maxAge, to)];
    if (end > start) sum += end - start;
    reached = Math.max(reached, end);
  }
  return sum;
}
