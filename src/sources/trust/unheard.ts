/** What may be recorded after a start, while not every witness of a series has been asked yet. */
import type { Dropped } from '../../core/ports.ts';
import type { Sample, Series } from '../../core/series.ts';
import { formatValue } from '../../core/units.ts';
import { apart } from './agreement.ts';
import { newestOf } from './record.ts';

type Sifted = { readonly samples: readonly Sample[]; readonly dropped: readonly Dropped[] };

/**
 * Lets new figures wait that lie further than the tolerance from the newest recorded one.
 * @param missing a source that has not been asked since the start; undefined where all have
 */
export function untilHeard(
  samples: readonly Sample[],
  missing: string | undefined,
  series: Series | undefined,
  tolerance: number,
  unit: string,
): Sifted {
  const recorded = newestOf(series);
  if (missing === undefined || recorded === null) return { samples, dropped: [] };
  const isFar = ({ at, value }: Sample): boolean => at >= recorded.at && apart(value, recorded.value) > tolerance;
  const dropped = samples.filter(isFar).map(({ series: what, value }) => {
    const [is, was] = [value, recorded.value].map((figure) => formatValue(figure, unit));
    return { what, reason: `moved from ${was} to ${is}; waits until ${missing} has been asked as well` };
  });
  return { samples: samples.filter((one) => !isFar(one)), dropped };
}
