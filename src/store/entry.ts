/** An article as it is kept in memory: what readers see of it, and the events it is counted by. */
import type { Article, Filed, NewsEvent, NewsMention } from '../core/news.ts';
import type { Timed } from './timeline.ts';

/** `filed` and `events` are replaced as a whole when the article's story gets another id. */
export type Entry = Timed & {
  readonly keys: readonly string[];
  filed: Filed;
  /** In the order of the article's mentions. */
  events: readonly NewsEvent[];
};

/** `story` is null where nothing tells: the article is then a story of its own. */
export function entryOf(article: Article, story: string | null): Entry {
  const { keys = [], print, ...rest } = article;
  const { id, published, events } = rest;
  return {
    id,
    at: published,
    keys: [id, ...keys],
    filed: { ...rest, summary: events.length === 0 ? null : rest.summary, story: story ?? id },
    events: events.map((mention) => eventOf(article, mention, story)),
  };
}

/** Tells of another story. */
export function rename(entry: Entry, story: string): void {
  entry.filed = { ...entry.filed, story };
  entry.events = entry.events.map((event) => ({ ...event, story }));
}

function eventOf(article: Article, mention: NewsMention, story: string | null): NewsEvent {
  const { id, published, outlet, owner, title, link, trust, print, uncounted } = article;
  return {
    ...mention,
    at: published,
    outlet,
    owner,
    title,
    link,
    article: id,
    trust,
    ...(story === null ? {} : { story }),
    ...(print === undefined ? {} : { print }),
    ...(uncounted === undefined ? {} : { uncounted }),
  };
}
