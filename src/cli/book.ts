/** Loads the configuration for a command that judges, or prints what is wrong with it. */
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { printProblems } from '../config/excerpt.ts';
import { loadConfig } from '../config/load.ts';
import type { BuiltInPaces } from '../config/polled.ts';
import { printProblem } from '../config/problem.ts';
import { configDirectory } from '../config/where.ts';
import { type Book, bookOf as layOut } from '../triggers/rule/book.ts';
import type { Io } from './io.ts';

/**
 * The checked configuration, or undefined after every problem was printed. Whoever polls names the sources that ship with
 * the program; without them sources and feeds are left unread.
 */
export async function loadFor(
  config: string | undefined,
  rulesFiles: readonly string[] | undefined,
  io: Io,
  builtIn?: BuiltInPaces,
): Promise<Config | undefined> {
  const loaded = await loadConfig(configDirectory(config, io.env, io.cwd).dir, {
    ...(builtIn === undefined ? { polled: false } : { builtIn }),
    ...(rulesFiles === undefined ? {} : { rulesFiles: rulesFiles.map((file) => resolve(io.cwd, file)) }),
  });
  if (loaded.ok) {
    // A line each: here they are a side matter, and `tierwatch check` shows their places.
    for (const warning of loaded.warnings) io.err(`warning: ${printProblem(warning, io.cwd)}\n`);
    return loaded.config;
  }
  for (const printed of await printProblems(loaded.problems, io.cwd)) io.err(`${printed}\n`);
  return undefined;
}

/** What the judgement needs of the configuration. */
export function bookOf({ rules, networks, settings }: Config): Book {
  return layOut({
    rules: rules.filter((rule) => rule.rule.enabled),
    networks: networks.networks,
    ladder: settings.ladder,
  });
}
