/** Which part of a history a picture shows, at which instants, and whose figures these are. */
import type { Evidence } from '../../core/ports.ts';
import type { Series } from '../../core/series.ts';
import { type Instant, toDay } from '../../core/time.ts';
import type { Course, Range, Span } from '../../triggers/replay/course.ts';

export type Past = { readonly evidence: Evidence; readonly span: Span; readonly instants: readonly Instant[] };

/** Instants that a line is worked out at: a picture has about as many columns of pixels. */
const MOST_INSTANTS = 1000;
/** Share of the width that is left free before the first sample and after the last. */
const MARGIN = 0.03;
const MOST_SOURCES = 3;

/** What of the history a rule's pictures for a network show. */
export function pastOf(course: Course, evidence: Evidence, range: Range): Past {
  const { rule, network } = course.cell;
  const read = rule.when.series(network).flatMap((id) => evidence.series(id) ?? []);
  const span = spanOf(course, read, range);
  return { evidence, span, instants: instantsOf(course, span, range) };
}

/** From the first sample read to the last, or to the last thing that came of them, within the range judged. */
function spanOf({ phases, gaps }: Course, read: readonly Series[], { from, to }: Range): Span {
  const starts = read.map((series) => series.time(0));
  const turns = [...phases, ...gaps].map(({ from: at }) => at);
  const ends = [...read.map((series) => series.time(series.length - 1)), ...turns];
  if (starts.length === 0) return { from, to };
  const [first, last] = [Math.max(from, Math.min(...starts)), Math.min(to, Math.max(...ends))];
  const margin = (last - first) * MARGIN;
  return { from: Math.max(from, first - margin), to: Math.min(to, last + margin) };
}

/** Instants that were judged, evenly spread, and the edges of all that happened. */
function instantsOf({ phases, gaps }: Course, span: Span, range: Range): readonly Instant[] {
  const [first, last] = [span.from, span.to].map((at) => Math.ceil((at - range.from) / range.step)) as [number, number];
  const count = Math.max(1, Math.min(MOST_INSTANTS, last - first + 1));
  const spread = Array.from({ length: count }, (_, index) => {
    const step = first + Math.round(((last - first) * index) / Math.max(1, count - 1));
    return range.from + step * range.step;
  });
  const edges = [...phases.map(({ from }) => from), ...gaps.flatMap(({ from, to }) => [from, to])].slice(
    -MOST_INSTANTS,
  );
  const all = [...spread, ...edges].filter((at) => at >= span.from && at <= span.to);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** From when to when there are figures, and who published them. */
export function footerOf(ids: readonly string[], { evidence, span }: Past): string {
  const read = ids.flatMap((id) => evidence.series(id) ?? []);
  if (read.length === 0) return `${toDay(span.from)} to ${toDay(span.to)}`;
  const first = Math.max(span.from, Math.min(...read.map((series) => series.time(0))));
  const last = Math.min(span.to, Math.max(...read.map((series) => series.time(series.length - 1))));
  const names = [
    ...new Set(read.flatMap((series) => [series.source(0), series.source(series.length - 1)].map(publisher))),
  ];
  const more = names.length > MOST_SOURCES ? ` and ${names.length - MOST_SOURCES} more` : '';
  return `${toDay(first)} to ${toDay(last)} · ${names.slice(0, MOST_SOURCES).join(', ')}${more}`;
}

/** A history names the page, or the repository with the file, of each figure: the site or repository says who. */
function publisher(source: string): string {
  return URL.canParse(source) ? new URL(source).host : source.replace(/^([\w.-]+\/[\w.-]+)[@:].*$/, '$1');
}
