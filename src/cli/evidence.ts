/** `tierwatch evidence`: what admins corrected, as a table for people or as labelled articles for a scorer. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { alignTable, clip, plain } from '../bot/plain.ts';
import type { Config } from '../config/config.ts';
import type { Addition, Mark, NewsMention } from '../core/news.ts';
import { StartupError, type Store } from '../core/ports.ts';
import type { State } from '../core/state.ts';
import { type Instant, toIso, toMinute } from '../core/time.ts';
import { openStore } from '../store/open.ts';
import { loadFor } from './book.ts';
import { type Io, UsageError } from './io.ts';
import { setting } from './secrets.ts';

export type EvidenceOptions = { readonly config?: string; readonly data?: string; readonly json?: boolean };

/** Gives the exit code: 1 where the configuration or the data directory cannot be used. */
export async function runEvidence(options: EvidenceOptions, io: Io): Promise<number> {
  const config = await loadFor(options.config, undefined, io);
  if (config === undefined) return 1;
  const store = await opened(options.data, config, io);
  try {
    const lines =
      options.json === true ? labels(store.state()).map((one) => JSON.stringify(one)) : table(store.state());
    for (const line of lines) io.out(`${line}\n`);
  } finally {
    await store.close();
  }
  return 0;
}

/** Of a service at rest: one process a data directory. */
async function opened(data: string | undefined, config: Config, io: Io): Promise<Store> {
  const named = data ?? setting(io.env, 'TIERWATCH_DATA') ?? 'data';
  const dir = resolve(io.cwd, named);
  if ((await stat(dir).catch(() => null))?.isDirectory() !== true)
    throw new UsageError(`${named}: there is no such data directory; name it with --data`);
  try {
    return await openStore({
      dir,
      retention: config.settings.retention,
      now: Date.now(),
      report: (line) => io.err(`warning: ${line}\n`),
    });
  } catch (error) {
    if (!(error instanceof StartupError) || !error.message.includes(' is in use by ')) throw error;
    throw new StartupError(`${error.message} While it runs, ask it in chat: /evidence_list.`);
  }
}

/** An article as people label it: what it truly reports. */
type Label = {
  readonly id: string;
  readonly title: string;
  readonly summary: string | null;
  readonly url: string | null;
  readonly publisher: string;
  readonly published: string;
  /** Those it was taken to speak of. */
  readonly networks: readonly string[];
  readonly events: readonly Pick<NewsMention, 'type' | 'network' | 'status'>[];
  /** Of an article that reports nothing, why it might be taken to. */
  readonly negative_kind?: string;
};

/** In the order they were made. What was added and then marked is one article, and wrong. */
function labels({ marks, additions }: State): readonly Label[] {
  return inOrder([
    ...[...marks.values()].map(
      (mark) => [mark.at, { ...labelOf(mark.article, mark), events: [], negative_kind: 'marked wrong' }] as const,
    ),
    ...[...additions.values()]
      .filter(({ article }) => marks.get(article.id) === undefined)
      .map(({ at, article }) => [at, labelOf(article.id, article)] as const),
  ]);
}

type About = Pick<Mark, 'title' | 'summary' | 'link' | 'outlet' | 'published' | 'events'>;

function labelOf(id: string, { title, summary, link, outlet, published, events }: About): Label {
  const networks = [...new Set(events.flatMap(({ network }) => network ?? []))];
  return {
    id,
    title,
    summary,
    url: link,
    publisher: outlet,
    published: toIso(published),
    networks,
    events: events.map(({ type, network, status }) => ({ type, network, status })),
  };
}

function inOrder<T>(dated: readonly (readonly [Instant, T])[]): readonly T[] {
  return dated.toSorted(([a], [b]) => a - b).map(([, one]) => one);
}

const COLUMNS = ['When', 'What', 'By', 'Outlet', 'Title', 'Why, or what it reports', 'Id'].map((title) => ({
  title,
  align: 'left' as const,
}));
const TEXT = 40;

function table({ marks, additions }: State): readonly string[] {
  const rows = inOrder([
    ...[...marks.values()].map((mark) => [mark.at, wrongRow(mark)] as const),
    ...[...additions.values()].map((addition) => [addition.at, addedRow(addition)] as const),
  ]);
  if (rows.length === 0) return ['No article is marked as wrong, and no report was added.'];
  return alignTable(
    COLUMNS,
    rows.map((row) => row.map(plain)),
  );
}

function wrongRow({ at, by, outlet, title, reason, article }: Mark): readonly string[] {
  return [toMinute(at), 'wrong', by, clip(outlet, TEXT), clip(title, TEXT), clip(reason ?? '–', TEXT), article];
}

function addedRow({ at, by, article: { id, outlet, title, events } }: Addition): readonly string[] {
  const what = events.map(({ type, network }) => (network === null ? type : `${type} ${network}`)).join(', ');
  return [toMinute(at), 'added', by, clip(outlet, TEXT), clip(title, TEXT), clip(what, TEXT), id];
}
