/** Follows what one source says of one series: a figure that leaps is held until the next reading confirms it. */
import type { Dropped } from '../../core/ports.ts';
import type { Sample, Series } from '../../core/series.ts';
import { toMinute } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import { type Jump, jumpOf } from './jump.ts';

type Held = { readonly sample: Sample; readonly jump: Jump };

/** What is remembered between two readings of a source. */
export type Course = {
  /** The newest figure that passed. */
  readonly passed: Sample | null;
  readonly held: Held | null;
  /** Held ones that were not confirmed: a body that lists the past repeats them. */
  readonly refuted: readonly Sample[];
};

export const UNKNOWN: Course = { passed: null, held: null, refuted: [] };
const REFUTED_KEPT = 20;

type Reading = {
  /** By time, one an instant. */
  readonly samples: readonly Sample[];
  /** What is recorded of the series. */
  readonly series: Series | undefined;
  /** Usual steps that are no leap yet; 0 never holds. */
  readonly limit: number;
  readonly unit: string;
};
type Followed = { readonly course: Course; readonly samples: readonly Sample[]; readonly dropped: readonly Dropped[] };

/**
 * The samples of a reading that may pass. Only a new newest figure is ever held; a reading with a newer one confirms it
 * when that is nearer to it than to where it leapt from.
 */
export function follow(before: Course, { samples, series, limit, unit }: Reading): Followed {
  const repeated = samples.filter((sample) => before.refuted.some((one) => isSame(one, sample)));
  const { course, confirmed, dropped: refuted } = resolve(before, samples, unit);
  const fresh = samples.filter((sample) => !course.refuted.some((one) => isSame(one, sample)));
  const dropped = [...repeated.map((sample) => repeatOf(sample, unit)), ...refuted];
  const newest = fresh.at(-1);
  if (newest === undefined) return { course, samples: [], dropped };
  const passing = confirmed === null ? fresh : [confirmed.held, ...fresh];
  if (confirmed?.by === newest || isPast(newest, course, series))
    return { course: { ...course, passed: newer(course.passed, newest) }, samples: passing, dropped };
  const jump = jumpOf(newest.value, neighbours(course, passing, series), series, limit);
  if (jump === null) return { course: { ...course, passed: newest, held: null }, samples: passing, dropped };
  const earlier = passing.slice(0, -1);
  const passed = earlier.length === 0 ? course.passed : newer(course.passed, earlier.at(-1) as Sample);
  const held = { sample: newest, jump };
  return { course: { ...course, passed, held }, samples: earlier, dropped: [...dropped, holdingOf(held, unit)] };
}

type Resolved = {
  readonly course: Course;
  /** The figure that was held, and the one that bears it out. */
  readonly confirmed: { readonly held: Sample; readonly by: Sample } | null;
  readonly dropped: readonly Dropped[];
};

/** Ends a hold where the reading has a newer figure. */
function resolve(course: Course, samples: readonly Sample[], unit: string): Resolved {
  const { held } = course;
  const next = held === null ? undefined : samples.find(({ at }) => at > held.sample.at);
  if (held === null || next === undefined) return { course, confirmed: null, dropped: [] };
  const { sample, jump } = held;
  if (Math.abs(next.value - sample.value) < Math.abs(next.value - jump.from))
    return { course: { ...course, held: null }, confirmed: { held: sample, by: next }, dropped: [] };
  const refuted = [...course.refuted, sample].slice(-REFUTED_KEPT);
  const [was, is] = [formatValue(sample.value, unit), formatValue(next.value, unit)];
  const reason = `${was} at ${toMinute(sample.at)} is not confirmed: the next figure is ${is}`;
  return { course: { ...course, held: null, refuted }, confirmed: null, dropped: [{ what: sample.series, reason }] };
}

/** Late samples and corrections are never held. Before a source has given anything, the record tells what is late. */
function isPast({ at }: Sample, { passed, held }: Course, series: Series | undefined): boolean {
  if (held !== null && at < held.sample.at) return true;
  if (passed !== null) return at <= passed.at;
  return series !== undefined && series.length > 0 && at <= series.time(series.length - 1);
}

/** The figures that the newest may have come from. */
function neighbours({ passed }: Course, passing: readonly Sample[], series: Series | undefined): readonly number[] {
  const recorded = series === undefined || series.length === 0 ? [] : [series.value(series.length - 1)];
  const before = [passed, passing.at(-2)].flatMap((sample) => (sample == null ? [] : [sample.value]));
  return [...recorded, ...before];
}

function holdingOf({ sample, jump }: Held, unit: string): Dropped {
  const [from, to] = [formatValue(jump.from, unit), formatValue(sample.value, unit)];
  const far = jump.times === null ? 'having stood still' : `${roughly(jump.times)} times its usual step`;
  return {
    what: sample.series,
    reason: `jumped from ${from} to ${to}, ${far}; held until the next reading confirms it`,
  };
}

function repeatOf({ series, value, at }: Sample, unit: string): Dropped {
  return { what: series, reason: `${formatValue(value, unit)} at ${toMinute(at)} was not confirmed` };
}

function roughly(times: number): string {
  return times < 10 ? times.toFixed(1) : String(Math.round(times));
}

function newer(a: Sample | null, b: Sample): Sample {
  return a === null || b.at >= a.at ? b : a;
}

function isSame(a: Sample, b: Sample): boolean {
  return a.at === b.at && a.value === b.value;
}
