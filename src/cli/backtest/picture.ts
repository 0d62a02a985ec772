/** What a picture of a rule shows: each of its comparisons over the history, and when it was pending, firing or unknown. */
import type { Band, Chart, Line, Point } from '../../chart/shape.ts';
import type { Catalogue } from '../../core/metric.ts';
import type { Evidence } from '../../core/ports.ts';
import { type Series, splitSeries } from '../../core/series.ts';
import { type Duration, formatDuration } from '../../core/time.ts';
import { type Comparing, comparesDate, comparisonsOf } from '../../triggers/language/comparisons.ts';
import type { Value } from '../../triggers/language/scene.ts';
import type { Course, Range, Span } from '../../triggers/replay/course.ts';
import type { CompiledRule } from '../../triggers/rule/compile.ts';
import { footerOf, type Past, pastOf } from './past.ts';

/** Functions whose value can be drawn over the samples it was worked out of; a change or a spread is no level. */
const LEVEL = /^(avg|min|max|median|quantile|last)\(/;

/** What a backtest judged, and by which names. */
type Judged = {
  readonly evidence: Evidence;
  readonly range: Range;
  readonly catalogue: Catalogue;
  /** A network's name for people. */
  readonly name: (network: string) => string;
};

/** A picture of one comparison; of a rule with several, which one, from 1. */
type Picture = { readonly chart: Chart; readonly part: number | null };

/** The pictures of a rule for a network: one a comparison that was known at some instant. */
export function picturesOf(course: Course, { evidence, range, catalogue, name }: Judged): readonly Picture[] {
  const { rule, network } = course.cell;
  const past = pastOf(course, evidence, range);
  const { span } = past;
  const parts = comparisonsOf(rule.when);
  return parts.flatMap((part, index) => {
    if (comparesDate(part)) return [];
    const unit = part.explain({ network, now: span.to, evidence }).comparison?.unit ?? '';
    const lines = linesOf(part, network, unit, past, catalogue);
    if (lines === null) return [];
    const several = parts.length > 1;
    const chart: Chart = {
      // The name first: a long title is cut at its end.
      title: `${name(network)} · ${rule.title}`,
      subtitle: subtitleOf(rule, part, several ? `, part ${index + 1} of ${parts.length}` : ''),
      unit,
      ...span,
      lines,
      bands: bandsOf(course, span),
      footer: footerOf(part.series(network), past),
    };
    return { chart, part: several ? index + 1 : null };
  });
}

function subtitleOf({ rule }: CompiledRule, { text }: Comparing, part: string): string {
  return `${text}${part}${rule.for > 0 ? `, for ${formatDuration(rule.for)}` : ''}`;
}

/** The deciding value, what it was compared with, and the samples behind it; null where neither side was ever known. */
function linesOf(
  { shape }: Comparing,
  network: string,
  unit: string,
  past: Past,
  catalogue: Catalogue,
): readonly Line[] | null {
  const measured = (value: Value): boolean => value.series(network).length > 0 || value.anytime === true;
  const sides = [
    { value: shape.left, points: pointsOf(shape.left, network, 1, past) },
    { value: shape.right, points: pointsOf(shape.right, network, shape.factor, past) },
  ] as const;
  // `20% > gpu_utilization` decides on its right side.
  const [deciding, bound] = measured(shape.left) ? sides : ([sides[1], sides[0]] as const);
  if (!deciding.points.some(({ value }) => value !== null)) return null;
  const samples = samplesBehind(deciding.value, network, unit, past, catalogue);
  return [
    ...(samples === undefined ? [] : [samples]),
    { name: bound.value.text, role: 'threshold', points: bound.points },
    { name: deciding.value.text, role: 'value', points: deciding.points },
  ];
}

function pointsOf(value: Value, network: string, factor: number, { evidence, instants }: Past): readonly Point[] {
  return instants.map((now) => {
    const figure = value.value({ network, now, evidence });
    return { at: now, value: figure === null ? null : figure * factor };
  });
}

/** The samples of the one series that a window was laid over, where they are in the same unit. */
function samplesBehind(
  { text, window, readings, maxAge }: Value,
  network: string,
  unit: string,
  { evidence, span }: Past,
  catalogue: Catalogue,
): Line | undefined {
  if (window === undefined || !LEVEL.test(text)) return undefined;
  const [reading] = readings({ network, now: span.to, evidence });
  if (reading?.kind !== 'series') return undefined;
  const series = evidence.series(reading.series);
  if (series === undefined || catalogue.get(splitSeries(series.id)?.metric ?? '')?.unit !== unit) return undefined;
  return {
    name: series.id,
    role: 'series',
    points: samplesOf(series, span, maxAge({ network, now: span.to, evidence })),
  };
}

/** A series' samples; where one was too old before the next came, nothing is known between them. */
function samplesOf(series: Series, { from, to }: Span, maxAge: Duration | null): readonly Point[] {
  const points: Point[] = [];
  for (let index = 0; index < series.length; index++) {
    const at = series.time(index);
    if (at < from || at > to) continue;
    points.push({ at, value: series.value(index) });
    if (maxAge !== null && series.time(index + 1) - at > maxAge) points.push({ at: at + maxAge, value: null });
  }
  return points;
}

function bandsOf({ phases, gaps }: Course, { to: end }: Span): readonly Band[] {
  const phased = phases.flatMap(({ phase, from }, index): readonly Band[] =>
    phase === 'inactive' ? [] : [{ kind: phase, from, to: phases[index + 1]?.from ?? Math.max(from, end) }],
  );
  return [...phased, ...gaps.map((gap): Band => ({ ...gap, kind: 'unknown' }))];
}
