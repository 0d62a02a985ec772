/** A search as a source: one request to a service, and the articles it found, each told by its own outlet. */
import type { Reading, Reply, Source } from '../../../core/ports.ts';
import type { SearchFeed } from '../../../core/settings.ts';
import type { Instant } from '../../../core/time.ts';
import { without } from '../../figures.ts';
import { articlesOf, LARGEST } from '../articles.ts';
import type { Outlets } from '../outlets.ts';
import { gdelt } from './gdelt.ts';
import { googleNews } from './google-news.ts';
import { hackerNews } from './hacker-news.ts';
import type { Service } from './service.ts';

const SERVICES: Readonly<Record<SearchFeed['search']['on'], Service>> = {
  'hacker-news': hackerNews,
  'google-news': googleNews,
  gdelt,
};

/** The source of one search in `feeds.yaml`. Parsing never throws: what is no article is dropped with the reason. */
export function searchSource(feed: SearchFeed, outlets: Outlets): Source {
  const service = SERVICES[feed.search.on];
  return {
    id: feed.id,
    title: `${service.title}: ${feed.search.for}`,
    homepage: service.homepage,
    every: feed.every,
    series: [],
    requests: () => [{ url: service.url(feed.search.for) }],
    parse: (reply, _request, now) => parse(feed, service, outlets, reply, now),
  };
}

function parse({ id }: SearchFeed, service: Service, outlets: Outlets, reply: Reply, now: Instant): Reading {
  if (reply.bytes.length > LARGEST) return without(id, `larger than ${LARGEST / 1024 / 1024} MiB`);
  const { found, dropped } = service.read(reply, id, outlets, now);
  const reading = articlesOf(found, id, now);
  return { ...reading, dropped: [...dropped, ...reading.dropped] };
}
