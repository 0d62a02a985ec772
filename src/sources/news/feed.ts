/** A news feed as a source: one request, and the articles read out of the answer. */

import type { Network } from '../../core/ladder.ts';
import type { Article } from '../../core/news.ts';
import type { Dropped, Reading, Reply, Source } from '../../core/ports.ts';
import type { Feed } from '../../core/settings.ts';
import type { Instant } from '../../core/time.ts';
import { decodeBody } from './charset.ts';
import { classify } from './classify.ts';
import { publishedAt } from './dates.ts';
import { articleId, httpLink } from './identity.ts';
import { type Item, readItems } from './items.ts';
import { clip, plain } from './text.ts';

const TITLE_LENGTH = 300;
const SUMMARY_LENGTH = 2000;
/** More items than any feed of news carries; the rest of a longer one is dropped with the reason. */
const MOST_ITEMS = 1000;

/**
 * The source of one feed in `feeds.yaml`. `networks` are those whose names are looked for in the articles.
 * Parsing never throws: a body that is no feed, and an item that is no article, are dropped with the reason.
 */
export function feedSource(feed: Feed, networks: readonly Network[]): Source {
  return {
    id: feed.id,
    title: feed.outlet,
    homepage: new URL(feed.url).origin,
    every: feed.every,
    series: [],
    requests: () => [feed.private ? { url: feed.url, private: true } : { url: feed.url }],
    parse: (reply, _request, now) => parse(feed, networks, reply, now),
  };
}

/** No feed of news comes near it, and parsing more would hold everything else up. */
const LARGEST = 4 * 1024 * 1024;

function parse(feed: Feed, networks: readonly Network[], reply: Reply, now: Instant): Reading {
  if (reply.bytes.length > LARGEST) {
    const reason = `larger than ${LARGEST / 1024 / 1024} MiB`;
    return { samples: [], articles: [], dropped: [{ what: feed.id, reason }] };
  }
  const read = readItems(decodeBody(reply.bytes, reply.contentType));
  if (read.kind === 'refused') return { samples: [], articles: [], dropped: [{ what: feed.id, reason: read.reason }] };
  const articles = new Map<string, Article>();
  const dropped: Dropped[] = [];
  for (const [index, item] of read.items.slice(0, MOST_ITEMS).entries()) {
    const article = articleOf(item, feed, networks, now);
    if (article === undefined) dropped.push({ what: nameOf(item, index), reason: 'no title' });
    else if (articles.has(article.id))
      dropped.push({ what: clip(article.title, 80), reason: 'same item as one before' });
    else articles.set(article.id, article);
  }
  const left = read.items.length - MOST_ITEMS;
  if (left > 0) dropped.push({ what: `${left} items`, reason: `more than ${MOST_ITEMS} items in one body` });
  return { samples: [], articles: [...articles.values()], dropped };
}

function articleOf(item: Item, feed: Feed, networks: readonly Network[], now: Instant): Article | undefined {
  const title = plain(item.title ?? '', TITLE_LENGTH);
  if (title === '') return undefined;
  const summary = plain(item.summary ?? '', SUMMARY_LENGTH) || null;
  const link = httpLink(item.link, httpLink(item.base, feed.url) ?? feed.url);
  const published = publishedAt(item.dates, now);
  return {
    id: articleId({ feed: feed.id, link, guid: item.guid, title }),
    feed: feed.id,
    outlet: feed.outlet,
    owner: feed.owner,
    trust: feed.trust,
    title,
    summary,
    link,
    published: published ?? now,
    // Without a date nobody knows whether it is news: it is kept, and reports nothing.
    events: published === undefined ? [] : classify({ title, summary }, networks),
  };
}

function nameOf(item: Item, index: number): string {
  return clip(item.link ?? item.guid ?? `item ${index + 1}`, 80);
}
