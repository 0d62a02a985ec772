/** Lays a picture out: title, legend, bands, axes, lines and footer, as ECharts takes them. */
import type { EChartsCoreOption } from 'echarts/core';
import { DAY } from '../core/time.ts';
import { roomBeside, timeAxis, unitOf, valueAxis, zoneOf } from './axes.ts';
import { type Stretch, stretches } from './bands.ts';
import { type Box, hatch, type Piece, rect, text } from './elements.ts';
import { type Entry, legend } from './legend.ts';
import { type Stroke, seriesOf, strokesOf } from './lines.ts';
import { drawn, marksOf } from './marks.ts';
import { scaleOf } from './scale.ts';
import { type Chart, known, type Line, newest } from './shape.ts';
import { BANDS, EDGE, GREY, HEIGHT, PAPER, SMALL, TEXT, TITLE, WIDTH } from './style.ts';
import { clip, printable, widthOf } from './text.ts';
import { thin } from './thin.ts';

/** A plot is about a thousand pixels wide, and a bucket keeps two points. */
const BUCKETS = 500;
const LEGEND_TOP = 158;
const PLOT_BOTTOM = HEIGHT - 110;

/** The whole picture as one option of ECharts. Same chart, same option. */
export function optionOf(raw: Chart): EChartsCoreOption {
  const chart = { ...raw, ...rangeOf(raw) };
  const lines = chart.lines.map((line) => ({ ...line, points: thin(line.points, chart, BUCKETS) }));
  const strokes = strokesOf(lines);
  const scale = scaleOf(lines.flatMap(known), chart.unit);
  const names = legend(entriesOf(chart, lines, strokes), LEGEND_TOP);
  const thresholds = thresholdsOf(lines);
  const plot = plotOf(LEGEND_TOP + names.height + (scale?.unit ? 34 : 8), roomBeside(scale, thresholds));
  const marks = scale === null ? [] : marksOf(thresholds, scale, plot);
  const isEmpty = lines.every((line) => line.role === 'threshold' || newest(line) === undefined);
  return {
    animation: false,
    backgroundColor: PAPER,
    grid: { ...plot, outerBoundsMode: 'none' },
    xAxis: timeAxis(chart, plot),
    yAxis: valueAxis(scale, plot, marks),
    series: lines.map((line, index) => seriesOf(line, strokes[index] as Stroke)),
    graphic: [
      ...stretches(chart, plot.left, plot.width).flatMap((stretch) => bandOf(stretch, plot)),
      ...textsOf(chart),
      ...names.parts,
      ...unitOf(scale, plot),
      zoneOf(plot),
      ...marks.flatMap((mark) => drawn(mark, plot)),
      ...(isEmpty ? emptiness(plot) : []),
    ],
  };
}

/** A day around what is one instant. */
function rangeOf({ from, to }: Chart): Pick<Chart, 'from' | 'to'> {
  return to > from ? { from, to } : { from: from - DAY / 2, to: from + DAY / 2 };
}

/** The newest value of each threshold. */
function thresholdsOf(lines: readonly Line[]): readonly number[] {
  return lines.flatMap((line) => (line.role === 'threshold' ? (newest(line) ?? []) : []));
}

function plotOf(top: number, beside: number): Box {
  return { left: EDGE, top, width: WIDTH - EDGE - beside, height: PLOT_BOTTOM - top };
}

/** What decided first: where there is no room for all, the last are left out. */
function entriesOf(chart: Chart, lines: readonly Line[], strokes: readonly Stroke[]): readonly Entry[] {
  const kinds = new Set(stretches(chart, 0, WIDTH).map(({ kind }) => kind));
  const named = lines.map(({ name, role }, index) => ({ role, name, style: strokes[index] as Stroke }));
  const [read, judged] = [named.filter(({ role }) => role === 'series'), named.filter(({ role }) => role !== 'series')];
  return [...judged.map(asLine), ...[...kinds].map((kind): Entry => ({ kind, name: kind })), ...read.map(asLine)];
}

function asLine({ name, style }: { readonly name: string; readonly style: Stroke }): Entry {
  return { kind: 'line', name, style };
}

/** Unknown is hatched over what it may lie on: a rule stays pending or firing while its data are missing. */
function bandOf({ kind, left, right }: Stretch, plot: Box): readonly Piece[] {
  const box = { left, top: plot.top, width: right - left, height: plot.height };
  if (kind !== 'unknown') return [rect(box, BANDS[kind], -3)];
  return [rect(box, BANDS.unknown, -4), ...hatch(box, -2)];
}

function textsOf({ title, subtitle, footer }: Chart): readonly Piece[] {
  const most = WIDTH - 2 * EDGE;
  return [
    text(clip(printable(title), TITLE, most), EDGE, 50, { size: TITLE, bold: true }),
    text(clip(printable(subtitle), TEXT, most), EDGE, 104, { color: GREY }),
    text(clip(printable(footer), SMALL, most), EDGE, HEIGHT - 32, { size: SMALL, color: GREY }),
  ];
}

function emptiness(plot: Box): readonly Piece[] {
  const words = 'no data in this range';
  const [x, y] = [plot.left + plot.width / 2, plot.top + plot.height / 4];
  const width = widthOf(words, TEXT) + 48;
  const box = { left: x - width / 2, top: y - 30, width, height: 60 };
  return [rect(box, PAPER, 8, 8), text(words, x, y, { align: 'center' })];
}
