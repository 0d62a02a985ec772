/** Broken XML: what can be read is read, what is wrong is said, and what was cut off in the middle is left out. */
import { describe, expect, test } from 'vitest';
import { given, item, rss } from './feeds.ts';

const THREE = rss(item('a'), item('b'), item('c'));

/** What stands in the middle of the three, what is said of it, and what is read of it where that is worth a look. */
const SPOILT: readonly (readonly [string, string, string | RegExp, object])[] = [
  ['an ampersand', item('b', '<description>Q&A & more</description>'), '', { summary: 'Q&A & more' }],
  [
    'entities of HTML',
    item('b', '<description>a&nbsp;b&mdash;c&none;</description>'),
    '',
    { summary: 'a\u00a0b—c&none;' },
  ],
  ['control characters', item('b', '<description>a\u0001\u0000\u000b</description>'), '', { title: 'b' }],
  ['an undeclared prefix', item('b', '<dc:date>2026-06-30</dc:date><x:y/>'), '', { dates: ['2026-06-30'] }],
  ['an attribute twice', '<item a="1" a="2"><title>b</title></item>', '', { title: 'b' }],
  ['"<" before a blank', item('b', '<description>3 < 4</description>'), /"<" that begins no tag/, { summary: '3 < 4' }],
  [
    '"<" before a number',
    '<item><title>below <2 dollars</title></item>',
    /"<" that begins no tag/,
    { title: 'below <2 dollars' },
  ],
  [
    '"<" before a word',
    item('b', '<description>a <b and c</description>'),
    /a tag left open/,
    { summary: 'a <b and c' },
  ],
  [
    'a title left open',
    '<item><title>b<link>https://b.example/</link></item>',
    /<\/item> where <title> was open/,
    { title: 'b', link: 'https://b.example/' },
  ],
  [
    'a description left open',
    '<item><description>b <p>c<guid>g</guid></item>',
    /<\/item> where <p> was open/,
    { summary: 'b <p>c', guid: 'g' },
  ],
  ['an item left open', '<item><title>b</title>', /<\/channel> where <item> was open/, { title: 'b' }],
  [
    'HTML left open',
    item('b', '<description><p>c<br>d</description>'),
    /where <br> was open/,
    { summary: '<p>c<br>d' },
  ],
  [
    'a link of HTML in a description',
    '<item><title>b</title><description><link rel=x><title>c</title><br>d</description></item>',
    /was open/,
    { title: 'b', summary: '<link rel=x><title>c</title><br>d' },
  ],
  ['an unknown element left open', `<item><foo>${item('b').slice(6)}`, /<\/item> where <foo> was open/, { title: 'b' }],
  ['an end without a beginning', item('b', '</p>'), /<\/p> where <item> was open/, { title: 'b' }],
  ['another case at the end', '<item><Title>b</TITLE></item>', /<\/TITLE> where <Title> was open/, { title: 'b' }],
  ['another name at the end', '<item><title>b</title></entry>', /<\/entry> where <item> was open/, { title: 'b' }],
  ['an end tag left open', item('b', '<description>c</description'), /an end tag left open/, { summary: 'c' }],
  [
    'a quote left open',
    '<item><title>b</title><enclosure url="https://b.example/ /></item>',
    /an attribute without its closing quote/,
    { title: 'b' },
  ],
  [
    'a quote left open in a tag left open',
    '<item><enclosure url="https://b.example/\n<title>b</title></item>',
    /an attribute without its closing quote/,
    { title: 'b' },
  ],
  [
    '"<" in an attribute',
    '<item><title>b</title><link href="https://b.example/?a<b"/></item>',
    /an attribute without its closing quote/,
    { link: 'https://b.example/?a<b' },
  ],
  [
    'a CDATA section left open',
    item('b', '<description><![CDATA[c</description>'),
    /a CDATA section left open/,
    { summary: 'c' },
  ],
  [
    'a CDATA section with blanks',
    item('b', '<description><! [cdata [c]] ></description>'),
    /a declaration where none may stand/,
    { summary: 'c' },
  ],
  [
    'an end of a CDATA section too many',
    item('b', '<description><![CDATA[c]]>]]></description>'),
    '',
    { summary: 'c]]>' },
  ],
  [
    'a processing instruction left open',
    item('b', '<?php echo 1'),
    /a processing instruction left open/,
    { title: 'b' },
  ],
  [
    'a source of Atom left open',
    '<entry><source><id>s</id><title>S</title><updated>x</updated><summary>b</summary></entry>',
    /<\/entry> where <source> was open/,
    { title: 'b', summary: 'b', source: 'S' },
  ],
];

describe('in one item', () => {
  test.each(SPOILT)('%s', (_, spoilt, forgiven, read) => {
    const got = given(rss(item('a'), spoilt, item('c')));
    expect(got.forgiven ?? '').toMatch(forgiven === '' ? /^$/ : forgiven);
    expect(got.items).toMatchObject([{ title: 'a' }, read, { title: 'c', link: 'https://gazette.example/c' }]);
  });
});

test.each([
  ['text before it', `Warning: too many connections\n${THREE}`, 'line 1: text before the first element'],
  ['HTML before it', `<br />\n<b>Warning</b>: no\n${THREE}`, 'line 2: a second root element, b'],
  ['a page around it', `<html><body><p>${THREE}</body></html>`, 'line 1: </body> where <p> was open'],
  ['HTML behind it', `${THREE}\n\n<script>x</script>`, 'line 3: a second root element, script'],
  ['two roots', `${rss(item('a'), item('b'))}${rss(item('c'))}`, 'line 1: a second root element, rss'],
  ['an item behind the end', `${rss(item('a'), item('b'))}${item('c')}`, 'line 1: a second root element, item'],
  ['items alone', item('a') + item('b') + item('c'), 'line 1: a second root element, item'],
  ['a declaration left open', THREE.replace('?>', '>'), 'line 1: a processing instruction left open'],
  [
    'a declaration left open before one that is not',
    `${THREE.replace('?>', '>')}<?x?>`,
    'line 1: a processing instruction left open',
  ],
  ['a document type left open', `<!DOCTYPE rss [<!ELEMENT a>${THREE}`, 'line 1: a document type left open'],
  ['a comment left open', THREE.replace('<item>', '<!-- <item>'), 'line 1: a comment left open'],
  [
    'an item cut off where another feed begins',
    `${rss(item('a'), item('b')).replace('</channel></rss>', '<item><title>x')}${rss(item('c'))}`,
    'line 1: ends inside <title>',
  ],
])('%s', (_, body, forgiven) => {
  expect(given(body)).toMatchObject({ titles: ['a', 'b', 'c'], forgiven });
});

test('of a body that was cut off, the items before the cut are whole, and none is half a one', () => {
  for (let length = THREE.indexOf('<item>'); length < THREE.length; length += 1) {
    const { items, forgiven, reason } = given(THREE.slice(0, length));
    const whole = THREE.slice(0, length).split('</item').length - 1;
    expect(items.map(({ title, link }) => [title, link])).toEqual(
      ['a', 'b', 'c'].slice(0, whole).map((title) => [title, `https://gazette.example/${title}`]),
    );
    expect(reason ?? forgiven).toMatch(whole === 0 ? /^broken XML: line 1: / : /^line 1: /);
  }
});

test('a CDATA section that ends in the next item takes nothing of it along', () => {
  const open = item('a', '<description><![CDATA[never closed</description>');
  const got = given(rss(open, item('b', '<description><![CDATA[closed]]></description>')));
  expect(got).toMatchObject({
    items: [
      { title: 'a', summary: 'never closed' },
      { title: 'b', summary: 'closed' },
    ],
  });
  expect(got.forgiven).toBe('line 1: a CDATA section left open');
});

test('a CDATA section may write of CDATA sections and of items', () => {
  const about = '<description><![CDATA[Write <item> and </item>, or &lt;![CDATA[ for short]]></description>';
  expect(given(rss(item('a', about), item('b')))).toMatchObject({ titles: ['a', 'b'], forgiven: null });
});

test('the line of what is wrong is told, and names are told short and plain', () => {
  const name = `b${'\u202e'.repeat(5)}${'x'.repeat(100)}`;
  expect(given(rss('\n\n', `<item><title>a</title><${name}></item>`)).forgiven).toBe(
    `line 3: </item> where <b${'x'.repeat(38)}…> was open`,
  );
});

describe('what is no feed is refused', () => {
  test.each([
    ['', 'empty body'],
    [' \n ', 'empty body'],
    ['Service unavailable', 'neither XML nor JSON'],
    ['Service <b>unavailable</b>', 'neither XML nor JSON'],
    ['[{"title":"x"}]', 'neither XML nor JSON'],
    ['\u0089PNG\u0000\u0000', 'binary data, not text'],
    ['<!DOCTYPE html><title>Just a moment</title>', 'an HTML page, not a feed'],
    ['<html><body><item>x</item><svg><rdf:RDF/></svg></body></html>', 'an HTML page, not a feed'],
    ['<head><title>Moved</title></head><body><h1>Moved</h1></body>', 'an HTML page, not a feed'],
    ['<opml version="2.0"><body><item><title>x</title></item></body></opml>', 'not RSS, Atom, RDF or JSON Feed'],
    ['<opml><br><item><title>x</title></item></opml>', 'not RSS, Atom, RDF or JSON Feed'],
    ['<urlset><url><item></url></urlset>', 'not RSS, Atom, RDF or JSON Feed'],
    ['<rss version="2.0"></rss>', 'a feed with nothing in it'],
    ['<feed xmlns="http://www.w3.org/2005/Atom"/>', 'a feed with nothing in it'],
    ['<rss><channel><item><title>x</tit', 'broken XML: line 1: an end tag left open'],
  ])('%s', (body, reason) => {
    expect(given(body).reason).toBe(reason);
  });

  test('but a feed without items is one', () => {
    expect(given(rss())).toMatchObject({ items: [], reason: null });
    expect(given('<feed><id>g</id></feed>')).toMatchObject({ items: [], reason: null });
  });
});
