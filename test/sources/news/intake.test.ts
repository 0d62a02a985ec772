/** What is new in a reading, and what of that is news. */
import { describe, expect, it } from 'vitest';
import { MARKED } from '../../../src/core/independent.ts';
import { type Article, BASELINE, type Filed } from '../../../src/core/news.ts';
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
    text: `Text number ${n}, of words enough to tell it from others.`,
    at: NOW - n * 5 * HOUR,
    ...over(n),
  }));

function knowing(kept: readonly Article[], over: Partial<KnownFeed> = {}): KnownFeed {
  const names = new Map(kept.flatMap((article) => [article.id, ...(article.keys ?? [])].map((key) => [key, article])));
  const find = (key: string): Filed | undefined => {
    const article = names.get(key);
    return article === undefined ? undefined : { ...article, story: article.id };
  };
  return { archive: { find }, isFirst: false, lastRead: NOW - FEED.every, every: FEED.every, last: undefined, ...over };
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
    expect(taken).toEqual({ articles: [fresh], dropped: [], noted: [] });
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
    expect(taken).toEqual({ articles: [], dropped: [], noted: [] });
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

describe('a name that is known', () => {
  const [one] = articles(...several(1));
  const [other] = articles({ title: 'Quite another title', path: 'else', guid: 'guid-0' });

  it('as a guid at another address with another title is reused: the item is new, and that is said', () => {
    const taken = intake([other as Article], knowing([one as Article]), NOW);
    expect(taken.articles).toEqual([{ ...other, keys: other?.keys?.filter((key) => !one?.keys?.includes(key)) }]);
    expect(taken.noted).toEqual([
      { what: 'Quite another title', reason: 'its guid is that of an item at another address with another title' },
    ]);
  });

  it('by another feed only, where it does not count, keeps out none that counts', () => {
    const baseline = { ...(one as Article), feed: 'late', uncounted: BASELINE };
    const taken = intake([one as Article], knowing([baseline]), NOW);
    const [copy] = taken.articles;
    expect(taken.articles).toEqual([{ ...one, id: copy?.id, keys: [] }]);
    expect(taken.noted).toEqual([{ what: 'Title 0', reason: 'counts, though late has it as one that does not' }]);
    expect(intake([one as Article], knowing([baseline, copy as Article]), NOW).articles).toEqual([]);
    const third = { ...(one as Article), feed: 'third' };
    expect(intake([third], knowing([baseline, copy as Article]), NOW).articles).toEqual([]);
  });

  it.each([
    ['of the same feed', { uncounted: BASELINE }, {}, {}],
    ['marked as wrong', { feed: 'late', uncounted: MARKED }, {}, {}],
    ['that counts', { feed: 'late' }, {}, {}],
    ['where this one does not count', { feed: 'late', uncounted: BASELINE }, { uncounted: 'gives no date' }, {}],
    ['where this reading is a baseline', { feed: 'late', uncounted: BASELINE }, {}, { isFirst: true }],
  ])('%s keeps it out', (_, kept, given, over) => {
    const known = knowing([{ ...(one as Article), ...kept }], over);
    expect(intake([{ ...(one as Article), ...given }], known, NOW).articles).toEqual([]);
  });
});

describe('a feed that was rebuilt', () => {
  const lastRead = NOW - HOUR;
  const fresh = (count: number, at: (n: number) => number, path = (n: number) => `page/next-${n}`) =>
    articles(...several(count, (n) => ({ at: at(n), path: path(n), guid: `new-${n}`, title: `New ${n}` })));
  const pages = articles(...several(10, (n) => ({ path: `page/slug-${n}`, at: NOW - (n + 1) * 24 * HOUR })));
  const take = (given: readonly Article[], over: Partial<KnownFeed> = {}, kept = pages) =>
    reasons(intake(given, knowing(kept, { lastRead, last: kept, ...over }), NOW).articles);
  const inTheHour = (n: number) => NOW - n * 6 * MINUTE;

  it('is none where ten items come in an hour, at addresses as before: all count', () => {
    expect(take(fresh(10, inTheHour))).toEqual(Array(10).fill(undefined));
  });

  it.each([
    ['dated over a day', fresh(10, (n) => NOW - n * 2 * HOUR), {}],
    ['dated in one minute', fresh(10, () => NOW - MINUTE), {}],
    ['more than it ever held', fresh(20, (n) => NOW - n * 3 * MINUTE), {}],
    ['at addresses of another form', fresh(10, inTheHour, (n) => `2026/new/${n}`), {}],
    ['after hours of failures', fresh(10, () => NOW), { lastRead: NOW - 6 * HOUR + 1 }],
    ['seven in a minute', fresh(7, () => NOW), {}],
    ['after a start, where nothing known is left of it', fresh(10, inTheHour), { last: undefined }],
    ['where nobody knows when it was read', fresh(10, inTheHour), { lastRead: undefined }],
  ])('counts for nothing: %s', (_, given, over) => {
    const why = `the feed was rebuilt: ${given.length} of ${given.length} items are new at once`;
    expect(take(given, over)).toEqual(Array(given.length).fill(why));
  });

  it('counts for nothing: three fifths new, beside known ones', () => {
    const why = 'the feed was rebuilt: 15 of 25 items are new at once';
    expect(take([...fresh(15, () => NOW), ...pages])).toEqual(Array(15).fill(why));
  });

  it.each([
    ['fewer than five items are new', fresh(4, () => NOW), {}],
    ['less than three fifths are new', [...fresh(14, () => NOW), ...pages], {}],
    ['it was not read for hours', fresh(10, () => NOW), { lastRead: NOW - 6 * HOUR }],
    ['eight readings were missed', fresh(10, () => NOW), { lastRead: NOW - 8 * HOUR, every: HOUR }],
    [
      'the items are of many outlets, as a search finds them',
      fresh(10, () => NOW).map((one, n) => ({ ...one, outlet: `O${n % 3}` })),
      {},
    ],
  ])('is none where %s', (_, given, over) => {
    expect(take(given, over).every((why) => why === undefined)).toBe(true);
    expect(take(given, over).length).toBeGreaterThan(3);
  });

  it('is measured after a start against what is known of the reading', () => {
    expect(take([...fresh(10, inTheHour), ...pages.slice(0, 5)], { last: undefined })[0]).toBeUndefined();
  });
});
