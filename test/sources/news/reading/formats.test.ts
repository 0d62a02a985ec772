/** Every format of feed, in full: the same item comes out of each. */
import { describe, expect, test } from 'vitest';
import { given, rss } from './feeds.ts';

const RSS_20 = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Gazette</title>
  <link>https://gazette.example/</link><item><title>Fast &amp;amp; cheap</title><link>https://gazette.example/1</link>
  <guid isPermaLink="false">g-1</guid><description>&lt;p&gt;Words.&lt;/p&gt;</description><dc:creator>Ann</dc:creator>
  <pubDate>Tue, 30 Jun 2026 10:00:00 GMT</pubDate><category>GPU</category><category><![CDATA[Cloud]]></category>
  <source url="https://wire.example/rss">The Wire</source></item></channel></rss>`;
const RSS_091 = `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
  <rss version="0.91"><channel><title>Gazette</title><link>https://gazette.example/</link><item><title>Fast &amp;amp; cheap</title>
  <link>https://gazette.example/1</link><description>&lt;p&gt;Words.&lt;/p&gt;</description></item></channel></rss>`;
const RSS_090 = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
  <channel><title>Gazette</title><link>https://gazette.example/</link></channel><image><title>Logo</title><link>https://logo.example/</link></image>
  <item><title>Fast &amp;amp; cheap</title><link>https://gazette.example/1</link><description>&lt;p&gt;Words.&lt;/p&gt;</description></item></rdf:RDF>`;
const RSS_10 = `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
  <channel r:about="x"><title>Gazette</title><link>https://gazette.example/</link><items><r:Seq><r:li r:resource="z"/></r:Seq></items></channel>
  <item r:about="https://gazette.example/1"><title>Fast &amp;amp; cheap</title><link>https://gazette.example/1</link>
  <description>&lt;p&gt;Words.&lt;/p&gt;</description><d:date>2026-06-30T12:00:00+02:00</d:date><d:creator>Ann</d:creator><d:subject>GPU</d:subject></item></r:RDF>`;
const ATOM_10 = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><link rel="self" href="https://gazette.example/feed"/>
  <link href="https://gazette.example/"/><entry><title type="html">Fast &amp;amp; cheap</title><id>g-1</id>
  <link rel="enclosure" href="https://gazette.example/1.mp3"/><link rel="alternate" type="application/json" href="https://gazette.example/1.json"/>
  <link href="https://gazette.example/1"/><updated>2026-06-30T11:00:00Z</updated><published>2026-06-30T10:00:00Z</published>
  <author><uri>https://ann.example/</uri><name>Ann</name></author><category term="gpu" label="GPU"/><category term="Cloud"/>
  <source><id>w</id><title>The Wire</title></source><summary type="html">&lt;p&gt;Words.&lt;/p&gt;</summary><content>More words.</content></entry></feed>`;
const ATOM_03 = `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Gazette</title><link rel="alternate" href="https://gazette.example/"/>
  <entry><title mode="escaped">Fast &amp;amp; cheap</title><link rel="alternate" type="text/html" href="https://gazette.example/1"/><id>g-1</id>
  <issued>2026-06-30T10:00:00Z</issued><modified>2026-06-30T11:00:00Z</modified><content mode="escaped">&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>`;
const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'Gazette',
  home_page_url: 'https://gazette.example/',
  items: [
    {
      id: 'g-1',
      url: 'https://gazette.example/1',
      title: 'Fast &amp; cheap',
      content_html: '<p>Words.</p>',
      date_published: '2026-06-30T10:00:00Z',
      date_modified: '2026-06-30T11:00:00Z',
      authors: [{ name: 'Ann' }],
      tags: ['GPU', 7, null],
    },
  ],
});

const ITEM = {
  title: 'Fast &amp; cheap',
  summary: '<p>Words.</p>',
  link: 'https://gazette.example/1',
  base: 'https://gazette.example/',
  guid: undefined as string | undefined,
  dates: [] as string[],
  source: undefined as string | undefined,
  sourceUrl: undefined as string | undefined,
  author: undefined as string | undefined,
  categories: [] as string[],
};
const DATES = ['2026-06-30T10:00:00Z', '2026-06-30T11:00:00Z'];

test.each([
  [
    'RSS 2.0',
    RSS_20,
    {
      guid: 'g-1',
      dates: ['Tue, 30 Jun 2026 10:00:00 GMT'],
      source: 'The Wire',
      sourceUrl: 'https://wire.example/rss',
      author: 'Ann',
      categories: ['GPU', 'Cloud'],
    },
  ],
  ['RSS 0.91', RSS_091, {}],
  ['RSS 0.90', RSS_090, {}],
  ['RSS 1.0', RSS_10, { guid: undefined, dates: ['2026-06-30T12:00:00+02:00'], author: 'Ann', categories: ['GPU'] }],
  ['Atom 1.0', ATOM_10, { guid: 'g-1', dates: DATES, source: 'The Wire', author: 'Ann', categories: ['GPU', 'Cloud'] }],
  ['Atom 0.3', ATOM_03, { guid: 'g-1', dates: DATES }],
  ['JSON Feed', JSON_FEED, { guid: 'g-1', dates: DATES, author: 'Ann', categories: ['GPU', '7'] }],
])('%s', (_, body, more) => {
  expect(given(body)).toMatchObject({ reason: null, forgiven: null });
  expect(given(body).items).toEqual([{ ...ITEM, ...more }]);
});

describe('an item in XML', () => {
  const one = (content: string) => given(rss(`<item>${content}</item>`)).items[0];

  test('has the first title that says something, under whichever prefix its namespace has', () => {
    expect(one('<title> </title><title>b</title>')?.title).toBe('b');
    expect(one('<x:title xmlns:x="http://purl.org/dc/elements/1.1/">a</x:title>')?.title).toBe('a');
    expect(one('<dc:title>a</dc:title><title>b</title>')?.title).toBe('b');
    expect(one('<media:title>a</media:title><itunes:title>b</itunes:title><title>c</title>')?.title).toBe('c');
    expect(one('<dc:title xmlns:dc="http://other.example/">a</dc:title><title>c</title>')?.title).toBe('c');
    const other = '<item><dc:title xmlns:dc="http://other.example/">b</dc:title><summary>c</summary></item>';
    expect(given(rss('<item><dc:title>a</dc:title></item>', other)).titles).toEqual(['a', 'c']);
    expect(one('<image><title>a</title></image><title>c</title>')?.title).toBe('c');
  });

  test('has its description before its content, however they are encoded', () => {
    expect(one('<content:encoded>long</content:encoded><description>short</description>')?.summary).toBe('short');
    expect(one('<content:encoded><![CDATA[<b>long</b>]]></content:encoded><description/>')?.summary).toBe(
      '<b>long</b>',
    );
    expect(
      one('<description>a <b>b</b> &lt;i&gt; <!-- c --><![CDATA[&amp;]]> &nbsp;&#x41;</description>')?.summary,
    ).toBe('a <b>b</b> <i> &amp; \u00a0A');
    expect(one('<description><![CDATA[<![CDATA[twice]]]]><![CDATA[>]]></description>')?.summary).toBe('twice');
  });

  test('has the address of its page and no other', () => {
    expect(
      one('<atom:link rel="related" href="https://a.example/"/><link>\n https://b.example/?a=1&amp;copy=2 </link>')
        ?.link,
    ).toBe('https://b.example/?a=1&copy=2');
    expect(one("<atom:link rel='ALTERNATE' href='https://a.example/'/>")?.link).toBe('https://a.example/');
    expect(one('<link/><guid>https://b.example/</guid>')?.link).toBe('https://b.example/');
    expect(one('<guid isPermaLink="False">https://b.example/</guid>')?.link).toBeUndefined();
    expect(
      one('<guid>b-1</guid><enclosure url="https://c.example/"/><comments>https://d.example/</comments>')?.link,
    ).toBe(undefined);
  });

  test('has its own base, else that of the feed', () => {
    expect(given(rss('<item xml:base="https://b.example/"><title>t</title></item>')).items[0]?.base).toBe(
      'https://b.example/',
    );
    const feed = '<feed xml:base="https://c.example/"><link href="/x"/><entry><title>t</title></entry></feed>';
    expect(given(feed).items[0]?.base).toBe('https://c.example/');
  });

  test('has what XHTML holds as markup, its references those of the markup', () => {
    const entry = '<title type="xhtml"><div><b>a</b> &lt;b&gt; &amp;amp;</div></title>';
    expect(given(`<feed><entry>${entry}</entry></feed>`).titles).toEqual(['<div><b>a</b> &lt;b&gt; &amp;amp;</div>']);
  });

  test('with an item in it, is two', () => {
    const body = rss(
      '<item><title>a</title><item><title>b</title></item><item /><link>https://a.example/</link></item>',
    );
    expect(given(body)).toMatchObject({
      titles: ['a', 'b'],
      forgiven: null,
      items: [{ link: 'https://a.example/' }, {}],
    });
  });

  test('with an item deeper inside is one', () => {
    const body = rss('<item><title>a</title><related><item><title>b</title></item></related></item>');
    expect(given(body)).toMatchObject({ titles: ['a'], forgiven: null });
  });

  test('stands in the feed, not in what describes it', () => {
    expect(given(rss(`<description>${'<item><title>a</title></item>'}</description>`)).titles).toEqual([]);
  });

  test('has of an attribute given twice the first', () => {
    expect(one('<link href="https://a.example/" href="https://b.example/"/>')?.link).toBe('https://a.example/');
  });

  test('with nothing in it says nothing', () => {
    expect(given(rss('<item/><item></item><item><title>a</title></item>')).titles).toEqual(['a']);
    expect(given(rss('<item><unknown/></item>')).titles).toEqual([undefined]);
  });
});

test.each([
  ['items without a channel', '<rss version="2.0"><item><title>a</title></item></rss>'],
  ['items one element deeper', '<rss><channel><items><item><title>a</title></item></items></channel></rss>'],
  ['no version', '<rss><channel><item><title>a</title></item></channel></rss>'],
  ['capitals', '<RSS VERSION="2.0"><CHANNEL><ITEM><TITLE>a</TITLE></ITEM></CHANNEL></RSS>'],
  ['a channel alone', '<channel><item><title>a</title></item></channel>'],
  ['prefixes nobody declared', '<a:feed><a:entry><a:title>a</a:title></a:entry></a:feed>'],
  [
    'a namespace of its own',
    '<n:rss xmlns:n="urn:n"><n:channel><n:item><n:title>a</n:title></n:item></n:channel></n:rss>',
  ],
  ['a second declaration', `<?xml version="1.0"?>\n${rss('<item><title>a</title></item>')}`],
  ['blanks before the declaration', `\uFEFF \n\n${rss('<item><title>a</title></item>')}`],
  ['a style sheet with ">" in it', `<?xml-stylesheet href="a>b"?>${rss('<item><title>a</title></item>')}`],
  ['attributes without quotes', '<rss version=2.0><item><title type=html>a</title></item></rss>'],
  ['"<rss>" in a comment first', `<!-- <rss> -->${rss('<item><title>a</title></item>')}`],
])('%s: nothing needs to be forgiven', (_, body) => {
  expect(given(body)).toMatchObject({ titles: ['a'], forgiven: null });
});

describe('JSON', () => {
  const one = (members: object) => given(JSON.stringify({ title: 'G', items: [members] })).items[0];

  test('is read where its members have the wrong types', () => {
    expect(one({ id: 7, title: ['x'], summary: 'Said.', authors: 'Ann', tags: {} })).toMatchObject({
      guid: '7',
      title: 'Said.',
      summary: 'Said.',
      author: undefined,
      categories: [],
    });
    expect(given('{"title":"G","items":[null,1,"x",[]]}').titles).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('has an author of version 1, and a link to elsewhere where it has none of its own', () => {
    expect(one({ author: { name: 'Ann' }, external_url: 'https://a.example/' })).toMatchObject({
      author: 'Ann',
      link: 'https://a.example/',
    });
  });

  test.each([
    ['{"version":"https://jsonfeed.org/version/1"}', 'not RSS, Atom, RDF or JSON Feed'],
    ['{"items":[]}', 'not RSS, Atom, RDF or JSON Feed'],
    ['{"version":"https://jsonfeed.org/version/1","items":{"length":4294967295}}', 'not RSS, Atom, RDF or JSON Feed'],
    ['{"title":"G","items":[', 'broken JSON'],
  ])('%s is refused', (body, reason) => {
    expect(given(body).reason).toBe(reason);
  });
});
