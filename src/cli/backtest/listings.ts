/** Lists what a backtest found: its firings, the tiers that moved, and what each rule did as a whole. */
import type { Terminal } from '../../bot/console/render.ts';
import { alignTable, type Column, clipWidth, widthOf } from '../../bot/plain.ts';
import { formatDuration } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import type { Backtest, Move } from '../../triggers/replay/backtest.ts';
import type { Firing } from '../../triggers/replay/course.ts';
import { type RuleTotals, type Totals, totalsByRule, totalsOf } from '../../triggers/replay/totals.ts';
import { paint } from '../terminal.ts';
import { wrap, wrapShort } from '../wrap.ts';
import type { Style } from './style.ts';

/** A longer list says less; --json has all of it. */
const MOST_LISTED = 100;

const FIRING: readonly Column[] = [
  { title: 'Rule', align: 'left' },
  { title: 'Network', align: 'left' },
  { title: 'Start', align: 'left' },
  { title: 'End', align: 'left' },
  { title: 'Duration', align: 'right' },
];

/** A table of firings, each with the figures that decided; a sentence that several share stands beneath the last. */
export function firingLines(firings: readonly Firing[], style: Style): readonly string[] {
  const shown = firings.slice(0, MOST_LISTED);
  const rows = shown.map(({ rule, network, from, to }) => [
    rule,
    style.network(network),
    style.at(from),
    to === null ? 'still firing' : style.at(to),
    to === null ? `${formatDuration(style.range.to - from)}+` : formatDuration(to - from),
  ]);
  const [head = '', line = '', ...body] = table(FIRING, rows, style.terminal);
  const said = shown.map(({ says }) => says);
  return [head, line, ...withSentences(body, said, style), ...more(firings, 'firings')];
}

/** Each move of a tier with its reason. */
export function moveLines(moves: readonly Move[], style: Style): readonly string[] {
  const shown = moves.slice(0, MOST_LISTED);
  const lines = shown.map(
    ({ at, network, from, to }) =>
      `${style.at(at)}  ${style.network(network)}: ${style.tier(from)} → ${style.tier(to)}`,
  );
  const said = shown.map(({ says }) => says);
  return [...withSentences(lines, said, style), ...more(moves, 'moves')];
}

/** The lines of each, for the first of a long list. */
export function shortList<T>(all: readonly T[], what: string, lines: (one: T) => readonly string[]): readonly string[] {
  return [...all.slice(0, MOST_LISTED).flatMap(lines), ...more(all, what)];
}

function more(all: readonly unknown[], what: string): readonly string[] {
  return all.length > MOST_LISTED ? [`… and ${all.length - MOST_LISTED} more ${what}; --json lists them all`] : [];
}

const SENTENCE_LINES = 4;

function withSentences(lines: readonly string[], said: readonly string[], { terminal }: Style): readonly string[] {
  return lines.flatMap((line, index) => {
    const says = said[index] ?? '';
    if (says === said[index + 1]) return [line];
    return [line, ...wrapShort(says, terminal.width - 4, SENTENCE_LINES).map((part) => `    ${part}`)];
  });
}

const TOTALS: readonly Column[] = [
  { title: 'Rule', align: 'left' },
  { title: 'Networks', align: 'right' },
  { title: 'Firings', align: 'right' },
  { title: 'Alerts', align: 'right' },
  { title: 'Median hold', align: 'right' },
  { title: 'Unknown', align: 'right' },
];

/** A table of the rules that the history has data for, and in a line each those it has none for. */
export function totalLines(backtest: Backtest, style: Style): readonly string[] {
  const rules = totalsByRule(backtest);
  const judged = rules.filter(({ judged: networks }) => networks.length > 0);
  const rows = judged.map((one) => [one.rule, coverage(one), ...totalCells(one)]);
  const all = ['all rules', '', ...totalCells(totalsOf(backtest))];
  const without = (newsOnly: boolean): readonly string[] =>
    rules.filter((one) => one.judged.length === 0 && one.newsOnly === newsOnly).map(({ rule }) => rule);
  return [
    ...(judged.length === 0 ? [] : [...table(TOTALS, [...rows, all], style.terminal), ...notes(style)]),
    ...told('No data in this history', without(false), style),
    ...told('Judged by news alone, and a history has none', without(true), style),
  ];
}

function notes({ terminal }: Style): readonly string[] {
  const text =
    'Networks: those that the history has data for. Alerts: what somebody subscribed to all of it would have been told. Unknown: share of the evaluations.';
  return wrap(text, terminal.width).map((line) => paint(line, 'dim', terminal));
}

/** `all 6`, or `2 of 6` where the history lacks the others. */
function coverage({ judged, networks }: RuleTotals): string {
  return judged.length === networks.length ? `all ${networks.length}` : `${judged.length} of ${networks.length}`;
}

function totalCells({ firings, alerts, medianHold, unknown }: Totals): readonly string[] {
  return [
    String(firings),
    String(alerts),
    medianHold === null ? '–' : formatDuration(medianHold),
    unknown === null ? '–' : formatValue(unknown, 'ratio'),
  ];
}

function told(what: string, rules: readonly string[], { terminal }: Style): readonly string[] {
  return rules.length === 0 ? [] : wrap(`${what}: ${rules.join(', ')}`, terminal.width);
}

/** A table that fits the terminal: its first column gives way. */
function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  terminal: Terminal,
): readonly string[] {
  const widest = (at: number): number =>
    Math.max(...[columns[at]?.title ?? '', ...rows.map((row) => row[at] ?? '')].map(widthOf));
  const others = columns.slice(1).reduce((sum, _, index) => sum + 2 + widest(index + 1), 0);
  const room = Math.max(10, terminal.width - others);
  return alignTable(
    columns,
    rows.map(([first = '', ...rest]) => [clipWidth(first, room), ...rest]),
  ).map((line) => clipWidth(line, terminal.width));
}
