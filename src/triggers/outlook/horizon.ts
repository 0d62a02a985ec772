/** How far ahead to look: what could not happen until then will hardly be waited for. */
import type { Evidence } from '../../core/ports.ts';
import { DAY, type Duration } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import { conditionsOf } from '../rule/reads.ts';
import type { Start } from './reach.ts';

const LONGEST: Duration = 800 * DAY;

/** Long enough for every window to fill twice and every clock to run out, and for the dates that are asked for. */
export function horizonOf({ cells, now }: Start, reach: Duration, evidence: Evidence): Duration {
  const needs = cells.map(({ rule, network }) => {
    const dates = conditionsOf(rule).flatMap((condition) =>
      condition.anytime ? datesIn(condition.explain({ network, now, evidence })) : [],
    );
    const news = Math.max(...conditionsOf(rule).map((condition) => condition.longest));
    return 2 * (Math.max(reach, news) + rule.rule.for + rule.rule.keepFiringFor) + Math.max(0, ...dates);
  });
  return Math.min(Math.max(...needs) + 2 * DAY, LONGEST);
}

/** How far off the dates are that a condition compares now with. */
function datesIn({ comparison, children }: Verdict): readonly Duration[] {
  if (comparison === undefined) return children.flatMap(datesIn);
  const { left, right, unit } = comparison;
  return unit === 'instant' && left !== null && right !== null ? [Math.abs(right - left)] : [];
}
