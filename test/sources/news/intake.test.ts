/** What is new in a reading, and what of that is news. */
import { describe, expect, it } from 'vitest';
import type { Article, Filed } from '../../../src/core/news.ts';

import { HOUR, MINUTE } from '../../../src/core/time.ts';
import { intake, type KnownFeed } from '../../../src/sources/news/intake.ts';
import { FEED, NOW, read, rss } from './networks.ts';

type Written = { title?: string; path?: string; guid?: string; text?: string; at?: number };

/** The articles of a body of these items, the way the feed's source reads them. */
function articles(...items: readonly Written[]): readonly Article[] {
  const written = items.map(({ title = 'A title', path = '1', guid = 'g', text = 'Text.', at = NOW - HOUR }) => {
    const link = `https://gazette.example/${path}`;
    const date = new Date(at).toUTCString();
    return `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">${guid}</guid><description>${text}</description><pubDate>${date}</pubDate></item>`;
  });
  return read(rss(...written)).articles;
}

/** Several items, each different from the others by all that names it. */
const several = (count: number, over: (n: number) => Written = () => ({})): readonly Written[] =>
  Array.from({ length: count }, (_, n) => ({
    title: `Title ${n}`,
    path: `page/${n}`,
    guid: `guid-${n}`,
    text: `Text number ${n}.`,
    at: NOW - n * 5 * HOUR,
    ...over(n),
  }));

function knowing(kept: readonly Article[], over: Partial<KnownFeed> = {}): KnownFeed {
  const names = new Map(kept.flatMap((article) => [article.id, ...(article.keys ?? [])].map((key) => [key, article])));
  const find = (key: string): Filed | undefined => {
    const article = names.get(key);
    return article === undefined ? undefined : { ...article, story: article.id };
  };
  return { archive: { find }, isFirst: false, lastRead: NOW - FEED.every, every: FEED.every, ...over };
}

const reasons = (taken: readonly Article[]) => taken.map(({ uncounted }) => uncounted);

describe('the first reading of a feed', () => {
  it('is its baseline: what it holds is kept and does not count', () => {
    const all = articles(...several(3));
    const { articles: taken, dropped } = intake(all, knowing([], { isFirst: true, lastRead: undefined }), NOW);
    expect(taken.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(reasons(taken)).toEqual(Array(3).fill('was there before the feed was first read'));
    expect(dropped).toEqual([]);
  });

  it('takes nothing that another feed gave before: that counts or not as it is', () => {
    const [known, ...fresh] = articles(...several(3));
    const taken = intake([...fresh, known as Article], knowing([known as Article], { isFirst: true }), NOW).articles;
    expect(taken.map(({ id }) => id)).toEqual(fresh.map(({ id }) => id));
  });
});

describe('a later reading', () => {
  it('gives what is new, which counts', () => {
    const [fresh, ...known] = articles(...several(4));
    const taken = intake([fresh as Article, ...known], knowing(known), NOW);
    expect(taken).toEqual({ articles: [fresh], dropped: [] });
  });

  it('keeps what an article says against itself', () => {
    const [old] = articles({ path: '2025/03/14/a', at: NOW });
    expect(reasons(intake([old as Article], knowing([]), NOW).articles)).toEqual([
      'says it is of 2026-07-01, and its address of 2025-03-14',
    ]);
  });

  it.each([
    ['all guids', (n: number) => ({ guid: `new-${n}` })],
    ['all links', (n: number) => ({ path: `moved/${n}` })],
    ['all titles and texts', (n: number) => ({ title: `Other ${n}`, text: `Others ${n}.` })],
    [
      'the links to their AMP form, and all guids',
      (n: number) => ({ path: `amp/page/${n}?utm_source=x`, guid: `new-${n}` }),
    ],
    ['all dates to now', () => ({ at: NOW })],
    ['all guids, and the dates to now', (n: number) => ({ guid: `new-${n}`, at: NOW - n * MINUTE })],
  ])('gives nothing new where the feed changed %s', (_, over) => {
    const taken = intake(articles(...several(12, over)), knowing(articles(...several(12))), NOW);
    expect(taken).toEqual({ articles: [], dropped: [] });
  });

  it('gives nothing new where the feed changed all links and guids, and says so', () => {
    const moved = several(2, (n) => ({ path: `moved/${n}`, guid: `new-${n}` }));
    const { articles: taken, dropped } = intake(articles(...moved), knowing(articles(...several(2))), NOW);
    expect(taken).toEqual([]);
    expect(dropped).toEqual([
      { what: 'Title 0', reason: 'same title and text as an item known from another address' },
      { what: 'Title 1', reason: 'same title and text as an item known from another address' },
    ]);
  });

  it('knows articles of earlier versions, which have an id only, by it', () => {
    const [article] = articles({});
    const { keys: _, ...old } = article as Article;
    expect(intake(articles({ title: 'Other', text: 'Others.', guid: 'h' }), knowing([old]), NOW).articles).toEqual([]);
  });
});

describe('a feed that was rebuilt', () => {
  const rebuilt = (count: number, at: (n: number) => number, all = count) => [
    ...articles(...several(count, (n) => ({ at: at(n), path: `new/${n}`, guid: `new-${n}`, title: `New ${n}` }))),
    ...articles(...several(all - count)),
  ];
  const take = (given: readonly Article[], over: Partial<KnownFeed> = {}) =>
    reasons(intake(given, knowing(articles(...several(20)), over), NOW).articles);
  const now = (n: number) => NOW - n * MINUTE;
  const lately = (n: number) => NOW - 30 * HOUR - n * MINUTE;

  it.each([
    ['all of it new, dated now', rebuilt(8, now), 8, 8],
    ['all of it new, dated within one hour', rebuilt(8, lately), 8, 8],
    ['most of it new', rebuilt(8, now, 10), 8, 10],
    ['dated an hour around now', rebuilt(8, (n) => NOW + (n % 2 === 0 ? -50 : 50) * MINUTE), 8, 8],
  ])('counts for nothing: %s', (_, given, unknown, all) => {
    const why = `the feed was rebuilt: ${unknown} of ${all} items are new at once`;
    expect(take(given)).toEqual(Array(unknown).fill(why));
    expect(take(given, { lastRead: undefined })).toEqual(Array(unknown).fill(why));
  });

  it.each([
    ['fewer than eight items are new', rebuilt(7, now), {}],
    ['less than four fifths are new', rebuilt(8, now, 11), {}],
    ['they are dated over more than an hour', rebuilt(8, (n) => NOW - n * 10 * MINUTE), {}],
    ['four readings were missed', rebuilt(8, now), { lastRead: NOW - 4 * FEED.every }],
  ])('is no such where %s', (_, given, over) => {
    expect(take(given, over).every((why) => why === undefined)).toBe(true);
    expect(take(given, over).length).toBeGreaterThan(6);
  });

  it('is one where not quite four readings were missed', () => {
    expect(take(rebuilt(8, now), { lastRead: NOW - 4 * FEED.every + 1 })[0]).toContain('rebuilt');
  });
});
