/** The networks the news tests look for, and a feed to read them from. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Network } from '../../../src/core/ladder.ts';
import type { Reading } from '../../../src/core/ports.ts';
import { PublishedFeed } from '../../../src/core/settings.ts';
import { feedSource } from '../../../src/sources/news/feed.ts';
import { createClassifier } from '../../../src/sources/news/lexicon/classifier.ts';
import { Lexicon } from '../../../src/sources/news/lexicon/schema.ts';
import { readerOf } from '../../../src/sources/news/reader.ts';

const rest = { tier: 'watching', reason: 'for the tests' };

export const NETWORKS: readonly Network[] = [
  { id: 'render', name: 'Render', aliases: ['Render Network', 'RNDR'], token: 'RENDER', ...rest },
  { id: 'ionet', name: 'io.net', aliases: ['IO'], token: 'IO', ...rest },
  { id: 'akash', name: 'Akash', aliases: ['Akash Network'], token: 'AKT', ...rest },
  { id: 'bittensor', name: 'Bittensor', aliases: ['TAO'], token: 'TAO', ...rest },
  { id: 'gensyn', name: 'Gensyn', aliases: [], token: 'AI', ...rest },
  { id: 'nexus', name: 'Nexus', aliases: ['Nexus Network', 'Nexus Labs'], token: 'NEX', ...rest },
].map((network) => Network.parse(network));

/** The one that ships. */
export const LEXICON = Lexicon.parse(
  parse(readFileSync(new URL('../../../config/lexicon.yaml', import.meta.url), 'utf8')),
);
export const CLASSIFY = createClassifier(LEXICON, NETWORKS);

export const FEED: PublishedFeed = PublishedFeed.parse({
  id: 'gazette',
  url: 'https://gazette.example/feed.xml',
  outlet: 'The Gazette',
  owner: 'Gazette Group',
  trust: 'press',
});

export const NOW = Date.UTC(2026, 6, 1, 12);

/** What the feed's source reads out of a body, and what its articles report. */
export function read(body: string | Uint8Array, contentType: string | null = null): Reading {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const reading = feedSource(FEED).parse({ bytes, contentType, modified: null }, { url: FEED.url }, NOW);
  return { ...reading, articles: reading.articles.map(readerOf(CLASSIFY)) };
}

/** An RSS feed around items, written as XML. */
export function rss(...items: readonly string[]): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title><link>https://gazette.example/</link>${items.join('')}</channel></rss>`;
}
