/** Observations on disk: what is new is appended and synced before memory knows it. */
import { join } from 'node:path';
import type { Article } from '../core/news.ts';
import type { Archive, Evidence, Observed } from '../core/ports.ts';
import type { Sample } from '../core/series.ts';
import type { State } from '../core/state.ts';
import type { Duration, Instant } from '../core/time.ts';
import type { Files } from './append.ts';
import { articleReader, writeArticle } from './articles.ts';
import { csvReader, HEADER, rowWriter } from './csv.ts';
import { observations } from './evidence.ts';
import { horizonOf, openMonths } from './months.ts';
import type { StepOf } from './pace.ts';

export type Recording = {
  readonly evidence: Evidence;
  readonly archive: Archive;
  observe(samples: readonly Sample[], articles: readonly Article[]): Promise<Observed>;
  expire(now: Instant): Promise<void>;
  /** Resolves when all that was asked for is done. */
  close(): Promise<void>;
};

type Options = {
  readonly dir: string;
  readonly files: Files;
  readonly retention: Duration;
  readonly step: StepOf;
  readonly live?: ((source: string) => boolean) | undefined;
  /** The facts as of now. */
  readonly state: () => State;
  readonly now: Instant;
  readonly report: (line: string) => void;
};

/** Each article is compared with those about it, which takes longer than reading it: little of them at a stretch. */
const ARTICLE_PIECE = 64 * 1024;

/** Reads `samples/` and `articles/` under the data directory. */
export async function openRecording(options: Options): Promise<Recording> {
  const { dir, files, retention, report } = options;
  const held = observations(options);
  const horizon = horizonOf(options.now, retention);
  held.dropBefore(horizon);
  const rows = await openMonths({
    dir: join(dir, 'samples'),
    extension: '.csv',
    header: HEADER,
    files,
    horizon,
    reader: () => csvReader(held.samples, horizon),
    report,
  });
  const articles = await openMonths({
    dir: join(dir, 'articles'),
    extension: '.ndjson',
    header: '',
    files,
    horizon,
    reader: () => articleReader(held.news),
    piece: ARTICLE_PIECE,
    report,
  });
  held.news.settle(options.now);
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: what is new depends on what came before. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function keep(samples: readonly Sample[], items: readonly Article[]): Promise<Observed> {
    const found = held.sift(samples, items);
    const undo = await rows.append(found.samples, ({ at }) => at, rowWriter());
    try {
      await articles.append(found.articles, ({ published }) => published, writeArticle);
    } catch (error) {
      await undo();
      throw error;
    }
    held.add(found);
    return found;
  }

  async function drop(now: Instant): Promise<void> {
    const oldest = horizonOf(now, retention);
    await rows.removeBefore(oldest);
    await articles.removeBefore(oldest);
    held.dropBefore(oldest);
    held.news.settle(now);
  }

  async function close(): Promise<void> {
    await last;
    await rows.close();
    await articles.close();
  }

  return {
    evidence: held.evidence,
    archive: held.archive,
    observe: (samples, items) => inTurn(() => keep(samples, items)),
    expire: (now) => inTurn(() => drop(now)),
    close,
  };
}
