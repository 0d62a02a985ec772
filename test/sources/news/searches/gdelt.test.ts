import { expect, test } from 'vitest';
import { answered, search } from './searched.ts';

const hit = (over: object = {}) => ({
  url: 'https://www.coindesk.com/tech/a',
  url_mobile: '',
  title: 'Covenant-72B was trained on a Bittensor subnet',
  seendate: '20260630T101500Z',
  socialimage: '',
  domain: 'coindesk.com',
  language: 'English',
  sourcecountry: 'United States',
  ...over,
});
const body = (...articles: readonly unknown[]): string => JSON.stringify({ articles });

test('it is asked for pages of the last three days, newest first', () => {
  const [request] = search('gdelt', '("a b" OR c) sourcelang:english').requests();
  const url = new URL(request?.url ?? '');
  expect(url.origin + url.pathname).toBe('https://api.gdeltproject.org/api/v2/doc/doc');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    query: '("a b" OR c) sourcelang:english',
    mode: 'ArtList',
    format: 'json',
    sort: 'DateDesc',
    timespan: '3d',
    maxrecords: '100',
  });
});

test('a hit is told by its outlet, at the time it was seen', () => {
  const { articles, dropped } = answered(
    'gdelt',
    body(hit(), hit({ url: 'https://unknown.example/b', title: 'Other' })),
  );
  expect(dropped).toEqual([]);
  expect(articles).toMatchObject([
    { outlet: 'CoinDesk', owner: 'Bullish', trust: 'press', published: Date.UTC(2026, 5, 30, 10, 15), summary: null },
    { outlet: 'unknown.example', owner: 'unknown.example', trust: 'press' },
  ]);
  expect(articles[0]?.events).toMatchObject([{ type: 'lab_training', network: 'bittensor' }]);
});

test('a page seen now whose address is of last year is of last year', () => {
  const [article] = answered('gdelt', body(hit({ url: 'https://coindesk.com/2025/03/14/a' }))).articles;
  expect(article?.uncounted).toBe('says it is of 2026-06-30, and its address of 2025-03-14');
});

test.each([
  ["Nvidia ' s H100 , explained : why ?", "Nvidia's H100, explained: why?"],
  ['GPUs ( and more ) at $ 2 . 50', 'GPUs (and more) at $2. 50'],
  ["It ' s in ' quotes ' here", "It's in ' quotes ' here"],
  ['Plain - and simple', 'Plain - and simple'],
])('the title %j is joined to %j', (title, joined) => {
  expect(answered('gdelt', body(hit({ title }))).articles[0]?.title).toBe(joined);
});

test('backslashes and control characters in one title cost nothing', () => {
  const broken = body(hit({ title: 'A B' }), hit({ url: 'https://coindesk.com/b', title: 'C "D" \\ E' }))
    .replace('A B', 'A \\x \u0007B')
    .replace('C', '\tC');
  expect(() => JSON.parse(broken)).toThrow();
  expect(answered('gdelt', broken).articles.map(({ title }) => title)).toEqual(['A \\x B', 'C "D" \\ E']);
});

test.each([
  [
    'too often',
    'Please limit requests to one every 5 seconds',
    'it answered: Please limit requests to one every 5 seconds',
  ],
  [
    'with a phrase it does not take',
    'The specified phrase is too short.\n',
    'it answered: The specified phrase is too short.',
  ],
  ['and in trouble', '<html><body>502</body></html>', 'the body is an HTML page, not JSON'],
  ['and gives another shape', '{"articles":7}', expect.stringMatching(/^articles: /)],
  ['and gives nothing', '', 'the body is empty'],
])('asked %s, its words are the reason', (_, answer, reason) => {
  expect(answered('gdelt', answer)).toEqual({ samples: [], articles: [], dropped: [{ what: 'found', reason }] });
});

test('no match is an answer', () => {
  expect(answered('gdelt', '{}')).toEqual({ samples: [], articles: [], dropped: [] });
});

test('a broken hit costs that hit, by name', () => {
  const { articles, dropped } = answered(
    'gdelt',
    body(hit({ url: 7 }), hit({ url: 'javascript:alert(1)' }), hit({ seendate: 'lately' }), null),
  );
  expect(articles).toMatchObject([{ uncounted: 'gives no date that can be read (lately)' }]);
  expect(dropped).toEqual([
    { what: 'hit 1', reason: expect.stringMatching(/^url: /) },
    { what: 'hit 2', reason: 'its link is no http(s) address' },
    { what: 'hit 4', reason: expect.stringMatching(/object/) },
  ]);
});
