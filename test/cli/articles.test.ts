/** Articles by the names people give them, with the feeds' own ids, outlets and owners. */
import { describe, expect, it } from 'vitest';
import { articlesOf } from '../../src/cli/articles.ts';
import type { Filed } from '../../src/core/news.ts';
import type { Archive } from '../../src/core/ports.ts';
import { Feeds } from '../../src/core/settings.ts';
import { articleId, keysOf } from '../../src/sources/news/identity.ts';

const { feeds } = Feeds.parse({
  feeds: [
    {
      id: 'the-block',
      url: 'https://www.theblock.co/rss.xml',
      outlet: 'The Block',
      owner: 'Block Media',
      trust: 'press',
    },
    { id: 'akash-blog', url: 'https://akash.network/blog.xml', outlet: 'Akash Blog', owner: 'Akash', trust: 'primary' },
    { id: 'search', search: { on: 'gdelt', for: 'gensyn' } },
  ],
  outlets: [{ outlet: 'Medium: Render', hosts: ['medium.com/render-token'], owner: 'Render', trust: 'primary' }],
});
const LINK = 'https://www.theblock.co/post/1?utm_source=x';

/** An archive that holds one article under its id and its keys. */
function archive(link: string): Archive {
  const marks = { feed: 'the-block', outlet: 'The Block', link, guid: 'g', title: 'A title', summary: null };
  const names = [articleId(marks), ...keysOf(marks)];
  const found = { id: names[0] } as Filed;
  return {
    find: (key) => (names.includes(key) ? found : undefined),
    has: () => true,
    story: () => [found],
    reports: () => [found],
  };
}

const articles = articlesOf({ feeds }, { archive: () => archive(LINK) });
const id = articleId({ feed: 'the-block', link: LINK, guid: 'g', title: 'A title' });

describe('an article', () => {
  it.each([
    id,
    LINK,
    'https://www.theblock.co/post/1',
    'https://www.theblock.co/post/1/',
    'http://theblock.co/post/1#comments',
    'https://m.theblock.co/post/1?utm_medium=rss&fbclid=1',
    'https://www.google.com/url?q=https://www.theblock.co/post/1',
  ])('is found by %s', (text) => {
    expect(articles.find(text)?.id).toBe(id);
  });

  it.each([
    '',
    'https://www.theblock.co/post/2',
    'https://www.theblock.co',
    'not a link',
    'x:y',
    'javascript:1',
    id.slice(1),
  ])('is not found by %j', (text) => {
    expect(articles.find(text)).toBeUndefined();
  });
});

describe('the filing of a link', () => {
  it('is that of a feed that would bring it', () => {
    expect(articles.filing(LINK, {})?.id).toBe(id);
    expect(articles.filing('https://new.example/a', {})?.keys).toEqual(
      keysOf({ feed: 'x', outlet: 'y', link: 'https://new.example/a', guid: undefined, title: '', summary: null }),
    );
  });

  it.each([
    [LINK, undefined, 'The Block', 'Block Media', 'press'],
    ['https://akash.network/blog/a', undefined, 'Akash Blog', 'Akash', 'primary'],
    ['https://medium.com/render-token/a', undefined, 'Medium: Render', 'Render', 'primary'],
    ['https://www.new.example/a', undefined, 'new.example', 'new.example', 'press'],
    ['https://archive.example/a', 'the block', 'The Block', 'Block Media', 'press'],
    ['https://archive.example/a', 'Nobody', 'Nobody', 'Nobody', 'press'],
  ])('%s, told as %s, is of %s', (link, outlet, name, owner, trust) => {
    expect(articles.filing(link, { outlet })).toMatchObject({ outlet: name, owner, trust });
  });

  it('has a fingerprint where a headline is given', () => {
    expect(articles.filing(LINK, {})?.print).toBeUndefined();
    expect(articles.filing(LINK, { title: 'A lab trains a model on Gensyn' })?.print?.terms.length).toBeGreaterThan(0);
  });

  it.each([
    'https://theblock.co',
    'https://www.theblock.co/',
    'http://theblock.co/?utm_source=x',
    'https://theblock.co/#top',
  ])('of the front page %s is none', (link) => {
    expect(articles.filing(link, {})).toBeUndefined();
  });
});
