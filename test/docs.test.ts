/** What the documents say, held against the program. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../src/bot/commands/index.ts';
import { runDemo } from '../src/cli/demo.ts';
import { RuleFile } from '../src/core/rule.ts';
import { Sources } from '../src/core/settings.ts';

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, body = '']) => body);

describe('README.md', () => {
  const readme = read('README.md');

  it('shows an alert as the demo gives it', async () => {
    let out = '';
    const write = (text: string): void => {
      out += text;
    };
    const io = { out: write, err: write, env: {}, cwd: '/', columns: null };
    expect(await runDemo({ from: '2024-06-01', to: '2024-12-01' }, io)).toBe(0);
    const [alert = 'no alert'] = blocks(readme, '');
    expect(out).toContain(alert);
  });

  it('shows rules and sources that are understood', () => {
    const [rules, sources] = blocks(readme, 'yaml').map((text) => parse(text));
    expect(RuleFile.safeParse(rules).error).toBeUndefined();
    expect(Sources.safeParse(sources).error).toBeUndefined();
  });

  it('names every chat command and every command of the program', () => {
    for (const { name } of commands) expect(readme).toContain(`/${name}`);
    for (const [, name] of read('src/main.ts').matchAll(/\.command\('(\w+)'\)/g))
      expect(readme).toContain(`tierwatch ${name}`);
  });

  it('links to documents that are there', () => {
    for (const [, target = ''] of readme.matchAll(/\]\(((?!http)[^)]+)\)/g))
      expect(read(target).length).toBeGreaterThan(100);
  });
});

describe('docs/dependencies.md', () => {
  it('says what every package is for', () => {
    const text = read('docs/dependencies.md');
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    for (const name of [...Object.keys(dependencies), ...Object.keys(devDependencies)]) expect(text).toContain(name);
    for (const range of Object.values({ ...dependencies, ...devDependencies })) expect(range).toMatch(/^\d/);
  });
});

describe('every document', () => {
  it.each(['README.md', ...readdirSync(new URL('../docs', import.meta.url)).map((name) => `docs/${name}`)])(
    '%s has whole tables, and links to what is there',
    (name) => {
      const text = read(name);
      const rows = text.split('\n').filter((line) => line.startsWith('|'));
      for (const row of rows) expect(row).toMatch(/\|$/);
      for (const [, target = ''] of text.matchAll(/\]\((?!http|#)([^)#]+)[^)]*\)/g))
        expect(() => read(join(dirname(name), target)), `${name} links to ${target}`).not.toThrow();
    },
  );
});

describe('docs/operating.md', () => {
  it('names every setting that the program reads', () => {
    const text = read('docs/operating.md');
    const code =
      read('src/cli/secrets.ts') + read('src/cli/start.ts') + read('src/cli/log.ts') + read('src/config/where.ts');
    const names = [...code.matchAll(/(?:setting|secret|baseUrl)\([^)]*'([A-Z_]+)'|env\.([A-Z_]{6,})/g)].map(
      ([, a, b]) => a ?? b ?? '',
    );
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(text).toContain(name);
  });
});
