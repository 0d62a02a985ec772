/** feeds.yaml: what is refused of searches and outlets, and what the shipped one says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { judge } from '../../src/config/issues.ts';
import { checkFeeds, refusedAddresses } from '../../src/config/polled.ts';
import { printProblem } from '../../src/config/problem.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import { Feeds, type PublishedFeed, type SearchFeed } from '../../src/core/settings.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { refusedUnlessPrivate } from '../../src/engine/http/refusal.ts';
import { plainHost } from '../../src/sources/news/address.ts';
import { outletsOf } from '../../src/sources/news/outlets.ts';
import { withFolder } from './folder.ts';

/** Every problem with a file of this text. */
function problems(text: string): readonly string[] {
  const parsed = parseYaml('/feeds.yaml', text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ what }) => what).join());
  const { value, problems } = judge(parsed.file, Feeds);
  return [...problems, ...(value === null ? [] : checkFeeds(parsed.file, value))].map((one) => printProblem(one, '/'));
}

const search = (more: string): string => `feeds:\n  - { id: found, search: { on: gdelt, for: GPU }${more} }\n`;
const outlet = (hosts: string, name = 'Paper'): string => `  - { outlet: ${name}, hosts: [${hosts}], trust: press }\n`;

describe('a search', () => {
  it('needs a service and words, and is asked every hour', () => {
    expect(problems(search(''))).toEqual([]);
    const [found] = Feeds.parse(parse(search(''))).feeds;
    expect(found).toEqual({
      id: 'found',
      search: { on: 'gdelt', for: 'GPU' },
      every: HOUR,
      enabled: true,
      outlets: [],
    });
  });

  it.each([
    [
      'feeds: [{ id: a, search: { on: bing, for: GPU } }]',
      /on is "bing"; expected one of hacker-news, google-news, gdelt/,
    ],
    ['feeds: [{ id: a, search: { on: gdelt } }]', /for is missing/],
    [`feeds: [{ id: a, search: { on: gdelt, for: '' } }]`, /for is an empty text; expected at least 2 characters/],
    [
      'feeds: [{ id: a, search: { on: gdelt, for: GPU }, trust: press }]',
      /unknown key "trust"; expected one of id, search, every, enabled/,
    ],
    ['feeds: [{ id: a, outlet: A, owner: A, trust: press }]', /url is missing/],
    [search(', every: 4m'), /every is too short \(4m\); expected between 5m and 7d/],
    [search(', every: 8d'), /every is too long/],
  ])('%s is refused', (text, problem) => {
    expect(problems(text)).toEqual([expect.stringMatching(problem)]);
  });

  it('is no address that could be private', async () => {
    await withFolder({ 'feeds.yaml': search('') }, async (dir) => {
      expect(
        (await refusedAddresses(dir, refusedUnlessPrivate)).filter(({ file }) => file === join(dir, 'feeds.yaml')),
      ).toEqual([]);
    });
  });
});

describe('a feed', () => {
  const feed = (id: string, host = id, more = `outlet: ${id}, owner: ${id}`): string =>
    `  - { id: ${id}, url: 'https://${host}.example/f', ${more}, trust: press }\n`;

  it('is named once by its address, and so is a search', () => {
    expect(problems(`feeds:\n${feed('a')}${feed('b')}`)).toEqual([]);
    expect(problems(`feeds:\n${feed('a')}${feed('b', 'A')}`)).toEqual([
      expect.stringMatching(/^feeds\.yaml:3:\d+: feed address https:\/\/a\.example\/f is taken \(feeds\.yaml line 2\)/),
    ]);
    const again = `  - { id: two, search: { on: gdelt, for: ' GPU' } }\n`;
    expect(problems(search('') + again)).toEqual([expect.stringMatching(/:3:\d+: search gdelt for GPU is taken/)]);
  });

  it('has the owner that its outlet has elsewhere', () => {
    const [one, other] = ['X', 'Y'].map((owner) => `outlet: Paper, owner: ${owner}`);
    expect(problems(`feeds:\n${feed('a', 'a', one)}${feed('b', 'b', other)}`)).toEqual([
      expect.stringMatching(/^feeds\.yaml:3:\d+: Paper is owned by Y here, and by X above; expected one owner/),
    ]);
    expect(problems(`feeds:\n${feed('a', 'a', one)}outlets:\n${outlet('a.example')}`)).toEqual([
      expect.stringMatching(/Paper is owned by Paper here, and by X above/),
    ]);
  });
});

describe('the table of outlets', () => {
  it.each(['coindesk.com', 'a.b.co.uk', 'medium.com/render-token', "'*.substack.com'", 'xn--bcher-kva.example'])(
    'takes the host %s',
    (host) => expect(problems(`outlets:\n${outlet(host)}`)).toEqual([]),
  );

  it.each(['https://coindesk.com', 'coindesk', 'Coindesk.com', 'coindesk.com/', 'a.*.com', 'coindesk.com?a', "''"])(
    'refuses %s',
    (host) =>
      expect(problems(`outlets:\n${outlet(host)}`)).toEqual([expect.stringContaining('expected a host such as')]),
  );

  it('has each host and each name once', () => {
    const text = `outlets:\n${outlet('a.example, b.example')}${outlet('b.example', 'Other')}${outlet('c.example')}`;
    expect(problems(text)).toEqual([
      expect.stringMatching(/^feeds\.yaml:3:\d+: host b\.example is taken \(feeds\.yaml line 2\)/),
      expect.stringMatching(/^feeds\.yaml:4:\d+: outlet Paper is taken \(feeds\.yaml line 2\)/),
    ]);
  });

  it('stands beside each search', () => {
    const { feeds } = Feeds.parse(parse(`${search('')}outlets:\n${outlet('a.example')}`));
    expect(feeds[0]).toMatchObject({ outlets: [{ outlet: 'Paper', hosts: ['a.example'], trust: 'press' }] });
  });
});

describe('the shipped feeds.yaml', () => {
  const { feeds, outlets: table } = Feeds.parse(parse(readFileSync('config/feeds.yaml', 'utf8')));
  const published = feeds.filter((feed): feed is PublishedFeed => 'url' in feed);
  const searches = feeds.filter((feed): feed is SearchFeed => 'search' in feed);

  it('has feeds of every kind, and more than forty that are asked', () => {
    expect(feeds.filter(({ enabled }) => enabled).length).toBeGreaterThan(40);
    expect(new Set(published.map(({ trust }) => trust))).toEqual(new Set(['primary', 'press', 'aggregator', 'social']));
    expect(new Set(searches.map(({ search }) => search.on))).toEqual(new Set(['google-news', 'hacker-news', 'gdelt']));
    expect(table.length).toBeGreaterThan(60);
  });

  it('has no id, address or search twice', () => {
    const unique = (all: readonly string[]) => expect(new Set(all).size).toBe(all.length);
    unique(feeds.map(({ id }) => id));
    unique(published.map(({ url }) => url));
    unique(searches.map(({ search }) => `${search.on} ${search.for}`));
  });

  it('asks GDELT for one thing only: it wants five seconds between two', () => {
    expect(searches.filter(({ search }) => search.on === 'gdelt')).toHaveLength(1);
  });

  it('calls one owner by one name, whether a feed or a search brings the article', () => {
    const known = outletsOf(feeds, table);
    for (const { url, owner } of published) {
      const voice = known.of(`https://${plainHost(new URL(url).hostname)}/2026/a`);
      const isAnybodys = voice.trust === 'social';
      expect(isAnybodys || voice.owner === owner, `${url} is of ${owner}, the table says ${voice.owner}`).toBe(true);
    }
  });

  it.each([
    ['https://www.coindesk.com/a', 'Bullish', 'press'],
    ['https://techcrunch.com/a', 'Regent', 'press'],
    ['https://www.infoworld.com/a', 'Regent', 'press'],
    ['https://www.wired.com/a', 'Condé Nast', 'press'],
    ['https://arstechnica.com/a', 'Condé Nast', 'press'],
    ['https://medium.com/render-token/a', 'Render Network', 'primary'],
    ['https://medium.com/@somebody/a', 'Medium', 'social'],
    ['https://importai.substack.com/p/a', 'Jack Clark', 'press'],
    ['https://somebody.substack.com/p/a', 'somebody.substack.com', 'social'],
    ['https://finance.yahoo.com/a', 'Yahoo', 'aggregator'],
    ['https://www.msn.com/a', 'Microsoft', 'aggregator'],
    ['https://www.binance.com/en/square/post/1', 'Binance', 'social'],
    ['https://www.tradingview.com/news/a', 'TradingView', 'aggregator'],
    ['https://raw.githubusercontent.com/a', 'GitHub', 'social'],
    ['https://akash.network/blog/a', 'Akash Network', 'primary'],
  ])('knows that %s is of %s: %s', (link, owner, trust) => {
    expect(outletsOf(feeds, table).of(link)).toMatchObject({ owner, trust });
  });

  it('asks nothing more often than every quarter of an hour', () => {
    for (const { every } of feeds) expect(every).toBeGreaterThanOrEqual(15 * MINUTE);
  });
});
