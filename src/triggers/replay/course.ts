/** The course of one rule for one network through a replay: its phases, its firings, and when it was unknown. */
import type { Phase } from '../../core/events.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Duration, Instant } from '../../core/time.ts';
import type { Truth } from '../../core/verdict.ts';
import type { Transition } from '../judge/present.ts';
import { comparesDate, comparisonsOf } from '../language/comparisons.ts';
import type { Cell } from '../rule/book.ts';

/** From `from` up to, not including, `to`. */
export type Span = { readonly from: Instant; readonly to: Instant };

/** Judged at `from`, `from + step`, … up to and including `to`. */
export type Range = Span & { readonly step: Duration };

/** What a rule could be judged by: figures of the history, the date, news (a history has none), or nothing. */
type Basis = 'figures' | 'date' | 'news' | 'nothing';

export type Firing = {
  readonly rule: string;
  readonly network: string;
  readonly from: Instant;
  /** Null: it still fires at the end. */
  readonly to: Instant | null;
  /** What its condition read when it began. */
  readonly says: string;
  /** What ended it, with the figures then. */
  readonly ended: string | null;
};

export type Course = {
  readonly cell: Cell;
  readonly basis: Basis;
  readonly evaluations: number;
  /** Evaluations that were unknown. */
  readonly unknown: number;
  /** Spans that were unknown throughout, oldest first. */
  readonly gaps: readonly Span[];
  /** Each phase with its beginning; before the first it is inactive. */
  readonly phases: readonly { readonly phase: Phase; readonly from: Instant }[];
  readonly firings: readonly Firing[];
};

export type Track = {
  /** One evaluation, in order. */
  readonly judged: (truth: Truth, now: Instant) => void;
  readonly turned: (transition: Transition, now: Instant) => void;
  /** What came of it over the range. */
  readonly course: (evidence: Evidence, range: Range) => Course;
};

/** Follows a cell through a replay; what it keeps grows with what happens, not with the number of evaluations. */
export function track(cell: Cell): Track {
  const [rule, network] = [cell.rule.rule.id, cell.network];
  const gaps: Span[] = [];
  const phases: { phase: Phase; from: Instant }[] = [];
  const firings: Firing[] = [];
  let [evaluations, unknown] = [0, 0];
  let dark: Instant | null = null;
  return {
    judged: (truth, now) => {
      evaluations++;
      if (truth === 'unknown') {
        unknown++;
        dark ??= now;
      } else if (dark !== null) {
        gaps.push({ from: dark, to: now });
        dark = null;
      }
    },
    turned: ({ from, to, driver }, now) => {
      phases.push({ phase: to, from: now });
      const { says } = driver.verdict;
      const last = firings.at(-1);
      if (to === 'firing') firings.push({ rule, network, from: now, to: null, says, ended: null });
      else if (from === 'firing' && last !== undefined) firings[firings.length - 1] = { ...last, to: now, ended: says };
    },
    course: (evidence, { to, step }) => ({
      cell,
      basis: basisOf(cell, evidence, to),
      evaluations,
      unknown,
      gaps: dark === null ? gaps : [...gaps, { from: dark, to: to + step }],
      phases,
      firings,
    }),
  };
}

function basisOf({ rule, network }: Cell, evidence: Evidence, until: Instant): Basis {
  const given = rule.when.series(network).some((id) => {
    const series = evidence.series(id);
    return series !== undefined && series.length > 0 && series.time(0) <= until;
  });
  if (given) return 'figures';
  if (comparisonsOf(rule.when).some(comparesDate)) return 'date';
  return rule.when.anytime ? 'news' : 'nothing';
}
