/** A backtest as text: what was judged, a timeline, every firing, every move, and what it adds up to. */
import { basename } from 'node:path';
import type { Config } from '../../config/config.ts';
import { formatDuration } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import type { Backtest } from '../../triggers/replay/backtest.ts';
import type { Io } from '../io.ts';
import { wrap } from '../wrap.ts';
import type { History } from './judge.ts';
import { firingLines, moveLines, totalLines } from './listings.ts';
import { type Style, sections, styleOf } from './style.ts';
import { timelineLines } from './timeline.ts';

export function reportText(backtest: Backtest, config: Config, history: History, io: Io): string {
  const { networks, settings } = config;
  const { range, firings, moves } = backtest;
  const style = styleOf(config, range, io);
  const timeline = timelineLines(backtest, networks.networks, settings.ladder, style.terminal);
  return sections(
    [
      ['Backtest', headerLines(backtest, history, style)],
      ['Timeline', timeline.length === 0 ? ['No rule could be judged by this history.'] : timeline],
      ['Firings', firings.length === 0 ? ['Nothing fired.'] : firingLines(firings, style)],
      ['Tiers', moves.length === 0 ? ['No tier moved.'] : moveLines(moves, style)],
      ['Rules', totalLines(backtest, style)],
    ],
    style,
  );
}

function headerLines({ range, courses, evaluations }: Backtest, history: History, style: Style): readonly string[] {
  const { from, to, step } = range;
  const rules = new Set(courses.map(({ cell }) => cell.rule.rule.id)).size;
  const files = [...new Set(history.files.map((file) => basename(file)))].join(', ');
  const steps = Math.floor((to - from) / step) + 1;
  const many = (count: number, what: string): string =>
    `${formatValue(count, 'count')} ${what}${count === 1 ? '' : 's'}`;
  return [
    `${many(history.samples, 'sample')} of ${files}`,
    `${style.at(from)} to ${style.at(to)} UTC, judged every ${formatDuration(step)}: ${many(steps, 'time')}`,
    `by ${many(rules, 'rule')}, which makes ${many(evaluations, 'evaluation')} of one rule for one network`,
  ].flatMap((line) => wrap(line, style.terminal.width));
}
