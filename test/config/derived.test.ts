/** Derived series beside what is given of them, and groups and networks with what they may say besides. */
import { expect, test } from 'vitest';
import { type LoadOptions, loadConfig } from '../../src/config/load.ts';
import { printProblem } from '../../src/config/problem.ts';
import { type Change, withFolder } from './folder.ts';

const OPTIONS: LoadOptions = { builtIn: { akash: 0 } };

async function load(changes: Readonly<Record<string, Change>>) {
  return withFolder(changes, async (dir) => {
    const loaded = await loadConfig(dir, OPTIONS);
    if (!loaded.ok) throw new Error(loaded.problems.map((problem) => printProblem(problem, dir)).join('\n'));
    return { config: loaded.config, warnings: loaded.warnings.map((warning) => printProblem(warning, dir)) };
  });
}

const OWN = {
  replace: /$/,
  by: `derived:
  - id: akash.gpu_utilization
    unit: ratio
    meaning: Worked out.
    expression: akash.h100_price / akash.a100_price
    limits: [0, 1]
`,
};
const UNREAD =
  'akash.gpu_utilization is worked out as akash.h100_price / akash.a100_price: figures of it are never read; expected the series that it is worked out of; give those, or remove it under derived in metrics.yaml';

test('figures of what is worked out are told, of sources as of scenarios: nothing reads them', async () => {
  const { config, warnings } = await load({ 'metrics.yaml': OWN });
  expect(warnings).toEqual([`rules/rules.yaml:14:15: ${UNREAD}`, `sources.yaml:9:19: ${UNREAD}`]);
  expect(config.names.derived.get('akash.gpu_utilization')?.limits).toEqual([0, 1]);
});

test('a source that is switched off gives none', async () => {
  const { warnings } = await load({
    'metrics.yaml': OWN,
    'sources.yaml': { replace: 'private: true', by: 'private: true\n    enabled: false' },
  });
  expect(warnings).toEqual([`rules/rules.yaml:14:15: ${UNREAD}`]);
});

test('series of the same metric that nobody works out are given as ever', async () => {
  const { warnings } = await load({
    'metrics.yaml': { ...OWN, by: OWN.by.replaceAll('akash.', 'ionet.') },
  });
  expect(warnings).toEqual([]);
});

test('a group may say how many of its members it needs', async () => {
  const { config } = await load({
    'networks.yaml': {
      replace: /$/,
      by: 'groups:\n  big: { members: [akash, aws, bitcoin], atLeast: 3 }\n  two: [aws, akash]\n',
    },
  });
  expect(config.names.groups.get('big')).toEqual(['akash', 'aws', 'bitcoin']);
  expect([...config.names.atLeast]).toEqual([['big', 3]]);
});

test('a network may say what nobody publishes, also of what is derived', async () => {
  const share = 'derived:\n  - { id: share, unit: ratio, meaning: x, expression: h100_price / a100_price }\n';
  const { config } = await load({
    'metrics.yaml': { replace: /$/, by: share },
    'networks.yaml': {
      replace: 'reason: a test',
      by: 'reason: a test\n    unavailable:\n      h100_price: nobody tells\n      share: nobody asks',
    },
  });
  expect([...config.names.unavailable]).toEqual([
    ['akash.h100_price', 'nobody tells'],
    ['akash.share', 'nobody asks'],
  ]);
});
