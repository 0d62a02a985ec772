/** A score as a table for people. */
import { formatValue } from '../../core/units.ts';
import type { Score } from './score.ts';

const TITLES = ['type', 'precision', 'recall', 'F1', 'story recall', 'labelled', 'found', 'right'] as const;

export function scoreLines({ types, networks, falseAlarms, factless, pairs, items }: Score): readonly string[] {
  const rows = types.map((score) => [
    score.type,
    shareOf(score.precision),
    shareOf(score.recall),
    shareOf(score.f1),
    score.stories === 0 ? '–' : `${shareOf(score.storyRecall)} of ${score.stories}`,
    String(score.labelled),
    String(score.found),
    String(score.right),
  ]);
  const widths = TITLES.map((title, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [
    line(TITLES),
    '─'.repeat(line(TITLES).length),
    ...rows.map(line),
    '',
    `${items} labelled items, doubtful ones left out. Found: the type matches, done or in progress on both sides.`,
    `networks right in ${shareOf(networks)} of what was found; ${shareOf(falseAlarms)} of the ${factless} items without a fact report one`,
    `stories, pair by pair: precision ${shareOf(pairs.precision)}, recall ${shareOf(pairs.recall)}, F1 ${shareOf(pairs.f1)}`,
  ];
}

function shareOf(value: number | null): string {
  return value === null ? '–' : formatValue(value, 'ratio');
}
