/** What an evaluation gives: the truth and its explanation, one tree in the shape of the expression. */
import type { Instant } from './time.ts';

/** `unknown`: data missing, stale or not covering its window. It fires nothing and clears nothing. */
export type Truth = 'true' | 'false' | 'unknown';

/** One figure that was read: a sample or an aggregate over a window. */
export type SeriesReading = {
  readonly kind: 'series';
  /** As written, e.g. `avg(akash.gpu_utilization, 7d)`. */
  readonly expression: string;
  readonly series: string;
  /** Null where unknown; `missing` then says why. */
  readonly value: number | null;
  readonly unit: string;
  readonly window: { readonly from: Instant; readonly to: Instant; readonly coverage: number } | null;
  /** When the newest sample used was taken. */
  readonly newest: Instant | null;
  readonly source: string | null;
  readonly missing: string | null;
  /** Of a derived series or a group: what it was worked out of. */
  readonly inputs?: readonly SeriesReading[];
};

/** One report: who said it, when, and the words that convinced. */
export type Report = {
  readonly outlet: string;
  readonly title: string;
  readonly link: string | null;
  readonly at: Instant;
  readonly because: readonly string[];
};

/** Reports that were counted, one an independent owner, and those that were not. */
export type NewsReading = {
  readonly kind: 'news';
  readonly expression: string;
  readonly count: number;
  /** Oldest first. */
  readonly reports: readonly Report[];
  /** Not counted, and why: `copy of …`, `plan only`, `about …`. The nearest ones; readings recorded by earlier versions have none. */
  readonly leftOut?: readonly (Report & { readonly why: string })[];
  /** How many more were left out than are listed. */
  readonly moreLeftOut?: number;
  /** Who had the story first, where that is not the first report counted. */
  readonly origin?: Report;
};

export type Reading = SeriesReading | NewsReading;

export type Comparator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** The comparison that holds where this one does not. */
export const NEGATED: Readonly<Record<Comparator, Comparator>> = {
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '==': '!=',
  '!=': '==',
};

/** The two sides of a comparison in one unit; null where unknown. */
export type Comparison = {
  readonly op: Comparator;
  readonly left: number | null;
  readonly right: number | null;
  /** As in units. */
  readonly unit: string;
};

export type Verdict = {
  readonly truth: Truth;
  /** How the children make the whole; absent for a comparison. */
  readonly join?: 'and' | 'or' | 'not';
  /** The sides as numbers; absent where the node joins others. */
  readonly comparison?: Comparison;
  /** The part of the rule this node judges, as written. */
  readonly expression: string;
  /** The same line with the numbers filled in. */
  readonly says: string;
  readonly readings: readonly Reading[];
  readonly children: readonly Verdict[];
};

/** All readings of a tree, left to right, each followed by what it was worked out of. */
export function readingsOf(verdict: Verdict): readonly Reading[] {
  return [...verdict.readings.flatMap(withInputs), ...verdict.children.flatMap(readingsOf)];
}

function withInputs(reading: Reading): readonly Reading[] {
  return reading.kind === 'series' ? [reading, ...(reading.inputs ?? []).flatMap(withInputs)] : [reading];
}
