/** From what a body holds to articles: texts made plain, dates judged, items that are the same named once. */
import type { Article } from '../../core/news.ts';
import type { Dropped, Reading } from '../../core/ports.ts';
import { type Instant, toDay } from '../../core/time.ts';
import { publishedAt } from './dates.ts';
import { articleId, keysOf } from './identity.ts';
import type { Voice } from './outlets.ts';
import { clip, plain } from './reading/text.ts';

/** One item as it was read: its texts may hold markup, its dates are as written. */
export type Found = {
  readonly title: string | undefined;
  readonly summary: string | undefined;
  /** Absolute; null where there is none, or none that is http(s). */
  readonly link: string | null;
  readonly guid: string | undefined;
  /** Best first. */
  readonly dates: readonly (string | undefined)[];
  readonly voice: Voice;
};

/** More than any feed of news carries in one body; the rest of a longer one is dropped with the reason. */
export const MOST_ITEMS = 1000;
/** Larger than any body of news, in bytes; reading more would hold everything else up. */
export const LARGEST = 4 * 1024 * 1024;

const TITLE_LENGTH = 300;
const SUMMARY_LENGTH = 2000;

/**
 * The articles among the items of one body, their texts not read for events yet. What is none, what says the same as an
 * item before it, and what is dated in the future, is dropped with the reason.
 * @param feed the id of the feed or search
 */
export function articlesOf(found: readonly Found[], feed: string, now: Instant): Reading {
  const shared = sharedGuids(found);
  const known = new Set<string>();
  const articles: Article[] = [];
  const dropped: Dropped[] = [];
  for (const [index, item] of found.slice(0, MOST_ITEMS).entries()) {
    const named = shared.has(item.guid) ? { ...item, guid: undefined } : item;
    const article = articleOf(named, feed, now);
    if (typeof article === 'string') {
      dropped.push({ what: nameOf(item, index), reason: article });
      continue;
    }
    const names = [article.id, ...(article.keys ?? [])];
    if (names.some((name) => known.has(name)))
      dropped.push({ what: clip(article.title, 80), reason: 'same item as one before' });
    else articles.push(article);
    for (const name of names) known.add(name);
  }
  const left = found.length - MOST_ITEMS;
  if (left > 0) dropped.push({ what: `${left} items`, reason: `more than ${MOST_ITEMS} items in one body` });
  return { samples: [], articles, dropped };
}

/** The article, or why the item is none. */
function articleOf(item: Found, feed: string, now: Instant): Article | string {
  const title = plain(item.title ?? '', TITLE_LENGTH);
  if (title === '') return 'no title';
  const summary = plain(item.summary ?? '', SUMMARY_LENGTH) || null;
  const { link, guid, voice } = item;
  const published = publishedAt(item.dates, link, now);
  // Kept now it would be known, and old, when its day comes.
  if ('ahead' in published) return `is left out until its date is near (${toDay(published.ahead)})`;
  const { at, doubt } = published;
  const marks = { feed, outlet: voice.outlet, link, guid, title, summary };
  return {
    id: articleId(marks),
    keys: keysOf(marks),
    feed,
    ...voice,
    title,
    summary,
    link,
    published: at,
    events: [],
    ...(doubt === undefined ? {} : { uncounted: doubt }),
  };
}

/** Guids that a feed gives to several pages: they tell its items apart no better than nothing. */
function sharedGuids(found: readonly Found[]): ReadonlySet<string | undefined> {
  const links = new Map<string, string>();
  const shared = new Set<string | undefined>();
  for (const { guid, link } of found) {
    if (guid === undefined || link === null) continue;
    if (links.has(guid) && links.get(guid) !== link) shared.add(guid);
    links.set(guid, link);
  }
  return shared;
}

function nameOf(item: Found, index: number): string {
  return clip(item.link ?? item.guid ?? `item ${index + 1}`, 80);
}
