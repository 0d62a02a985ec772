/** The same item twice, and two items that only look the same. */
import { expect, test } from 'vitest';
import { articleId, canonicalLink, httpLink } from '../../../src/sources/news/identity.ts';

test.each([
  ['https://A.example/News/?utm_source=rss&utm_medium=x', 'https://a.example/News'],
  ['https://a.example/news#comments', 'https://a.example/news'],
  ['https://a.example/?p=7&fbclid=1&gclid=2&id=3', 'https://a.example?p=7&id=3'],
  ['https://a.example:443/x//', 'https://a.example/x'],
  ['https://a.example/', 'https://a.example'],
])('%s is canonically %s', (link, canonical) => {
  expect(canonicalLink(link)).toBe(canonical);
  expect(canonicalLink(canonical)).toBe(canonical);
});

test.each([
  ['https://a.example/x', 'https://a.example/x'],
  ['/x', 'https://gazette.example/x'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['ftp://a.example/x', null],
  ['https://user:secret@a.example/x', 'https://a.example/x'],
  ['http://[broken', null],
  [`https://a.example/${'x'.repeat(3000)}`, null],
  ['  ', null],
  [undefined, null],
])('%s as a link is %s', (href, link) => {
  expect(httpLink(href, 'https://gazette.example/feed')).toBe(link);
});

const item = { feed: 'a', link: 'https://x.example/1', guid: 'g', title: 't' };

test('a link decides, whatever feed, guid, title and tracking', () => {
  const other = { feed: 'b', link: 'https://X.example/1/?utm_source=b#top', guid: 'h', title: 'u' };
  expect(articleId(other)).toBe(articleId(item));
  expect(articleId({ ...item, link: 'https://x.example/2' })).not.toBe(articleId(item));
  expect(articleId(item)).toMatch(/^[0-9a-f]{24}$/);
});

test('without a link, or with one to the front page, the feed and the guid decide, then the title', () => {
  const bare = { ...item, link: null };
  expect(articleId({ ...bare, title: 'corrected' })).toBe(articleId(bare));
  expect(articleId({ ...bare, feed: 'b' })).not.toBe(articleId(bare));
  expect(articleId({ ...item, link: 'https://x.example/' })).toBe(articleId(bare));
  const titled = { ...bare, guid: undefined };
  expect(articleId({ ...titled, title: 'another' })).not.toBe(articleId(titled));
});
