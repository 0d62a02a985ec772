/** A news feed as a source: one request, and the articles read out of the answer. */

import type { Reading, Reply, Source } from '../../core/ports.ts';
import type { PublishedFeed } from '../../core/settings.ts';
import type { Instant } from '../../core/time.ts';
import { without } from '../figures.ts';
import { articlesOf, type Found, LARGEST } from './articles.ts';
import { httpLink } from './identity.ts';
import type { Item } from './reading/item.ts';
import { readFeed, remarksOn } from './reading/read.ts';

/**
 * The source of one feed in `feeds.yaml`. What its articles report is read later, of those that are new.
 * Parsing never throws: a body that is no feed, and an item that is no article, are dropped with the reason.
 */
export function feedSource(feed: PublishedFeed): Source {
  return {
    id: feed.id,
    title: feed.outlet,
    homepage: new URL(feed.url).origin,
    every: feed.every,
    series: [],
    requests: () => [feed.private ? { url: feed.url, private: true } : { url: feed.url }],
    parse: (reply, _request, now) => parse(feed, reply, now),
  };
}

function parse(feed: PublishedFeed, reply: Reply, now: Instant): Reading {
  const read = readFeed(reply.bytes, reply.contentType, LARGEST);
  if (read.kind === 'refused') return without(feed.id, read.reason);
  const found = read.items.map((item) => foundIn(item, feed));
  const reading = articlesOf(found, feed.id, now);
  return { ...reading, dropped: [...remarksOn(read, feed.id), ...reading.dropped] };
}

function foundIn({ title, summary, link, base, guid, dates }: Item, feed: PublishedFeed): Found {
  const { outlet, owner, trust } = feed;
  const absolute = httpLink(link, httpLink(base, feed.url) ?? feed.url);
  return { title, summary, link: absolute, guid, dates, voice: { outlet, owner, trust } };
}
