/** Feeds of every format, and bodies that are none. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toIso } from '../../../src/core/time.ts';
import { feedSource } from '../../../src/sources/news/feed.ts';
import { FEED, NOW, read, rss } from './networks.ts';

const ATOM = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry>
  <title type="html">Fast &amp;amp; &lt;b&gt;cheap&lt;/b&gt;</title><id>tag:1</id><updated>2026-06-30T10:00:00Z</updated>
  <link rel="self" href="https://gazette.example/self"/><link href="/1"/><summary>Words.</summary></entry></feed>`;
const ATOM_03 = `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>G</title><entry><title>Fast &amp; cheap</title>
  <link rel="alternate" href="https://gazette.example/1"/><id>tag:1</id><issued>2026-06-30T10:00:00Z</issued>
  <modified>2026-06-30T10:00:00Z</modified><summary>Words.</summary></entry></feed>`;
const RDF = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>G</title></channel>
  <item rdf:about="https://gazette.example/1"><title>Fast &amp; cheap</title><link>https://gazette.example/1</link>
  <description>Words.</description><dc:date>2026-06-30T12:00:00+02:00</dc:date></item></rdf:RDF>`;
const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'G',
  items: [
    {
      id: '1',
      url: 'https://gazette.example/1',
      title: 'Fast & cheap',
      content_text: 'Words.',
      date_published: '2026-06-30T10:00:00Z',
    },
  ],
});
const RSS = rss(
  '<item><title><![CDATA[Fast &amp; <i>cheap</i>]]></title><link>https://gazette.example/1?utm_source=rss</link><guid isPermaLink="false">7</guid><description>&lt;p&gt;Words.&lt;/p&gt;</description><pubDate>Tue, 30 Jun 2026 10:00:00 GMT</pubDate></item>',
);
const RSS_091 = `<rss version="0.91"><channel><title>G</title><item><title>Fast &amp; cheap</title><link>https://gazette.example/1</link><description>Words.</description><pubDate>30 Jun 26 10:00 GMT</pubDate></item></channel></rss>`;

test.each([
  ['RSS 2.0', RSS],
  ['RSS 0.91', RSS_091],
  ['Atom 1.0', ATOM],
  ['Atom 0.3', ATOM_03],
  ['RDF', RDF],
  ['JSON Feed', JSON_FEED],
  ['RSS after a mark and a blank line', `\uFEFF\n${RSS}`],
])('%s gives the same article', (_, body) => {
  const { articles, dropped, samples } = read(body);
  expect({ dropped, samples }).toEqual({ dropped: [], samples: [] });
  expect(articles).toHaveLength(1);
  const [first] = articles;
  expect(first).toMatchObject({
    feed: 'gazette',
    outlet: 'The Gazette',
    owner: 'Gazette Group',
    trust: 'press',
    events: [],
  });
  expect(first).toMatchObject({ title: 'Fast & cheap', summary: 'Words.', published: Date.UTC(2026, 5, 30, 10) });
  expect(first?.link).toMatch(/^https:\/\/gazette\.example\/1(\?utm_source=rss)?$/);
  expect(first?.id).toBe(read(RSS).articles[0]?.id);
});

test('the source asks for its one URL, and says so where that may be private', () => {
  const source = feedSource(FEED);
  expect(source).toMatchObject({
    id: 'gazette',
    title: 'The Gazette',
    homepage: 'https://gazette.example',
    every: FEED.every,
    series: [],
  });
  expect(source.requests()).toEqual([{ url: FEED.url }]);
  expect(feedSource({ ...FEED, private: true }).requests()).toEqual([{ url: FEED.url, private: true }]);
});

test('events are read out of title and summary', () => {
  const { articles } = read(
    rss(
      '<item><title>Templar is done</title><pubDate>Tue, 30 Jun 2026 10:00:00 GMT</pubDate><description>Covenant-72B, a 72B model, was trained on a Bittensor subnet over the public internet.</description></item>',
    ),
  );
  expect(articles[0]?.events).toMatchObject([{ type: 'lab_training', network: 'bittensor', status: 'done' }]);
});

test.each([
  ['no date', '', 'gives no date'],
  [
    'a date before the web',
    '<pubDate>Thu, 01 Jan 1970 10:00:00 GMT</pubDate>',
    'gives no date that can be believed (1970-01-01)',
  ],
])('what an item with %s reports does not count: nobody knows whether it is news', (_, date, uncounted) => {
  const told = 'Covenant-72B, a 72B model, was trained on a Bittensor subnet over the public internet.';
  const { articles } = read(
    rss(`<item><title>Templar is done</title>${date}<description>${told}</description></item>`),
  );
  expect(articles).toMatchObject([{ published: NOW, uncounted, events: [{ type: 'lab_training' }] }]);
});

test('an item still to come is left out, so that it is new when its day comes', () => {
  expect(read(rss('<item><title>Soon</title><pubDate>Tue, 30 Jun 2099 10:00:00 GMT</pubDate></item>'))).toMatchObject({
    articles: [],
    dropped: [{ what: 'item 1', reason: 'is left out until its date is near (2099-06-30)' }],
  });
});

test('parsing reads no text: that is done later, of what is new', () => {
  const bytes = new TextEncoder().encode(rss('<item><title>Templar trained on a Bittensor subnet</title></item>'));
  const [one] = feedSource(FEED).parse({ bytes, contentType: null, modified: null }, { url: FEED.url }, NOW).articles;
  expect(one).toMatchObject({ events: [] });
  expect(one).not.toHaveProperty('print');
});

test('an item of today at an address of last year is of last year, and does not count', () => {
  const link = '<link>https://gazette.example/2025/03/14/templar-is-done</link>';
  const { articles } = read(
    rss(`<item><title>Templar is done</title>${link}<pubDate>Wed, 01 Jul 2026 10:00:00 GMT</pubDate></item>`),
  );
  expect(articles).toMatchObject([
    {
      published: Date.UTC(2025, 2, 15) - 1,
      uncounted: 'says it is of 2026-07-01, and its address of 2025-03-14',
    },
  ]);
});

test('an item without a title is dropped by name, one without a link is kept', () => {
  const { articles, dropped } = read(
    rss(
      '<item><link>https://gazette.example/2</link></item>',
      '<item><title>&#x200B; </title></item>',
      '<item><title>Bare</title></item>',
    ),
  );
  expect(articles).toMatchObject([{ title: 'Bare', link: null, summary: null, published: NOW }]);
  expect(dropped).toEqual([
    { what: 'https://gazette.example/2', reason: 'no title' },
    { what: 'item 2', reason: 'no title' },
  ]);
});

test('a guid is the link only where it is a whole address and does not say otherwise', () => {
  const links = read(
    rss(
      '<item><title>a</title><guid>https://gazette.example/a</guid></item>',
      '<item><title>b</title><guid isPermaLink="false">https://gazette.example/b</guid></item>',
      '<item><title>c</title><guid>c-17</guid></item>',
      '<item><title>d</title><link>javascript:alert(1)</link></item>',
    ),
  ).articles.map(({ link }) => link);
  expect(links).toEqual(['https://gazette.example/a', null, null, null]);
});

const DATED = '<pubDate>Tue, 30 Jun 2026 10:00:00 GMT</pubDate>';
const item = (title: string, path: string, guid: string, text: string): string =>
  `<item><title>${title}</title><link>https://gazette.example/${path}</link><guid isPermaLink="false">${guid}</guid><description>${text}</description>${DATED}</item>`;

const LONG = 'Words enough that they tell one item from the next one';

test.each([
  ['link', item('Two', '1?utm_source=x', 'h', 'Others.')],
  ['link, by phone', item('Two', 'amp/1?ref=rss', 'h', 'Others.')],
  ['guid', item('Two', '1', 'g', 'Others.')],
  ['text', item('ONE!', '2', 'h', `${LONG}.`)],
])('an item twice in one body, by its %s, is one article', (_, again) => {
  const { articles, dropped } = read(rss(item('One', '1', 'g', LONG), again, item('Three', '3', 'i', 'Third.')));
  expect(articles.map(({ title }) => title)).toEqual(['One', 'Three']);
  expect(dropped).toEqual([{ what: again.includes('Two') ? 'Two' : 'ONE!', reason: 'same item as one before' }]);
});

test('one guid for all items names none of them', () => {
  const { articles, dropped } = read(rss(...[1, 2, 3].map((n) => item(`Item ${n}`, `${n}`, 'feed', `Text ${n}.`))));
  expect({ titles: articles.map(({ title }) => title), dropped }).toEqual({
    titles: ['Item 1', 'Item 2', 'Item 3'],
    dropped: [],
  });
});

test('a date long ago stays', () => {
  const [article] = read(
    rss('<item><title>Old</title><pubDate>Tue, 30 Jun 2009 10:00:00 GMT</pubDate></item>'),
  ).articles;
  expect(toIso(article?.published ?? 0)).toBe('2009-06-30T10:00:00Z');
  expect(article?.uncounted).toBeUndefined();
});

const ENTITIES = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "haha">${'bcdefgh'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefg'[index]};`.repeat(10)}">`)
  .join('')}]><rss version="2.0"><channel><item><title>&h;</title></item></channel></rss>`;

describe('what is no feed is dropped with the reason', () => {
  test.each([
    ['nothing', '', 'empty body'],
    ['blanks', ' \n ', 'empty body'],
    ['a page', '<!DOCTYPE html><html><head><title>Just a moment</title></head></html>', 'an HTML page, not a feed'],
    ['a page after a comment', '<!-- x --><html><body>Hi</body></html>', 'an HTML page, not a feed'],
    [
      'a page of XHTML',
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html><body/></html>',
      'an HTML page, not a feed',
    ],
    ['half a feed', RSS.slice(0, RSS.indexOf('</description>')), /^broken XML/],
    ['other XML', '<opml version="2.0"><body/></opml>', 'not RSS, Atom, RDF or JSON Feed'],
    ['an empty root', '<rss version="2.0"></rss>', 'a feed with nothing in it'],
    [
      'a JSON Feed without a list of items',
      '{"version":"https://jsonfeed.org/version/1.1","title":"Too many requests"}',
      'not RSS, Atom, RDF or JSON Feed',
    ],
    ['other JSON', '{"data":[]}', 'not RSS, Atom, RDF or JSON Feed'],
    ['half JSON', JSON_FEED.slice(0, 80), 'broken JSON'],
    ['words', 'Service unavailable', 'neither XML nor JSON'],
    ['a billion laughs', ENTITIES, 'declares XML entities (<!ENTITY>), refused'],
    ['a deep nest', `<rss version="2.0"><channel>${'<a>'.repeat(100_000)}`, /^broken XML/],
    [
      'a deep nest of JSON',
      `{"version":"https://jsonfeed.org/version/1","items":${'['.repeat(200_000)}`,
      /^broken JSON/,
    ],
  ])('%s', (_, body, reason) => {
    const reading = read(body);
    expect(reading).toMatchObject({ samples: [], articles: [] });
    expect(reading.dropped).toEqual([
      { what: 'gazette', reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) },
    ]);
  });

  test('binary', () => {
    const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 0xff]);
    expect(read(bytes).dropped).toEqual([{ what: 'gazette', reason: 'binary data, not text' }]);
  });
});

test.each([
  ['RSS', rss()],
  ['Atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><id>g</id></feed>'],
  ['JSON Feed', '{"version":"https://jsonfeed.org/version/1.1","title":"G","items":[]}'],
])('a feed of %s without items is a feed: nothing is dropped', (_, body) => {
  expect(read(body)).toEqual({ samples: [], articles: [], dropped: [] });
});

test('an item that writes about an entity declaration is an item', () => {
  const { articles } = read(
    rss(
      '<item><title>On XXE</title><description><![CDATA[Write <!ENTITY x "y"> in a <!DOCTYPE>]]></description></item>',
    ),
  );
  expect(articles).toHaveLength(1);
});

test('a prototype is an element like any other', () => {
  const { articles, dropped } = read(rss('<item><__proto__><title>x</title></__proto__></item>'));
  expect({ articles, dropped }).toEqual({ articles: [], dropped: [{ what: 'item 1', reason: 'no title' }] });
  expect({}).not.toHaveProperty('title');
});

test('undeclared entities stay as they are', () => {
  expect(read(rss('<item><title>&laugh; &nbsp;&rsquo;s</title></item>')).articles[0]?.title).toBe('&laugh; ’s');
});

test.each([
  ['XML', rss('<item><title>x</title><length>60000000</length></item>')],
  [
    'prefixed XML',
    rss('<item><title>x</title><r:length xmlns:r="http://backend.userland.com/rss2">60000000</r:length></item>'),
  ],
  [
    'JSON',
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1',
      title: 'x',
      items: { Length: 1, length: 60_000_000 },
    }),
  ],
])('a length in %s allocates nothing', (_, body) => {
  const start = performance.now();
  expect(read(body).articles.length).toBeLessThanOrEqual(1);
  expect(performance.now() - start).toBeLessThan(1000);
});

test('hostile texts come out plain and short', () => {
  const { articles } = read(
    rss(
      `<item><title>${'x'.repeat(1_000_000)}</title><link>https://gazette.example/1</link></item>`,
      '<item><title><![CDATA[<script>steal()</script>Safe\u202E title]]></title><link>https://gazette.example/2</link><description><![CDATA[<img src=x onerror=alert(1)>Body<iframe>x</iframe>]]></description></item>',
    ),
  );
  expect([...(articles[0]?.title ?? '')]).toHaveLength(300);
  expect(articles[1]).toMatchObject({ title: 'Safe title', summary: 'Body' });
});

test('no more than a thousand items are read', () => {
  const items = Array.from({ length: 1002 }, (_, index) => `<item><title>t${index}</title></item>`);
  const { articles, dropped } = read(rss(...items));
  expect(articles).toHaveLength(1000);
  expect(dropped).toEqual([{ what: '2 items', reason: 'more than 1000 items in one body' }]);
});

test('no body makes parsing throw', () => {
  const pieces = fc.constantFrom(
    '<rss version="2.0">',
    '<channel>',
    '<item>',
    '<title>',
    '</title>',
    '</item>',
    '<feed>',
    '<entry>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '{"items":[',
    '&amp;',
    '<link href="',
    '"/>',
    'x',
    '\u0000',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), fc.uint8Array({ maxLength: 20 }), (parts, tail) => {
      const head = new TextEncoder().encode(parts.join(''));
      const { articles, dropped } = read(Uint8Array.from([...head, ...tail]));
      expect(articles.length + dropped.length).toBeGreaterThanOrEqual(0);
    }),
    { seed: 7, numRuns: 500 },
  );
});
