/** What is said of a series that never had a sample: it may come yet, or nobody publishes it. */
import type { Names } from '../../core/names.ts';
import type { SeriesReading } from '../../core/verdict.ts';

/** "no sample yet", or "not published: …" with the reason that networks.yaml gives. */
export function absenceOf(id: string, { unavailable }: Names): string {
  const reason = unavailable.get(id);
  return reason === undefined ? 'no sample yet' : `not published: ${reason}`;
}

/**
 * Why a derived series, which never had a figure, has none: it is not published itself, or what it is worked out of is
 * not. Undefined where its figures may come yet.
 */
export function unpublished(id: string, inputs: readonly SeriesReading[], names: Names): string | undefined {
  const never = everyOf(inputs).filter(({ newest }) => newest === null);
  if (names.unavailable.has(id)) return never.length === 0 ? undefined : absenceOf(id, names);
  const reasons = never.flatMap(({ series }) =>
    names.unavailable.has(series) ? [`${series}: ${absenceOf(series, names)}`] : [],
  );
  return reasons.length === 0 ? undefined : [...new Set(reasons)].join('; ');
}

function everyOf(inputs: readonly SeriesReading[]): readonly SeriesReading[] {
  return inputs.flatMap((input) => [input, ...everyOf(input.inputs ?? [])]);
}
