/** Scenarios, the rule author's own tests: a small world, and what must come of it. */
import type { Change } from '../core/change.ts';
import type { Phase } from '../core/events.ts';
import type { NewsEvent } from '../core/news.ts';
import type { Scenario } from '../core/rule.ts';
import type { Sample } from '../core/series.ts';
import { type Duration, formatDuration, type Instant, parseInstant } from '../core/time.ts';
import { recorded } from './recorded.ts';
import { every, replay } from './replay.ts';
import type { Book } from './tick.ts';

export type ScenarioResult = { readonly scenario: Scenario; readonly failures: readonly string[] };

/** Longer scripts are refused. */
const MOST_VALUES = 10_000;

/** Runs a scenario against one rule of the book; no failures means that every expectation held. */
export function runScenario(book: Book, scenario: Scenario): ScenarioResult {
  const rules = book.rules.filter((rule) => rule.rule.id === scenario.rule);
  const networks = book.networks
    .filter((network) => network.id === scenario.network)
    .map((network) => ({ ...network, tier: scenario.tier ?? network.tier }));
  const start = parseInstant(scenario.start) ?? 0;
  const failures: string[] = [];
  const samples: Sample[] = [];
  for (const [series, script] of Object.entries(scenario.series)) {
    const values = script.trim() === '' ? [] : parseScript(script);
    if (typeof values === 'string') failures.push(`${series}: ${values}`);
    else samples.push(...toSamples(series, values, start, scenario.step));
  }
  const horizon = Math.max(0, ...scenario.expect.map(({ at }) => at));
  const evidence = recorded(
    samples,
    scenario.news.map((report, index) => toEvent(report, start, index)),
    scenario.step,
  );
  const narrow = rules.map((rule) => ({ ...rule, networks: rule.networks.filter((id) => id === scenario.network) }));
  const seen = run({ ...book, rules: narrow, networks }, evidence, start, horizon, scenario);
  for (const expected of scenario.expect) {
    const found = seen(start + expected.at);
    const at = `at ${formatDuration(expected.at)}`;
    if (expected.phase !== undefined && found.phase !== expected.phase)
      failures.push(`${at}: expected ${expected.phase}, the rule is ${found.phase} (${found.says})`);
    if (expected.tier !== undefined && found.tier !== expected.tier)
      failures.push(`${at}: expected tier ${expected.tier}, it is ${found.tier} (${found.says})`);
    if (expected.says !== undefined && !found.told.includes(expected.says))
      failures.push(
        `${at}: expected the words ${JSON.stringify(expected.says)}, the last change says ${JSON.stringify(found.told)}`,
      );
  }
  return { scenario, failures };
}

type Seen = { readonly phase: Phase; readonly tier: string; readonly says: string; readonly told: string };

function run(
  book: Book,
  evidence: ReturnType<typeof recorded>,
  start: Instant,
  horizon: Duration,
  scenario: Scenario,
): (at: Instant) => Seen {
  const history: (Seen & { now: Instant })[] = [];
  let phase: Phase = 'inactive';
  let tier = book.networks[0]?.tier ?? 'unrated';
  let told = '';
  const rule = book.rules[0];
  for (const step of replay(book, evidence, every(start, start + horizon, scenario.step))) {
    for (const transition of step.transitions) phase = transition.to;
    for (const event of step.events) {
      if (event.kind !== 'change' || event.change.cause === 'start') continue;
      told = words(event.change);
      if (event.change.kind === 'tier') tier = event.change.to;
    }
    const says = rule?.when.explain({ network: scenario.network, now: step.now, evidence }).says ?? 'no such rule';
    history.push({ now: step.now, phase, tier, says, told });
  }
  return (at) =>
    history.findLast((seen) => seen.now <= at) ?? { phase: 'inactive', tier, says: 'before the first step', told: '' };
}

function words(change: Change): string {
  return change.kind === 'tier' ? [change.says, ...change.against, ...change.back].join('\n') : change.says;
}

function toSamples(
  series: string,
  values: readonly (number | null)[],
  start: Instant,
  step: Duration,
): readonly Sample[] {
  return values.flatMap((value, index) =>
    value === null ? [] : [{ series, at: start + index * step, value, source: 'scenario' }],
  );
}

function toEvent(report: Scenario['news'][number], start: Instant, index: number): NewsEvent {
  return {
    type: report.type,
    network: report.network,
    status: report.status,
    because: [],
    at: start + report.at,
    outlet: report.outlet,
    owner: report.outlet,
    title: `${report.title} ${index + 1}`,
    link: null,
  };
}

/**
 * Promtool's notation, one value a step: `0.3`, `0.3x4` (five times), `0.25+-0.01x10` (eleven falling values), `_`
 * (missing), `_x3` (three missing). Null stands for missing; a text says what cannot be read.
 */
export function parseScript(script: string): readonly (number | null)[] | string {
  const values: (number | null)[] = [];
  for (const word of script.trim().split(/\s+/)) {
    const match = /^(?:(_)|(-?[\d.]+(?:e-?\d+)?)(?:([+-])(-?[\d.]+))?)(?:x(\d+))?$/i.exec(word);
    const [, gap, first, sign, increment, times] = match ?? [];
    const count = Number(times ?? 0) + (gap === undefined ? 1 : times === undefined ? 1 : 0);
    if (match === null || values.length + count > MOST_VALUES)
      return match === null
        ? `cannot read ${JSON.stringify(word)}, expected e.g. 0.3 0.3x4 0.25+-0.01x10 _ _x3`
        : `more than ${MOST_VALUES} values`;
    const by = Number(increment ?? 0) * (sign === '-' ? -1 : 1);
    for (let i = 0; i < count; i++) values.push(gap === undefined ? Number(first) + by * i : null);
  }
  return values;
}
