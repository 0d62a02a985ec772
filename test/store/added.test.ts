/** What admins add beside what feeds bring: one article of both, whichever came first, and stories as of any other report. */
import { describe, expect, it } from 'vitest';
import { corroborate, MARKED } from '../../src/core/independent.ts';
import type { Article } from '../../src/core/news.ts';
import type { Store } from '../../src/core/ports.ts';
import { DAY } from '../../src/core/time.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { added, article, marked, NOW, printed, unmarked } from './facts.ts';

const RUN = ['@covenant72b', '@templar', '#72b', 'permissionless'];
const USAGE = { type: 'utilization_report', network: 'akash', status: 'done', because: ['48%'] } as const;

function told(store: Store, type: 'lab_training' | 'utilization_report' = 'lab_training') {
  return store.evidence().news(type, 'akash', 0, NOW + 9 * DAY);
}

function counted(store: Store): readonly (string | undefined)[] {
  const how = { primary: 'with-press', counts: () => true } as const;
  return corroborate(told(store), how).counted.map((event) => event.article);
}

/** The same steps in each order, each with a store of its own. */
async function inBothOrders(feed: Article, byHand: Article, look: (store: Store) => void): Promise<void> {
  for (const first of ['feed', 'addition']) {
    const store = memoryStore();
    if (first === 'feed') await store.observe([], [feed]);
    await store.commit([added(byHand)]);
    if (first === 'addition') await store.observe([], [feed]);
    look(store);
    await store.close();
  }
}

describe('an article that a feed brings and an admin adds', () => {
  const feed = {
    ...article('feed', 1),
    ...printed(RUN, [1, 2, 3]),
    keys: ['link'],
    title: 'Its headline',
    events: [USAGE],
  };
  const byHand = { ...article('by-hand', 0), keys: ['link'], title: 'https://example.org', feed: 'admin' };

  it('is the feed’s, with what was added', async () => {
    await inBothOrders(feed, byHand, (store) => {
      const [event] = told(store);
      expect(event).toMatchObject({ article: 'by-hand', title: 'Its headline', at: feed.published, print: feed.print });
      expect(event).toMatchObject({ outlet: feed.outlet, story: 'feed' });
      expect(told(store, 'utilization_report')).toMatchObject([{ article: 'by-hand', title: 'Its headline' }]);
      expect(store.archive().find('feed')).toEqual(store.archive().find('by-hand'));
      expect(store.archive().reports('akash', 0)).toHaveLength(1);
    });
  });

  it('reports an event once, as the admin said it', async () => {
    const planned = article('p', 0, { status: 'planned' }).events;
    await inBothOrders({ ...feed, events: [USAGE, ...planned] }, byHand, (store) =>
      expect(told(store).map(({ status }) => status)).toEqual(['done']),
    );
  });

  it('counts where the feed’s does not, with what was added alone and as of the date that was given', async () => {
    const doubted = { ...feed, uncounted: 'was there before' };
    const at = (published: number) => ({ ...byHand, published });
    await inBothOrders(doubted, at(NOW - DAY), (store) => {
      expect(told(store)).toMatchObject([{ at: NOW - DAY, title: 'Its headline' }]);
      expect(told(store)[0]?.uncounted).toBeUndefined();
      expect(told(store, 'utilization_report')).toEqual([]);
    });
    await inBothOrders(doubted, at(NOW), (store) => expect(told(store)[0]?.at).toBe(feed.published));
  });

  it('is marked by either name, and what was added goes with undo', async () => {
    await inBothOrders(feed, byHand, (store) => expect(store.evidence().wrong?.('lab_training', 'akash')).toEqual([]));
    const store = memoryStore();
    await store.observe([], [feed]);
    await store.commit([added(byHand), marked('feed')]);
    expect(told(store)).toMatchObject([{ uncounted: MARKED }]);
    expect(store.evidence().wrong?.('lab_training', 'akash')).toEqual(told(store));
    await store.commit([unmarked('feed'), unmarked('by-hand')]);
    expect([told(store), told(store, 'utilization_report')]).toMatchObject([[], [{ article: 'feed' }]]);
    await store.close();
  });

  it('has what each of two additions says', async () => {
    const store = memoryStore();
    const more = article('more', 0, { type: 'reliability_incident' }).events;
    await store.commit([added(byHand), added({ ...byHand, id: 'again', events: more })]);
    await store.observe([], [feed]);
    expect(
      store
        .archive()
        .find('feed')
        ?.events.map(({ type }) => type),
    ).toEqual(['utilization_report', ...['reliability_incident', 'lab_training']]);
    expect(store.archive().find('again')).toEqual(store.archive().find('by-hand'));
    await store.close();
  });
});

describe('stories of what was added', () => {
  const press = { ...article('press', 1), ...printed(RUN), owner: 'A' };
  const digest = { ...article('digest', 0), ...printed(RUN), owner: 'B', trust: 'aggregator' } as const;

  it('count the same as those that feeds bring', async () => {
    const steps = [
      (store: Store) => store.observe([], [press, digest]),
      (store: Store) => store.commit([added(press), added(digest)]),
      (store: Store) => store.commit([added(digest), added(press)]),
    ];
    for (const step of steps) {
      const store = memoryStore();
      await step(store);
      expect(told(store).map(({ story }) => story)).toEqual(['digest', 'digest']);
      expect(counted(store)).toEqual(['press']);
      expect(store.archive().story('digest')).toHaveLength(2);
      await store.close();
    }
  });

  it('are one with recorded ones that they lie between, until taken back', async () => {
    const store = memoryStore();
    const early = { ...press, id: 'early', published: NOW - 40 * DAY };
    const late = { ...press, id: 'late', published: NOW + 60 * DAY, owner: 'C' };
    const between = [0, 20].map((day) => ({ ...press, id: `day ${day}`, published: NOW + day * DAY }));
    await store.observe([], [early, late]);
    const stories = () =>
      store
        .evidence()
        .news('lab_training', 'akash', 0, NOW + 90 * DAY)
        .map(({ story }) => story);
    expect(stories()).toEqual(['early', 'late']);
    await store.commit(between.map(added));
    expect(stories()).toEqual(Array(4).fill('early'));
    expect(
      store
        .archive()
        .story('early')
        .map(({ id }) => id),
    ).toEqual(['early', 'day 0', 'day 20', 'late']);
    expect(store.archive().story('late')).toEqual([]);
    expect(store.archive().find('late')?.story).toBe('early');
    await store.commit(between.map(({ id }) => unmarked(id)));
    expect(stories()).toEqual(['early', 'late']);
    await store.close();
  });
});
