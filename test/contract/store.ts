/** What every store does, whatever it keeps its facts in. */
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/events.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Series } from '../../src/core/series.ts';
import { apply } from '../../src/core/state.ts';
import { DAY, type Duration, HOUR } from '../../src/core/time.ts';
import { article, EVERY_TABLE, fold, NOW, plain, sample, subscribed } from '../store/facts.ts';

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
      },
    ]);
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
}
