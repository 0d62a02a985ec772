/** The limits of the language, told by what the code says where they are overstepped. */
import type { Config } from '../../src/config/config.ts';
import { Rule, Scenario } from '../../src/core/rule.ts';
import { ExpressionError } from '../../src/triggers/language/error.ts';
import { compileCondition } from '../../src/triggers/language/expression.ts';
import { runScenario } from '../../src/triggers/scenario/scenario.ts';
import { parseScript } from '../../src/triggers/scenario/script.ts';
import { MIN_COVERAGE, maxAgeOf } from '../../src/triggers/window/newest.ts';
import { tableOf } from './markdown.ts';

const YEAR = '365d';

export function limits(config: Config): string {
  const rows = [
    ['the text of a condition', `${wholeNumber(mistake(longCondition(), config).expected)} characters`],
    [
      'parentheses and operators inside one another',
      `${wholeNumber(mistake(deepCondition(), config).expected)} levels`,
    ],
    ['a window', `\`retention\` of \`tierwatch.yaml\`, now ${retained(config)}`],
    ['`title`', `${longestText('title')} characters`],
    ['`because`', `${longestText('because')} characters`],
    ['`lower` and `raise`', `${mostSteps()} steps`],
    ['a series of a scenario', `${wholeNumber(String(parseScript('1x999999')))} figures`],
    ['a scenario', `${wholeNumber(longScenario(config))} judgements`],
  ];
  return tableOf(['of', 'at most'], rows);
}

/** How many usual steps a figure stays good for, and the share of a window or group that must be there. */
export function freshness(): { readonly steps: number; readonly coverage: string } {
  const series = { id: '', length: 0, revision: 0, step: 1, time: () => 0, value: () => 0, source: () => '' };
  return { steps: maxAgeOf(series, undefined) ?? Number.NaN, coverage: `${MIN_COVERAGE * 100}%` };
}

/** What the compiler says of a condition that it refuses. */
export function mistake(condition: string, { names }: Config): ExpressionError {
  try {
    compileCondition(condition, names);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`${condition.slice(0, 60)} is accepted`);
}

function longCondition(): string {
  return `gpu_utilization < 20%${' '.repeat(10_000)}`;
}

function deepCondition(): string {
  return `${'('.repeat(100)}gpu_utilization < 20%${')'.repeat(100)}`;
}

function retained(config: Config): string {
  const { message } = mistake('avg(gpu_utilization, 1000000d) < 20%', config);
  return /kept for (\S+)/.exec(message)?.[1] ?? message;
}

function longestText(field: 'title' | 'because'): string {
  const [issue] = Rule.shape[field].safeParse('x'.repeat(100_000)).error?.issues ?? [];
  return issue?.code === 'too_big' ? figure(Number(issue.maximum)) : 'any number of';
}

function mostSteps(): string {
  const [issue] = Rule.shape.effect.safeParse({ lower: 1000 }).error?.issues ?? [];
  return issue?.code === 'too_big' ? figure(Number(issue.maximum)) : 'any number of';
}

function longScenario({ rules, networks, settings }: Config): string {
  const parts = { rules, networks: networks.networks, ladder: settings.ladder };
  const rule = rules[0]?.rule.id;
  const network = rules[0]?.networks[0];
  const scenario = Scenario.parse({ rule, network, name: 'long', step: '1s', expect: [{ at: YEAR }] });
  return runScenario(parts, scenario, () => '').failures.map(({ what }) => what.replace(/^.*more than/, ''))[0] ?? '';
}

/** The first whole number in a text, as people write it. */
function wholeNumber(text: string): string {
  const digits = /\d+/.exec(text)?.[0];
  if (digits === undefined) throw new Error(`no number in ${JSON.stringify(text)}`);
  return figure(Number(digits));
}

function figure(value: number): string {
  return value.toLocaleString('en-US');
}
