/** What every store does, whatever it keeps its facts in. */
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/events.ts';
import { MARKED } from '../../src/core/independent.ts';
import { BASELINE } from '../../src/core/news.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Series } from '../../src/core/series.ts';
import { apply } from '../../src/core/state.ts';
import { DAY, type Duration, HOUR } from '../../src/core/time.ts';
import {
  added,
  article,
  EVERY_TABLE,
  fold,
  marked,
  NOW,
  plain,
  printed,
  sample,
  subscribed,
  unmarked,
} from '../store/facts.ts';

export type Opening = {
  readonly retention?: Duration;
  readonly step?: (series: string) => Duration | undefined;
  readonly report?: (line: string) => void;
};

/** `open` gives an empty store. */
export function describeStore(name: string, open: (options?: Opening) => Promise<Store>): void {
  describe(name, () => {
    describe('commit', () => commits(open));
    describe('observe', () => observes(open));
    describe('news', () => news(open));
    describe('stories', () => stories(open));
    describe('the archive', () => archive(open));
    describe('corrections', () => corrections(open));
    describe('expire', () => expires(open));
    it('remembers when a job last completed', async () => {
      const store = await open();
      expect(store.lastRun('poll')).toBeUndefined();
      store.ran('poll', NOW);
      store.ran('__proto__', NOW + 1);
      expect([store.lastRun('poll'), store.lastRun('__proto__')]).toEqual([NOW, NOW + 1]);
      await store.close();
    });
  });
}

type Open = (options?: Opening) => Promise<Store>;

function commits(open: Open): void {
  it('applies events of every kind, in order', async () => {
    const store = await open();
    await store.commit(EVERY_TABLE.slice(0, 3));
    await store.commit(EVERY_TABLE.slice(3));
    expect(plain(store.state())).toEqual(plain(fold(EVERY_TABLE)));
    await store.close();
  });

  it('moves the state only when the commit resolves', async () => {
    const store = await open();
    const before = store.state();
    const pending = store.commit([subscribed(1)]);
    expect(store.state()).toBe(before);
    await pending;
    expect(store.state().subscriptions.size).toBe(1);
    await store.close();
  });

  it('applies commits in the order they were called, waiting or not', async () => {
    const store = await open();
    const settled: number[] = [];
    await Promise.all(
      Array.from({ length: 60 }, async (_, update) => {
        await store.commit([{ kind: 'handled', platform: 'telegram', update }]);
        settled.push(update);
      }),
    );
    expect(settled).toEqual(Array.from({ length: 60 }, (_, update) => update));
    expect(store.state().handled.get('telegram')).toBe(59);
    await store.close();
  });

  it('rejects an event it does not know with the state as it was, and works on', async () => {
    const store = await open();
    await store.commit([subscribed(1)]);
    const before = store.state();
    const bad = { kind: 'exploded' } as unknown as Event;
    await expect(store.commit([subscribed(2), bad])).rejects.toThrow(/exploded/);
    await expect(store.commit([subscribed(2), { kind: 'change' } as unknown as Event])).rejects.toThrow();
    expect(store.state()).toBe(before);
    await store.commit([subscribed(3)]);
    expect(plain(store.state())).toEqual(plain(fold([subscribed(1), subscribed(3)])));
    await store.close();
  });

  it('is not touched by what the caller does to its events afterwards', async () => {
    const store = await open();
    const event = structuredClone(subscribed(1)) as { subscription: { networks: string[] } } & Event;
    const pending = store.commit([event]);
    event.subscription.networks.push('render');
    await pending;
    event.subscription.networks.push('ionet');
    expect(plain(store.state())).toEqual(plain(fold([subscribed(1)])));
    await store.close();
  });

  it('takes an empty commit', async () => {
    const store = await open();
    const before = store.state();
    await store.commit([]);
    expect(store.state()).toBe(before);
    await store.close();
  });

  it('keeps debts in the order they came', async () => {
    const store = await open();
    const ids = Array.from({ length: 40 }, (_, n) => `d${n}`);
    const owed = EVERY_TABLE.find((event) => event.kind === 'owed');
    for (const id of ids) if (owed !== undefined) await store.commit([{ ...owed, delivery: { ...owed.delivery, id } }]);
    await store.commit([{ kind: 'sent', at: NOW, delivery: 'd3', message: '1' }]);
    await store.commit([{ kind: 'deferred', at: NOW, delivery: 'd5', notBefore: NOW + 1, why: 'slow' }]);
    expect([...store.state().owed.values()].map(({ id }) => id)).toEqual(ids.filter((id) => id !== 'd3'));
    await store.close();
  });

  it('gives states that later commits leave alone', async () => {
    const store = await open();
    await store.commit([subscribed(1)]);
    const old = store.state();
    await store.commit([subscribed(2)]);
    expect(plain(old)).toEqual(plain(fold([subscribed(1)])));
    expect(plain(store.state())).toEqual(plain(apply(old, subscribed(2))));
    await store.close();
  });

  it('refuses work after close', async () => {
    const store = await open();
    await store.close();
    await store.close();
    await expect(store.commit([subscribed(1)])).rejects.toThrow(/closed/);
    await expect(store.observe([sample(0, 1)], [])).rejects.toThrow(/closed/);
  });
}

/** A series as rows of hour, value and source. */
export function rowsOf(series: Series | undefined): readonly (readonly [number, number, string])[] {
  return Array.from({ length: series?.length ?? 0 }, (_, index) => [
    ((series?.time(index) ?? Number.NaN) - NOW) / HOUR,
    series?.value(index) ?? Number.NaN,
    series?.source(index) ?? '',
  ]);
}

const ID = 'akash.gpu_utilization';

function observes(open: Open): void {
  it('keeps samples by series, ordered by time whatever order they come in', async () => {
    const store = await open();
    const seen = await store.observe([sample(2, 0.2), sample(0, 0)], []);
    expect(seen).toEqual({ samples: [sample(2, 0.2), sample(0, 0)], articles: [] });
    await store.observe(
      [sample(3, 0.3), sample(1, 0.1, { source: 'late' }), sample(0, 9, { series: 'aws.h100_price' })],
      [],
    );
    expect(rowsOf(store.evidence().series(ID))).toEqual([
      [0, 0, 'akash-stats'],
      [1, 0.1, 'late'],
      [2, 0.2, 'akash-stats'],
      [3, 0.3, 'akash-stats'],
    ]);
    expect(rowsOf(store.evidence().series('aws.h100_price'))).toEqual([[0, 9, 'akash-stats']]);
    expect(store.evidence().series('aws.l4_price')).toBeUndefined();
    await store.close();
  });

  it('ignores repeats, also within one call and from another source', async () => {
    const store = await open();
    const first = await store.observe([sample(0, 0.5), sample(0, 0.5)], [article('a', 0), article('a', 0)]);
    expect([first.samples.length, first.articles.length]).toEqual([1, 1]);
    const again = await store.observe([sample(0, 0.5, { source: 'other' })], [article('a', 3)]);
    expect(again).toEqual({ samples: [], articles: [] });
    expect(rowsOf(store.evidence().series(ID))).toEqual([[0, 0.5, 'akash-stats']]);
    await store.close();
  });

  it('takes another value for the same instant as a correction; the later wins', async () => {
    const store = await open();
    await store.observe([sample(0, 0.5), sample(1, 0.6), sample(2, 0.7)], []);
    const seen = await store.observe([sample(1, 0.61), sample(1, 0.62, { source: 'b' })], []);
    expect(seen.samples.map(({ value }) => value)).toEqual([0.61, 0.62]);
    expect(rowsOf(store.evidence().series(ID)).map(([, value]) => value)).toEqual([0.5, 0.62, 0.7]);
    await store.observe([sample(1, 0.6)], []);
    expect(rowsOf(store.evidence().series(ID)).map(([, value]) => value)).toEqual([0.5, 0.6, 0.7]);
    await store.close();
  });

  it('agrees with a sorted map for any samples in any portions', async () => {
    const store = await open();
    const model = new Map<number, number>();
    let seed = 7;
    for (let round = 0; round < 40; round++) {
      const portion = Array.from({ length: 25 }, () => {
        seed = (seed * 48271) % 2147483647;
        return sample(seed % 300, (seed >> 9) % 5);
      });
      for (const { at, value } of portion) model.set((at - NOW) / HOUR, value);
      await store.observe(portion, []);
    }
    const expected = [...model].sort(([a], [b]) => a - b).map(([hour, value]) => [hour, value, 'akash-stats']);
    expect(rowsOf(store.evidence().series(ID))).toEqual(expected);
    await store.close();
  });

  it('refuses what is no finite figure of a series at an instant, and reports it', async () => {
    const lines: string[] = [];
    const store = await open({ report: (line) => lines.push(line) });
    const bad = [
      sample(0, Number.NaN),
      sample(0, Number.POSITIVE_INFINITY),
      sample(0, 1, { at: Number.NaN }),
      sample(0, 1, { at: 1e17 }),
      sample(0, 1, { series: 'a,b.c' }),
      sample(0, 1, { series: 'akash' }),
    ];
    const seen = await store.observe([...bad, sample(0, 1)], [{ ...article('a', 0), published: Number.NaN }]);
    expect(seen).toEqual({ samples: [sample(0, 1)], articles: [] });
    expect(lines).toHaveLength(bad.length + 1);
    expect(lines[0]).toMatch(/akash\.gpu_utilization.*NaN/);
    await store.close();
  });

  it('gives a live view and refuses an index outside', async () => {
    const store = await open();
    await store.observe([sample(0, 1)], []);
    const view = store.evidence().series(ID);
    await store.observe([sample(1, 2)], []);
    expect(view?.length).toBe(2);
    expect(() => view?.value(2)).toThrow(RangeError);
    expect(() => view?.time(-1)).toThrow(RangeError);
    await store.close();
  });

  it('knows the step: the configured one, else the median gap', async () => {
    const store = await open({ step: (id) => (id === 'aws.h100_price' ? DAY : undefined) });
    await store.observe([sample(0, 1), sample(0, 1, { series: 'aws.h100_price' })], []);
    expect(store.evidence().series(ID)?.step).toBeNull();
    expect(store.evidence().series('aws.h100_price')?.step).toBe(DAY);
    await store.observe([sample(2, 1), sample(4, 1), sample(14, 1)], []);
    expect(store.evidence().series(ID)?.step).toBe(2 * HOUR);
    await store.close();
  });
}

function news(open: Open): void {
  it('gives mentions after `from` and up to `to`, oldest first', async () => {
    const store = await open();
    await store.observe([], [article('c', 2), article('a', 0), article('b', 1), article('d', 3)]);
    const between = (from: number, to: number) =>
      store
        .evidence()
        .news('lab_training', 'akash', NOW + from * DAY, NOW + to * DAY)
        .map(({ title }) => title.slice(-1));
    expect(between(0, 2)).toEqual(['b', 'c']);
    expect(between(-1, 9)).toEqual(['a', 'b', 'c', 'd']);
    expect(between(3, 9)).toEqual([]);
    expect(between(2, 1)).toEqual([]);
    await store.close();
  });

  it('keeps networks and types apart, gives all where none is named, and every field', async () => {
    const store = await open();
    const both = {
      ...article('m', 0),
      events: [...article('m', 0).events, ...article('m', 0, { network: null }).events],
    };
    await store.observe([], [both, article('r', 0, { network: 'render', status: 'speculative' })]);
    const { news: ask } = store.evidence();
    expect(ask('lab_training', null, 0, NOW)).toHaveLength(3);
    expect(ask('lab_training', 'ionet', 0, NOW)).toEqual([]);
    expect(ask('new_entrant', 'render', 0, NOW)).toEqual([]);
    expect(ask('lab_training', 'render', 0, NOW)).toEqual([
      {
        type: 'lab_training',
        network: 'render',
        status: 'speculative',
        because: ['trained on'],
        at: NOW,
        outlet: 'outlet of r',
        owner: 'owner',
        title: 'Title of r',
        link: 'https://example.org',
        article: 'r',
        trust: 'press',
      },
    ]);
    await store.close();
  });

  it('says why an article does not count, and how sure its words are', async () => {
    const store = await open();
    const told = { ...article('a', 0, { confidence: 0.9, figure: '48%' }), uncounted: 'there before' };
    await store.observe([], [{ ...told, ...printed(['@covenant72b']) }]);
    expect(store.evidence().news('lab_training', 'akash', 0, NOW)).toMatchObject([
      { confidence: 0.9, figure: '48%', uncounted: 'there before', story: 'a', ...printed(['@covenant72b']) },
    ]);
    await store.close();
  });

  it('knows an article by each of its names, within one call too', async () => {
    const store = await open();
    const named = (id: string, ...keys: string[]) => ({ ...article(id, 0), keys });
    const seen = await store.observe([], [named('a', 'link-1', 'text-1'), named('b', 'text-1'), named('c', 'link-2')]);
    expect(seen.articles.map(({ id }) => id)).toEqual(['a', 'c']);
    const again = await store.observe(
      [],
      [named('d', 'link-1'), named('text-1'), named('e', 'a'), named('f', 'link-3')],
    );
    expect(again.articles.map(({ id }) => id)).toEqual(['f']);
    await store.close();
  });

  it('gives the same order for articles of one instant, whatever order they came in', async () => {
    const orders = await Promise.all(
      [
        ['a', 'b', 'c'],
        ['c', 'b', 'a'],
      ].map(async (ids) => {
        const store = await open();
        for (const id of ids) await store.observe([], [article(id, 0)]);
        const found = store.evidence().news('lab_training', 'akash', 0, NOW);
        await store.close();
        return found.map(({ title }) => title);
      }),
    );
    expect(orders[0]).toEqual(orders[1]);
  });
}

function expires(open: Open): void {
  it('drops whole months older than the retention, and takes nothing that old any more', async () => {
    const store = await open({ retention: 30 * DAY });
    const day = (days: number, value: number) => sample(days * 24, value);
    await store.observe([day(-30, 1), day(-10, 2), day(0, 3)], [article('old', -30), article('new', 0)]);
    await store.expire(NOW + 20 * DAY);
    expect(rowsOf(store.evidence().series(ID)).map(([, value]) => value)).toEqual([2, 3]);
    expect(store.evidence().news('lab_training', 'akash', 0, NOW)).toHaveLength(1);
    expect(await store.observe([day(-30, 1)], [article('old', -30)])).toEqual({ samples: [], articles: [] });
    await store.expire(NOW + 200 * DAY);
    expect(store.evidence().series(ID)).toBeUndefined();
    await store.observe([day(190, 4)], []);
    expect(rowsOf(store.evidence().series(ID)).map(([, value]) => value)).toEqual([4]);
    await store.close();
  });

  it('leaves nothing of an article', async () => {
    const store = await open({ retention: 30 * DAY });
    const told = printed(['@covenant72b', '@templar']);
    const old = { ...article('old', -30), ...told, keys: ['link'], feed: 'gone' };
    await store.observe([], [old, { ...article('new', 0), ...told }]);
    expect(store.archive().find('new')?.story).toBe('old');
    await store.expire(NOW + 20 * DAY);
    const kept = store.archive();
    expect([kept.find('old'), kept.find('link'), kept.has('gone'), kept.story('old')]).toEqual([
      undefined,
      undefined,
      false,
      [],
    ]);
    expect(kept.reports('akash', 0).map(({ id }) => id)).toEqual(['new']);
    expect(kept.story('new').map(({ id }) => id)).toEqual(['new']);
    expect(store.evidence().news('lab_training', 'akash', 0, NOW)).toMatchObject([{ article: 'new', story: 'new' }]);
    await store.close();
  });
}

const RUN = ['@covenant72b', '@templar', '#72b', 'permissionless'];

function stories(open: Open): void {
  it('puts the same news together, under the id of the oldest article', async () => {
    const store = await open();
    const told = (id: string, day: number, terms: readonly string[]) => ({ ...article(id, day), ...printed(terms) });
    await store.observe([], [told('b', 1, RUN), told('c', 2, RUN), told('x', 2, ['@intellect3', '#106b'])]);
    const ids = () =>
      store
        .archive()
        .story('b')
        .map(({ id }) => id);
    expect(ids()).toEqual(['b', 'c']);
    await store.observe([], [told('a', 0, RUN)]);
    expect(ids()).toEqual([]);
    expect(
      store
        .archive()
        .story('a')
        .map(({ id, story }) => [id, story]),
    ).toEqual([
      ['a', 'a'],
      ['b', 'a'],
      ['c', 'a'],
    ]);
    const events = store.evidence().news('lab_training', 'akash', 0, NOW + 9 * DAY);
    expect(events.map((event) => [event.article, event.story])).toEqual([
      ['a', 'a'],
      ['b', 'a'],
      ['c', 'a'],
      ['x', 'x'],
    ]);
    await store.close();
  });

  it('gives an article without a fingerprint none', async () => {
    const store = await open();
    await store.observe([], [article('a', 0), { ...article('b', 0), ...printed(RUN) }]);
    const events = store.evidence().news('lab_training', 'akash', 0, NOW);
    expect(events.map(({ story }) => story)).toEqual([undefined, 'b']);
    expect(
      store
        .archive()
        .story('a')
        .map(({ id }) => id),
    ).toEqual(['a']);
    await store.close();
  });
}

function archive(open: Open): void {
  it('finds an article by id and by key, and knows the feeds', async () => {
    const store = await open();
    await store.observe([], [{ ...article('a', 0), keys: ['link', 'text'], summary: 'What was said.' }]);
    const { find, has } = store.archive();
    const { keys: _, ...shown } = { keys: [], ...article('a', 0), summary: 'What was said.', story: 'a' };
    expect([find('a'), find('link'), find('text'), find('b')]).toEqual([shown, shown, shown, undefined]);
    expect([has('press'), has('blog')]).toEqual([true, false]);
    await store.close();
  });

  it('knows no feed by what was there before it was first read', async () => {
    const store = await open();
    await store.observe([], [{ ...article('a', 0), uncounted: BASELINE }]);
    expect(store.archive().has('press')).toBe(false);
    await store.observe([], [article('b', 0)]);
    expect(store.archive().has('press')).toBe(true);
    await store.close();
  });

  it('keeps the summary of what reports something alone', async () => {
    const store = await open();
    await store.observe([], [{ ...article('a', 0), summary: 'Nothing happened.', events: [] }]);
    expect(store.archive().find('a')).toMatchObject({ summary: null, events: [] });
    await store.close();
  });

  it('lists what reports something of a network, the newest first', async () => {
    const store = await open();
    const silent = { ...article('s', 0), events: [] };
    const market = article('m', 1, { type: 'capacity_crunch', network: null });
    const twice = { ...article('t', 2), events: [...article('t', 2).events, ...market.events] };
    await store.observe([], [article('a', 0), silent, market, twice, article('r', 3, { network: 'render' })]);
    const ids = (network: string | null, day: number) =>
      store
        .archive()
        .reports(network, NOW + day * DAY)
        .map(({ id }) => id);
    expect(ids('akash', -1)).toEqual(['t', 'a']);
    expect(ids('akash', 0)).toEqual(['t']);
    expect(ids(null, -1)).toEqual(['r', 't', 'm', 'a']);
    expect(ids('gensyn', -1)).toEqual([]);
    await store.close();
  });
}

function corrections(open: Open): void {
  const told = (store: Store) =>
    store
      .evidence()
      .news('lab_training', 'akash', 0, NOW + 9 * DAY)
      .map(({ article: id, uncounted }) => [id, uncounted]);

  it('does not count an article marked as wrong, from the moment the mark is kept', async () => {
    const store = await open();
    await store.observe([], [article('a', 0), article('b', 1)]);
    const pending = store.commit([marked('a')]);
    expect(told(store)).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
    await pending;
    expect(told(store)).toEqual([
      ['a', MARKED],
      ['b', undefined],
    ]);
    expect(store.evidence().news('lab_training', 'akash', 0, NOW)[0]).toBe(
      store.evidence().news('lab_training', null, 0, NOW)[0],
    );
    const { find, reports, story } = store.archive();
    expect([find('a'), reports('akash', 0)[1], story('a')[0]]).toMatchObject(Array(3).fill({ uncounted: MARKED }));
    await store.commit([unmarked('a')]);
    expect(told(store)[0]).toEqual(['a', undefined]);
    expect(find('a')?.uncounted).toBeUndefined();
    await store.close();
  });

  it('counts what was added, in its place in time', async () => {
    const store = await open();
    await store.observe([], [article('a', 0), { ...article('c', 2), ...printed(RUN) }]);
    const late = { ...article('b', 1), keys: ['link'], ...printed(RUN), feed: 'admin' };
    await store.commit([added(late), added(article('r', 1, { network: 'render' }))]);
    expect(told(store).map(([id]) => id)).toEqual(['a', 'b', 'c']);
    const { find, reports, story, has } = store.archive();
    expect([find('b')?.id, find('link')?.id, has('admin')]).toEqual(['b', 'b', false]);
    expect(reports('akash', NOW).map(({ id }) => id)).toEqual(['c', 'b']);
    expect(reports(null, NOW).map(({ id }) => id)).toEqual(['c', 'r', 'b']);
    expect(story('c').map(({ id }) => id)).toEqual(['b', 'c']);
    await store.commit([marked('b')]);
    expect(told(store)[1]).toEqual(['b', MARKED]);
    await store.commit([unmarked('b')]);
    expect(told(store).map(([id]) => id)).toEqual(['a', 'c']);
    await store.close();
  });

  it('lets what was added stand for the same article of a feed', async () => {
    const store = await open();
    const silent = { ...article('a', 0), keys: ['link'], events: [] };
    await store.observe([], [silent]);
    await store.commit([added({ ...article('by-hand', 0), keys: ['link'] })]);
    expect(told(store).map(([id]) => id)).toEqual(['by-hand']);
    expect(store.archive().find('link')?.id).toBe('by-hand');
    expect(store.archive().reports(null, 0)).toHaveLength(1);
    await store.commit([added({ ...article('x', 1), keys: ['other'] })]);
    expect(told(store).map(([id]) => id)).toEqual(['by-hand', 'x']);
    await store.observe([], [{ ...article('y', 1), keys: ['other'] }]);
    expect(told(store).map(([id]) => id)).toEqual(['by-hand', 'x']);
    await store.close();
  });
}
