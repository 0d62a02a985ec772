/** Samples and the series they form. */
import type { Duration, Instant } from './time.ts';

/** One figure somebody published: `akash.gpu_utilization` was 0.53 at an instant, says a source. */
export type Sample = {
  /** `subject.metric`, e.g. `akash.gpu_utilization`. */
  readonly series: string;
  /** When the figure held, by the source's own clock where it gives one. */
  readonly at: Instant;
  /** In the metric's unit; finite. */
  readonly value: number;
  /** A source id, or where recorded history comes from. */
  readonly source: string;
};

/** The samples below the index `until` were recorded elsewhere, usually `step` apart. */
export type Past = { readonly until: number; readonly step: Duration };

/** A series as the judgement reads it: columns ordered by time, one value an instant. Index 0 is the oldest. */
export interface Series {
  readonly id: string;
  readonly length: number;
  /** Another number after anything but an append at the end: a late sample, a correction, old ones dropped. */
  readonly revision: number;
  /**
   * The instant of the oldest sample added before the end, or replaced, since that revision: those before it that are
   * still there are what they were. Infinite where there is none, -Infinity where that is not known any more.
   */
  changedSince?(revision: number): Instant;
  /** The usual distance between two samples, or null while nothing tells it. */
  readonly step: Duration | null;
  /** Samples from before anybody here asked for them, at a pace of their own; missing where there are none. */
  readonly past?: Past | undefined;
  time(index: number): Instant;
  value(index: number): number;
  source(index: number): string;
}

/** The median gap between neighbouring instants of an ordered list, or null where there is no gap. */
export function medianGap(times: ArrayLike<Instant>): Duration | null {
  if (times.length < 2) return null;
  const gaps = new Float64Array(times.length - 1);
  for (let i = 0; i < gaps.length; i++) gaps[i] = (times[i + 1] as number) - (times[i] as number);
  // Most records are regular, and a sort takes longer than a look.
  if (gaps.every((gap) => gap === gaps[0])) return gaps[0] as number;
  gaps.sort();
  const middle = Math.floor(gaps.length / 2);
  const upper = gaps[middle] as number;
  return gaps.length % 2 === 1 ? upper : ((gaps[middle - 1] as number) + upper) / 2;
}

/** Splits `akash.gpu_utilization`; undefined where the text is no series id. */
export function splitSeries(id: string): { subject: string; metric: string } | undefined {
  const match = /^([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)$/.exec(id);
  return match === null ? undefined : { subject: match[1] as string, metric: match[2] as string };
}
