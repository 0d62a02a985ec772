/** A search that was answered: what its source reads out of a body, and what the articles report. */
import type { Reading } from '../../../../src/core/ports.ts';
import { Feeds, type SearchFeed } from '../../../../src/core/settings.ts';
import { outletsOf } from '../../../../src/sources/news/outlets.ts';
import { readerOf } from '../../../../src/sources/news/reader.ts';
import { searchSource } from '../../../../src/sources/news/searches/search.ts';
import { CLASSIFY, NOW } from '../networks.ts';

type On = SearchFeed['search']['on'];

const TABLE = [
  { outlet: 'CoinDesk', hosts: ['coindesk.com'], owner: 'Bullish', trust: 'press' },
  { outlet: 'MSN', hosts: ['msn.com'], owner: 'Microsoft', trust: 'aggregator' },
];

export function search(on: On, query = 'GPU') {
  const { feeds, outlets } = Feeds.parse({ feeds: [{ id: 'found', search: { on, for: query } }], outlets: TABLE });
  const [feed] = feeds;
  if (feed === undefined || !('search' in feed)) throw new Error('no search');
  return searchSource(feed, outletsOf(feeds, outlets));
}

export function answered(on: On, body: string | Uint8Array): Reading {
  const source = search(on);
  const [request] = source.requests();
  if (request === undefined) throw new Error('no request');
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const reading = source.parse({ bytes, contentType: null, modified: null }, request, NOW);
  return { ...reading, articles: reading.articles.map(readerOf(CLASSIFY)) };
}
