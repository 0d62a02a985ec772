/** `tierwatch check`: reads the configuration, prints everything that is wrong with it, and touches nothing else. */
import type { Config } from '../config/config.ts';
import { printProblems } from '../config/excerpt.ts';
import { loadConfig } from '../config/load.ts';
import { refusedAddresses } from '../config/polled.ts';
import { inOrder, type Problem, printProblem, shortPath } from '../config/problem.ts';
import { configDirectory, type Where } from '../config/where.ts';
import { refusedUnlessPrivate } from '../engine/http/refusal.ts';
import type { Io } from './io.ts';
import { leastPaces } from './paces.ts';
import { keysOf, type Polled, sourcesOf, unfed } from './sources.ts';

export type CheckOptions = {
  /** The configuration directory. */
  readonly config?: string;
  /** Prints one JSON object a line on the standard output, problems included. */
  readonly json?: boolean;
};

type CheckIo = Pick<Io, 'out' | 'err' | 'env' | 'cwd'>;

/** Gives the exit code: 0 when the configuration can be used, 1 when not. */
export async function runCheck(options: CheckOptions, io: CheckIo): Promise<number> {
  const where = configDirectory(options.config, io.env, io.cwd);
  const loaded = await loadConfig(where.dir, { builtIn: leastPaces() });
  if (!loaded.ok) {
    await tell('problem', loaded.problems, options, io);
    if (options.json !== true) io.err(`${count(loaded.problems.length, 'problem')}\n`);
    return 1;
  }
  const { config, warnings, placeOf } = loaded;
  const refused = await refusedAddresses(config.dir, refusedUnlessPrivate);
  await tell('warning', [...warnings, ...refused], options, io);
  const polled = sourcesOf(config, keysOf(io));
  const waiting = unfed(config, polled).map(({ rule, doubt }) => placeOf(rule, doubt));
  // A line each, whatever their number: the place says nothing that the line does not.
  for (const problem of inOrder(waiting)) say('warning', problem, printProblem(problem, io.cwd), options, io);
  const off = polled.disabled;
  if (options.json === true) io.out(`${JSON.stringify(summary(config, off, where))}\n`);
  else io.out(summaryText(config, off, where, io));
  return 0;
}

type Kind = 'problem' | 'warning';

/** With the place in the file beneath each. */
async function tell(kind: Kind, problems: readonly Problem[], options: CheckOptions, io: CheckIo): Promise<void> {
  const printed = await printProblems(problems, io.cwd);
  for (const [index, problem] of problems.entries()) say(kind, problem, printed[index] ?? '', options, io);
}

function say(kind: Kind, problem: Problem, printed: string, options: CheckOptions, io: CheckIo): void {
  if (options.json === true) io.out(`${JSON.stringify({ kind, ...problem })}\n`);
  else io.err(`${kind === 'warning' ? 'warning: ' : ''}${printed}\n`);
}

function summary(config: Config, disabled: Polled['disabled'], where: Where) {
  return {
    kind: 'ok',
    dir: where.dir,
    because: where.because,
    networks: config.networks.networks.length,
    metrics: config.catalogue.size,
    sources: config.sources.length,
    disabled: disabled.map(({ id, why }) => ({ id, why })),
    feeds: config.feeds.length,
    rules: config.rules.length,
    scenarios: config.scenarios.length,
  };
}

function summaryText(config: Config, disabled: Polled['disabled'], where: Where, io: CheckIo): string {
  const counted = [
    count(config.networks.networks.length, 'network'),
    count(config.catalogue.size, 'metric'),
    count(config.sources.length, 'source'),
    count(config.feeds.length, 'feed'),
    count(config.rules.length, 'rule'),
    count(config.scenarios.length, 'scenario'),
  ];
  const off = disabled.map(({ id, why }) => `${id} is not asked: ${why}\n`);
  return `${off.join('')}${shortPath(where.dir, io.cwd)} (${where.because}) is fine: ${counted.join(', ')}\n`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
