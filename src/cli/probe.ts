/** `tierwatch probe`: asks sources once and shows what each gives, how old it is, and what is dropped and why. */
import { alignTable } from '../bot/plain.ts';
import type { Config } from '../config/config.ts';
import type { Clock, Source } from '../core/ports.ts';
import { formatDuration, toIso } from '../core/time.ts';
import { formatValue } from '../core/units.ts';
import { createHttp } from '../engine/http.ts';
import { type Polled, pollOnce } from '../engine/poll.ts';
import { BUILT_IN } from '../sources/registry.ts';
import { sane } from '../sources/sane.ts';
import { loadFor } from './book.ts';
import { type Io, UsageError } from './io.ts';
import { sourcesOf } from './sources.ts';
import { USER_AGENT } from './user-agent.ts';

export type ProbeOptions = { readonly config?: string; readonly sources: readonly string[]; readonly json?: boolean };

/** One line of the answer. A feed has `items` instead of a series. */
type Row = {
  readonly source: string;
  readonly series?: string;
  readonly feed?: string;
  readonly items?: number;
  readonly dropped?: number;
  readonly value?: number;
  readonly unit?: string;
  readonly at?: string;
  readonly verdict: 'ok' | 'stale' | 'dropped' | 'failed';
  readonly reason: string | null;
};

const clock: Clock = { now: () => Date.now() };

/** Gives the exit code: 1 where an enabled source gave nothing. */
export async function runProbe(options: ProbeOptions, io: Io): Promise<number> {
  const config = await loadFor(options.config, undefined, io, Object.keys(BUILT_IN));
  if (config === undefined) return 1;
  const chosen = choose(config, options.sources);
  const http = createHttp({ userAgent: USER_AGENT, clock });
  let code = 0;
  try {
    // All at once; printed in the order of the configuration.
    const asked = chosen.map(async (source) =>
      rowsOf(source, await pollOnce(source, http, sane, config.catalogue, clock), config),
    );
    for (const answer of asked) {
      const rows = await answer;
      if (!rows.some(({ verdict, items }) => (verdict === 'ok' || verdict === 'stale') && items !== 0)) code = 1;
      print(rows, options.json === true, io);
    }
  } finally {
    await http.close();
  }
  return code;
}

function choose(config: Config, ids: readonly string[]): readonly Source[] {
  const all = sourcesOf(config);
  const unknown = ids.filter((id) => !all.some((source) => source.id === id));
  if (unknown.length > 0)
    throw new UsageError(
      `no enabled source is called ${unknown.join(', ')}: pick from ${all.map(({ id }) => id).join(', ') || 'none'}`,
    );
  if (all.length === 0) throw new UsageError('no source is enabled: switch one on in sources.yaml or feeds.yaml');
  return ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
}

function rowsOf(source: Source, polled: readonly Polled[], config: Config): readonly Row[] {
  const failed = polled.flatMap(({ failed }): Row[] =>
    failed === null ? [] : [{ source: source.id, verdict: 'failed', reason: failed }],
  );
  const dropped = polled.flatMap(({ reading }) => reading.dropped);
  const articles = polled.flatMap(({ reading }) => reading.articles);
  const samples = polled.flatMap(({ reading }) => reading.samples);
  const lost = dropped.map(
    ({ what, reason }): Row => ({ source: source.id, series: what, verdict: 'dropped', reason }),
  );
  if (source.series.length === 0 && samples.length === 0) {
    const verdict = articles.length > 0 ? 'ok' : 'dropped';
    const reason = dropped[0] === undefined ? null : `${dropped[0].what}: ${dropped[0].reason}`;
    return failed.length > 0
      ? failed
      : [{ source: source.id, feed: source.id, items: articles.length, dropped: dropped.length, verdict, reason }];
  }
  const read = samples.map(({ series, value, at }): Row => {
    const metric = config.catalogue.get(series.slice(series.indexOf('.') + 1));
    const refresh = source.series.find(({ id }) => id === series)?.refresh ?? null;
    const stale = clock.now() - at > (metric?.maxAge ?? 3 * Math.max(refresh ?? 0, source.every));
    return {
      source: source.id,
      series,
      value,
      unit: metric?.unit ?? '',
      at: toIso(at),
      verdict: stale ? 'stale' : 'ok',
      reason: stale ? 'past its max age' : null,
    };
  });
  return [...read, ...lost, ...failed];
}

function print(rows: readonly Row[], json: boolean, io: Io): void {
  if (json) {
    for (const row of rows) io.out(`${JSON.stringify(row)}\n`);
    return;
  }
  const table = rows.map((row) => [
    row.source,
    row.series ?? (row.items === undefined ? '–' : `${row.items} items`),
    row.value === undefined ? '–' : formatValue(row.value, row.unit ?? ''),
    row.at === undefined ? '–' : `${formatDuration(Math.max(0, clock.now() - Date.parse(row.at)))} old`,
    row.reason === null ? row.verdict : `${row.verdict}: ${row.reason}`,
  ]);
  const columns = ['Source', 'Series', 'Value', 'Age', 'Verdict'].map((title, at) => ({
    title,
    align: at === 2 ? ('right' as const) : ('left' as const),
  }));
  io.out(`${alignTable(columns, table, 240).join('\n')}\n\n`);
}
