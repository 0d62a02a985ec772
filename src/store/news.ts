/** Articles in memory: by their names, by what they report in the order of time, and by story. */
import { type Article, BASELINE, type NewsType } from '../core/news.ts';
import { createStories } from '../core/stories.ts';
import { DAY, type Instant } from '../core/time.ts';
import { type Entry, entryOf, rename } from './entry.ts';
import { instantOf } from './months.ts';
import { type Timed, type Timeline, timeline } from './timeline.ts';

export type News = {
  /** The article with this id or key. */
  find(key: string): Entry | undefined;
  /** Whether any article of this feed is kept that was not there before it was first read. */
  has(feed: string): boolean;
  /** Events with `from < at <= to`, oldest first; null asks for those of every network and of the market. */
  between(type: NewsType, network: string | null, from: Instant, to: Instant): readonly Mention[];
  /** Articles that report something of a network (null: anything) with `from < published <= to`, oldest first. */
  reporting(network: string | null, from: Instant, to: Instant): readonly Entry[];
  /** The articles of a story, in no order. */
  story(id: string): readonly Entry[];
  /** The story that an article would belong to; null where nothing tells. */
  place(article: Article): string | null;
  /** Another number after each change. */
  revision(): number;
  /** The articles not known yet. Those that cannot be kept are reported. */
  sift(articles: readonly Article[]): readonly Article[];
  add(articles: readonly Article[]): void;
  /** Lets go of what stories still to come need not be compared with. */
  settle(now: Instant): void;
  dropBefore(instant: Instant): void;
};

/** One of an article's events. */
export type Mention = Timed & { readonly entry: Entry; readonly index: number };

/** Nothing that comes in is older than this, as a rule; a story spans half of it. */
const SETTLED: number = 90 * DAY;
const ANY = '';

export function newsInMemory(report: (line: string) => void): News {
  const entries = new Map<string, Entry>();
  const feeds = new Map<string, number>();
  const mentions = new Map<string, Timeline<Mention>>();
  const reports = new Map<string, Timeline<Entry>>();
  const stories = createStories((article, story) => {
    const entry = entries.get(article);
    if (entry !== undefined) rename(entry, story);
  });
  let horizon = 0;
  let revision = 0;

  function sift(articles: readonly Article[]): readonly Article[] {
    const coming = new Set<string>();
    const found: Article[] = [];
    for (const article of articles) {
      const at = instantOf(article.published);
      const names = [article.id, ...(article.keys ?? [])];
      if (at === undefined)
        report(`article refused: ${article.id} of ${article.feed}: no instant between 1970 and 9999`);
      if (at === undefined || at < horizon || names.some((name) => entries.has(name) || coming.has(name))) continue;
      for (const name of names) coming.add(name);
      found.push({ ...article, published: at });
    }
    return found;
  }

  function add(articles: readonly Article[]): void {
    for (const article of articles) if (!entries.has(article.id)) file(article);
    revision += 1;
  }

  function file(article: Article): void {
    const { id, published: at, feed, print, events, uncounted } = article;
    const entry = entryOf(article, print === undefined ? null : stories.add({ id, at, print, events }));
    for (const key of entry.keys) if (!entries.has(key)) entries.set(key, entry);
    if (uncounted !== BASELINE) feeds.set(feed, (feeds.get(feed) ?? 0) + 1);
    const networks = new Set(events.map(({ network }) => network ?? ANY));
    if (networks.size > 0) for (const network of networks.add(ANY)) lineOf(reports, network).add(entry);
    for (const [index, { type, network }] of events.entries())
      for (const key of network === null ? [ANY] : [ANY, network])
        lineOf(mentions, keyOf(type, key)).add({ id, at, entry, index });
  }

  function dropBefore(instant: Instant): void {
    // Nothing older came in since, so that only a later horizon finds something.
    if (instant <= horizon) return;
    horizon = instant;
    for (const [key, { id, at, filed }] of entries) {
      if (at >= horizon) continue;
      entries.delete(key);
      if (key === id && filed.uncounted !== BASELINE) forget(feeds, filed.feed);
    }
    for (const line of [...mentions.values(), ...reports.values()]) line.dropBefore(horizon);
    stories.dropBefore(horizon);
    revision += 1;
  }

  function membersOf(id: string): readonly Entry[] {
    const members = stories.members(id).flatMap((article) => entries.get(article) ?? []);
    const alone = entries.get(id);
    return members.length === 0 && alone?.filed.story === id ? [alone] : members;
  }

  return {
    find: (key) => entries.get(key),
    has: (feed) => feeds.has(feed),
    between: (type, network, from, to) => mentions.get(keyOf(type, network ?? ANY))?.between(from, to) ?? [],
    reporting: (network, from, to) => reports.get(network ?? ANY)?.between(from, to) ?? [],
    story: membersOf,
    place: ({ id, published: at, print, events }) =>
      print === undefined ? null : stories.place({ id, at, print, events }),
    revision: () => revision,
    sift,
    add,
    settle: (now) => stories.settleBefore(now - SETTLED),
    dropBefore,
  };
}

function keyOf(type: NewsType, network: string): string {
  return `${type} ${network}`;
}

function lineOf<T extends Timed>(lines: Map<string, Timeline<T>>, key: string): Timeline<T> {
  const line = lines.get(key) ?? timeline<T>();
  lines.set(key, line);
  return line;
}

function forget(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 0) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}
