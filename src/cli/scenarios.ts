/** `tierwatch scenarios`: runs the rules' own tests, and shows what was seen where one does not hold. */
import { announce } from '../bot/alerts.ts';
import { renderConsole, type Terminal } from '../bot/console/render.ts';
import type { Config } from '../config/config.ts';
import type { Change } from '../core/change.ts';
import { nearest } from '../core/nearest.ts';
import { toMinute } from '../core/time.ts';
import type { CompiledRule } from '../triggers/rule/compile.ts';
import type { Sight } from '../triggers/scenario/expectation.ts';
import { runScenario, type ScenarioResult } from '../triggers/scenario/scenario.ts';
import { unproven } from '../triggers/scenario/unproven.ts';
import { loadFor } from './book.ts';
import { type Io, UsageError } from './io.ts';
import { paint, terminalOf } from './terminal.ts';
import { treeLines } from './tree.ts';
import { wrap } from './wrap.ts';

export type ScenariosOptions = {
  /** Rule files instead of those of the configuration. */
  readonly files?: readonly string[];
  readonly config?: string;
  /** Only this rule's. */
  readonly rule?: string;
  readonly json?: boolean;
};

/** Gives the exit code: 1 where a scenario fails or the configuration cannot be used. */
export async function runScenarios(options: ScenariosOptions, io: Io): Promise<number> {
  const files = options.files === undefined || options.files.length === 0 ? undefined : options.files;
  const config = await loadFor(options.config, files, io);
  if (config === undefined) return 1;
  const rules = chosen(config, options.rule);
  const parts = { rules: config.rules, networks: config.networks.networks, ladder: config.settings.ladder };
  const words = wordsFor(config);
  const terminal = terminalOf(io);
  const all: ScenarioResult[] = [];
  for (const rule of rules) {
    const results = config.scenarios
      .filter((scenario) => scenario.rule === rule.rule.id)
      .map((scenario) => runScenario(parts, scenario, words));
    for (const result of results)
      io.out(options.json === true ? `${jsonLine(result)}\n` : `${report(result, terminal).join('\n')}\n`);
    for (const missing of unproven(rule, results))
      io.err(`warning: ${rule.rule.id}: ${missing}; add one beside the rule\n`);
    all.push(...results);
  }
  const failed = all.filter(({ failures }) => failures.length > 0).length;
  if (options.json !== true) io.out(`${summary(all.length, failed, rules.length)}\n`);
  return failed > 0 ? 1 : 0;
}

/** The rules whose scenarios are run, by id. */
function chosen({ rules }: Config, id: string | undefined): readonly CompiledRule[] {
  const sorted = rules.toSorted((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
  const found = id === undefined ? sorted : sorted.filter(({ rule }) => rule.id === id);
  if (id === undefined || found.length > 0) return found;
  const ids = sorted.map(({ rule }) => rule.id);
  const close = nearest(id, ids);
  const advice = close === undefined ? `choose one of ${ids.join(', ')}` : `did you mean ${close}?`;
  throw new UsageError(`--rule ${id}: no rule has this id; ${advice}`);
}

/** A change as a subscriber reads it: without line breaks inside a sentence, so that words can be looked for. */
export function wordsFor({ settings, networks }: Pick<Config, 'settings' | 'networks'>): (change: Change) => string {
  const wide = { width: Number.POSITIVE_INFINITY, colour: false };
  return (change) => renderConsole(announce([change], settings.ladder, networks.networks, settings.timezone), wide);
}

function jsonLine({ scenario, failures }: ScenarioResult): string {
  const { rule, name, network } = scenario;
  const told = failures.map(({ what, words, seen }) => {
    const why = words ? seen?.alert : seen?.when.says;
    return why == null ? what : `${what} (${why})`;
  });
  return JSON.stringify({ rule, name, network, ok: failures.length === 0, failures: told });
}

function report({ scenario, failures }: ScenarioResult, terminal: Terminal): readonly string[] {
  const ok = failures.length === 0;
  const mark = paint(ok ? '✓' : '✗', ok ? 'green' : 'red', terminal);
  const lines = [`${mark} ${scenario.rule}: ${scenario.name}`];
  let spoken = false;
  for (const [index, { what, words, seen }] of failures.entries()) {
    lines.push(...wrap(what, terminal.width - 4).map((line) => `    ${line}`));
    spoken ||= words;
    // All that failed at one instant is explained once, after the last of it.
    if (seen === null || failures[index + 1]?.seen === seen) continue;
    lines.push(...sightLines(seen, spoken, terminal));
    spoken = false;
  }
  return lines;
}

/** What was there: the condition as a tree, what would end a firing, and the alert where its words are not as expected. */
function sightLines({ now, when, clear, alert }: Sight, spoken: boolean, terminal: Terminal): readonly string[] {
  const inner = { ...terminal, width: terminal.width - 6 };
  const titled = (title: string, lines: readonly string[]): readonly string[] => [
    `    ${paint(title, 'dim', terminal)}`,
    ...lines.map((line) => `      ${line}`.trimEnd()),
  ];
  return [
    ...titled(`when, at ${toMinute(now)}`, treeLines(when, now, inner)),
    ...(clear === null ? [] : titled('clear', treeLines(clear, now, inner))),
    ...(alert === null || !spoken ? [] : titled('the last alert', alert.split('\n').flatMap(hanging(inner)))),
  ];
}

/** Breaks a line of an alert; what follows a list's dash stays to the right of it. */
function hanging({ width }: Terminal): (line: string) => readonly string[] {
  return (line) => {
    const lead = /^ *(?:- )?/.exec(line)?.[0] ?? '';
    return wrap(line.slice(lead.length), width - lead.length).map(
      (part, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + part,
    );
  };
}

function summary(count: number, failed: number, rules: number): string {
  if (count === 0) return 'There are no scenarios.';
  const of = `${count} scenario${count === 1 ? '' : 's'} of ${rules} rule${rules === 1 ? '' : 's'}`;
  return failed === 0 ? `${of}: all hold.` : `${of}: ${failed} fail${failed === 1 ? 's' : ''}.`;
}
