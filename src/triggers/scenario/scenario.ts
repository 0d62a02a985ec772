/** Scenarios, the rule author's own tests: a small world, and what must come of it. */
import type { Change } from '../../core/change.ts';
import type { Phase } from '../../core/events.ts';
import type { NewsEvent } from '../../core/news.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Scenario } from '../../core/rule.ts';
import type { Sample } from '../../core/series.ts';
import { type Duration, type Instant, parseInstant } from '../../core/time.ts';
import { recorded } from '../replay/recorded.ts';
import { every, replay } from '../replay/replay.ts';
import type { Parts } from '../rule/book.ts';
import type { CompiledRule } from '../rule/compile.ts';
import { type Failure, type Sight, unmet } from './expectation.ts';
import { parseScript } from './script.ts';

export type ScenarioResult = {
  readonly scenario: Scenario;
  /** None: every expectation held. */
  readonly failures: readonly Failure[];
  /** Whether the rule fired at some step. */
  readonly fired: boolean;
  /** Whether its condition was unknown at some step. */
  readonly unknown: boolean;
  /** Whether a phase, a tier or a watch is expected at a step where its condition is unknown. */
  readonly expectsUnknown: boolean;
};

/** More judgements than this are refused: a mistyped step, not a wish. */
const MOST_STEPS = 100_000;

/**
 * Runs a scenario against the one rule it is of.
 * @param words a change as a subscriber reads it: what `says` and `notSays` are looked for in.
 */
export function runScenario(parts: Parts, scenario: Scenario, words: (change: Change) => string): ScenarioResult {
  const rule = parts.rules.find((one) => one.rule.id === scenario.rule);
  const world = worldOf(scenario);
  const problems = [...(rule === undefined ? [`no rule is called ${scenario.rule}`] : []), ...world.problems];
  if (rule === undefined || problems.length > 0) {
    const failures = problems.map((what): Failure => ({ what, words: false, seen: null }));
    return { scenario, failures, fired: false, unknown: false, expectsUnknown: false };
  }
  const narrow = { ...rule, networks: [scenario.network] };
  const networks = parts.networks
    .filter((network) => network.id === scenario.network)
    .map((network) => ({ ...network, tier: scenario.tier ?? network.tier }));
  return play({ ...parts, rules: [narrow], networks }, narrow, scenario, world, words);
}

type World = { readonly start: Instant; readonly samples: readonly Sample[]; readonly problems: readonly string[] };

/** The scenario's samples, or what is wrong with what it says of them. */
function worldOf(scenario: Scenario): World {
  const start = parseInstant(scenario.start) ?? Number.NaN;
  const problems: string[] = [];
  const samples: Sample[] = [];
  for (const [series, script] of Object.entries(scenario.series)) {
    const values = parseScript(script);
    if (typeof values === 'string') problems.push(`${series}: ${values}`);
    else samples.push(...toSamples(series, values, start, scenario.step));
  }
  if (scenario.step <= 0) problems.push('step: expected a duration longer than 0s');
  else if (horizonOf(scenario) / scenario.step > MOST_STEPS)
    problems.push(`step: it gives more than ${MOST_STEPS} judgements, widen it`);
  return { start, samples, problems };
}

function horizonOf(scenario: Scenario): Duration {
  return Math.max(...scenario.expect.map(({ at }) => at));
}

function play(
  parts: Parts,
  rule: CompiledRule,
  scenario: Scenario,
  { start, samples }: World,
  words: (change: Change) => string,
): ScenarioResult {
  const { network, step } = scenario;
  const news = scenario.news.map((report, index) => toEvent(report, start, index));
  const evidence = recorded(samples, news, step);
  const failures: Failure[] = [];
  let [fired, unknown, expectsUnknown] = [false, false, false];
  for (const standing of follow(parts, evidence, every(start, start + horizonOf(scenario), step))) {
    const { now, phase, told } = standing;
    const scene = { network, now, evidence };
    const blind = rule.when.truth(scene) === 'unknown';
    fired ||= phase === 'firing';
    unknown ||= blind;
    const due = scenario.expect.filter(({ at }) => start + at >= now && start + at < now + step);
    if (due.length === 0) continue;
    expectsUnknown ||= blind && due.some(({ phase, tier, watch }) => (phase ?? tier ?? watch) !== undefined);
    const seen: Sight = {
      ...standing,
      when: rule.when.explain(scene),
      clear: phase === 'firing' && rule.clear !== null ? rule.clear.explain(scene) : null,
      alert: told.length === 0 ? null : told.map(words).join('\n\n'),
    };
    for (const expected of due) failures.push(...unmet(expected, seen));
  }
  return { scenario, failures, fired, unknown, expectsUnknown };
}

/** Where things stand after a judgement; `told` are the changes of the last one that had any. */
type Standing = Pick<Sight, 'now' | 'phase' | 'tier' | 'watch'> & { readonly told: readonly Change[] };

/** Judges one rule for one network, instant by instant. */
function* follow(parts: Parts, evidence: Evidence, instants: Iterable<Instant>): Generator<Standing> {
  let phase: Phase = 'inactive';
  let tier = parts.networks[0]?.tier ?? '';
  let watch: Sight['watch'] = 'none';
  let told: readonly Change[] = [];
  for (const { now, transitions, events } of replay(parts, evidence, instants)) {
    for (const { to } of transitions) phase = to;
    const changes = events.flatMap((event) =>
      event.kind === 'change' && event.change.cause !== 'start' ? [event.change] : [],
    );
    for (const change of changes) {
      if (change.kind === 'tier') tier = change.to;
      if (change.kind === 'watch') watch = change.on ? change.direction : 'none';
    }
    if (changes.length > 0) told = changes;
    yield { now, phase, tier, watch, told };
  }
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
