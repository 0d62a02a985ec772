/** `tierwatch probe`: asks sources once and shows what each gives, how old it is, and what is dropped and why. */
import { resolve } from 'node:path';
import { didYouMean } from '../config/advice.ts';
import type { Config } from '../config/config.ts';
import type { Clock, Source } from '../core/ports.ts';
import { type Fetch, pollOnce } from '../engine/ask.ts';
import { createHttp } from '../engine/http.ts';
import { maxAgeOf } from '../sources/trust/freshness.ts';
import { memoryStore } from '../store/memory.ts';
import { loadFor } from './book.ts';
import { type Io, UsageError } from './io.ts';
import { leastPaces } from './paces.ts';
import { openRecorder } from './probe/record.ts';
import { disabledRow, feedRow, type Group, type Row, seriesRows } from './probe/rows.ts';
import { failedIn, jsonLines, summaryLines } from './probe/summary.ts';
import { tableLines } from './probe/table.ts';
import { watched } from './probe/watched.ts';
import { proxiesOf, proxyPasswords } from './proxies.ts';
import { accessOf } from './secrets.ts';
import { keysOf, type Polled, sourcesOf } from './sources.ts';
import { USER_AGENT } from './user-agent.ts';

export type ProbeOptions = {
  readonly config?: string;
  /** Ids; none means all there are. */
  readonly sources: readonly string[];
  /** Directory for what the sources answer. */
  readonly record?: string;
  readonly json?: boolean;
};

const clock: Clock = { now: () => Date.now() };

/** Gives the exit code: 1 where an enabled source or feed gave nothing usable. */
export async function runProbe(options: ProbeOptions, io: Io): Promise<number> {
  const config = await loadFor(options.config, undefined, io, leastPaces());
  if (config === undefined) return 1;
  const groups = await ask(choose(config, options.sources, io), config, options.record, io);
  const lines =
    options.json === true
      ? jsonLines(groups)
      : [...tableLines(groups, clock.now(), io.columns ?? Number.POSITIVE_INFINITY), ...summaryLines(groups)];
  for (const line of lines) io.out(`${line}\n`);
  return failedIn(groups).length > 0 ? 1 : 0;
}

/** Those that are named, or all; with those that are not asked, which say why. */
function choose(config: Config, ids: readonly string[], io: Io): Polled {
  const { sources, disabled } = sourcesOf(config, keysOf(io));
  const known = [...sources, ...disabled].map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    const named = unknown.map((id) => `${id} ${didYouMean(id, known, '').replace(/.+/, '($&)')}`.trim());
    throw new UsageError(`no source or feed is called ${named.join(' or ')}: there are ${known.join(', ') || 'none'}`);
  }
  if (ids.length === 0 && sources.length === 0)
    throw new UsageError('no source is enabled: switch one on in sources.yaml or feeds.yaml');
  const isAsked = ({ id }: { readonly id: string }): boolean => ids.length === 0 || ids.includes(id);
  return { sources: sources.filter(isAsked), disabled: disabled.filter(isAsked) };
}

/** All at once, hosts side by side. What is not asked comes last. */
async function ask(chosen: Polled, config: Config, record: string | undefined, io: Io): Promise<readonly Group[]> {
  const proxy = proxiesOf(io);
  const recorder = record === undefined ? null : await openRecorder(resolve(io.cwd, record), secretsOf(io), clock);
  const http = createHttp({ userAgent: USER_AGENT, clock, proxy });
  const feeds = new Set(config.feeds.map(({ id }) => id));
  try {
    const asked = chosen.sources.map(async (source): Promise<Group> => {
      const fetch = recorder === null ? http : recorder.around(source.id, http);
      return { source: source.id, rows: await rowsOf(source, feeds.has(source.id), fetch, config) };
    });
    const groups = await watched(asked, io);
    const off = chosen.disabled.map(({ id, why }) => ({ source: id, rows: [disabledRow(id, feeds.has(id), why)] }));
    return [...groups, ...off];
  } finally {
    await http.close();
    await recorder?.close();
  }
}

async function rowsOf(source: Source, isFeed: boolean, http: Fetch, config: Config): Promise<readonly Row[]> {
  const { catalogue } = config;
  // Nothing is set aside yet: an impossible figure is shown with its value.
  const polled = await pollOnce(source, http, (reading) => reading, catalogue, clock);
  if (isFeed) return [feedRow(source, polled)];
  const store = memoryStore();
  await store.observe(
    polled.flatMap(({ reading }) => reading.samples),
    [],
  );
  const maxAge = (series: string) => maxAgeOf(source, series, catalogue, store.evidence());
  return seriesRows(source, polled, { catalogue, now: clock.now(), maxAge });
}

/** Whatever must not be written down. */
function secretsOf(io: Io): readonly string[] {
  const { discord, telegram } = accessOf(io);
  const tokens = [discord, telegram].filter((token) => token !== undefined);
  return [...keysOf(io).values(), ...tokens, ...proxyPasswords(proxiesOf(io))];
}
