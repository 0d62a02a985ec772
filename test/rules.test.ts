/** The shipped rules, held to their own scenarios. */
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config/load.ts';
import { runScenario } from '../src/triggers/scenario.ts';

const loaded = await loadConfig(new URL('../config', import.meta.url).pathname);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
const { config } = loaded;
const book = { rules: config.rules, networks: config.networks.networks, ladder: config.settings.ladder };

describe('the shipped rules', () => {
  it.each(config.scenarios.map((scenario) => [`${scenario.rule}: ${scenario.name}`, scenario] as const))(
    '%s',
    (_, scenario) => {
      expect(runScenario(book, scenario).failures).toEqual([]);
    },
  );

  it.each(config.rules.map(({ rule }) => rule.id))('%s has a scenario that fires and one that does not', (id) => {
    const phases = config.scenarios
      .filter(({ rule }) => rule === id)
      .map(({ expect: expected }) => expected.some(({ phase }) => phase === 'firing'));
    expect(phases).toContain(true);
    expect(phases).toContain(false);
  });

  it('fails a scenario whose expectation does not hold, and says what was seen', () => {
    const [scenario] = config.scenarios;
    if (scenario === undefined) throw new Error('no scenario to break');
    const broken = { ...scenario, expect: [{ at: 0, phase: 'firing' as const, tier: 'nowhere' }] };
    expect(runScenario(book, broken).failures.join('\n')).toMatch(/expected firing.*\n.*expected tier nowhere/);
  });
});
