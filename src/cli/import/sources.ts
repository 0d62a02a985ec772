/** Sources asked for their past, now and once. */
import { didYouMean } from '../../config/advice.ts';
import type { Config } from '../../config/config.ts';
import type { Clock, Source, Store } from '../../core/ports.ts';
import { type Asking, askHistory, askToday, backfillOf, earlier, type Past } from '../../engine/backfill.ts';
import { createHttp } from '../../engine/http.ts';
import { type Io, UsageError } from '../io.ts';
import { watched } from '../probe/watched.ts';
import { proxiesOf } from '../proxies.ts';
import { keysOf, sourcesOf } from '../sources.ts';
import { USER_AGENT } from '../user-agent.ts';
import type { Account } from './account.ts';
import { type Counts, record } from './record.ts';
import { type Sifted, sift } from './sift.ts';

/** The sources of these ids. Throws a UsageError where one is none, is a feed, or is not asked. */
export function pickSources(config: Config, ids: readonly string[], io: Io): readonly Source[] {
  if (ids.length === 0) return [];
  const { sources, disabled } = sourcesOf(config, keysOf(io));
  const feeds = new Set(config.feeds.map(({ id }) => id));
  const known = sources.filter(({ id }) => !feeds.has(id));
  return [...new Set(ids)].map((id) => {
    const source = known.find((one) => one.id === id);
    if (source !== undefined) return source;
    if (feeds.has(id)) throw new UsageError(`--from ${id}: that is a feed, and only sources tell figures`);
    const off = disabled.find((one) => one.id === id);
    if (off !== undefined) throw new UsageError(`--from ${id}: the source is disabled: ${off.why}`);
    if (/[./\\]/.test(id)) throw new UsageError(`--from ${id}: that is no source; name files before --from`);
    const names = known.map((one) => one.id);
    throw new UsageError(
      `--from ${id}: there is no such source; ${didYouMean(id, names, `there are ${names.join(', ') || 'none'}`)}`,
    );
  });
}

/** Asks all at once, and records what each tells of the time before its series' records begin. */
export async function importSources(
  sources: readonly Source[],
  config: Config,
  store: Store,
  clock: Clock,
  io: Io,
): Promise<readonly Account[]> {
  if (sources.length === 0) return [];
  const http = createHttp({ userAgent: USER_AGENT, clock, proxy: proxiesOf(io) });
  // What cannot be true is sifted out below, where its instant is still known.
  const asking: Asking = { http, sane: (reading) => reading, catalogue: config.catalogue, clock };
  try {
    const asked = sources.map(async (source): Promise<Told> => {
      const [live, past] = await Promise.all([askToday(source, asking), askHistory(source, asking)]);
      return { source, live, past };
    });
    const accounts: Account[] = [];
    for (const told of await watched(asked, io)) accounts.push(await keep(told, config, store, clock));
    return accounts;
  } finally {
    await http.close();
  }
}

type Told = { readonly source: Source; readonly live: Past; readonly past: Past };

/** What the source tells of today goes first: its history ends where that begins. */
async function keep({ source, live, past }: Told, config: Config, store: Store, clock: Clock): Promise<Account> {
  const now = clock.now();
  const isWhole = past.failed.length === 0;
  const answers = isWhole ? [live, past] : [live];
  const parts: Sifted[] = [];
  let counts: Counts = { added: 0, corrected: 0, already: 0 };
  for (const { samples } of answers) {
    const part = sift(samples, config, now);
    parts.push(part);
    counts = await keepEarlier(part, counts, store);
  }
  if (source.backfill !== undefined && isWhole && (parts[1]?.samples.length ?? 0) > 0)
    store.ran(backfillOf(source), now);
  return {
    name: source.id,
    isSource: true,
    read: answers.reduce((read, { samples }) => read + samples.length, 0),
    counts,
    refused: parts.flatMap(({ refused }) => refused),
    samples: parts.flatMap(({ samples }) => samples),
    failed: [
      ...new Set([...live.failed, ...past.failed]),
      ...(isWhole ? [] : ['its history is left out until all of it is answered']),
    ],
    unread: answers.flatMap(({ dropped }) => dropped.map(({ what, reason }) => `${what}: ${reason}`)),
  };
}

async function keepEarlier({ samples }: Sifted, before: Counts, store: Store): Promise<Counts> {
  const { added, corrected } = await record(store, earlier(samples, store.evidence()), () => {});
  return {
    added: before.added + added,
    corrected: before.corrected + corrected,
    already: before.already + samples.length - added - corrected,
  };
}
