/** A plain judgement to hold the real one against: slow, counted out on a grid, sharing no code with it. */
import type { Phase } from '../../../src/core/events.ts';
import type { Sample } from '../../../src/core/series.ts';
import { DAY, type Duration, type Instant } from '../../../src/core/time.ts';
import type { Truth } from '../../../src/core/verdict.ts';
import { type Comparing, GRID, MAX_AGE, type Tree, type Written } from './random.ts';

/** What a rule sees at one instant; `over` is what ends a firing. */
export type Sight = { readonly now: Instant; readonly when: Truth; readonly over: Truth };

/** Samples by series, in any order. */
type Recorded = ReadonlyMap<string, readonly Sample[]>;

const RANK: readonly Truth[] = ['false', 'unknown', 'true'];
const not = (truth: Truth): Truth => RANK[2 - RANK.indexOf(truth)] as Truth;
const least = (truths: readonly Truth[]): Truth => RANK.find((truth) => truths.includes(truth)) ?? 'true';

/** What the rule sees of a network at each instant. */
export function sights(
  rule: Written,
  network: string,
  samples: readonly Sample[],
  instants: readonly Instant[],
): readonly Sight[] {
  const ids = [...new Set(samples.map(({ series }) => series))];
  const record: Recorded = new Map(ids.map((id) => [id, samples.filter(({ series }) => series === id)]));
  return instants.map((now) => {
    const when = truthOf(rule.when, network, record, now);
    if (rule.clear === null) return { now, when, over: not(when) };
    return { now, when, over: least([not(when), truthOf(rule.clear, network, record, now)]) };
  });
}

function truthOf(tree: Tree, network: string, record: Recorded, now: Instant): Truth {
  if (tree.kind === 'not') return not(truthOf(tree.of, network, record, now));
  if (tree.kind === 'compare') return compare(tree, network, record, now);
  const parts = [tree.left, tree.right].map((part) => truthOf(part, network, record, now));
  return tree.kind === 'and' ? least(parts) : not(least(parts.map(not)));
}

function compare(leaf: Comparing, network: string, record: Recorded, now: Instant): Truth {
  const own = (record.get(`${network}.${leaf.metric}`) ?? []).filter(
    ({ at }) => at <= now && at >= now - leaf.window - MAX_AGE,
  );
  const value = measured(leaf, own, now);
  if (value === null) return 'unknown';
  const isRatio = leaf.fn === 'change' || leaf.metric === 'gpu_utilization';
  return value < (isRatio ? leaf.threshold / 100 : leaf.threshold) === (leaf.op === '<') ? 'true' : 'false';
}

function measured({ fn, window }: Comparing, samples: readonly Sample[], now: Instant): number | null {
  if (fn === null) return fresh(samples, now);
  if (!covered(samples, now, window)) return null;
  if (fn === 'change') {
    const [base, newest] = [fresh(samples, now - window), fresh(samples, now)];
    return base === null || newest === null ? null : newest / base - 1;
  }
  const inside = samples.filter(({ at }) => at > now - window);
  const values = inside.map(({ value }) => value);
  if (values.length === 0) return null;
  switch (fn) {
    case 'avg':
      return mean(values);
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    case 'median':
      return median(values);
    case 'stddev':
      return Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
    case 'slope':
      return slope(
        inside.map(({ at }) => at / DAY),
        values,
      );
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return ((low as number) + (high as number)) / 2;
}

/** Least squares; one figure has no slope. */
function slope(xs: readonly number[], ys: readonly number[]): number {
  const [mx, my] = [mean(xs), mean(ys)];
  const spread = mean(xs.map((x) => (x - mx) ** 2));
  return spread === 0 ? 0 : mean(xs.map((x, index) => (x - mx) * ((ys[index] as number) - my))) / spread;
}

/** The newest value at an instant, unless it is too old to speak for it. */
function fresh(samples: readonly Sample[], instant: Instant): number | null {
  const newest = samples
    .filter(({ at }) => at <= instant)
    .reduce<Sample | null>((best, one) => (best === null || one.at > best.at ? one : best), null);
  return newest === null || instant - newest.at > MAX_AGE ? null : newest.value;
}

/** Whether in four of five cells of the window some sample is young enough at the cell's middle. */
function covered(samples: readonly Sample[], now: Instant, window: Duration): boolean {
  const cells = window / GRID;
  let good = 0;
  for (let cell = 0; cell < cells; cell++) {
    const middle = now - window + (cell + 0.5) * GRID;
    if (samples.some(({ at }) => at <= middle && middle - at <= MAX_AGE)) good += 1;
  }
  return good * 5 >= cells * 4;
}

/** What a rule in this phase is moved by. */
export function mattering(phase: Phase, { when, over }: Sight): Truth {
  return phase === 'firing' ? over : when;
}

/** The known time up to the sight at `end` during which `truth` held and was not refuted: an interval counts as its start. */
export function knownFor(seen: readonly Sight[], end: number, truth: (sight: Sight) => Truth): Duration {
  const refuted = seen.slice(0, end).findLastIndex((sight) => truth(sight) === 'false');
  return seen
    .slice(refuted + 1, end)
    .map((sight, index) => (truth(sight) === 'true' ? (seen[refuted + index + 2] as Sight).now - sight.now : 0))
    .reduce((sum, time) => sum + time, 0);
}

/** The phase after each sight: known time is added up interval by interval, each counted as what its start showed. */
export function phasesOf(rule: Written, seen: readonly Sight[]): readonly Phase[] {
  let phase: Phase = 'inactive';
  let counted: Duration = 0;
  let running = false;
  return seen.map(({ now, when, over }, index) => {
    if (running) counted += now - (seen[index - 1]?.now ?? now);
    const truth = phase === 'firing' ? over : when;
    running = truth === 'true';
    if (truth === 'unknown') return phase;
    if (truth === 'false') {
      counted = 0;
      if (phase === 'pending') phase = 'inactive';
      return phase;
    }
    if (phase === 'inactive') phase = 'pending';
    if (counted < (phase === 'pending' ? rule.for : rule.keepFiringFor)) return phase;
    // The clock of what comes next starts with what is seen next.
    [phase, counted, running] = [phase === 'pending' ? 'firing' : 'inactive', 0, false];
    return phase;
  });
}
