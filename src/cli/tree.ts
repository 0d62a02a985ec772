/** Draws a verdict as a tree for a terminal: each part with its truth, its sentence and the figures it rests on. */
import type { Terminal } from '../bot/console/render.ts';
import { clipWidth, widthOf } from '../bot/plain.ts';
import { ageAt } from '../bot/when.ts';
import { formatDuration, type Instant, toDay } from '../core/time.ts';
import { formatValue } from '../core/units.ts';
import type { NewsReading, Reading, Report, SeriesReading, Truth, Verdict } from '../core/verdict.ts';
import { type Paint, paint } from './terminal.ts';
import { wrap } from './wrap.ts';

/** One entry of the tree before it is wrapped; `rest` stands before the lines that its text goes on in. */
type Row = {
  readonly first: string;
  readonly rest: string;
  readonly mark?: Truth;
  readonly text: string;
  readonly how?: Paint;
};

const MARKS: Readonly<Record<Truth, readonly [mark: string, how: Paint]>> = {
  true: ['✓', 'green'],
  false: ['✗', 'red'],
  unknown: ['?', 'yellow'],
};

const SOURCE = 60;

/** The lines of the tree, broken at the terminal's width. Ages are those at `now`. */
export function treeLines(verdict: Verdict, now: Instant, terminal: Terminal): readonly string[] {
  return rowsOf(verdict, '', '', now).flatMap((row) => draw(row, terminal));
}

function draw({ first, rest, mark, text, how }: Row, terminal: Terminal): readonly string[] {
  const [sign, signed] = mark === undefined ? ['', undefined] : MARKS[mark];
  const room = Math.max(20, terminal.width - widthOf(first) - (sign === '' ? 0 : 2));
  return wrap(text, room).map((line, index) => {
    const body = how === undefined ? line : paint(line, how, terminal);
    if (index > 0) return rest + body;
    return signed === undefined ? first + body : `${first}${paint(sign, signed, terminal)} ${body}`;
  });
}

function rowsOf(verdict: Verdict, first: string, rest: string, now: Instant): readonly Row[] {
  const parts = partsOf(verdict);
  const below = `${rest}${parts.length > 0 ? '│ ' : '  '}`;
  const head: Row = { first, rest: below, mark: verdict.truth, text: verdict.expression, how: 'bold' };
  if (parts.length === 0) return [head, ...leafRows(verdict, below, now)];
  const last = parts.length - 1;
  const under = parts.flatMap((part, index) =>
    rowsOf(part, `${rest}${index === last ? '└─' : '├─'} `, `${rest}${index === last ? '  ' : '│ '} `, now),
  );
  return [head, ...under];
}

/** `a and b and c` is read two by two, and shown as three parts of one. */
function partsOf({ join, children }: Verdict): readonly Verdict[] {
  return children.flatMap((child) =>
    join !== undefined && join !== 'not' && child.join === join ? partsOf(child) : [child],
  );
}

function leafRows({ says, readings }: Verdict, indent: string, now: Instant): readonly Row[] {
  return [
    { first: indent, rest: indent, text: says },
    ...readings.flatMap((reading) => readingRows(reading, indent, now)),
  ];
}

function readingRows(reading: Reading, indent: string, now: Instant): readonly Row[] {
  const own: Row = {
    first: `${indent}· `,
    rest: `${indent}  `,
    text: reading.kind === 'series' ? figureText(reading, now) : countText(reading),
    how: 'dim',
  };
  const below = `${indent}  `;
  const inputs =
    reading.kind === 'series'
      ? (reading.inputs ?? []).flatMap((input) => readingRows(input, below, now))
      : reportTexts(reading, now).map((text): Row => ({ first: `${below}· `, rest: `${below}  `, text, how: 'dim' }));
  return [own, ...inputs];
}

function figureText(reading: SeriesReading, now: Instant): string {
  const { expression, series, value, unit, window, newest, source, missing } = reading;
  // A bare metric reads better with the subject it was read of.
  const name = series.endsWith(`.${expression}`) ? series : expression;
  return [
    `${name}: ${value === null ? `unknown, ${missing ?? 'no figure'}` : formatValue(value, unit)}`,
    ...(window === null ? [] : [windowText(window)]),
    ...(source === null ? [] : [clipWidth(source, SOURCE)]),
    ...(newest === null ? [] : [ageAt(newest, now)]),
  ].join(' · ');
}

function windowText({ from, to, coverage }: NonNullable<SeriesReading['window']>): string {
  return `${formatDuration(to - from)} to ${toDay(to)}, ${formatValue(coverage, 'ratio')} covered`;
}

function countText({ expression, count, leftOut = [], moreLeftOut = 0 }: NewsReading): string {
  const left = leftOut.length + moreLeftOut;
  return `${expression}: ${count} ${count === 1 ? 'report' : 'reports'}${left === 0 ? '' : `, ${left} left out`}`;
}

/** Those counted, who had the story first where that is none of them, and those left out. */
function reportTexts({ reports, origin, leftOut = [], moreLeftOut = 0 }: NewsReading, now: Instant): readonly string[] {
  return [
    ...reports.map((report) => {
      const words = report.because.length === 0 ? '' : ` (${report.because.map((word) => `“${word}”`).join(', ')})`;
      return `${report.outlet}: ${report.title}${words} · ${toDay(report.at)}, ${ageAt(report.at, now)}${linkOf(report)}`;
    }),
    ...(origin === undefined ? [] : [`First: ${origin.outlet}, ${toDay(origin.at)}: ${origin.title}${linkOf(origin)}`]),
    ...leftOut.map((report) => `Left out: ${report.outlet}, ${report.title}: ${report.why}${linkOf(report)}`),
    ...(moreLeftOut === 0 ? [] : [`and ${moreLeftOut} more left out`]),
  ];
}

function linkOf({ link }: Report): string {
  return link === null ? '' : ` · ${link}`;
}
