/** What an edit of the rules changes, as text and as JSON lines. */
import { basename } from 'node:path';
import type { Config } from '../../config/config.ts';
import { formatDuration, type Instant, toIso } from '../../core/time.ts';
import type { Difference, Moved } from '../../triggers/replay/compare.ts';
import type { Firing, Range } from '../../triggers/replay/course.ts';
import type { Io } from '../io.ts';
import { wrap } from '../wrap.ts';
import { firingLines, shortList } from './listings.ts';
import { type Section, type Style, sections, styleOf } from './style.ts';

/** The difference in words; `files` are those of the edited rules. */
export function comparisonText(
  difference: Difference,
  range: Range,
  config: Config,
  files: readonly string[],
  io: Io,
): string {
  const style = styleOf(config, range, io);
  const { gained, lost, moved, today } = difference;
  const edit = `With the rules of ${files.map((file) => basename(file)).join(', ')} instead`;
  const all: readonly Section[] = [
    [edit, summaryLines(difference, style)],
    ['Firings gained', gained.length === 0 ? [] : firingLines(gained, style)],
    ['Firings lost', lost.length === 0 ? [] : firingLines(lost, style)],
    ['Firings moved', shortList(together(moved), 'moves', (group) => movedLines(group, style))],
    ['Tiers today', today.map((one) => todayLine(one, style))],
  ];
  return sections(
    all.filter(([, lines]) => lines.length > 0),
    style,
  );
}

function summaryLines(difference: Difference, { terminal }: Style): readonly string[] {
  const { newRules, goneRules, gained, lost, moved, today, alerts } = difference;
  const rules = [
    ...(newRules.length === 0 ? [] : [`New rules: ${newRules.join(', ')}`]),
    ...(goneRules.length === 0 ? [] : [`Rules gone: ${goneRules.join(', ')}`]),
  ];
  const firings = [gained, lost, moved].every((list) => list.length === 0)
    ? 'Every firing stays as it is'
    : `Firings: ${gained.length} gained, ${lost.length} lost, ${moved.length} moved`;
  const told =
    alerts.after === alerts.before ? `${alerts.after}, as before` : `${alerts.after} instead of ${alerts.before}`;
  const tiers = today.length === 0 ? ['Every tier ends as it does now'] : [];
  return [...rules, firings, `Alerts: ${told}`, ...tiers].flatMap((line) => wrap(line, terminal.width));
}

function todayLine({ network, before, after }: Difference['today'][number], style: Style): string {
  return `${style.network(network)}: ${style.tier(after)} instead of ${style.tier(before)}`;
}

/** Networks for which a rule's firing moved alike are told together. */
function together(moved: readonly Moved[]): readonly (readonly Moved[])[] {
  const groups = new Map<string, Moved[]>();
  for (const one of moved) {
    const { before, after } = one;
    const key = [after.rule, before.from, before.to, after.from, after.to].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function movedLines(group: readonly Moved[], style: Style): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { before, after } = first;
  return [
    `${after.rule}: ${group.map((one) => style.network(one.after.network)).join(', ')}`,
    ...(before.from === after.from ? [] : [`    start ${shift(before.from, after.from, style)}`]),
    ...(before.to === after.to ? [] : [`    end   ${shift(before.to, after.to, style)}`]),
  ];
}

/** "2024-07-16 → 2024-07-20, 4d later". */
function shift(before: Instant | null, after: Instant | null, { at }: Style): string {
  const text = `${before === null ? 'still firing' : at(before)} → ${after === null ? 'still firing' : at(after)}`;
  if (before === null || after === null) return text;
  return `${text}, ${formatDuration(Math.abs(after - before))} ${after > before ? 'later' : 'earlier'}`;
}

/** One JSON object a difference. */
export function comparisonJson(difference: Difference): readonly string[] {
  const span = ({ from, to }: Firing) => ({ from: toIso(from), to: to === null ? null : toIso(to) });
  const firing = (kind: string) => (one: Firing) => ({
    kind,
    rule: one.rule,
    network: one.network,
    ...span(one),
    says: one.says,
  });
  const objects: readonly object[] = [
    ...difference.newRules.map((rule) => ({ kind: 'rule', rule, is: 'new' })),
    ...difference.goneRules.map((rule) => ({ kind: 'rule', rule, is: 'gone' })),
    ...difference.gained.map(firing('gained')),
    ...difference.lost.map(firing('lost')),
    ...difference.moved.map(({ before, after }) => ({
      kind: 'moved',
      rule: after.rule,
      network: after.network,
      before: span(before),
      after: span(after),
    })),
    ...difference.today.map((one) => ({ kind: 'today', ...one })),
    { kind: 'alerts', ...difference.alerts },
  ];
  return objects.map((one) => JSON.stringify(one));
}
