import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/core/metric.ts';
import type { Article } from '../../src/core/news.ts';
import type { Reading, Source, Store } from '../../src/core/ports.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import type { Fetch } from '../../src/engine/ask.ts';
import type { Outcome } from '../../src/engine/health/course.ts';
import type { Health } from '../../src/engine/health.ts';
import { createPoll, type News } from '../../src/engine/poll.ts';
import { intake } from '../../src/sources/news/intake.ts';
import { sane } from '../../src/sources/sane.ts';
import { createTrust } from '../../src/sources/trust/gate.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { fakeSource, heardLog, setClock } from '../fakes.ts';
import { T0 } from '../world.ts';

const ID = 'akash.gpu_utilization';
const CATALOGUE = catalogue([{ id: 'gpu_utilization', unit: 'ratio', meaning: 'leased', range: [0, 1] }], ['h100']);
const COUNTS = catalogue(
  [
    { id: 'gpu_utilization', unit: 'ratio', meaning: 'leased', range: [0, 1] },
    { id: 'gpus_leased', unit: 'gpus', meaning: 'leased', range: [0, 1000] },
    { id: 'gpus_total', unit: 'gpus', meaning: 'there are', range: [0, 1000] },
  ],
  ['h100'],
);
const REPLY = { bytes: new Uint8Array(), contentType: null, modified: null };
const EVERY = 10 * MINUTE;

const source = (...readings: readonly Partial<Reading>[]) =>
  fakeSource('mine', { every: EVERY, series: [{ id: ID, refresh: EVERY }] }, ...readings);
const sample = (value: number, at = T0, by = 'mine') => ({ series: ID, at, value, source: by });
const article = { id: 'a', feed: 'mine', outlet: 'O', owner: 'O', trust: 'press', title: 'T', summary: null } as const;

function polling(
  sources: readonly Source[] = [source()],
  answers: Awaited<ReturnType<Fetch['fetch']>> = { kind: 'ok', reply: REPLY, unchanged: false },
  names = CATALOGUE,
  matters?: (series: string) => boolean,
  store: Store = memoryStore({ step: () => EVERY }),
  news: News = { intake, read: (one) => one, breather: () => async () => {} },
) {
  const log = heardLog();
  let arrived = 0;
  const clock = setClock(T0);
  const outcomes: Outcome[] = [];
  const sights: boolean[] = [];
  const health: Health = {
    begin: async () => {},
    polled: async (_, outcome, turns) => {
      outcomes.push(outcome);
      await store.commit(turns.map(({ series, dispute }) => ({ kind: 'disputed', series, dispute })));
      return sights.shift() ?? false;
    },
  };
  const poll = createPoll({
    http: { fetch: async () => answers },
    sane,
    trust: createTrust(sources, names),
    news,
    catalogue: names,
    store,
    health,
    clock,
    log,
    arrived: () => arrived++,
    ...(matters === undefined ? {} : { matters }),
  });
  const run = (one: Source, signal = new AbortController().signal) => poll.run(one, signal);
  return { store, log, run, clock, outcomes, sights, arrived: () => arrived };
}

describe('a poll', () => {
  it('stores what is sane, names what is dropped, and calls for a judgement only where something is new', async () => {
    const { store, log, run, arrived } = polling();
    const mine = source({ samples: [sample(0.5), { ...sample(7), at: T0 - 1 }] });
    await run(mine);
    await run(mine);
    expect(store.evidence().series(ID)?.length).toBe(1);
    expect(arrived()).toBe(1);
    expect(log.lines.join('\n')).toContain('"reason":"700% is outside 0% to 100%","path":"example.com/mine"');
    expect(log.lines.join('\n')).not.toContain('secret');
  });

  it('sums up a thousand dropped rows', async () => {
    const { log, run } = polling();
    await run(source({ dropped: Array.from({ length: 1000 }, (_, at) => ({ what: `row ${at}`, reason: 'odd' })) }));
    expect(log.lines.filter((line) => line.includes(' dropped '))).toHaveLength(11);
    expect(log.lines.join('\n')).toContain('990 more');
  });

  it('warns of what is dropped each time once, and again after it was gone', async () => {
    const lost = { dropped: [{ what: 'akash.t4_price', reason: 'not in the answer' }] };
    const mine = source(lost, lost, { samples: [sample(0.5)] }, lost);
    const { log, run } = polling([mine]);
    for (let polls = 0; polls < 4; polls++) await run(mine);
    const levels = log.lines.filter((line) => line.includes(' dropped ')).map((line) => line.split(' ')[0]);
    expect(levels).toEqual(['warn', 'debug', 'warn']);
  });

  it('tells a failed fetch, and stores nothing once it was told to stop', async () => {
    const failed = polling([], { kind: 'failed', why: 'example.com/a: no such host', retryAfter: null });
    await failed.run(source({}));
    expect(failed.log.lines.join('\n')).toContain('no such host');
    const stopped = polling();
    const controller = new AbortController();
    controller.abort();
    await stopped.run(source({ samples: [sample(0.5)] }), controller.signal);
    expect(stopped.store.evidence().series(ID)).toBeUndefined();
    expect(stopped.outcomes).toEqual([]);
  });

  it('records what the gate lets through, and says why it keeps the rest', async () => {
    const [mine, theirs] = [
      source({ samples: [sample(0.5)] }),
      fakeSource('theirs', { series: [{ id: ID, refresh: EVERY }] }, { samples: [sample(0.9, T0, 'theirs')] }),
    ];
    const { store, run, log, arrived } = polling([mine, theirs]);
    await run(mine);
    await run(theirs);
    expect(store.evidence().series(ID)?.length).toBe(1);
    expect(store.state().disputes.get(ID)?.says).toContain('mine says 50%, theirs says 90%');
    expect(log.lines.join('\n')).toContain('"reason":"mine says 50%, theirs says 90%');
    expect(arrived()).toBe(1);
  });

  it('says in one line a series how many past figures were corrected', async () => {
    const past = [0, 1, 2].map((step) => sample(0.5, T0 - step * EVERY));
    const again = past.map((one) => ({ ...one, value: 0.51 }));
    const mine = source({ samples: past }, { samples: again });
    const { store, run, log } = polling([mine]);
    await run(mine);
    await run(mine);
    expect(log.lines.filter((line) => line.includes('corrected'))).toEqual([
      `info 2 past figures of ${ID} corrected {"source":"mine"}`,
    ]);
    expect(store.evidence().series(ID)?.value(0)).toBe(0.51);
  });

  it('judges when sight is back, also where nothing new came', async () => {
    const { run, sights, arrived } = polling();
    sights.push(false, true);
    await run(source({}));
    expect(arrived()).toBe(0);
    await run(source({}));
    expect(arrived()).toBe(1);
  });
});

describe('a reading of a feed', () => {
  const EVENTS = [{ type: 'lab_training', network: 'akash', status: 'done', because: [] }] as const;
  const item = (id: string, by = 'feed'): Article => ({
    ...article,
    id,
    keys: [`guid of ${id}`],
    feed: by,
    title: `Title ${id}`,
    link: null,
    published: T0,
    events: EVENTS,
  });
  const feedOf = (...readings: readonly (readonly string[])[]) =>
    fakeSource('feed', {}, ...readings.map((ids) => ({ articles: ids.map((id) => item(id)) })));
  const polled = (store?: Store) => polling([], undefined, CATALOGUE, undefined, store);
  const uncounted = (store: Store, id: string) => store.archive().find(id)?.uncounted;
  const BASELINE = 'was there before the feed was first read';

  it('is the baseline where it is the first; what comes later counts', async () => {
    const { store, log, run } = polled();
    const feed = feedOf(['a', 'b'], ['c', 'a', 'b']);
    await run(feed);
    expect(['a', 'b'].map((id) => uncounted(store, id))).toEqual([BASELINE, BASELINE]);
    expect(log.lines).toContain(`info does not count {"source":"feed","why":"${BASELINE}","title":"Title a","more":1}`);
    await run(feed);
    expect(store.archive().find('c')).toMatchObject({ title: 'Title c' });
    expect(uncounted(store, 'c')).toBeUndefined();
    expect(log.lines.filter((line) => line.includes('does not count'))).toHaveLength(1);
  });

  it('is the first once: not again after a restart, nor where only its articles are known', async () => {
    const { store, run } = polled();
    await run(feedOf(['a']));
    await polled(store).run(feedOf(['a', 'b']));
    expect(uncounted(store, 'b')).toBeUndefined();
    const kept = memoryStore();
    await kept.observe([], [item('a')]);
    await polled(kept).run(feedOf(['a', 'b']));
    expect(uncounted(kept, 'b')).toBeUndefined();
  });

  it('is the first also after empty ones, which tell nothing of what was there', async () => {
    const { store, run } = polled();
    const feed = feedOf([], ['a'], [], ['b']);
    for (let polls = 0; polls < 4; polls++) await run(feed);
    expect([uncounted(store, 'a'), uncounted(store, 'b')]).toEqual([BASELINE, undefined]);
  });

  it('is the first again where it was recorded in part only', async () => {
    const kept = memoryStore();
    await kept.observe([], [{ ...item('a'), uncounted: BASELINE }]);
    const { run } = polled(kept);
    await run(feedOf(['a', 'b']));
    await run(feedOf(['a', 'b', 'c']));
    expect([uncounted(kept, 'b'), uncounted(kept, 'c')]).toEqual([BASELINE, undefined]);
  });

  it('of a feed that is added later is a baseline of its own', async () => {
    const { store, run } = polled();
    await run(feedOf(['a']));
    await run(fakeSource('later', {}, { articles: [item('b', 'later')] }));
    expect(uncounted(store, 'b')).toBe(BASELINE);
  });

  it('that gave nothing readable, or was not recorded, was none', async () => {
    const { store, run } = polled();
    const feed = fakeSource(
      'feed',
      {},
      { dropped: [{ what: 'feed', reason: 'an HTML page, not a feed' }] },
      { articles: [item('a')] },
      { articles: [item('b')] },
    );
    await run(feed);
    const observe = store.observe;
    const broken = { ...store, observe: async () => Promise.reject(new Error('disk full')) };
    await expect(polled(broken).run(feed)).rejects.toThrow('disk full');
    expect(store.lastRun('feed/feed/read')).toBeUndefined();
    await polled({ ...store, observe }).run(feed);
    expect(uncounted(store, 'b')).toBe(BASELINE);
    expect(store.lastRun('feed/feed/read')).toBe(T0);
  });

  it('gives nothing that is known by another name, and tells what is dropped', async () => {
    const { store, run, arrived, log } = polled();
    await store.observe([], [{ ...item('a'), keys: ['guid of a', 'text-a'] }]);
    const again = fakeSource(
      'feed',
      {},
      {
        articles: [
          { ...item('z'), keys: ['guid of a'] },
          { ...item('y'), keys: ['text-a'] },
        ],
      },
    );
    await run(again);
    expect([store.archive().find('z'), store.archive().find('y'), arrived()]).toEqual([undefined, undefined, 0]);
    expect(log.lines).toEqual([
      'warn dropped {"source":"feed","what":"Title y","reason":"same title and text as an item known from another address"}',
      'debug polled {"source":"feed","samples":0,"articles":0}',
    ]);
  });

  it('is measured against the last one: a feed that is rebuilt between two does not count', async () => {
    const { store, run, clock } = polled();
    const ids = (name: string) => Array.from({ length: 8 }, (_, n) => `${name}${n}`);
    const feed = feedOf(ids('a'), ids('b'), ids('c'));
    await run(feed);
    clock.set(T0 + EVERY);
    await run(feed);
    expect(uncounted(store, 'b0')).toBe('the feed was rebuilt: 8 of 8 items are new at once');
    clock.set(T0 + EVERY + 6 * HOUR);
    await run(feed);
    expect(uncounted(store, 'c0')).toBeUndefined();
  });

  it('is held against what the last one held: as many, at addresses alike, are a busy hour', async () => {
    const { store, run, clock } = polled();
    const page = (name: string, at: number) =>
      Array.from({ length: 8 }, (_, n) => {
        const id = `${name}${n}`;
        return { ...item(id), link: `https://a.example/news/${id}`, published: at - n * 5 * MINUTE };
      });
    const feed = fakeSource('feed', {}, { articles: page('a', T0) }, { articles: page('b', T0 + 40 * MINUTE) });
    await run(feed);
    clock.set(T0 + 40 * MINUTE);
    await run(feed);
    expect(store.archive().find('b0')).toBeDefined();
    expect(uncounted(store, 'b0')).toBeUndefined();
  });

  it('is read item by item, with a pause after each, and what is known is not read again', async () => {
    const steps: string[] = [];
    const read = (one: Article) => {
      steps.push(one.id);
      return { ...one, events: EVENTS };
    };
    const breather = () => async () => void steps.push('pause');
    const { store, run } = polling([], undefined, CATALOGUE, undefined, memoryStore(), { intake, read, breather });
    const feed = fakeSource('feed', {}, { articles: [item('a'), item('b')].map((one) => ({ ...one, events: [] })) });
    await run(feed);
    await run(feed);
    expect(steps).toEqual(['a', 'pause', 'b', 'pause']);
    expect(store.evidence().news('lab_training', 'akash', 0, T0)).toHaveLength(2);
  });

  it('is no matter of sources of figures', async () => {
    const { store, run } = polled();
    await run(source({ samples: [sample(0.5)] }));
    expect(store.lastRun('feed/mine/read')).toBeUndefined();
  });
});

describe('what a poll came to', () => {
  it('is something fresh by the figure’s own time', async () => {
    const { run, outcomes } = polling();
    await run(source({ samples: [sample(0.5, T0 - 3 * EVERY)] }));
    await run(source({ samples: [sample(0.5, T0 - 3 * EVERY - 1)] }));
    await run(source({ samples: [sample(0.5, T0 - 5 * EVERY), sample(0.5, T0 - EVERY)] }));
    expect(outcomes).toEqual([
      { fresh: true },
      { fresh: false, why: `gave only old figures: the newest, ${ID}, is 30m old, past the 30m it stays good` },
      { fresh: true },
    ]);
  });

  it('is fresh also where the gate keeps the figure: the source answers', async () => {
    const mine = source({ samples: [sample(0.5)] });
    const theirs = fakeSource(
      'theirs',
      { series: [{ id: ID, refresh: EVERY }] },
      { samples: [sample(0.9, T0, 'theirs')] },
    );
    const { run, outcomes } = polling([mine, theirs]);
    await run(mine);
    await run(theirs);
    expect(outcomes).toEqual([{ fresh: true }, { fresh: true }]);
  });

  it('is items of a feed, known ones included, and a feed that can be read and has none', async () => {
    const feed = fakeSource('feed', {}, { articles: [{ ...article, link: null, published: T0, events: [] }] });
    const { run, outcomes } = polling([feed]);
    await run(feed);
    await run(feed);
    await run(fakeSource('feed', {}, { dropped: [{ what: 'feed', reason: 'an HTML page' }] }));
    await run(fakeSource('feed', {}, {}));
    expect(outcomes).toEqual([
      { fresh: true },
      { fresh: true },
      { fresh: false, why: 'gave nothing: feed: an HTML page' },
      { fresh: true },
    ]);
  });

  it('is nothing where a source of figures answers without any', async () => {
    const { run, outcomes } = polling();
    await run(source({}));
    expect(outcomes).toEqual([{ fresh: false, why: 'gave nothing: it answered, but with nothing usable' }]);
  });

  it('names the series that it gave before and that are out of date now', async () => {
    const [leased, other] = ['akash.gpus_leased', 'akash.gpus_total'];
    const series = [ID, leased, other].map((id) => ({ id, refresh: EVERY }));
    const both = { samples: [sample(0.5), { ...sample(9), series: leased }] };
    const later = (minutes: number) => ({ samples: [sample(0.5, T0 + minutes * MINUTE)] });
    const mine = fakeSource('mine', { every: EVERY, series }, both, later(30), later(31), {});
    const { run, outcomes, store, clock } = polling([mine], undefined, COUNTS);
    await store.observe([{ ...sample(9, T0 - 100 * EVERY, 'history'), series: other }], []);
    for (const minutes of [0, 30, 31, 62]) {
      clock.set(T0 + minutes * MINUTE);
      await run(mine);
    }
    expect(outcomes).toEqual([
      { fresh: true },
      { fresh: true },
      { fresh: true, missing: [{ series: leased, newest: T0, maxAge: 30 * MINUTE }] },
      { fresh: false, why: 'gave nothing: it answered, but with nothing usable' },
    ]);
  });

  it('says nothing of a missing series that no rule rests on: a card that is not listed today', async () => {
    const leased = 'akash.gpus_leased';
    const series = [ID, leased].map((id) => ({ id, refresh: EVERY }));
    const both = { samples: [sample(0.5), { ...sample(9), series: leased }] };
    const mine = fakeSource('mine', { every: EVERY, series }, both, { samples: [sample(0.5, T0 + 31 * MINUTE)] });
    const { run, outcomes, clock } = polling([mine], undefined, COUNTS, (id) => id === ID);
    await run(mine);
    clock.set(T0 + 31 * MINUTE);
    await run(mine);
    expect(outcomes).toEqual([{ fresh: true }, { fresh: true }]);
  });

  it('misses nothing that it gave and the gate keeps', async () => {
    const times = [0, 2, 4].map((steps) => T0 + steps * EVERY);
    const theirSeries = { series: [{ id: ID, refresh: EVERY }] };
    const mine = source(...times.map((at) => ({ samples: [sample(0.5, at)] })));
    const said = times.map((at) => ({ samples: [sample(0.9, at, 'theirs')] }));
    const theirs = fakeSource('theirs', theirSeries, ...said);
    const { run, outcomes, store, clock } = polling([mine, theirs]);
    for (const now of times) {
      clock.set(now);
      await run(mine);
      await run(theirs);
    }
    expect(store.evidence().series(ID)?.length).toBe(1);
    expect(outcomes).toEqual(Array(6).fill({ fresh: true }));
  });

  it('is nothing where every request failed or every figure was dropped', async () => {
    const failed = polling([], { kind: 'failed', why: 'example.com: answered 503', retryAfter: null });
    await failed.run(source({}));
    expect(failed.outcomes).toEqual([{ fresh: false, why: 'gave nothing: example.com: answered 503' }]);
    const dropped = polling();
    await dropped.run(source({ samples: [sample(7)] }));
    expect(dropped.outcomes).toEqual([{ fresh: false, why: `gave nothing: ${ID}: 700% is outside 0% to 100%` }]);
  });
});
