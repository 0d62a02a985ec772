import { expect, test } from 'vitest';
import { answered, search } from './searched.ts';

const hit = (over: object = {}) => ({
  objectID: '4021',
  title: 'Covenant-72B was trained on a Bittensor subnet',
  url: 'https://www.coindesk.com/tech/a?utm_source=hn',
  story_text: null,
  author: 'somebody',
  points: 12,
  num_comments: 3,
  created_at: '2026-06-30T10:00:00Z',
  created_at_i: 1782813600,
  _tags: ['story', 'author_somebody', 'story_4021'],
  ...over,
});
const body = (...hits: readonly unknown[]): string =>
  JSON.stringify({ hits, nbHits: hits.length, page: 0, nbPages: 1, hitsPerPage: 100 });

test('it is asked for stories, newest first', () => {
  const source = search('hacker-news', '"decentralized training" & more');
  expect(source).toMatchObject({
    id: 'found',
    title: 'Hacker News: "decentralized training" & more',
    homepage: 'https://news.ycombinator.com',
    every: 3_600_000,
    series: [],
  });
  const [request] = source.requests();
  const url = new URL(request?.url ?? '');
  expect(url.origin + url.pathname).toBe('https://hn.algolia.com/api/v1/search_by_date');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    query: '"decentralized training" & more',
    tags: 'story',
    hitsPerPage: '100',
  });
});

test('a hit is told by the outlet it links to', () => {
  const { articles, dropped } = answered('hacker-news', body(hit()));
  expect(dropped).toEqual([]);
  expect(articles).toMatchObject([
    {
      feed: 'found',
      outlet: 'CoinDesk',
      owner: 'Bullish',
      trust: 'press',
      title: 'Covenant-72B was trained on a Bittensor subnet',
      summary: null,
      link: 'https://www.coindesk.com/tech/a?utm_source=hn',
      published: Date.UTC(2026, 5, 30, 10),
    },
  ]);
});

test('an outlet that nobody lists owns itself', () => {
  const [article] = answered('hacker-news', body(hit({ url: 'https://www.unknown.example/a' }))).articles;
  expect(article).toMatchObject({ outlet: 'unknown.example', owner: 'unknown.example', trust: 'press' });
});

test.each([null, '', undefined])('a text without a link (%j) is a post there', (url) => {
  const text = hit({ url, title: 'Ask HN: GPUs?', story_text: '<p>Akash &amp; others' });
  expect(answered('hacker-news', body(text)).articles).toMatchObject([
    {
      outlet: 'Hacker News',
      owner: 'Hacker News',
      trust: 'social',
      summary: 'Akash & others',
      link: 'https://news.ycombinator.com/item?id=4021',
    },
  ]);
});

test('a broken hit costs that hit, by name', () => {
  const { articles, dropped } = answered(
    'hacker-news',
    body(
      hit({ title: null }),
      'a hit',
      hit({ objectID: '../../etc' }),
      hit({ url: 'javascript:alert(1)' }),
      hit({ title: ' ' }),
      hit({ objectID: '4022', url: 'https://coindesk.com/b', title: 'b'.repeat(1_000_000) }),
    ),
  );
  expect(articles.map(({ title }) => title.length)).toEqual([300]);
  expect(dropped).toEqual([
    { what: 'hit 1', reason: expect.stringMatching(/^title: /) },
    { what: 'hit 2', reason: expect.stringMatching(/object/) },
    { what: 'hit 3', reason: expect.stringMatching(/^objectID: /) },
    { what: 'hit 4', reason: 'its link is no http(s) address' },
    { what: 'https://www.coindesk.com/tech/a?utm_source=hn', reason: 'no title' },
  ]);
});

test('a page of an earlier year is none of now', () => {
  const { articles, dropped } = answered(
    'hacker-news',
    body(hit({ title: 'Gensyn (2022)' }), hit({ title: 'Gensyn [2021]' }), hit({ title: 'Gensyn (2026)' })),
  );
  expect(articles.map(({ title }) => title)).toEqual(['Gensyn (2026)']);
  expect(dropped.map(({ reason }) => reason)).toEqual(['is of 2022 by its title', 'is of 2021 by its title']);
});

test.each([
  ['an HTML page', '<!doctype html><title>Down</title>', 'the body is an HTML page, not JSON'],
  ['half an answer', body(hit()).slice(0, 100), 'the body is broken JSON, perhaps cut short'],
  ['another shape', '{"message":"no"}', expect.stringMatching(/^hits: /)],
  ['nothing', '', 'the body is empty'],
  ['too much', new Uint8Array(4 * 1024 * 1024 + 1), 'larger than 4 MiB'],
])('%s is dropped with the reason', (_, answer, reason) => {
  expect(answered('hacker-news', answer)).toEqual({ samples: [], articles: [], dropped: [{ what: 'found', reason }] });
});

test('no more than a thousand hits are read', () => {
  const hits = Array.from({ length: 1002 }, (_, n) =>
    hit({ objectID: `${n}`, url: `https://coindesk.com/${n}`, title: `Story number ${n} of many` }),
  );
  const { articles, dropped } = answered('hacker-news', body(...hits));
  expect(articles).toHaveLength(1000);
  expect(dropped).toEqual([{ what: '2 hits', reason: 'more than 1000 hits in one body' }]);
});

test('one text at two outlets is two articles', () => {
  const hits = [hit(), hit({ objectID: '4022', url: 'https://www.msn.com/a' })];
  expect(answered('hacker-news', body(...hits)).articles.map(({ owner }) => owner)).toEqual(['Bullish', 'Microsoft']);
});
