/** When the figures that rules read can change by themselves: as samples come, and as they leave a window. */
import type { Metric } from '../../core/metric.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Series } from '../../core/series.ts';
import { type Duration, type Instant, MINUTE } from '../../core/time.ts';
import { comparisonsOf } from '../language/comparisons.ts';
import type { CompiledRule } from '../rule/compile.ts';
import { conditionsOf } from '../rule/reads.ts';
import { countUpTo } from '../window/newest.ts';
import { rhythmOf } from './hypothesis.ts';

/** Instants in order. Ask with instants that only grow. */
export type Turns = { after(at: Instant): Instant };

/** Of these series, as the rules read them and as a hypothesis from `now` on continues them. */
export function turnsOf(
  rules: readonly CompiledRule[],
  ids: readonly string[],
  evidence: Evidence,
  now: Instant,
): Turns {
  const windows = new Set(rules.flatMap(windowsOf));
  const all = ids.flatMap((id) => {
    const series = evidence.series(id);
    return series === undefined ? [] : [coming(series, now), ...[...windows].map((size) => leaving(series, size, now))];
  });
  return { after: (at) => all.reduce((first, turns) => Math.min(first, turns.after(at)), Number.POSITIVE_INFINITY) };
}

function windowsOf(rule: CompiledRule): readonly Duration[] {
  return conditionsOf(rule)
    .flatMap(comparisonsOf)
    .flatMap(({ shape: { left, right } }) => [left.window ?? 0, right.window ?? 0])
    .filter((size) => size > 0);
}

function coming(series: Series, now: Instant): Turns {
  const rhythm = rhythmOf(series, now);
  if (rhythm === undefined) return { after: () => Number.POSITIVE_INFINITY };
  const { first, step } = rhythm;
  return { after: (at) => (at < first ? first : first + (Math.floor((at - first) / step) + 1) * step) };
}

function leaving(series: Series, size: Duration, now: Instant): Turns {
  const known = countUpTo(series, now);
  let index = countUpTo(series, now - size);
  return {
    after(at) {
      while (index < known && minuteOf(series.time(index) + size) <= at) index += 1;
      return index < known ? minuteOf(series.time(index) + size) : Number.POSITIVE_INFINITY;
    },
  };
}

/** The first whole minute not before it. */
function minuteOf(instant: Instant): Instant {
  return Math.ceil(instant / MINUTE) * MINUTE;
}

/** Whether a window may be covered too little: it then comes to be covered at any minute, not only as samples come. */
export function hasHoles(
  series: Series | undefined,
  metric: Metric | undefined,
  reach: Duration,
  now: Instant,
): boolean {
  if (series === undefined || series.step === null) return false;
  const good = Math.min(3 * series.step, metric?.maxAge ?? Number.POSITIVE_INFINITY);
  const end = countUpTo(series, now);
  const start = countUpTo(series, now - reach) - 1;
  if (start < 0 || good < series.step || now - series.time(end - 1) > good) return true;
  for (let index = start + 1; index < end; index++) if (series.time(index) - series.time(index - 1) > good) return true;
  return false;
}
