/** A node of a verdict as one full sentence: value, unit, threshold, window, coverage, source and age; also as data. */
import { type Duration, formatDuration, type Instant, toIso } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import type { Comparison, NewsReading, Report, SeriesReading, Truth, Verdict } from '../../core/verdict.ts';

/** A figure with where it comes from. */
type Figure = {
  readonly expression: string;
  readonly series: string;
  /** Null where unknown; `missing` then says why. */
  readonly value: number | null;
  readonly unit: string;
  readonly missing: string | null;
  /** The window's length, and the share of it that is covered; null where there is no window. */
  readonly window: Duration | null;
  readonly coverage: number | null;
  readonly source: string | null;
  /** Since the newest sample was taken; null where there is none. */
  readonly age: Duration | null;
  /** What it is worked out of. */
  readonly inputs: readonly Figure[];
};

/** A report with its instant in ISO-8601 UTC. */
type Told = Omit<Report, 'at'> & { readonly at: string };

/** What was counted of the news, and what was not. */
type News = {
  readonly count: number;
  /** Of the newest report that was counted; null where none was. */
  readonly age: Duration | null;
  /** Oldest first. */
  readonly counted: readonly Told[];
  readonly leftOut: readonly (Told & { readonly why: string })[];
  /** How many more were left out than are listed. */
  readonly moreLeftOut: number;
  /** Who had the story first; null where that is the first report counted, or nobody. */
  readonly origin: Told | null;
};

export type Sentence = {
  readonly truth: Truth;
  readonly expression: string;
  /** The sides as numbers; null where the node joins others. */
  readonly comparison: Comparison | null;
  readonly figures: readonly Figure[];
  readonly reports: readonly News[];
  /** "7d average of akash.gpu_utilization is 13.4%, below 20% · 98% of 7d covered · newest sample 12m old, from akash". */
  readonly text: string;
};

/** Of one node; its children have sentences of their own. */
export function sentenceOf({ truth, expression, comparison, says, readings }: Verdict, now: Instant): Sentence {
  const figures = readings.flatMap((reading) => (reading.kind === 'series' ? [figureOf(reading, now)] : []));
  const reports = readings.flatMap((reading) => (reading.kind === 'news' ? [reportsOf(reading, now)] : []));
  const ages = reports.flatMap(({ age }) => (age === null ? [] : [`newest report ${old(age)}`]));
  const origins = figures.flatMap((figure) => origin(figure, figures.length > 1));
  const text = [says, ...origins, ...ages].join(' · ');
  return { truth, expression, comparison: comparison ?? null, figures, reports, text };
}

function figureOf(reading: SeriesReading, now: Instant): Figure {
  const { expression, series, value, unit, missing, window, source, newest, inputs } = reading;
  return {
    expression,
    series,
    value,
    unit,
    missing,
    window: window === null ? null : window.to - window.from,
    coverage: window === null ? null : window.coverage,
    source,
    age: newest === null ? null : Math.max(0, now - newest),
    inputs: (inputs ?? []).map((input) => figureOf(input, now)),
  };
}

function reportsOf({ count, reports, leftOut = [], moreLeftOut = 0, origin }: NewsReading, now: Instant): News {
  return {
    count,
    age: reports.length === 0 ? null : now - Math.max(...reports.map(({ at }) => at)),
    counted: reports.map(told),
    leftOut: leftOut.map(({ why, ...report }) => ({ ...told(report), why })),
    moreLeftOut,
    origin: origin === undefined ? null : told(origin),
  };
}

function told({ at, ...report }: Report): Told {
  return { ...report, at: toIso(at) };
}

/** Where a figure comes from, in parts; it is named where there are several. */
function origin(figure: Figure, named: boolean): readonly string[] {
  const { series, window, coverage, inputs } = figure;
  const covered =
    window === null || coverage === null
      ? []
      : [`${formatValue(coverage, 'ratio')} of ${formatDuration(window)} covered`];
  const parts = [...covered, ...(inputs.length === 0 ? newest(figure) : [`worked out of ${listed(inputs)}`])];
  const [first, ...rest] = parts;
  return first === undefined ? [] : [named ? `${series}: ${first}` : first, ...rest];
}

function newest({ age, source }: Figure): readonly string[] {
  if (age === null) return [];
  return [`newest sample ${old(age)}${source === null ? '' : `, from ${source}`}`];
}

const LISTED = 4;

function listed(inputs: readonly Figure[]): string {
  const shown = inputs.slice(0, LISTED).map((input) => {
    const figure = input.value === null ? 'unknown' : formatValue(input.value, input.unit);
    const from = [
      input.age === null ? [] : [old(input.age)],
      input.source === null ? [] : [`from ${input.source}`],
    ].flat();
    return `${input.series} ${figure}${from.length === 0 ? '' : ` (${from.join(', ')})`}`;
  });
  return [...shown, ...(inputs.length > LISTED ? [`${inputs.length - LISTED} more`] : [])].join(', ');
}

function old(age: Duration): string {
  return age < 1000 ? 'just taken' : `${formatDuration(age)} old`;
}
