/** Mentions in memory, by type and network in the order of time, and which of the articles that come in are news. */
import type { Article, NewsEvent, NewsType } from '../core/news.ts';
import type { Instant } from '../core/time.ts';
import { instantOf } from './months.ts';

/** Articles of one instant stand in the order of their ids, whatever order they came in. */
type Mention = { readonly id: string; readonly event: NewsEvent };

export type News = {
  /** Mentions with `from < at <= to`, oldest first; null asks for those of every network and of the market. */
  between(type: NewsType, network: string | null, from: Instant, to: Instant): readonly NewsEvent[];
  /** The articles not known yet. Those that cannot be kept are reported. */
  sift(articles: readonly Article[]): readonly Article[];
  add(articles: readonly Article[]): void;
  dropBefore(instant: Instant): void;
};

export function newsInMemory(report: (line: string) => void): News {
  const published = new Map<string, Instant>();
  const mentions = new Map<string, Mention[]>();
  let horizon = 0;

  function between(type: NewsType, network: string | null, from: Instant, to: Instant): readonly NewsEvent[] {
    const list = mentions.get(keyOf(type, network)) ?? [];
    const first = countWhile(list, (mention) => mention.event.at <= from);
    const end = countWhile(list, (mention) => mention.event.at <= to);
    return list.slice(first, end).map((mention) => mention.event);
  }

  function sift(articles: readonly Article[]): readonly Article[] {
    const coming = new Set<string>();
    const found: Article[] = [];
    for (const article of articles) {
      const at = instantOf(article.published);
      if (at === undefined)
        report(`article refused: ${article.id} of ${article.feed}: no instant between 1970 and 9999`);
      if (at === undefined || at < horizon || published.has(article.id) || coming.has(article.id)) continue;
      coming.add(article.id);
      found.push({ ...article, published: at });
    }
    return found;
  }

  function add(articles: readonly Article[]): void {
    for (const article of articles) {
      if (published.has(article.id)) continue;
      published.set(article.id, article.published);
      for (const mention of article.events) {
        const filed = { id: article.id, event: eventOf(article, mention) };
        for (const key of keysOf(mention.type, mention.network)) {
          const list = mentions.get(key) ?? [];
          mentions.set(key, list);
          insert(list, filed);
        }
      }
    }
  }

  function dropBefore(instant: Instant): void {
    horizon = Math.max(horizon, instant);
    for (const [id, at] of published) if (at < horizon) published.delete(id);
    for (const list of mentions.values())
      list.splice(
        0,
        countWhile(list, ({ event }) => event.at < horizon),
      );
  }

  return { between, sift, add, dropBefore };
}

function keyOf(type: NewsType, network: string | null): string {
  return `${type} ${network ?? ''}`;
}

/** A mention of a network is filed under it and under all. */
function keysOf(type: NewsType, network: string | null): readonly string[] {
  return network === null ? [keyOf(type, null)] : [keyOf(type, null), keyOf(type, network)];
}

function eventOf(article: Article, mention: Article['events'][number]): NewsEvent {
  const { outlet, owner, title, link, published } = article;
  const { type, network, status, because } = mention;
  return { type, network, status, because, at: published, outlet, owner, title, link };
}

function insert(list: Mention[], mention: Mention): void {
  const { id, event } = mention;
  const index = countWhile(
    list,
    (other) => other.event.at < event.at || (other.event.at === event.at && other.id <= id),
  );
  list.splice(index, 0, mention);
}

/** How many at the start of an ordered list satisfy a condition that, once false, stays false. */
function countWhile<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
