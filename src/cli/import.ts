/** `tierwatch import`: history, from files or as sources tell it, into the record that rules read. */
import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Clock, Store } from '../core/ports.ts';
import { openStore } from '../store/open.ts';
import { loadFor } from './book.ts';
import { type Account, accountJson, accountLines, isBad } from './import/account.ts';
import { importFiles, readFiles } from './import/files.ts';
import { importSources, pickSources } from './import/sources.ts';
import { type Io, UsageError } from './io.ts';
import { leastPaces } from './paces.ts';
import { setting } from './secrets.ts';
import { sourcesOf, stepOf } from './sources.ts';

export type ImportOptions = {
  readonly files: readonly string[];
  /** Ids of sources that are asked for their past. */
  readonly from?: readonly string[];
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
};

const clock: Clock = { now: () => Date.now() };

/**
 * Gives the exit code: 1 where the configuration or a file cannot be used (nothing is imported then), where a file holds
 * nothing that can be recorded, or where a source failed.
 */
export async function runImport(options: ImportOptions, io: Io): Promise<number> {
  const { files, from = [] } = options;
  if (files.length === 0 && from.length === 0)
    throw new UsageError('import needs a history file, or --from with the id of a source that is asked for its past');
  const config = await loadFor(options.config, undefined, io, from.length === 0 ? undefined : leastPaces());
  if (config === undefined) return 1;
  const sources = pickSources(config, from, io);
  const read = await readFiles(files, io);
  if (read === undefined) return 1;
  const store = await open(config, options.data, io);
  try {
    const accounts = await importFiles(read, config, store, clock);
    const told = await importSources(sources, config, store, clock, io);
    tell([...accounts, ...told], options.json === true, io);
    return [...accounts, ...told].some(isBad) ? 1 : 0;
  } finally {
    await store.close();
  }
}

/** Takes the directory's lock: a service that runs on it is named, and nothing happens. */
function open(config: Config, data: string | undefined, io: Io): Promise<Store> {
  return openStore({
    dir: resolve(io.cwd, data ?? setting(io.env, 'TIERWATCH_DATA') ?? join(io.cwd, 'data')),
    retention: config.settings.retention,
    step: stepOf(sourcesOf(config)),
    now: clock.now(),
    report: (line) => io.err(`warning: ${line}\n`),
  });
}

function tell(accounts: readonly Account[], json: boolean, io: Io): void {
  if (json) {
    for (const account of accounts) io.out(`${accountJson(account)}\n`);
    return;
  }
  for (const line of accounts.flatMap(accountLines)) io.out(`${line}\n`);
  const isNew = accounts.some(({ counts }) => counts.added + counts.corrected > 0);
  io.out(isNew ? '\nRules see it at the next start.\n' : '\nNothing is new: the record stays as it was.\n');
}
