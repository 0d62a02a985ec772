/** The shipped rules, held to their own scenarios. */
import { describe, expect, it } from 'vitest';
import { wordsFor } from '../src/cli/scenarios.ts';
import { loadConfig } from '../src/config/load.ts';
import { runScenario } from '../src/triggers/scenario/scenario.ts';
import { unproven } from '../src/triggers/scenario/unproven.ts';

const loaded = await loadConfig(new URL('../config', import.meta.url).pathname);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
const { config } = loaded;
const parts = { rules: config.rules, networks: config.networks.networks, ladder: config.settings.ladder };
const words = wordsFor(config);
const run = (scenario: (typeof config.scenarios)[number]) => runScenario(parts, scenario, words);

describe('the shipped rules', () => {
  it.each(config.scenarios.map((scenario) => [`${scenario.rule}: ${scenario.name}`, scenario] as const))(
    '%s',
    (_, scenario) => {
      expect(run(scenario).failures.map(({ what, seen }) => `${what} (${seen?.when.says})`)).toEqual([]);
    },
  );

  it.each(config.rules.map((rule) => [rule.rule.id, rule] as const))(
    '%s is shown to fire, to keep quiet, and to move nothing without data',
    (id, rule) => {
      const results = config.scenarios.filter((scenario) => scenario.rule === id).map(run);
      expect(unproven(rule, results)).toEqual([]);
    },
  );
});
