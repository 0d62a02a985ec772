/** The same item twice, and two items that only look the same. */
import { describe, expect, it, test } from 'vitest';
import { articleId, httpLink, isTextKey, keysOf } from '../../../src/sources/news/identity.ts';

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

const item = {
  feed: 'a',
  outlet: 'The A',
  link: 'https://x.example/1',
  guid: 'g',
  title: 'Subnet 3 is trained',
  summary: 'The run on Bittensor ended on Monday, after two weeks.',
};

/** Whether the second is known once the first is. */
function isSame(one: Partial<typeof item> | object, other: object): boolean {
  const [a, b] = [
    { ...item, ...one },
    { ...item, ...other },
  ];
  const known = new Set([articleId(a), ...keysOf(a)]);
  return [articleId(b), ...keysOf(b)].some((key) => known.has(key));
}

describe('the id', () => {
  it('is of the link, whatever feed, guid, title and tracking', () => {
    const other = { feed: 'b', link: 'https://X.example/1/?utm_source=b#top', guid: 'h', title: 'u' };
    expect(articleId(other)).toBe(articleId(item));
    expect(articleId({ ...item, link: 'https://x.example/2' })).not.toBe(articleId(item));
    expect(articleId(item)).toMatch(/^[0-9a-f]{24}$/);
  });

  it('is of the feed and the guid, then of the title, without a link or with one to the front page', () => {
    const bare = { ...item, link: null };
    expect(articleId({ ...bare, title: 'corrected' })).toBe(articleId(bare));
    expect(articleId({ ...bare, feed: 'b' })).not.toBe(articleId(bare));
    expect(articleId({ ...item, link: 'https://x.example/' })).toBe(articleId(bare));
    const titled = { ...bare, guid: undefined };
    expect(articleId({ ...titled, title: 'another' })).not.toBe(articleId(titled));
  });

  it.each([
    ['https://www.coindesk.com/tech/2026/06/30/a-story/?utm_source=rss', '3198fb14b069d7d23ee6a64d'],
    ['http://m.x.example/a?ref=rss&b=1', '6cff0d45fa2137bf4180e824'],
  ])('of %s stays as it is recorded', (link, id) => {
    expect(articleId({ ...item, link })).toBe(id);
  });
});

describe('an item is the same', () => {
  const other = { link: 'https://x.example/2', guid: 'h', title: 'Something else entirely', summary: 'Other words.' };

  it('by the canonical link, in any feed', () => {
    const link = 'http://m.x.example/1/amp/?ref=rss';
    expect(isSame({}, { ...other, link, feed: 'b', outlet: 'The B' })).toBe(true);
    expect(isSame({}, { ...other, feed: 'b' })).toBe(false);
  });

  it('by the guid, in its feed only, also where it had no link before', () => {
    expect(isSame({}, { ...other, guid: 'g' })).toBe(true);
    expect(isSame({}, { ...other, guid: 'g', feed: 'b' })).toBe(false);
    expect(isSame({ link: null }, { ...other, guid: 'g' })).toBe(true);
  });

  it('by what it says, whatever the quotes, dashes and case, in its feed and outlet only', () => {
    const said = {
      ...other,
      title: '“Subnet 3” – IS trained',
      summary: 'the run on Bittensor — ended on Monday after two weeks',
    };
    expect(isSame({}, said)).toBe(true);
    expect(isSame({}, { ...said, feed: 'b' })).toBe(false);
    expect(isSame({}, { ...said, outlet: 'The B' })).toBe(false);
    expect(isSame({}, { ...said, summary: 'The run on Akash ended on Monday, after two weeks.' })).toBe(false);
  });

  it('by the start of its summary, for feeds cut it anywhere', () => {
    const start = 'One sentence of many words that tells what was trained, on which network, and by whom. '.repeat(2);
    expect(isSame({ summary: `${start} The end.` }, { ...other, title: item.title, summary: `${start}…` })).toBe(true);
  });

  it('by a telling title alone, but not by one that comes every week', () => {
    const telling = { title: 'Covenant-72B was trained over the internet', summary: null };
    expect(isSame(telling, { ...other, ...telling })).toBe(true);
    const weekly = { title: 'Weekly update', summary: null };
    expect(isSame(weekly, { ...other, ...weekly })).toBe(false);
  });

  it('but not by what stands below every item', () => {
    const below = { title: 'Akash outage', summary: 'Read more' };
    expect(isSame(below, { ...other, ...below })).toBe(false);
  });

  it('by the fragment too, where it names a part of the page', () => {
    const part = (fragment: string) => ({ ...other, link: `https://x.example/1#${fragment}`, guid: fragment });
    expect(isSame(part('nov-20'), { ...part('nov-21'), title: 'Another thing of another day' })).toBe(false);
    expect(isSame(part('nov-20'), { ...part('nov-20'), title: 'Another thing of another day', guid: 'z' })).toBe(true);
    expect(isSame({}, { ...part('comments'), feed: 'b' })).toBe(true);
  });

  it('and what only its text tells is told apart', () => {
    expect(keysOf(item).filter(isTextKey)).toHaveLength(1);
    expect(keysOf(item)).not.toContain(articleId(item));
    expect(keysOf({ ...item, link: 'https://x.example/' }).filter((key) => !isTextKey(key))).toEqual([]);
  });
});
