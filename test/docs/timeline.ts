/** Draws a scenario day by day: its figures, what its conditions were, and the phase of the rule. */
import type { Config } from '../../src/config/config.ts';
import type { Phase } from '../../src/core/events.ts';
import type { Scenario } from '../../src/core/rule.ts';
import { parseInstant } from '../../src/core/time.ts';
import { formatValue } from '../../src/core/units.ts';
import type { Truth } from '../../src/core/verdict.ts';
import { recorded } from '../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../src/triggers/replay/replay.ts';
import { samplesOf } from './sample.ts';

const BARS = '▁▂▃▄▅▆▇█';
const TRUTHS: Readonly<Record<Truth, string>> = { true: '✓', false: '·', unknown: '?' };
const PHASES: Readonly<Record<Phase, string>> = { inactive: '·', pending: 'p', firing: 'F' };
const LABEL = 15;

type Day = { readonly figure: number | null; readonly when: Truth; readonly clear: Truth; readonly phase: Phase };

/** Of a scenario with one series, of a rule with a `clear`. */
export function timeline({ rules, networks, settings }: Config, scenario: Scenario): string {
  const rule = rules.find((one) => one.rule.id === scenario.rule);
  const [series, script] = Object.entries(scenario.series)[0] ?? [];
  if (rule === undefined || series === undefined || script === undefined) throw new Error('nothing to draw');
  const parts = {
    rules: [{ ...rule, networks: [scenario.network] }],
    networks: networks.networks.filter(({ id }) => id === scenario.network),
    ladder: settings.ladder,
  };
  const start = parseInstant(scenario.start) ?? Number.NaN;
  const figures = new Map(samplesOf(series, script, start, scenario.step).map(({ at, value }) => [at, value]));
  const evidence = recorded(samplesOf(series, script, start, scenario.step), [], scenario.step);
  const days: Day[] = [];
  let phase: Phase = 'inactive';
  for (const { now, transitions } of replay(
    parts,
    evidence,
    every(start, Math.max(...figures.keys()), scenario.step),
  )) {
    for (const { to } of transitions) phase = to;
    const scene = { network: scenario.network, now, evidence };
    const clear = rule.clear?.truth(scene) ?? 'unknown';
    days.push({ figure: figures.get(now) ?? null, when: rule.when.truth(scene), clear, phase });
  }
  return drawn(days, series.split('.')[1] ?? series);
}

function drawn(days: readonly Day[], metric: string): string {
  const levels = [...new Set(days.flatMap(({ figure }) => figure ?? []))].sort((a, b) => a - b);
  const bar = (figure: number | null): string =>
    figure === null ? ' ' : (BARS[Math.round((levels.indexOf(figure) / Math.max(1, levels.length - 1)) * 7)] ?? ' ');
  const line = (label: string, mark: (day: Day) => string): string =>
    (label.padEnd(LABEL) + days.map((day) => mark(day).padEnd(2)).join('')).trimEnd();
  const numbers = days.map((_, day) => (day % 5 === 0 ? String(day).padEnd(10) : '')).join('');
  return [
    ('day'.padEnd(LABEL) + numbers).trimEnd(),
    line(metric, ({ figure }) => bar(figure)),
    line('when', ({ when }) => TRUTHS[when]),
    line('clear', ({ clear }) => TRUTHS[clear]),
    line('phase', ({ phase }) => PHASES[phase]),
    '',
    `${levels.map((level) => `${bar(level)} ${formatValue(level, 'count')}`).join('   ')}   blank: missing`,
    '✓ true   · false   ? unknown      · inactive   p pending   F firing',
  ].join('\n');
}
