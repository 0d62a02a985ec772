import { expect, test } from 'vitest';
import { rss } from '../networks.ts';
import { answered, search } from './searched.ts';

const item = (title: string, more = '', n = 1): string =>
  `<item><title>${title}</title><link>https://news.google.com/rss/articles/CBMi${n}?oc=5</link><guid isPermaLink="false">CBMi${n}</guid><pubDate>Tue, 30 Jun 2026 10:00:00 GMT</pubDate><description>&lt;ol&gt;&lt;li&gt;Akash outage reported&lt;/li&gt;&lt;/ol&gt;</description>${more}</item>`;
const source = (url: string, name: string): string => `<source url="${url}">${name}</source>`;

test('it is asked in English', () => {
  const [request] = search('google-news', '"io.net" OR Gensyn when:7d').requests();
  const url = new URL(request?.url ?? '');
  expect(url.origin + url.pathname).toBe('https://news.google.com/rss/search');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    q: '"io.net" OR Gensyn when:7d',
    hl: 'en-US',
    gl: 'US',
    ceid: 'US:en',
  });
});

test('an item is told by its publisher, whose name is cut off the title; the link stays', () => {
  const body = rss(
    item('Subnet 3 is trained - CoinDesk', source('https://www.coindesk.com', 'CoinDesk'), 1),
    item('GPU prices - what now? - The Paper - Online', source('https://paper.example', 'The Paper - Online'), 2),
    item('Copied - MSN', source('https://www.msn.com', 'MSN'), 3),
  );
  const { articles, dropped } = answered('google-news', body);
  expect(dropped).toEqual([]);
  expect(articles).toMatchObject([
    {
      title: 'Subnet 3 is trained',
      outlet: 'CoinDesk',
      owner: 'Bullish',
      trust: 'press',
      link: 'https://news.google.com/rss/articles/CBMi1?oc=5',
      summary: null,
      published: Date.UTC(2026, 5, 30, 10),
    },
    { title: 'GPU prices - what now?', outlet: 'The Paper - Online', owner: 'paper.example', trust: 'press' },
    { title: 'Copied', outlet: 'MSN', owner: 'Microsoft', trust: 'aggregator' },
  ]);
});

test('without a source the end of the title names the publisher; without that nobody stands behind it', () => {
  const body = rss(item('Subnet 3 - is it trained? - CoinDesk', '', 1), item('Subnet 3 is trained', '', 2));
  expect(answered('google-news', body).articles).toMatchObject([
    { title: 'Subnet 3 - is it trained?', outlet: 'CoinDesk', owner: 'Bullish' },
    { title: 'Subnet 3 is trained', outlet: 'Google News', owner: 'Google', trust: 'aggregator' },
  ]);
});

test('a publisher cannot take the name of another one', () => {
  const body = rss(item('Subnet 3 is trained - CoinDesk', source('https://evil.example', 'CoinDesk')));
  expect(answered('google-news', body).articles).toMatchObject([{ outlet: 'evil.example', owner: 'evil.example' }]);
});

test('other outlets in the description are not this item', () => {
  const [article] = answered(
    'google-news',
    rss(item('Akash news - CoinDesk', source('https://coindesk.com', 'CoinDesk'))),
  ).articles;
  expect(article).toMatchObject({ summary: null, events: [] });
});

test('hostile items come out plain, or not at all', () => {
  const body = rss(
    item('<![CDATA[<script>x()</script>Safe\u202E - <b>CoinDesk</b>]]>', source('javascript:alert(1)', 'CoinDesk'), 1),
    item(' - CoinDesk', source('https://coindesk.com', 'CoinDesk'), 2),
    `<item><title>Bare - CoinDesk</title><link>javascript:alert(1)</link></item>`,
  );
  const { articles, dropped } = answered('google-news', body);
  expect(articles).toMatchObject([
    { title: 'Safe', outlet: 'CoinDesk', owner: 'Bullish' },
    { title: '- CoinDesk' },
    { title: 'Bare', link: null, uncounted: 'gives no date' },
  ]);
  expect(dropped).toEqual([]);
});

test.each([
  [
    'a page that asks for consent',
    '<!doctype html><html><body>Before you continue</body></html>',
    'an HTML page, not a feed',
  ],
  ['nothing', '', 'empty body'],
])('%s is dropped with the reason', (_, answer, reason) => {
  expect(answered('google-news', answer)).toEqual({ samples: [], articles: [], dropped: [{ what: 'found', reason }] });
});
