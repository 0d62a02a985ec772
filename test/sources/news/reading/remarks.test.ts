/** What admins are told of a body that was read although something was wrong with it. */
import { expect, test } from 'vitest';
import { read } from '../networks.ts';
import { item, rss } from './feeds.ts';

test('broken XML is said once, and its items are read', () => {
  const body = rss(item('a'), '<item><title>b<link>https://gazette.example/b</link></item>', item('c'));
  const { articles, dropped } = read(body);
  expect(articles.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
  const reason = 'broken XML, read forgivingly: line 1: </item> where <title> was open';
  expect(dropped).toEqual([{ what: 'gazette', reason }]);
});

test('items beyond all measure are counted, and not looked at', () => {
  const { dropped } = read(rss('<item><title>x</title></item>'.repeat(10_003)));
  expect(dropped[0]).toEqual({ what: '3 items', reason: 'too many in one body to be looked at' });
});

test('of a good feed nothing is said', () => {
  expect(read(rss(item('a'))).dropped).toEqual([]);
});

test('an untitled item is an article, titled by how it begins', () => {
  const body = rss('<item><description>&lt;p&gt;Just a note.&lt;/p&gt;</description></item>');
  expect(read(body).articles).toMatchObject([{ title: 'Just a note.', summary: 'Just a note.' }]);
});
