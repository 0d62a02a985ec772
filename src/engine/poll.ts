/** One poll of a source in the service: asked, weighed, recorded, and its health told. One source failing stops no other. */
import type { Dispute, DisputeTurn } from '../core/events.ts';
import type { Catalogue } from '../core/metric.ts';
import type { Article } from '../core/news.ts';
import type { Archive, Clock, Dropped, Evidence, Source, Store } from '../core/ports.ts';
import type { Sample } from '../core/series.ts';
import type { Duration, Instant } from '../core/time.ts';
import { type Fetch, type Polled, pollOnce, type Sane } from './ask.ts';
import { outcomeOf } from './health/course.ts';
import { missingOf } from './health/series.ts';
import type { Health } from './health.ts';
import type { Log } from './log.ts';

/** Holds what came from a source against what is recorded and what other sources say. Has a memory of its own. */
export interface Trust {
  /** Weighs one poll, also one that gave nothing. */
  weigh(
    source: Source,
    samples: readonly Sample[],
    known: { readonly evidence: Evidence; readonly disputes: { get(series: string): Dispute | undefined } },
    now: Instant,
  ): {
    /** May be recorded. */
    readonly samples: readonly Sample[];
    readonly dropped: readonly Dropped[];
    readonly turns: readonly DisputeTurn[];
    /** Past figures that are given anew, by series. */
    readonly corrected: ReadonlyMap<string, number>;
  };
  /** How long a figure of a source stays good. */
  maxAge(source: Source, series: string, evidence: Evidence): Duration;
}

/** What is done with the articles of a reading before they are recorded. */
export type News = {
  readonly intake: Intake;
  /** One new article, read for what it reports. Takes milliseconds. */
  readonly read: (article: Article) => Article;
  /** A pause to be called between two articles; see pieces.ts. */
  readonly breather: () => () => Promise<void>;
};

/** Tells which articles of one reading are new, and marks those that do not count. Pure. */
type Intake = (
  articles: readonly Article[],
  known: {
    readonly archive: Pick<Archive, 'find'>;
    /** No reading of the feed is recorded to its end, and no article of it but such as were there before. */
    readonly isFirst: boolean;
    /** When the feed was last read; undefined where that is not recorded. */
    readonly lastRead: Instant | undefined;
    readonly every: Duration;
    /** What its last reading with items held; undefined where that was before the start. */
    readonly last: readonly Held[] | undefined;
  },
  now: Instant,
) => {
  readonly articles: readonly Article[];
  readonly dropped: readonly Dropped[];
  /** Articles that come in though they share a name with one that is known, and why. */
  readonly noted: readonly Dropped[];
};

type Held = Pick<Article, 'link' | 'published'>;

export interface Poll {
  run(source: Source, signal: AbortSignal): Promise<void>;
}

export function createPoll(options: {
  readonly http: Fetch;
  readonly sane: Sane;
  readonly trust: Trust;
  /** Without it articles are recorded as they come. */
  readonly news?: News;
  readonly catalogue: Catalogue;
  readonly store: Store;
  readonly health: Health;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when there is something new to judge. */
  readonly arrived: () => void;
  /** Series that rules rest on: only of these is it said that one died in a living source. Without it of all. */
  readonly matters?: (series: string) => boolean;
}): Poll {
  const { store, trust, clock, log, matters = () => true } = options;
  /** By source, what was said of its last poll: what is the same each time is said once. */
  const told = new Map<string, ReadonlySet<string>>();
  /** By feed, what its last reading with items held. */
  const held = new Map<string, readonly Held[]>();

  async function run(source: Source, signal: AbortSignal): Promise<void> {
    const polled = await pollOnce(source, options.http, options.sane, options.catalogue, clock, signal);
    if (signal.aborted) return;
    const now = clock.now();
    const known = { evidence: store.evidence(), disputes: store.state().disputes };
    const given = polled.flatMap(({ reading }) => reading.samples);
    const weighed = trust.weigh(source, given, known, now);
    const taken = takeIn(source, polled, now);
    tell(source, polled, [...weighed.dropped, ...taken.dropped], taken.noted);
    const articles = await readAll(taken.articles);
    if (signal.aborted) return;
    const observed = await store.observe(weighed.samples, articles);
    tellUncounted(source, observed.articles);
    for (const [series, figures] of weighed.corrected)
      log.info({ source: source.id }, `${figures} past figure${figures === 1 ? '' : 's'} of ${series} corrected`);
    const fields = { source: source.id, samples: observed.samples.length, articles: observed.articles.length };
    log.debug(fields, 'polled');
    // The pace of figures that their provider dates is known only once they are recorded.
    const evidence = store.evidence();
    const maxAge = (series: string): Duration => trust.maxAge(source, series, evidence);
    const missing = missingOf(source, given, maxAge, evidence, now).filter(({ series }) => matters(series));
    const outcome = outcomeOf(source, polled, maxAge, missing, now);
    // Only now: a reading that could not be recorded is read as the first one again.
    if (isFeed(source) && outcome.fresh) keepReading(source, polled, now);
    const sighted = await options.health.polled(source, outcome, weighed.turns);
    if (sighted || fields.samples + fields.articles > 0) options.arrived();
  }

  function takeIn(source: Source, polled: readonly Polled[], now: Instant): ReturnType<Intake> {
    const articles = polled.flatMap(({ reading }) => reading.articles);
    if (options.news === undefined || articles.length === 0) return { articles, dropped: [], noted: [] };
    const archive = store.archive();
    const lastRead = store.lastRun(readingOf(source));
    const isFirst = lastRead === undefined && !archive.has(source.id);
    const known = { archive, isFirst, lastRead, every: source.every, last: held.get(source.id) };
    return options.news.intake(articles, known, now);
  }

  /** One after the other, with pauses: a thousand texts take seconds, and chats must not wait for them. */
  async function readAll(articles: readonly Article[]): Promise<readonly Article[]> {
    if (options.news === undefined) return articles;
    const { read, breather } = options.news;
    const breathe = breather();
    const done: Article[] = [];
    for (const article of articles) {
      done.push(read(article));
      await breathe();
    }
    return done;
  }

  /** An empty reading tells nothing of what was there before: the first one with items is the baseline. */
  function keepReading(source: Source, polled: readonly Polled[], now: Instant): void {
    const articles = polled.flatMap(({ reading }) => reading.articles);
    if (articles.length > 0)
      held.set(
        source.id,
        articles.map(({ link, published }) => ({ link, published })),
      );
    if (articles.length > 0 || store.lastRun(readingOf(source)) !== undefined) store.ran(readingOf(source), now);
  }

  /** One line a reason: the first reading of a feed has many articles of one. */
  function tellUncounted(source: Source, articles: readonly Article[]): void {
    const titles = new Map<string, readonly string[]>();
    for (const { uncounted, title } of articles)
      if (uncounted !== undefined) titles.set(uncounted, [...(titles.get(uncounted) ?? []), title]);
    for (const [why, [title, ...rest]] of titles)
      log.info(
        { source: source.id, why, title, ...(rest.length === 0 ? {} : { more: rest.length }) },
        'does not count',
      );
  }

  /** Warns of what is new since the last poll; the rest is a detail. */
  function tell(
    source: Source,
    polled: readonly Polled[],
    doubted: readonly Dropped[],
    noted: readonly Dropped[],
  ): void {
    const before = told.get(source.id);
    const lines = new Set<string>();
    const say = (fields: Readonly<Record<string, unknown>>, text: string): void => {
      const line = `${text} ${JSON.stringify(fields)}`;
      lines.add(line);
      log[before?.has(line) === true ? 'debug' : 'warn']({ source: source.id, ...fields }, text);
    };
    for (const { request, reading, failed } of polled) {
      if (failed !== null) say({ why: failed }, 'not fetched');
      for (const { what, reason } of summarize(reading.dropped))
        say({ what, reason, path: pathOf(request.url) }, 'dropped');
    }
    for (const { what, reason } of summarize(doubted)) say({ what, reason }, 'dropped');
    for (const { what, reason } of summarize(noted)) say({ what, reason }, 'taken as new');
    told.set(source.id, lines);
  }

  return { run };
}

/** A source that gives no series gives articles. */
function isFeed({ series }: Source): boolean {
  return series.length === 0;
}

/** The job under which the instant of a feed's last reading is kept. */
function readingOf({ id }: Source): string {
  return `feed/${id}/read`;
}

/** A feed that lost a thousand items says so in a few lines. */
function summarize(dropped: readonly Dropped[]): readonly Dropped[] {
  const shown = dropped.slice(0, 10);
  const rest = dropped.length - shown.length;
  return rest === 0 ? shown : [...shown, { what: `${rest} more`, reason: 'as above' }];
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host + new URL(url).pathname : 'an unreadable URL';
}
