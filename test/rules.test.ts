/** The shipped rules, held to their own scenarios. */
import { describe, expect, it } from 'vitest';
import { wordsFor } from '../src/cli/scenarios.ts';
import { loadConfig } from '../src/config/load.ts';
import type { NewsEvent } from '../src/core/news.ts';
import { DAY } from '../src/core/time.ts';
import { isTold } from '../src/engine/outbox.ts';
import { recorded } from '../src/triggers/replay/recorded.ts';
import { every, replay } from '../src/triggers/replay/replay.ts';
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

it('talk of a lab training is told when it comes up, and once more by the tier that two outlets move', () => {
  const start = Date.UTC(2026, 0, 1);
  const told = (['planned', 'done', 'done'] as const).map(
    (status, index): NewsEvent => ({
      type: 'lab_training',
      network: 'akash',
      status,
      because: [],
      at: start + index * DAY,
      outlet: `Outlet ${index}`,
      owner: `Owner ${index}`,
      title: `Report number ${index}`,
      link: null,
    }),
  );
  const steps = replay(parts, recorded([], told), every(start, start + 9 * DAY, DAY));
  const changes = [...steps].flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'change' && isTold(event.change) ? [event.change] : [])),
  );
  const heard = changes.filter(({ drivers }) => drivers.some(({ rule }) => rule.startsWith('lab-training')));
  expect(heard).toMatchObject([
    { kind: 'watch', on: true, direction: 'positive', networks: ['akash'], at: start },
    { kind: 'tier', to: 'conviction', network: 'akash', at: start + 2 * DAY, follows: { at: start } },
  ]);
});
