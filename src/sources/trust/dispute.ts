/** When a dispute between the sources of a series begins and ends. */
import type { Dispute, DisputeTurn } from '../../core/events.ts';
import type { Sample } from '../../core/series.ts';
import { formatDuration, type Instant } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import { apart, type Comparison, type Giver } from './agreement.ts';

/** What has been seen of a dispute since it looked like ending; lost in a restart, which only makes it last longer. */
export type Course = {
  /** Comparisons in a row that agreed, and the figures of the last. */
  readonly agreed: { readonly times: number; readonly figures: readonly [Sample, Sample] } | null;
  /** A figure far from the record that nobody else speaks of: where it began, and how often it has come since. */
  readonly alone: { readonly first: Sample; readonly last: Sample; readonly times: number } | null;
};

export const UNSEEN: Course = { agreed: null, alone: null };
/** What stands close to the tolerance would end a dispute and begin it at every other poll. */
const [CLOSE, ENOUGH] = [0.5, 3];
/** How many further figures, over as many steps, stand in for a witness. */
const FURTHER = 3;

export type Hearing = {
  readonly series: string;
  readonly dispute: Dispute | undefined;
  readonly course: Course;
  readonly compared: Comparison;
  readonly givers: readonly Giver[];
  readonly isGone: (giver: Giver) => boolean;
  /** The newest recorded value; undefined where there is none. */
  readonly recorded: number | undefined;
  readonly tolerance: number;
  readonly unit: string;
};

type Turned = {
  /** Why nothing of the series is recorded; null where something may be. */
  readonly disputed: string | null;
  readonly turn: DisputeTurn | null;
  readonly course: Course;
};

/**
 * A dispute ends where the sources clearly agree; or, where no other source is left to say anything of the moment, once the
 * remaining one is back at the recorded level or has given its figure a few times more. Sources not heard since a restart
 * leave it as it is.
 */
export function turnOf(hearing: Hearing, now: Instant): Turned {
  const { series, dispute, compared, course } = hearing;
  if (compared.kind === 'differ') {
    const turn = { series, dispute: { since: now, says: compared.says }, says: compared.says };
    return { disputed: compared.says, turn: dispute === undefined ? turn : null, course: UNSEEN };
  }
  if (dispute === undefined) return { disputed: null, turn: null, course: UNSEEN };
  if (compared.kind === 'agree') {
    const agreed = againOf(course.agreed, compared.figures);
    if (compared.apart <= CLOSE * hearing.tolerance || agreed.times >= ENOUGH)
      return ended(series, `${compared.says}: they agree again`);
    return { disputed: `${compared.says}: they agree again, but hardly`, turn: null, course: { agreed, alone: null } };
  }
  const gone = hearing.givers.filter(hearing.isGone);
  if (compared.kind === 'none' && hearing.givers.length - gone.length > 1)
    return { disputed: dispute.says, turn: null, course };
  return hear(hearing, compared.kind === 'parted' ? compared.says : silenceOf(gone), now);
}

/** What becomes of the word of one source alone. */
function hear(
  { series, dispute, course, givers, recorded, tolerance, unit }: Hearing,
  why: string,
  now: Instant,
): Turned {
  const giver = givers.find(({ newest, maxAge }) => newest !== null && now - newest.at <= maxAge);
  const newest = giver?.newest ?? null;
  if (giver === undefined || newest === null) return { disputed: dispute?.says ?? why, turn: null, course };
  if (recorded === undefined || apart(newest.value, recorded) <= tolerance) return ended(series, why);
  const alone = onceMore(course.alone, newest, tolerance);
  if (alone.times >= FURTHER && newest.at - alone.first.at >= FURTHER * giver.step) return ended(series, why);
  const [is, was] = [newest.value, recorded].map((value) => formatValue(value, unit));
  const wait = `recorded once it has been given ${FURTHER} times more, over ${formatDuration(FURTHER * giver.step)}`;
  return {
    disputed: `${why}; ${giver.id} says ${is}, the record ${was}: ${wait}`,
    turn: null,
    course: { agreed: null, alone },
  };
}

/** Counts comparisons in which both figures are newer than in the one before. */
function againOf(before: Course['agreed'], figures: readonly [Sample, Sample]): NonNullable<Course['agreed']> {
  if (before === null) return { times: 1, figures };
  const isNewer = figures.every(({ at }, index) => at > (before.figures[index] as Sample).at);
  return isNewer ? { times: before.times + 1, figures } : before;
}

/** Counts newer figures that say about the same as the first. */
function onceMore(before: Course['alone'], newest: Sample, tolerance: number): NonNullable<Course['alone']> {
  const isSame = before?.first.source === newest.source && apart(before.first.value, newest.value) <= tolerance;
  if (before === null || !isSame) return { first: newest, last: newest, times: 0 };
  return newest.at > before.last.at ? { ...before, last: newest, times: before.times + 1 } : before;
}

function ended(series: string, says: string): Turned {
  return { disputed: null, turn: { series, dispute: null, says }, course: UNSEEN };
}

function silenceOf(gone: readonly Giver[]): string {
  return gone.map(({ id, maxAge }) => `${id} has given nothing fresh for ${formatDuration(maxAge)}`).join('; ');
}
