/** A sound directory becomes a Config; the shipped one is sound and knows every recorded series. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leastPaces } from '../../src/cli/paces.ts';
import type { Config } from '../../src/config/config.ts';
import { type LoadOptions, loadConfig } from '../../src/config/load.ts';
import { ruleVersion } from '../../src/config/version.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { withFolder } from './folder.ts';

const SHIPPED = join(import.meta.dirname, '../../config');
const HISTORY = join(import.meta.dirname, '../../../shared/data/history');

async function sound(dir: string, options: LoadOptions = {}): Promise<Config & { warnings: readonly string[] }> {
  const loaded = await loadConfig(dir, options);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 1));
  return { ...loaded.config, warnings: loaded.warnings.map(({ what }) => what) };
}

describe('a sound directory', () => {
  test('gives settings with defaults, names, the catalogue and everything listed', async () => {
    const config = await withFolder({}, sound);
    expect(config.settings).toMatchObject({ tick: MINUTE, retention: 800 * DAY, timezone: 'Europe/Berlin' });
    expect(config.settings.admins).toEqual({ discord: ['123456789012345678'], telegram: [] });
    expect(config.names.networks).toEqual(['akash', 'ionet']);
    expect(config.names.subjects).toEqual(['akash', 'ionet', 'aws', 'bitcoin']);
    expect([...config.catalogue.keys()]).toEqual(['gpu_utilization', 'h100_price', 'a100_price']);
    expect(config.catalogue.get('h100_price')).toMatchObject({ unit: 'usd/gpu-hour', maxAge: 2 * DAY });
    expect(config.sources).toMatchObject([
      { id: 'akash', enabled: true, every: 10 * MINUTE },
      { id: 'mine', json: 'http://localhost:8080/figures.json', private: true },
    ]);
    expect(config.feeds).toMatchObject([{ id: 'wire', every: 30 * MINUTE, enabled: true }]);
    expect(config.rules.map(({ rule }) => rule.id)).toEqual(['floor']);
    expect(config.scenarios.map(({ name }) => name)).toEqual(['it fires']);
    expect(config.warnings).toEqual([]);
  });

  test('compiles each rule with its version', async () => {
    const { rules } = await withFolder({}, sound);
    expect(rules.map(({ version }) => version)).toEqual(rules.map(({ rule }) => ruleVersion(rule)));
    expect(rules[0]?.version).toMatch(/^[0-9a-f]{7}$/);
  });

  test('may lack feeds and rules, with a warning', async () => {
    const config = await withFolder({ 'feeds.yaml': null, 'rules/rules.yaml': null }, sound);
    expect(config.warnings).toEqual([
      'no feed is enabled: news() will count nothing',
      'there are no rules: no tier will move',
    ]);
  });

  test('reads rule files in the order of their names, .yml too, others not', async () => {
    const rule = (id: string) => `rules: [{ id: ${id}, when: gpu_utilization < 10% }]\n`;
    const config = await withFolder(
      { 'rules/z.yml': rule('z'), 'rules/a.yaml': rule('a'), 'rules/.hidden.yaml': '!', 'rules/notes.md': '!' },
      sound,
    );
    expect(config.rules.map(({ rule }) => rule.id)).toEqual(['a', 'floor', 'z']);
  });

  test('given rule files replace the directory', async () => {
    await withFolder({}, async (dir) => {
      const file = join(dir, 'elsewhere.yaml');
      await writeFile(file, 'rules: [{ id: other, when: gpu_utilization < 10%, for: 1h }]\n');
      const config = await sound(dir, { rulesFiles: [file] });
      expect(config.rules.map(({ rule }) => [rule.id, rule.for])).toEqual([['other', HOUR]]);
      const missing = await loadConfig(dir, { rulesFiles: [join(dir, 'no.yaml')] });
      expect(missing.ok).toBe(false);
    });
  });

  test('anchors and aliases are YAML like any other', async () => {
    const networks =
      'networks:\n  - &a { id: akash, name: Akash, tier: avoid, reason: &r why }\n  - { id: ionet, name: io, tier: avoid, reason: *r }\nclouds: [{ id: aws, name: AWS }]\n';
    const config = await withFolder({ 'networks.yaml': networks }, sound);
    expect(config.networks.networks[1]?.reason).toBe('why');
  });
});

describe('the compiler at work', () => {
  const styles = {
    plain: 'when: nonsense < 20%',
    quoted: 'when: "nonsense < 20%"',
    block: 'when: >-\n      gpu_utilization < 10% and\n      nonsense < 20%',
  };
  test.each(Object.entries(styles))('a mistake in a %s expression has its line and column', async (_, when) => {
    const text = `rules:\n  - id: floor\n    ${when}\n`;
    await withFolder({ 'rules/rules.yaml': text }, async (dir) => {
      const loaded = await loadConfig(dir);
      const [problem] = loaded.ok ? [] : loaded.problems;
      const line = text.split('\n')[(problem?.line ?? 0) - 1] ?? '';
      expect(line.slice((problem?.column ?? 0) - 1)).toMatch(/^nonsense/);
    });
  });
});

describe('the shipped directory', () => {
  test('is sound', async () => {
    const config = await sound(SHIPPED, { builtIn: leastPaces() });
    expect(config.names.networks).toEqual(['render', 'ionet', 'akash', 'bittensor', 'gensyn', 'nexus']);
    expect(config.settings.ladder.map(({ id }) => id)).toEqual(['conviction', 'watching', 'avoid']);
    expect(config.networks.networks.map(({ tier }) => tier)).toEqual([
      'conviction',
      'conviction',
      'watching',
      'unrated',
      'unrated',
      'unrated',
    ]);
  });

  test.each(['tierwatch', 'networks', 'metrics', 'sources'])('%s.yaml names its JSON Schema', (name) => {
    const [first] = readFileSync(join(SHIPPED, `${name}.yaml`), 'utf8').split('\n');
    expect(first).toBe(`# yaml-language-server: $schema=schema/${name}.schema.json`);
  });

  test('its commented source would be accepted', async () => {
    const text = readFileSync(join(SHIPPED, 'sources.yaml'), 'utf8').replace(/^( *)# (?=- id: my| {2})/gm, '$1');
    const config = await withFolder({ 'sources.yaml': text }, (dir) => sound(dir));
    expect(config.sources.at(-1)).toMatchObject({ id: 'my-dashboard', every: 15 * MINUTE, private: false });
  });

  test.runIf(existsSync(HISTORY))('knows every recorded series, and drops none of its figures', async () => {
    const { catalogue, names } = await sound(SHIPPED);
    const strangers = new Set<string>();
    for (const file of readdirSync(HISTORY).filter((name) => name.endsWith('.csv')))
      for (const row of readFileSync(join(HISTORY, file), 'utf8').trim().split('\n').slice(1)) {
        const [, subject = '', metric = '', value] = row.split(',');
        const [low, high] = catalogue.get(metric)?.range ?? [Number.NaN, Number.NaN];
        const figure = Number(value);
        if (!names.subjects.includes(subject) || !(figure >= low && figure <= high)) strangers.add(`${file}: ${row}`);
      }
    expect([...strangers]).toEqual([]);
  });
});
