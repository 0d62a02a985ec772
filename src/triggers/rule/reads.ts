/** What rules read: their conditions, and what the catalogue says of a series. */
import type { Metric } from '../../core/metric.ts';
import { splitSeries } from '../../core/series.ts';
import type { Condition } from '../language/expression.ts';
import type { CompiledRule } from './compile.ts';

/** `when`, and `clear` where there is one. */
export function conditionsOf({ when, clear }: CompiledRule): readonly Condition[] {
  return clear === null ? [when] : [when, clear];
}

/** The metric of a series that some of the rules reads. */
export function metricOf(series: string, rules: readonly CompiledRule[]): Metric | undefined {
  return rules[0]?.names.catalogue.get(splitSeries(series)?.metric ?? '');
}
