/** Loads the configuration for a command that judges, or prints what is wrong with it. */
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { printProblem } from '../config/problem.ts';
import { configDirectory } from '../config/where.ts';
import { BUILT_IN } from '../sources/registry.ts';
import type { Book } from '../triggers/tick.ts';
import type { Io } from './io.ts';

/** The checked configuration, or undefined after every problem was printed. */
export async function loadFor(
  config: string | undefined,
  rulesFiles: readonly string[] | undefined,
  io: Io,
): Promise<Config | undefined> {
  const builtIn = Object.keys(BUILT_IN);
  const loaded = await loadConfig(
    configDirectory(config, io.env, io.cwd).dir,
    rulesFiles === undefined ? { builtIn } : { builtIn, rulesFiles: rulesFiles.map((file) => resolve(io.cwd, file)) },
  );
  for (const problem of loaded.ok ? loaded.warnings : loaded.problems)
    io.err(`${loaded.ok ? 'warning: ' : ''}${printProblem(problem, io.cwd)}\n`);
  return loaded.ok ? loaded.config : undefined;
}

/** What the judgement needs of the configuration. */
export function bookOf(config: Config): Book {
  return {
    rules: config.rules.filter((rule) => rule.rule.enabled),
    networks: config.networks.networks,
    ladder: config.settings.ladder,
  };
}
