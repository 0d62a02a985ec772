/** Holds two sources of one series against each other. */
import type { Sample } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';

/** A source of the series, with the newest figure it gave. */
export type Giver = {
  readonly id: string;
  readonly newest: Sample | null;
  readonly step: Duration;
  readonly maxAge: Duration;
};

/** How far apart two figures may lie, as a share of the larger, where the catalogue says nothing. */
export const USUAL_TOLERANCE = 0.1;
/** Figures further apart in time than so many steps of the quicker source speak of different moments. */
const SAME_MOMENT = 3;

export type Comparison =
  /** Fewer than two sources give it now. */
  | { readonly kind: 'none' }
  /** Their figures are of moments too far apart to be held against each other. */
  | { readonly kind: 'parted'; readonly says: string }
  /** `figures`: the recorded source's and its nearest witness'. */
  | {
      readonly kind: 'agree' | 'differ';
      readonly apart: number;
      readonly figures: readonly [Sample, Sample];
      readonly says: string;
    };

/**
 * What the first source with a fresh figure and the ones behind it make of each other. One witness that agrees
 * outweighs others that do not.
 */
export function compare(givers: readonly Giver[], tolerance: number, unit: string, now: Instant): Comparison {
  const [first, ...others] = givers.flatMap(({ newest, ...giver }) =>
    newest !== null && now - newest.at <= giver.maxAge ? [{ ...giver, newest }] : [],
  );
  const [second] = others;
  if (first === undefined || second === undefined) return { kind: 'none' };
  const far = (one: typeof first): number => apart(one.newest.value, first.newest.value);
  const witnesses = others.filter((other) => areOfOneMoment(other.newest, other.step, first.newest, first.step));
  const [witness] = witnesses.toSorted((a, b) => far(a) - far(b));
  if (witness === undefined)
    return { kind: 'parted', says: `${first.id} and ${second.id} now speak of different moments` };
  const [one, other] = [first, witness].map(({ id, newest }) => `${id} says ${formatValue(newest.value, unit)}`);
  const found = { apart: far(witness), figures: [first.newest, witness.newest] as const };
  if (found.apart <= tolerance) return { kind: 'agree', ...found, says: `${one}, ${other}` };
  const [shown, most] = [found.apart, tolerance].map((share) => formatValue(share, 'ratio'));
  return { kind: 'differ', ...found, says: `${one}, ${other}: ${shown} apart, more than ${most}` };
}

/** Whether two figures can be held against each other, by the pace of the quicker source. */
export function areOfOneMoment(a: Sample, stepOfA: Duration, b: Sample, stepOfB: Duration): boolean {
  return Math.abs(a.at - b.at) <= SAME_MOMENT * Math.min(stepOfA, stepOfB);
}

/** The distance of two figures as a share of the larger. */
export function apart(a: number, b: number): number {
  const larger = Math.max(Math.abs(a), Math.abs(b));
  return larger === 0 ? 0 : Math.abs(a - b) / larger;
}
