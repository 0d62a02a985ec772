/** How many megabytes of feeds are read a second, against the parser library alone on the same texts. */
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseFeed } from 'feedsmith';
import { LARGEST } from '../dist/sources/news/articles.js';
import { readFeed } from '../dist/sources/news/reading/read.js';
import { articles, shipped } from './articles.js';
import { median } from './record.js';

const ITEMS = 3000;
const ROUNDS = 9;
const LEAST_RATIO = 0.8;

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function rss(list) {
  const items = list.map(
    ({ title, summary }, at) =>
      `<item><title>${escaped(title)}</title><link>https://news.example/${at}</link><guid isPermaLink="false">n-${at}</guid><pubDate>Tue, 30 Jun 2026 10:00:00 GMT</pubDate><description><![CDATA[<p>${summary}</p>]]></description><dc:creator>Staff</dc:creator><category>AI</category></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title><link>https://news.example/</link><description>All</description>${items.join('')}</channel></rss>`;
}

function atom(list) {
  const entries = list.map(
    ({ title, summary }, at) =>
      `<entry><title type="html">${escaped(title)}</title><id>tag:news.example,2026:${at}</id><link rel="alternate" href="https://news.example/${at}"/><updated>2026-06-30T10:00:00Z</updated><summary type="html">${escaped(`<p>${summary}</p>`)}</summary></entry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>tag:news.example,2026:x</id><updated>2026-06-30T10:00:00Z</updated>${entries.join('')}</feed>`;
}

function rate(work, bodies) {
  const size = bodies.reduce((sum, body) => sum + body.length, 0);
  const start = performance.now();
  for (const body of bodies) work(body);
  return size / 1e6 / ((performance.now() - start) / 1000);
}

/** Prints the figures through `print`, a line at a time; gives true where all are within their bounds. */
export async function run(print) {
  const { lexicon } = await shipped();
  const list = articles(ITEMS, lexicon);
  const bodies = [rss(list), atom(list)].map((text) => new TextEncoder().encode(text));
  const own = (body) => {
    const read = readFeed(body, 'application/xml', LARGEST);
    if (read.kind === 'refused' || read.items.length !== ITEMS) throw new Error('the feed was not read');
  };
  const peer = (body) => parseFeed(new TextDecoder().decode(body));
  rate(own, bodies);
  rate(peer, bodies);
  const rounds = Array.from({ length: ROUNDS }, () => ({ own: rate(own, bodies), peer: rate(peer, bodies) }));
  const ratio = median(rounds.map((one) => one.own / one.peer));
  print(
    `  feeds of ${ITEMS} items: ${median(rounds.map((one) => one.own)).toFixed(1)} MB a second, feedsmith alone ${median(rounds.map((one) => one.peer)).toFixed(1)}: ratio ${ratio.toFixed(2)} (at least ${LEAST_RATIO})`,
  );
  return ratio >= LEAST_RATIO;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await run((line) => console.log(line))) ? 0 : 1;
