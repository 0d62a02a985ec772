/** What a backtest says of each rule as a whole. */
import type { Duration } from '../../core/time.ts';
import type { Backtest } from './backtest.ts';
import type { Course } from './course.ts';

export type Totals = {
  readonly firings: number;
  readonly alerts: number;
  /** Median duration of the firings that ended; null where none did. */
  readonly medianHold: Duration | null;
  /** Share of the evaluations that were unknown, of networks that the history has data for; null where there are none. */
  readonly unknown: number | null;
};

export type RuleTotals = Totals & {
  readonly rule: string;
  /** The networks that it was judged for by data, and all that it covers. */
  readonly judged: readonly string[];
  readonly networks: readonly string[];
  /** News alone could have told it anything. */
  readonly newsOnly: boolean;
};

/** Totals of each rule, in the book's order. */
export function totalsByRule({ courses, alertsOf }: Backtest): readonly RuleTotals[] {
  const rules = new Map<string, Course[]>();
  for (const course of courses) {
    const id = course.cell.rule.rule.id;
    rules.set(id, [...(rules.get(id) ?? []), course]);
  }
  return [...rules].map(([rule, own]) => ({
    rule,
    judged: own.filter(hasData).map(({ cell }) => cell.network),
    networks: own.map(({ cell }) => cell.network),
    newsOnly: own.every(({ basis }) => basis === 'news'),
    ...totals(own, alertsOf.get(rule) ?? 0),
  }));
}

/** Totals of all rules together. */
export function totalsOf({ courses, alerts }: Backtest): Totals {
  return totals(courses, alerts);
}

/** Whether the history holds anything the rule could be judged by for the network. */
function hasData({ basis }: Course): boolean {
  return basis === 'figures' || basis === 'date';
}

function totals(courses: readonly Course[], alerts: number): Totals {
  const firings = courses.flatMap((course) => course.firings);
  const judged = courses.filter(hasData);
  const evaluations = judged.reduce((sum, course) => sum + course.evaluations, 0);
  const unknown = judged.reduce((sum, course) => sum + course.unknown, 0);
  const holds = firings.flatMap(({ from, to }) => (to === null ? [] : [to - from]));
  return {
    firings: firings.length,
    alerts,
    medianHold: median(holds),
    unknown: evaluations === 0 ? null : unknown / evaluations,
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  if (upper === undefined) return null;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}
