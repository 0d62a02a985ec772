/** Follows what one source says of one series: figures that leap are held until a later reading bears them out. */
import type { Dropped } from '../../core/ports.ts';
import type { Sample, Series } from '../../core/series.ts';
import type { Instant } from '../../core/time.ts';
import { type Gauge, gaugeOf, type Jump } from './jump.ts';
import { type Leap, MOST_LEAPS, sortOut } from './leaps.ts';
import { betweenOf, correctionOf, holdingOf, refutedOf, wholeOf } from './words.ts';

/** Figures ahead of the record, by time, and the leap of the newest. */
type Held = { readonly samples: readonly Sample[]; readonly newest: Sample; readonly jump: Jump };
/** A past figure that leaps, and since when the source has given it. */
type Doubt = { readonly value: number; readonly since: Instant };

/** What is remembered between two readings of a source: at most about as much as one reading holds. */
export type Course = {
  /** The newest figure that passed. */
  readonly passed: Sample | null;
  readonly held: Held | null;
  readonly doubts: ReadonlyMap<Instant, Doubt>;
  /** Leaps in a row that the next figure did not bear out. */
  readonly refutals: number;
};

export const UNKNOWN: Course = { passed: null, held: null, doubts: new Map(), refutals: 0 };
/** One refuted leap after another is no spike: the series moves so. */
const MOST_REFUTALS = 5;

type Reading = {
  /** By time, one an instant. */
  readonly samples: readonly Sample[];
  /** What is recorded of the series. */
  readonly series: Series | undefined;
  /** What is newer lies ahead, where the source has said nothing yet. */
  readonly edge: Instant;
  /** Usual steps that are no leap yet; 0 never holds. */
  readonly limit: number;
  readonly unit: string;
  /** Whether another source says the same. */
  readonly agrees: (sample: Sample) => boolean;
};
type Followed = { readonly course: Course; readonly samples: readonly Sample[]; readonly dropped: readonly Dropped[] };

/**
 * The samples of a reading that may pass. A leap ahead waits for a newer figure that is nearer to it than to where it leapt
 * from; a past figure given anew waits until it is given again a usual step later. Where many leap the whole reading waits.
 */
export function follow(before: Course, reading: Reading, now: Instant): Followed {
  if (reading.samples.length === 0) return { course: before, samples: [], dropped: [] };
  const { series, unit } = reading;
  const gauge = gaugeOf(series, reading.limit);
  const { confirmed, refuted, open } = resolve(before.held, reading, gauge);
  const refutals = before.refutals + refuted.length;
  const passes = new Map(confirmed.map(({ at, value }) => [at, value]));
  const isVouched = (sample: Sample, ahead: boolean): boolean => {
    if (ahead && (refutals >= MOST_REFUTALS || reading.agrees(sample))) return true;
    const value = passes.get(sample.at) ?? settled(before.doubts.get(sample.at), series, now);
    return value !== undefined && gauge(sample.value, [value]) === null;
  };
  const sorted = sortOut({
    samples: joined(confirmed, reading.samples),
    series,
    passed: before.passed,
    edge: before.passed?.at ?? reading.edge,
    gauge,
    isVouched,
  });
  const held = heldOf(sorted.leaps, gauge);
  const doubts = doubtsOf(before, sorted.leaps, gauge, now);
  const dropped = [...refuted, ...sorted.spikes.map((leap) => betweenOf(leap, unit))];
  if (sorted.leaps.length > MOST_LEAPS) {
    const course = { ...before, held: held ?? open, doubts, refutals };
    return { course, samples: [], dropped: [...dropped, wholeOf(sorted.leaps, unit)] };
  }
  const passed = newer(before.passed, sorted.passing.at(-1) ?? null);
  const hasMoved = (passed?.at ?? 0) > (before.passed?.at ?? reading.edge);
  return {
    course: {
      passed,
      held: held ?? (isAfter(open, passed) ? open : null),
      doubts,
      refutals: hasMoved ? 0 : refutals,
    },
    samples: sorted.passing,
    dropped: [
      ...dropped,
      ...sorted.leaps.map((leap) => (leap.kind === 'ahead' ? holdingOf : correctionOf)(leap, unit)),
    ],
  };
}

type Resolved = {
  readonly confirmed: readonly Sample[];
  readonly refuted: readonly Dropped[];
  readonly open: Held | null;
};

/** Ends a hold where the reading has a newer figure. */
function resolve(held: Held | null, { samples, unit }: Reading, gauge: Gauge): Resolved {
  const next = held === null ? undefined : samples.find(({ at }) => at > held.newest.at);
  if (held === null || next === undefined) return { confirmed: [], refuted: [], open: held };
  if (bearsOut(next.value, held, gauge)) return { confirmed: held.samples, refuted: [], open: null };
  return { confirmed: [], refuted: [refutedOf({ held: held.newest, next, unit })], open: null };
}

/** Nearer to it than to the old level; and where it leaps on itself, no further than the held one did. */
function bearsOut(value: number, { newest, jump }: Held, gauge: Gauge): boolean {
  const on = Math.abs(value - newest.value);
  if (on >= Math.abs(value - jump.from)) return false;
  return gauge(value, [newest.value]) === null || on <= Math.abs(newest.value - jump.from);
}

/** The newest leap ahead, with those before it that say the same. */
function heldOf(leaps: readonly Leap[], gauge: Gauge): Held | null {
  const ahead = leaps.filter(({ kind }) => kind === 'ahead');
  const last = ahead.at(-1);
  if (last === undefined) return null;
  const samples = ahead.map(({ sample }) => sample).filter(({ value }) => gauge(value, [last.sample.value]) === null);
  return { samples, newest: last.sample, jump: last.jump };
}

function doubtsOf({ doubts }: Course, leaps: readonly Leap[], gauge: Gauge, now: Instant): Course['doubts'] {
  const past = leaps.filter(({ kind }) => kind !== 'ahead');
  return new Map(
    past.map(({ sample: { at, value } }) => {
      const before = doubts.get(at);
      const isSame = before !== undefined && gauge(value, [before.value]) === null;
      return [at, { value, since: isSame ? before.since : now }];
    }),
  );
}

/** The value of a past figure that has been given long enough. */
function settled(doubt: Doubt | undefined, series: Series | undefined, now: Instant): number | undefined {
  return doubt !== undefined && now - doubt.since >= (series?.step ?? 0) ? doubt.value : undefined;
}

/** A reading, with figures that it need not repeat. */
function joined(held: readonly Sample[], samples: readonly Sample[]): readonly Sample[] {
  if (held.length === 0) return samples;
  const given = new Set(samples.map(({ at }) => at));
  return [...held.filter(({ at }) => !given.has(at)), ...samples].sort((a, b) => a.at - b.at);
}

function isAfter(held: Held | null, passed: Sample | null): boolean {
  return held !== null && (passed === null || held.newest.at > passed.at);
}

function newer(a: Sample | null, b: Sample | null): Sample | null {
  return a === null || (b !== null && b.at >= a.at) ? b : a;
}
