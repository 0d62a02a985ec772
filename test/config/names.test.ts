/** What `tierwatch.yaml` and `networks.yaml` say of news reaches the rules: what counts, and what networks are called. */
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { withFolder } from './folder.ts';

const LADDER = `ladder:
  - { id: conviction, name: Conviction, meaning: Good. }
  - { id: avoid, name: Avoid, meaning: Bad. }
`;
const RULES = `rules:
  - { id: labs, when: 'news(lab_training, 30d) >= 2' }
  - { id: floor, when: gpu_utilization < 20% }
`;

async function loaded(settings: string) {
  const files = { 'tierwatch.yaml': LADDER + settings, 'rules/rules.yaml': RULES };
  return withFolder(files, (dir) => loadConfig(dir, { polled: false }));
}

async function configOf(settings: string) {
  const result = await loaded(settings);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.config;
}

describe("a project's own word", () => {
  test.each([
    ['', 'with-press'],
    ['news: {}', 'with-press'],
    ['news: { primary: with-press }', 'with-press'],
    ['news: { primary: alone }', 'alone'],
    ['news: { primary: never }', 'never'],
  ])('counts as %j says', async (settings, primary) => {
    expect((await configOf(settings)).names.primary).toBe(primary);
  });

  test('is refused where it is said otherwise', async () => {
    const result = await loaded('news: { primary: always }\n');
    expect(result.ok ? [] : result.problems).toMatchObject([
      { line: 4, column: 18, expected: 'one of with-press, alone, never' },
    ]);
  });

  test('makes rules that count news another version, and no others', async () => {
    const versions = async (settings: string) =>
      Object.fromEntries((await configOf(settings)).rules.map(({ rule, version }) => [rule.id, version]));
    const [usual, never] = [await versions(''), await versions('news: { primary: never }')];
    expect(never.labs).not.toBe(usual.labs);
    expect(never.floor).toBe(usual.floor);
  });
});

test('networks are called by their names', async () => {
  expect((await configOf('')).names.titles).toEqual(
    new Map([
      ['akash', 'Akash'],
      ['ionet', 'io.net'],
    ]),
  );
});
