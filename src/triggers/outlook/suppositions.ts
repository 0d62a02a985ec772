/** What to suppose of the series and reports that rules read, so that they fire or end as early as can be. */
import type { Metric } from '../../core/metric.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Series } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import { conditionsOf, metricOf } from '../rule/reads.ts';
import { countUpTo } from '../window/newest.ts';
import type { Directions } from './direction.ts';
import { type Hypothesis, rhythmOf } from './hypothesis.ts';
import type { Start } from './reach.ts';

/** Of more series than this whose way is not known, too many paths would have to be tried. */
const MOST_OPEN = 3;
/** Where a metric has no bounds, it is supposed to reach ten times what it was of late. */
const FAR = 10;

/**
 * Series are supposed to stay at one of the ends of their metric's range, whichever brings it nearer; where neither way is
 * sure, each end is tried, and that all stay as they are, which is tried for changes too. Reports either come at once, as many as are lacking, or not at
 * all. Undefined where there would be too many to try.
 */
export function suppositions(ways: Directions, start: Start, evidence: Evidence): readonly Hypothesis[] | undefined {
  const rules = start.cells.map(({ rule }) => rule);
  const open = [...ways.series].filter(([, way]) => way === 0);
  if (open.length > MOST_OPEN) return undefined;
  const lacking = ways.news === null ? 0 : reportsLacking(start, evidence);
  const reports = lacking === 0 ? [0] : ways.news === 1 ? [lacking] : ways.news === -1 ? [0] : [0, lacking];
  let levels: readonly ReadonlyMap<string, number>[] = [new Map()];
  const asNow = new Map<string, number>();
  for (const [id, way] of ways.series) {
    const series = evidence.series(id);
    if (series === undefined || rhythmOf(series, start.now) === undefined) continue;
    const { low, high, newest } = endsOf(series, metricOf(id, rules), ways.reach, start.now);
    asNow.set(id, newest);
    const ends = way === 1 ? [high] : way === -1 ? [low] : [low, high];
    levels = levels.flatMap((known) => ends.map((level) => new Map(known).set(id, level)));
  }
  const all = open.length > 0 || Number.isFinite(ways.sureFor) ? [asNow, ...levels] : levels;
  return all.flatMap((one) => reports.map((count) => ({ levels: one, reports: count })));
}

/** The range of the metric; where it has none, well beyond what it was as far as that counts. */
function endsOf(
  series: Series,
  metric: Metric | undefined,
  reach: Duration,
  now: Instant,
): { readonly low: number; readonly high: number; readonly newest: number } {
  const count = countUpTo(series, now);
  const newest = series.value(count - 1);
  if (metric?.range !== undefined) return { low: metric.range[0], high: metric.range[1], newest };
  let [least, most] = [Math.min(newest, 0), Math.max(newest, 0)];
  for (let index = countUpTo(series, now - reach); index < count; index++) {
    least = Math.min(least, series.value(index));
    most = Math.max(most, series.value(index));
  }
  return { low: FAR * least, high: FAR * most, newest };
}

/** The most reports that any comparison lacks. */
function reportsLacking({ cells, now }: Start, evidence: Evidence): number {
  const lacks = cells.flatMap(({ rule, network }) =>
    conditionsOf(rule).flatMap((condition) => newsGaps(condition.explain({ network, now, evidence }))),
  );
  return Math.max(0, ...lacks);
}

function newsGaps({ comparison, children, readings }: Verdict): readonly number[] {
  if (comparison === undefined) return children.flatMap(newsGaps);
  const { left, right, op } = comparison;
  if (left === null || right === null || !readings.some(({ kind }) => kind === 'news')) return [];
  return [Math.ceil(Math.abs(right - left)) + (op === '>' || op === '<' ? 1 : 0)];
}
