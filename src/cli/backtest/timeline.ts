/** Draws a backtest as a timeline: the tier of each network, and beneath it what its rules did. */
import type { Terminal } from '../../bot/console/render.ts';
import { clipWidth, widthOf } from '../../bot/plain.ts';
import { type Ladder, type Network, rankOf, UNRATED } from '../../core/ladder.ts';
import type { Instant } from '../../core/time.ts';
import type { Backtest } from '../../triggers/replay/backtest.ts';
import type { Course, Span } from '../../triggers/replay/course.ts';
import { paint } from '../terminal.ts';
import { wrap } from '../wrap.ts';
import { axisLines } from './axis.ts';

/** A stretch of time drawn with one glyph. */
type Piece = Span & { readonly glyph: string };

const PHASES = { inactive: '·', pending: '▒', firing: '█' } as const;
const UNKNOWN = '?';
/** From the best tier to the last; a ladder with more tiers is drawn with digits. */
const SHADES: Readonly<Record<number, string>> = { 1: '█', 2: '█░', 3: '█▓░', 4: '█▓▒░' };
const OFF_LADDER = '·';

const LEAST_COLUMNS = 20;
const WIDEST_LABEL = 28;

/** The rows with their axis and legend; nothing where no network was judged by data. */
export function timelineLines(
  backtest: Backtest,
  networks: readonly Network[],
  ladder: Ladder,
  terminal: Terminal,
): readonly string[] {
  const { range, courses } = backtest;
  const span = { from: range.from, to: range.to + range.step };
  const shown = networks.filter(({ id }) => isShown(backtest, id));
  if (shown.length === 0) return [];
  const labels = [
    ...shown.map(({ name }) => name),
    ...courses.filter(acted).map(({ cell }) => `  ${cell.rule.rule.id}`),
  ];
  const label = Math.min(WIDEST_LABEL, Math.max(...labels.map(widthOf)));
  const columns = Math.max(LEAST_COLUMNS, terminal.width - label - 2);
  const row = (name: string, cells: string): string => {
    const text = clipWidth(name, label);
    return `${text}${' '.repeat(label - widthOf(text))}  ${cells}`.trimEnd();
  };
  const rows = shown.flatMap((network) => [
    row(network.name, tierBar(tierPieces(backtest, network, ladder, span), span, columns)),
    ...courses
      .filter((course) => course.cell.network === network.id && acted(course))
      .map((course) => row(`  ${course.cell.rule.rule.id}`, ruleBar(course, span, columns))),
  ]);
  return [
    ...axisLines(span, columns).map((line) => row('', line)),
    ...rows,
    '',
    ...legend(ladder)
      .flatMap((line) => wrap(line, terminal.width))
      .map((line) => paint(line, 'dim', terminal)),
  ];
}

/** Networks that a rule could judge by figures, that a rule did anything for, or whose tier moved. */
function isShown({ courses, moves }: Backtest, network: string): boolean {
  const own = courses.filter(({ cell }) => cell.network === network);
  return (
    own.some((course) => acted(course) || (course.basis === 'figures' && course.unknown < course.evaluations)) ||
    moves.some((move) => move.network === network)
  );
}

function acted({ phases }: Course): boolean {
  return phases.length > 0;
}

function legend(ladder: Ladder): readonly string[] {
  const tiers = ladder.map((tier, rank) => `${tierGlyph(ladder, rank)} ${tier.name}`);
  const { inactive, pending, firing } = PHASES;
  return [
    `Networks: ${[...tiers, `${OFF_LADDER} ${UNRATED.name}`].join(', ')}`,
    `Rules: ${inactive} inactive, ${pending} pending, ${firing} firing, ${UNKNOWN} mostly unknown`,
  ];
}

function tierGlyph(ladder: Ladder, rank: number): string {
  if (rank < 0) return OFF_LADDER;
  return SHADES[ladder.length]?.[rank] ?? ((rank + 1) % 36).toString(36);
}

function tierPieces({ moves }: Backtest, network: Network, ladder: Ladder, span: Span): readonly Piece[] {
  const own = moves.filter((move) => move.network === network.id);
  const tiers = [{ from: span.from, tier: network.tier }, ...own.map(({ at, to }) => ({ from: at, tier: to }))];
  return inTurn(
    tiers.map(({ from, tier }) => ({ from, glyph: tierGlyph(ladder, rankOf(ladder, tier)) })),
    span.to,
  );
}

/** Each lasts until the next begins. */
function inTurn(begun: readonly { readonly from: Instant; readonly glyph: string }[], end: Instant): readonly Piece[] {
  return begun.map(({ from, glyph }, index) => ({ from, glyph, to: begun[index + 1]?.from ?? end }));
}

/** The tier that held for most of a column. */
function tierBar(pieces: readonly Piece[], span: Span, columns: number): string {
  return shares(pieces, span, columns)
    .map((share) => [...share].reduce((most, one) => (one[1] >= most[1] ? one : most))[0])
    .join('');
}

/** However short, a firing shows; unknown is what was so for most of a column in which nothing began to fire. */
function ruleBar({ phases, gaps }: Course, span: Span, columns: number): string {
  const width = (span.to - span.from) / columns;
  const begun = [
    { from: span.from, glyph: PHASES.inactive },
    ...phases.map(({ from, phase }) => ({ from, glyph: PHASES[phase] })),
  ];
  const fired = new Set(
    phases.flatMap(({ phase, from }) => (phase === 'firing' ? Math.floor((from - span.from) / width) : [])),
  );
  const unknown = shares(
    gaps.map((gap) => ({ ...gap, glyph: UNKNOWN })),
    span,
    columns,
  );
  return shares(inTurn(begun, span.to), span, columns)
    .map((share, column) => {
      const isUnknown = (unknown[column]?.get(UNKNOWN) ?? 0) > 0.5;
      if (isUnknown && !fired.has(column)) return UNKNOWN;
      return [PHASES.firing, PHASES.pending].find((glyph) => share.has(glyph)) ?? PHASES.inactive;
    })
    .join('');
}

/** Below this share of a column a piece only touches it, by the rounding of its edges. */
const TOUCH = 1e-6;

/** For each column the share of it that each glyph takes. */
function shares(pieces: readonly Piece[], { from, to }: Span, columns: number): readonly Map<string, number>[] {
  const width = (to - from) / columns;
  const table = Array.from({ length: columns }, () => new Map<string, number>());
  for (const piece of pieces) {
    const [start, end] = [(piece.from - from) / width, (piece.to - from) / width];
    for (let column = Math.max(0, Math.floor(start)); column < Math.min(columns, end); column++) {
      const share = Math.min(end, column + 1) - Math.max(start, column);
      const cell = table[column];
      if (cell !== undefined && share > TOUCH) cell.set(piece.glyph, (cell.get(piece.glyph) ?? 0) + share);
    }
  }
  return table;
}
