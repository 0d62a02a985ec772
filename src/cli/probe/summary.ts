/** What a probe came to as a whole, and its rows as programs read them. */
import { toIso } from '../../core/time.ts';
import { type Group, isUsable, type Row } from './rows.ts';

/** Sources and feeds that were asked and gave nothing usable. */
export function failedIn(groups: readonly Group[]): readonly string[] {
  return groups.flatMap(({ source, rows }) => (isDisabled(rows) || isUsable(rows) ? [] : [source]));
}

/** How many did what, and where some failed what helps. */
export function summaryLines(groups: readonly Group[]): readonly string[] {
  const [failed, disabled] = [failedIn(groups), groups.filter(({ rows }) => isDisabled(rows)).length];
  const feeds = groups.filter(({ rows }) => rows.some((row) => 'feed' in row)).length;
  const noun = `${feeds === groups.length ? 'feed' : 'source'}${groups.length === 1 ? '' : 's'}`;
  const counts = [
    `${groups.length} ${noun}${feeds > 0 && feeds < groups.length ? ' and feeds' : ''}`,
    `${groups.length - failed.length - disabled} ok`,
    ...(failed.length === 0 ? [] : [`${failed.length} failed`]),
    ...(disabled === 0 ? [] : [`${disabled} disabled`]),
  ];
  return ['', counts.join(', '), ...(failed.length === 0 ? [] : hint(failed))];
}

function hint(failed: readonly string[]): readonly string[] {
  return [
    '',
    `To look at what was answered: tierwatch probe ${failed.join(' ')} --record answers`,
    'Where nothing was: is the address right, may it be private (private: true), is there a proxy (HTTPS_PROXY)?',
  ];
}

/** One JSON object a row. */
export function jsonLines(groups: readonly Group[]): readonly string[] {
  return groups.flatMap(({ rows }) => rows.map((row) => JSON.stringify(shown(row))));
}

function shown(row: Row): object {
  if ('feed' in row) return row;
  const { source, series, value, unit, at, verdict, reason } = row;
  return { source, series, value, unit, at: at === null ? null : toIso(at), verdict, reason };
}

function isDisabled(rows: readonly Row[]): boolean {
  return rows.every(({ verdict }) => verdict === 'disabled');
}
