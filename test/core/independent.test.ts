/** Which reports are voices of their own, and why the others are not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corroborate, MARKED } from '../../src/core/independent.ts';
import { NEWS_STATUSES, type NewsEvent, type NewsStatus, PRIMARY_COUNTS, Trust } from '../../src/core/news.ts';

const FACT = (status: NewsStatus): boolean => status === 'done' || status === 'in_progress';

function report(at: number, owner: string, title: string, more: Partial<NewsEvent> = {}): NewsEvent {
  return {
    type: 'lab_training',
    network: 'gensyn',
    status: 'done',
    because: [],
    at,
    outlet: owner,
    owner,
    title,
    link: null,
    ...more,
  };
}

/** The instants of those that count; the instants of the others with the reasons. */
function sorted(events: readonly NewsEvent[], primary: (typeof PRIMARY_COUNTS)[number] = 'with-press') {
  const { counted, leftOut, origin } = corroborate(events, { primary, counts: FACT });
  return {
    counted: counted.map(({ at }) => at),
    leftOut: Object.fromEntries(leftOut.map(({ event, why }) => [event.at, why])),
    origin: origin?.at ?? null,
  };
}

const STORY = 'Gensyn trains a model of 70 billion parameters on home computers in forty countries';
const OTHER = 'Swarm of hobbyists finishes language model, says start-up from London';
const THIRD = 'What it took to teach a machine without a data center';

test.each<[string, NewsEvent[], number[]]>([
  ['two owners, two texts', [report(1, 'A', STORY), report(2, 'B', OTHER)], [1, 2]],
  ['one owner in two cases', [report(1, 'Acme', STORY), report(2, 'ACME ', OTHER)], [1]],
  ['the earliest counts, whatever the order', [report(2, 'B', STORY), report(1, 'A', STORY)], [1]],
  ['an equal title but for case and marks', [report(1, 'A', STORY), report(2, 'B', `“${STORY.toUpperCase()}!”`)], [1]],
  ['a copy with another ending', [report(1, 'A', STORY), report(2, 'B', `${STORY}, report says`)], [1]],
  [
    'a copy with a publisher behind it',
    [report(1, 'A', STORY), report(2, 'B', `${STORY} - The Daily Token News`)],
    [1],
  ],
  [
    'a copy of a text that did not count itself',
    [report(1, 'A', STORY), report(2, 'A', OTHER), report(3, 'B', OTHER)],
    [1],
  ],
  [
    'the own text of an owner who copied before',
    [report(1, 'A', STORY), report(2, 'B', STORY), report(3, 'B', OTHER)],
    [1, 3],
  ],
  ['titles in other scripts', [report(1, 'A', '英伟达 改推 算力 平台'), report(2, 'B', 'Сеть обучила модель')], [1, 2]],
  ['titles without a word', [report(1, 'A', '!!!'), report(2, 'B', '???')], [1, 2]],
  ['nothing', [], []],
])('%s', (_, events, counted) => {
  expect(sorted(events).counted).toEqual(counted);
});

test('each left out says why', () => {
  const events = [
    report(1, 'A', STORY),
    report(2, 'a ', OTHER),
    report(3, 'B', STORY),
    report(4, 'C', THIRD, { status: 'planned' }),
    report(5, 'D', THIRD, { status: 'speculative' }),
    report(6, 'E', THIRD, { status: 'denied' }),
    report(7, 'F', THIRD, { trust: 'social' }),
    report(8, 'G', THIRD, { uncounted: 'about the year 2023' }),
    report(9, 'H', THIRD),
  ];
  expect(sorted(events)).toEqual({
    counted: [1, 9],
    leftOut: {
      2: 'same owner as A',
      3: 'copy of A',
      4: 'plan only',
      5: 'rumour only',
      6: 'denied',
      7: 'a social post',
      8: 'about the year 2023',
    },
    origin: 1,
  });
});

test('a copy of what an admin marked as wrong is as wrong; of what does not count for another reason it is not', () => {
  const copy = report(2, 'B', STORY);
  expect(sorted([report(1, 'A', STORY, { uncounted: MARKED }), copy]).leftOut).toEqual({ 1: MARKED, 2: 'copy of A' });
  expect(sorted([report(1, 'A', STORY, { uncounted: 'no date' }), copy]).counted).toEqual([2]);
  expect(sorted([report(1, 'A', STORY, { trust: 'social' }), copy]).counted).toEqual([2]);
});

test('a mark on a later copy leaves the original its voice, and what copies both copies the original', () => {
  const copy = report(2, 'Spam', STORY, { uncounted: MARKED });
  expect(sorted([report(1, 'Reuters', STORY), copy, report(3, 'C', STORY)])).toEqual({
    counted: [1],
    leftOut: { 2: MARKED, 3: 'copy of Reuters' },
    origin: 1,
  });
});

test('a copy of a marked text is as wrong when the marked one is not asked for', () => {
  const wrong = [report(1, 'Wrong', STORY, { uncounted: MARKED })];
  const how = { primary: 'with-press', counts: FACT, wrong } as const;
  const { counted, leftOut } = corroborate([report(0, 'Before', STORY), report(5, 'Copier', STORY)], how);
  expect(counted.map(({ outlet }) => outlet)).toEqual(['Before']);
  expect(leftOut.map(({ event, why }) => `${event.outlet}: ${why}`)).toEqual(['Copier: copy of Before']);
  const alone = corroborate([report(5, 'Copier', STORY)], how);
  expect(alone.leftOut.map(({ event, why }) => `${event.outlet}: ${why}`)).toEqual(['Copier: copy of Wrong']);
});

test('one owner in other widths of letters and spaces is one', () => {
  expect(sorted([report(1, 'Future US', STORY), report(2, ' Ｆｕｔｕｒｅ \u00a0 us', OTHER)]).counted).toEqual([1]);
});

describe('fingerprints', () => {
  const hashes = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, index) => (from + index) * 1000);
  const printed = (shingles: readonly number[], frame?: readonly number[]): Partial<NewsEvent> => ({
    print: { terms: [], shingles, ...(frame === undefined ? {} : { frame }) },
  });

  test('a text that shares half of its word sequences is a copy under another title', () => {
    const original = report(1, 'A', STORY, printed(hashes(0, 30)));
    expect(sorted([original, report(2, 'B', OTHER, printed(hashes(8, 32)))]).leftOut).toEqual({ 2: 'copy of A' });
    expect(sorted([original, report(2, 'B', OTHER, printed(hashes(16, 46)))]).counted).toEqual([1, 2]);
  });

  test('so is one that shares what is left without its content words', () => {
    const original = report(1, 'A', STORY, printed(hashes(0, 30), hashes(500, 530)));
    const spun = report(2, 'B', OTHER, printed(hashes(100, 130), hashes(505, 530)));
    expect(sorted([original, spun]).leftOut).toEqual({ 2: 'copy of A' });
  });

  test('a few words in common are a phrase', () => {
    const short = printed(hashes(0, 8));
    expect(sorted([report(1, 'A', STORY, short), report(2, 'B', OTHER, short)]).counted).toEqual([1, 2]);
  });
});

describe('aggregators', () => {
  const aggregator = { trust: 'aggregator', story: 's' } as const;

  test('repeat a story that another outlet reports, even dated before it', () => {
    const press = report(2, 'Press', OTHER, { story: 's' });
    expect(sorted([report(1, 'Agg', STORY, aggregator), press])).toEqual({
      counted: [2],
      leftOut: { 1: 'copy of Press' },
      origin: 1,
    });
  });

  test('take no title away from the outlet that wrote it', () => {
    const press = report(2, 'Press', STORY);
    expect(sorted([report(1, 'Agg', STORY, { trust: 'aggregator' }), press]).leftOut).toEqual({ 1: 'copy of Press' });
  });

  test('have a story to themselves when nobody else reports it, the first of them', () => {
    const [first, second] = [report(1, 'Agg', STORY, aggregator), report(2, 'Gator', OTHER, aggregator)];
    expect(sorted([first, second])).toEqual({ counted: [1], leftOut: { 2: 'copy of Agg' }, origin: 1 });
    expect(sorted([first, { ...second, story: 't' }]).counted).toEqual([1, 2]);
  });
});

describe('the word of the project itself', () => {
  const own = report(1, 'Gensyn', STORY, { trust: 'primary' });
  const press = report(2, 'Press', OTHER);

  test('counts with an independent outlet, wherever that stands in time', () => {
    expect(sorted([own, press]).counted).toEqual([1, 2]);
    expect(sorted([{ ...own, at: 3 }, press]).counted).toEqual([2, 3]);
    expect(sorted([own])).toEqual({
      counted: [],
      leftOut: { 1: "the project's own word, no independent outlet yet" },
      origin: 1,
    });
  });

  test('gets support from the same act alone: from its story, or where a story is missing from its network', () => {
    const silent = { 1: "the project's own word, no independent outlet yet" };
    const told = { ...own, story: 's' };
    expect(sorted([told, { ...press, story: 't' }]).leftOut).toEqual(silent);
    expect(sorted([told, { ...press, story: 's' }]).counted).toEqual([1, 2]);
    expect(sorted([told, press]).counted).toEqual([1, 2]);
    expect(sorted([told, { ...press, network: 'akash' }]).leftOut).toEqual(silent);
  });

  test('gets none from an aggregator', () => {
    const digest = { ...press, trust: 'aggregator' } as const;
    expect(sorted([own, digest])).toMatchObject({
      counted: [2],
      leftOut: { 1: "the project's own word, no independent outlet yet" },
    });
  });

  test('gets no support from a copy of it, nor from a post or a plan', () => {
    const release = report(2, 'Wire', STORY);
    const post = report(3, 'X', OTHER, { trust: 'social' });
    const plan = report(4, 'Press', THIRD, { status: 'planned' });
    expect(sorted([own, release, post, plan]).counted).toEqual([]);
    expect(sorted([own, release]).leftOut[2]).toBe('copy of Gensyn');
  });

  test('counts once', () => {
    expect(sorted([own, press, report(3, 'gensyn', THIRD, { trust: 'primary' })])).toMatchObject({
      counted: [1, 2],
      leftOut: { 3: 'same owner as Gensyn' },
    });
  });

  test('gives way to an outlet of the same owner', () => {
    expect(sorted([own, { ...press, owner: 'Gensyn' }]).counted).toEqual([2]);
  });

  test('stands alone, or never counts, where the rule says so', () => {
    expect(sorted([own], 'alone').counted).toEqual([1]);
    expect(sorted([own, press], 'never')).toMatchObject({
      counted: [2],
      leftOut: { 1: "the project's own word" },
    });
  });
});

test('the origin is the oldest report of the first story counted', () => {
  const events = [
    report(0, 'Y', 'Another thing altogether, long ago', { story: 'old', trust: 'social' }),
    report(1, 'Z', 'Somebody means to do it', { story: 's', status: 'planned' }),
    report(2, 'X', THIRD, { story: 's', trust: 'social' }),
    report(3, 'A', STORY, { story: 's' }),
    report(4, 'B', OTHER, { story: 't' }),
  ];
  expect(sorted(events).origin).toBe(2);
  expect(sorted([]).origin).toBeNull();
});

test('of a report without a story the origin is who had its text', () => {
  const post = report(1, 'X', THIRD, { trust: 'social' });
  expect(sorted([post, report(3, 'A', STORY)]).origin).toBe(3);
  expect(sorted([post, { ...post, at: 2, title: STORY }, report(3, 'A', STORY)]).origin).toBe(2);
});

const anyReport = fc
  .record({
    at: fc.nat(5),
    owner: fc.constantFrom('A', 'a', 'B', 'C', 'D'),
    title: fc.constantFrom(STORY, OTHER, `${STORY} today`, THIRD, 'x'),
    status: fc.constantFrom(...NEWS_STATUSES),
    trust: fc.constantFrom(undefined, ...Trust.options),
    story: fc.constantFrom(undefined, 's', 't'),
    uncounted: fc.constantFrom(undefined, undefined, undefined, MARKED, 'no date'),
  })
  .map(({ at, owner, title, status, trust, story, uncounted }) =>
    report(at, owner, title, {
      status,
      ...(trust === undefined ? {} : { trust }),
      ...(story === undefined ? {} : { story }),
      ...(uncounted === undefined ? {} : { uncounted }),
    }),
  );

test('the order of reports never matters, and every report is counted or left out, once', () => {
  fc.assert(
    fc.property(
      fc
        .array(anyReport, { maxLength: 9 })
        .chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
        ),
      fc.constantFrom(...PRIMARY_COUNTS),
      ([list, shuffled], primary) => {
        const how = { primary, counts: FACT };
        const result = corroborate(list, how);
        expect(corroborate(shuffled, how)).toEqual(result);
        expect([...result.counted, ...result.leftOut.map(({ event }) => event)].sort()).toHaveLength(list.length);
        expect(corroborate(result.counted, how).counted).toEqual(result.counted);
      },
    ),
    { seed: 3, numRuns: 2000 },
  );
});
