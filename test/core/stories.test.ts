/** Which articles tell one story, and that the order in which they come never matters. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Print } from '../../src/core/news.ts';
import { profileOf, type StoryItem } from '../../src/core/profile.ts';
import { related } from '../../src/core/related.ts';
import { createStories } from '../../src/core/stories.ts';
import { DAY } from '../../src/core/time.ts';

const T0 = Date.UTC(2026, 0, 1);

function item(
  id: string,
  day: number | null,
  terms: string,
  more: Partial<StoryItem> & Partial<Print> = {},
): StoryItem {
  const { events = [], shingles = [] } = more;
  const print = { terms: terms === '' ? [] : terms.split(' '), shingles };
  return { id, at: day === null ? null : T0 + day * DAY, print, events };
}

function event(type: StoryItem['events'][number]['type'], network: string | null, status = 'done' as const) {
  return { events: [{ type, network, status } as const] };
}

function areRelated(a: StoryItem, b: StoryItem): boolean {
  const [one, other] = [profileOf(a), profileOf(b)];
  expect(related(other, one)).toBe(related(one, other));
  return related(one, other);
}

const RUN = event('lab_training', 'bittensor');
const CRUNCH = event('capacity_crunch', null);
const LIVE = event('new_entrant', 'other:cocoon');
const hashes = (from: number, to: number) => ({
  shingles: Array.from({ length: to - from }, (_, index) => (from + index) * 7),
});

describe('two articles', () => {
  test.each<[string, StoryItem, StoryItem, boolean]>([
    ['of one run share its name', item('a', 0, '@covenant72b', RUN), item('b', 30, '@covenant72b', RUN), true],
    [
      'of one run, one finished and one going on',
      item('a', 0, '@covenant72b #72b', RUN),
      item('b', 3, '#72b', { events: [{ type: 'lab_training', network: 'bittensor', status: 'in_progress' }] }),
      true,
    ],
    [
      'of a fact and a plan',
      item('a', 0, '@cocoon @ton', LIVE),
      item('b', 0, '@cocoon @ton', { events: [{ type: 'new_entrant', network: 'other:cocoon', status: 'planned' }] }),
      false,
    ],
    [
      'with names that differ in their number only',
      item('a', 0, '@intellect1 @prim globally', event('lab_training', 'other:prime-intellect')),
      item('b', 1, '@intellect2 @prim globally', event('lab_training', 'other:prime-intellect')),
      false,
    ],
    ['with models of other sizes', item('a', 0, '@templar #72b', RUN), item('b', 1, '@templar #1.1b', RUN), false],
    ['with a size rounded', item('a', 0, '@templar #72b', RUN), item('b', 1, '@templar #72.7b', RUN), true],
    [
      'of one quarter, once without its year',
      item('a', 0, '@q1 @messari', event('utilization_report', 'akash')),
      item('b', 1, '@q12026 @messari', event('utilization_report', 'akash')),
      true,
    ],
    [
      'of two quarters',
      item('a', 0, '@q4 @messari revenu', event('utilization_report', 'akash')),
      item('b', 1, '@q1 @messari revenu', event('utilization_report', 'akash')),
      false,
    ],
    [
      'of two runs on one network, with nothing but the network in common',
      item('a', 0, '@bittensor @templar', RUN),
      item('b', 1, '@bittensor @macrocosmo', RUN),
      false,
    ],
    [
      'of one start of a project that starts once, in other words',
      item('a', 0, 'queri', LIVE),
      item('b', 1, 'launch', LIVE),
      true,
    ],
    ['of the start and of money for it', item('a', 0, 'queri', LIVE), item('b', 1, '#$50m', LIVE), false],
    ['of one start weeks apart, in other words', item('a', 0, 'queri', LIVE), item('b', 20, 'launch', LIVE), false],
    ['of the market with one name, within days', item('a', 0, '@tsmc', CRUNCH), item('b', 2, '@tsmc', CRUNCH), true],
    ['of the market with one name, a week apart', item('a', 0, '@tsmc', CRUNCH), item('b', 7, '@tsmc', CRUNCH), false],
    [
      'of the market with one name and a word, a week apart',
      item('a', 0, '@tsmc rent', CRUNCH),
      item('b', 7, '@tsmc rent', CRUNCH),
      true,
    ],
    ['of the market with one name, weeks apart', item('a', 0, '@tsmc', CRUNCH), item('b', 20, '@tsmc', CRUNCH), false],
    ['of the market with a famous name only', item('a', 0, '~openai', CRUNCH), item('b', 1, '~openai', CRUNCH), false],
    [
      'of the market with plain words only',
      item('a', 0, 'rent jump precedent memory', CRUNCH),
      item('b', 1, 'rent jump precedent memory', CRUNCH),
      false,
    ],
    [
      'one with an event and one without',
      item('a', 0, '@covenant72b @templar', RUN),
      item('b', 9, '@covenant72b @templar'),
      true,
    ],
    [
      'one with an event, and one without that looks back',
      item('a', 0, '@covenant72b @templar', RUN),
      item('b', 12, '@covenant72b @templar'),
      false,
    ],
    [
      'one with an event, and one without of nobody knows when',
      item('a', 0, '@covenant72b @templar', RUN),
      item('b', null, '@covenant72b @templar'),
      false,
    ],
    [
      'that are one text, though only one has an event',
      item('a', 0, '', { ...RUN, ...hashes(0, 30) }),
      item('b', 1, '', hashes(0, 24)),
      true,
    ],
    ['that share a phrase', item('a', 0, '', hashes(0, 30)), item('b', 1, '', hashes(25, 55)), false],
    ['that are one text, long ago and now', item('a', 0, '', hashes(0, 30)), item('b', 46, '', hashes(0, 30)), false],
    [
      'without events that share a lot',
      item('a', 0, '@acurast @carli @killer', {}),
      item('b', 5, '@acurast @carli @killer', {}),
      true,
    ],
    [
      'without events that share a lot, weeks apart',
      item('a', 0, '@acurast @carli @killer', {}),
      item('b', 12, '@acurast @carli @killer', {}),
      false,
    ],
    [
      'without events that share one name and words',
      item('a', 0, '@acurast phone server owner reward', {}),
      item('b', 0, '@acurast phone server owner reward', {}),
      false,
    ],
    ['without a date', item('a', null, '@covenant72b', RUN), item('b', 500, '@covenant72b', RUN), true],
    [
      'that see a name differently, one as a word',
      item('a', 0, '@templar @gauntlet', RUN),
      item('b', 0, 'templar gauntlet', RUN),
      true,
    ],
    [
      'that give an amount with and without its currency',
      item('a', 0, '#$50m @paradigm', LIVE),
      item('b', 20, '#50m', LIVE),
      true,
    ],
    ['with nothing to compare', item('a', 0, ''), item('b', 0, ''), false],
  ])('%s', (_, a, b, same) => {
    expect(areRelated(a, b)).toBe(same);
  });
});

const anyItem = fc.record({
  day: fc.option(fc.nat(120), { nil: null }),
  terms: fc.uniqueArray(
    fc.constantFrom(
      '@covenant72b',
      '@intellect1',
      '@intellect2',
      '@templar',
      '@tsmc',
      '#48%',
      '#$50m',
      '#72b',
      '#10b',
      '~openai',
      'memory',
      'rent',
    ),
    { maxLength: 6 },
  ),
  events: fc.constantFrom([], [], RUN.events, CRUNCH.events, LIVE.events, [...RUN.events, ...CRUNCH.events]),
  from: fc.constantFrom(0, 4, 20, 100, 200),
});

/** Items with ids by their places. */
const someItems = fc
  .array(anyItem, { maxLength: 14 })
  .map((list) =>
    list.map(({ day, terms, events, from }, n) =>
      item(`i${n}`, day, terms.join(' '), { events, ...hashes(from, from + 20) }),
    ),
  );

/** Each item's story, as `add` and `members` tell it at the end. */
function storiesOf(items: readonly StoryItem[]): Readonly<Record<string, string>> {
  const stories = createStories();
  for (const each of items) stories.add(each);
  return Object.fromEntries(items.map((each) => [each.id, stories.place(each)]));
}

describe('stories', () => {
  it('are the connected components of what is related, in whatever order articles come', () => {
    fc.assert(
      fc.property(
        someItems.chain((items) =>
          fc.tuple(
            fc.constant(items),
            fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length }),
          ),
        ),
        ([items, shuffled]) => {
          const found = storiesOf(items);
          expect(storiesOf(shuffled)).toEqual(found);
          const profiles = items.map(profileOf);
          const names = items.map((_, n) => n);
          for (let changed = true; changed; ) {
            changed = false;
            for (const [i, a] of profiles.entries())
              for (const [j, b] of profiles.entries())
                if (names[i] !== names[j] && i !== j && related(a, b)) {
                  const [low, high] = [
                    Math.min(names[i] as number, names[j] as number),
                    Math.max(names[i] as number, names[j] as number),
                  ];
                  for (const [k, name] of names.entries()) if (name === high) names[k] = low;
                  changed = true;
                }
          }
          for (const [i, a] of items.entries())
            for (const [j, b] of items.entries()) expect(found[a.id] === found[b.id]).toBe(names[i] === names[j]);
        },
      ),
      { seed: 11, numRuns: 1500 },
    );
  });

  it('have the id of their oldest article, and tell who is renamed when an older one comes or two become one', () => {
    const renamed: string[] = [];
    const stories = createStories((article, story) => renamed.push(`${article} ${story}`));
    expect(stories.add(item('c', 2, '@covenant72b', RUN))).toBe('c');
    expect(stories.add(item('d', 3, '@templar #72b', RUN))).toBe('d');
    expect(stories.add(item('x', 3, '@intellect2', RUN))).toBe('x');
    expect(renamed).toEqual([]);
    expect(stories.add(item('a', 1, '@covenant72b @templar #72b', RUN))).toBe('a');
    expect(renamed.toSorted()).toEqual(['c a', 'd a']);
    expect(stories.add(item('b', 1, '@covenant72b', RUN))).toBe('a');
    expect([...stories.members('a')].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect([stories.members('c'), stories.members('none')]).toEqual([[], []]);
    expect(stories.add(item('b', 9, 'another'))).toBe('a');
  });

  it('tell the story that an article fits without filing it', () => {
    const stories = createStories();
    stories.add(item('c', 2, '@covenant72b', RUN));
    expect(stories.place(item('a', 1, '@covenant72b', RUN))).toBe('c');
    expect(stories.place(item('b', 1, '@other', RUN))).toBe('b');
    expect(stories.members('c')).toEqual(['c']);
  });

  it('forget old articles: what stays is renamed, and nothing joins by what is gone', () => {
    const renamed: string[] = [];
    const stories = createStories((article, story) => renamed.push(`${article} ${story}`));
    stories.add(item('a', 0, '@covenant72b', RUN));
    stories.add(item('b', 10, '@covenant72b', RUN));
    stories.add(item('c', 10, '@covenant72b #72b', RUN));
    stories.dropBefore(T0 + 5 * DAY);
    expect(renamed.toSorted()).toEqual(['b b', 'c b']);
    expect([stories.members('a'), [...stories.members('b')].sort()]).toEqual([[], ['b', 'c']]);
    expect(stories.add(item('d', 8, '@covenant72b', RUN))).toBe('d');
    stories.dropBefore(T0 + 9 * DAY);
    expect(stories.add(item('e', 10, '#72b', RUN))).toBe('b');
    stories.dropBefore(T0 + 90 * DAY);
    expect(stories.add(item('f', 91, '@covenant72b', RUN))).toBe('f');
  });

  it('stay as they are once settled', () => {
    const stories = createStories();
    stories.add(item('a', 0, '@covenant72b', RUN));
    stories.add(item('b', 20, '@covenant72b', RUN));
    stories.settleBefore(T0 + 10 * DAY);
    expect([...stories.members('a')].sort()).toEqual(['a', 'b']);
    expect(stories.add(item('c', 5, '@covenant72b', RUN))).toBe('c');
    expect(stories.add(item('d', 21, '@covenant72b', RUN))).toBe('a');
    stories.settleBefore(T0 + 60 * DAY);
    expect(stories.add(item('e', 61, '@covenant72b', RUN))).toBe('e');
  });

  it('look only at the newest of very many articles that share a name', () => {
    const stories = createStories();
    // Each names another thing of one kind, so that no two are related.
    for (let n = 100; n < 300; n++) stories.add(item(`a${n}`, 0, `@tsmc @fab${n}`, CRUNCH));
    expect(stories.add(item('b', 0, '@tsmc', CRUNCH))).toBe('a236');
    expect(stories.members('a236')).toHaveLength(65);
  });
});
