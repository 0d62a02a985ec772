/** Every part of docs/rules.md that is written by the program, by its name in the document. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCheck } from '../../src/cli/check.ts';
import { runScenarios } from '../../src/cli/scenarios.ts';
import type { Config } from '../../src/config/config.ts';
import { derived, kleene, metrics } from './catalogue.ts';
import { configOf, MINE, printed, withConfig } from './examples.ts';
import { groupFunctions, groups, news, otherFunctions, statuses, windowFunctions } from './language.ts';
import { limits } from './limits.ts';
import { blocks, section } from './markdown.ts';
import { timeline } from './timeline.ts';

const RULES = dirname(MINE);

type Write = (text: string, config: Config) => string | Promise<string>;

/** Adding a part is one entry, and its two comments in the document. */
export const GENERATED: Readonly<Record<string, Write>> = {
  'first-run': (text) => run(yaml(text, 'Your first rule')),
  timeline: async (text) => {
    const config = await configOf(yaml(text, 'How a rule lives'), undefined);
    const [first] = config.scenarios;
    if (first === undefined) throw new Error('no scenario to draw');
    return fenced(timeline(config, first));
  },
  kleene: (_, config) => kleene(config),
  'window-functions': (_, config) => windowFunctions(config),
  'group-functions': (_, config) => groupFunctions(config),
  groups: (_, config) => groups(config),
  'other-functions': (_, config) => otherFunctions(config),
  statuses: (_, config) => statuses(config),
  news,
  metrics,
  derived,
  limits: (_, config) => limits(config),
  mistakes: (text) => check(yaml(text, 'Mistakes the checker finds')),
  oddities: (text) => check(yaml(text, 'Mistakes the checker finds', 1)),
  failing: (text) =>
    run(edited(yaml(text, 'Your first rule'), '{ at: 14d, phase: pending }', '{ at: 12d, phase: firing }')),
};

/** A YAML block under a heading, the first unless told otherwise. */
function yaml(text: string, heading: string, place = 0): string {
  const body = blocks(section(text, heading), 'yaml')[place];
  if (body === undefined) throw new Error(`no example under ${heading}`);
  return body;
}

function edited(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the example has no ${from}`);
  return text.replace(from, () => to);
}

/** What `tierwatch scenarios` prints of a rule file. */
function run(rules: string): Promise<string> {
  return withMine(rules, (dir) => printed(dir, (io) => runScenarios({ files: [MINE] }, io)));
}

/** What `tierwatch check` finds in these rules, where they are the only ones; what it tells besides changes with every source. */
function check(rules: string): Promise<string> {
  return withMine(rules, async (dir) =>
    (await printed(dir, (io) => runCheck({}, io)))
      .replace(/\n.* is fine: .*$/, '')
      .replace(/^warning: (?!config\/rules\/mine\.yaml).*\n/gm, '')
      .replace(/^.* is not asked: switched off .*\n?/gm, '')
      .trimEnd(),
  );
}

async function withMine(rules: string, print: (dir: string) => Promise<string>): Promise<string> {
  return withConfig(async (dir) => {
    await rm(join(dir, RULES), { recursive: true });
    await mkdir(join(dir, RULES));
    await writeFile(join(dir, MINE), rules);
    return fenced(await print(dir));
  });
}

function fenced(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``;
}
