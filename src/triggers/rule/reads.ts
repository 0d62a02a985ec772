/** What rules read: their conditions, and what the catalogue says of a series. */
import type { Metric } from '../../core/metric.ts';
import { splitSeries } from '../../core/series.ts';
import type { Condition } from '../language/expression.ts';
import type { Cell } from './book.ts';
import type { CompiledRule } from './compile.ts';

/** `when`, and `clear` where there is one. */
export function conditionsOf({ when, clear }: CompiledRule): readonly Condition[] {
  return clear === null ? [when] : [when, clear];
}

/** Every series that some rule of the book rests on, for any network. */
export function seriesOf(cells: readonly Cell[]): ReadonlySet<string> {
  return new Set(
    cells.flatMap(({ rule, network }) => conditionsOf(rule).flatMap((condition) => condition.series(network))),
  );
}

/** The metric of a series that some of the rules reads. */
export function metricOf(series: string, rules: readonly CompiledRule[]): Metric | undefined {
  return rules[0]?.names.catalogue.get(splitSeries(series)?.metric ?? '');
}
