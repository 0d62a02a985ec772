/** Runs the document's examples as an owner would: in a directory with the shipped configuration. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import type { Io } from '../../src/cli/io.ts';
import { leastPaces } from '../../src/cli/paces.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { printProblem } from '../../src/config/problem.ts';

const SHIPPED = fileURLToPath(new URL('../../config', import.meta.url));
/** Where the document tells its reader to save a rule. */
export const MINE = 'config/rules/mine.yaml';

/** Runs with a directory that holds the shipped `config/`, and removes it afterwards. */
export async function withConfig<T>(run: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'tierwatch-docs-'));
  try {
    await cp(SHIPPED, join(dir, 'config'), { recursive: true });
    return await run(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Adds entries to lists of a YAML file: `derived:` of an example to that of `metrics.yaml`. */
export async function extend(path: string, text: string): Promise<void> {
  const file = parse(await readFile(path, 'utf8')) as Record<string, readonly unknown[]>;
  const more = parse(text) as Record<string, readonly unknown[]>;
  const merged = Object.entries(more).map(([key, entries]) => [key, [...(file[key] ?? []), ...entries]]);
  await writeFile(path, stringify({ ...file, ...Object.fromEntries(merged) }));
}

/**
 * The shipped configuration with a rule file in place of its own, and a part of `metrics.yaml` added to the shipped one.
 * Fails the test with what the checker says of it, warnings included.
 */
export async function configOf(rules: string, metrics: string | undefined): Promise<Config> {
  return withConfig(async (dir) => {
    const path = join(dir, MINE);
    await writeFile(path, rules);
    if (metrics !== undefined) await extend(join(dir, 'config/metrics.yaml'), metrics);
    const loaded = await loadConfig(join(dir, 'config'), { rulesFiles: [path], builtIn: leastPaces() });
    const wrong = loaded.ok ? loaded.warnings.filter(({ file }) => file === path) : loaded.problems;
    if (!loaded.ok || wrong.length > 0) throw new Error(wrong.map((problem) => printProblem(problem, dir)).join('\n'));
    return loaded.config;
  });
}

/** What a command prints, on both streams in the order it came. */
export async function printed(dir: string, command: (io: Io) => Promise<number>): Promise<string> {
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  await command({ out: write, err: write, env: {}, cwd: dir, columns: null });
  return text.trim();
}
