/** From a name in a rule to the series it means. */
import type { Names } from '../../core/names.ts';
import { nearest } from '../../core/nearest.ts';
import { splitSeries } from '../../core/series.ts';
import { UNITS, type Unit } from '../../core/units.ts';
import { ExpressionError } from './error.ts';

/** Finds the metric a bare or dotted name means. Throws with the nearest known name where there is none. */
export function resolveSeries(
  name: string,
  at: number,
  names: Names,
): { readonly subject: string | null; readonly metric: string; readonly unit: Unit } {
  const dotted = splitSeries(name);
  const metric = dotted?.metric ?? name;
  const known = names.catalogue.get(metric);
  if (dotted !== undefined && !names.subjects.includes(dotted.subject)) {
    const close = nearest(dotted.subject, names.subjects);
    throw new ExpressionError(
      at,
      `unknown subject ${JSON.stringify(dotted.subject)}`,
      `a network, cloud or reference: ${names.subjects.slice(0, 8).join(', ')}…`,
      close === undefined ? 'name it in networks.yaml, or pick a known one' : `did you mean ${close}.${metric}?`,
    );
  }
  if (known === undefined) {
    const close = nearest(metric, names.catalogue.keys());
    throw new ExpressionError(
      at + (dotted === undefined ? 0 : dotted.subject.length + 1),
      `unknown metric ${JSON.stringify(metric)}`,
      'a metric of metrics.yaml',
      close === undefined
        ? 'declare it in metrics.yaml, or pick a known one'
        : `did you mean ${dotted === undefined ? '' : `${dotted.subject}.`}${close}?`,
    );
  }
  return { subject: dotted?.subject ?? null, metric, unit: UNITS[known.unit] };
}
