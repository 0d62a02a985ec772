import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/core/metric.ts';
import type { Reading, Request, Source } from '../../src/core/ports.ts';
import type { Sample } from '../../src/core/series.ts';
import { DAY } from '../../src/core/time.ts';
import type { Fetch } from '../../src/engine/ask.ts';
import { backfill, earlier } from '../../src/engine/backfill.ts';
import { sane } from '../../src/sources/sane.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { heardLog, setClock } from '../fakes.ts';
import { T0 } from '../world.ts';

const CATALOGUE = catalogue([{ id: 'gpu_utilization', unit: 'ratio', meaning: 'leased', range: [0, 1] }], ['h100']);
const [UTILIZATION, OTHER] = ['akash.gpu_utilization', 'ionet.gpu_utilization'];

function sample(days: number, value: number, series = UTILIZATION, source = 'mine'): Sample {
  return { series, at: T0 - days * DAY, value, source };
}

/** Answers each path with its samples. */
function source(id: string, pasts: Readonly<Record<string, readonly Sample[]>>): Source {
  const request = (path: string): Request => ({ url: `https://example.com/${id}/${path}` });
  return {
    id,
    title: id,
    homepage: 'https://example.com',
    every: DAY,
    series: [],
    requests: () => [request('live')],
    backfill: () => Object.keys(pasts).map(request),
    parse: (_, { url }): Reading => ({ samples: pasts[url.split('/').at(-1) ?? ''] ?? [], articles: [], dropped: [] }),
  };
}

type Answer = 'ok' | 'failed' | 'never';

function filling(answers: Readonly<Record<string, Answer>> = {}) {
  const [store, log, clock] = [memoryStore(), heardLog(), setClock(T0)];
  const asked: string[] = [];
  const http: Fetch = {
    fetch: async ({ url }) => {
      asked.push(url.replace('https://example.com/', ''));
      const answer = answers[url.replace('https://example.com/', '')] ?? 'ok';
      if (answer === 'never') return new Promise(() => {});
      if (answer === 'failed') return { kind: 'failed', why: 'example.com: answered 503', retryAfter: null };
      return { kind: 'ok', reply: { bytes: new Uint8Array(), contentType: null, modified: null }, unchanged: false };
    },
  };
  const run = (...sources: readonly Source[]) =>
    backfill({ sources, http, sane, catalogue: CATALOGUE, store, clock, log, within: 30 });
  const recorded = (id = UTILIZATION) => {
    const series = store.evidence().series(id);
    return Array.from({ length: series?.length ?? 0 }, (_, at) => [
      (T0 - (series?.time(at) ?? 0)) / DAY,
      series?.value(at),
    ]);
  };
  return { store, log, asked, run, recorded };
}

describe('the past of a source', () => {
  it('is asked for once, and kept where it can be true', async () => {
    const { run, asked, recorded, log, store } = filling();
    const mine = source('mine', { a: [sample(2, 0.2), sample(3, 7)], b: [sample(2, 0.9, OTHER)] });
    await run(mine);
    await run(mine);
    expect(asked).toEqual(['mine/a', 'mine/b']);
    expect([recorded(), recorded(OTHER)]).toEqual([[[2, 0.2]], [[2, 0.9]]]);
    expect(store.evidence().series(UTILIZATION)?.source(0)).toBe('mine history');
    expect(log.lines).toEqual(['info history filled in {"source":"mine","samples":2,"dropped":1}']);
    expect(store.lastRun('backfill mine')).toBe(T0);
  });

  it('ends where the record begins, and changes nothing in it', async () => {
    const { run, recorded, store } = filling();
    await store.observe([sample(5, 0.5, UTILIZATION, 'live'), sample(1, 0.6, UTILIZATION, 'live')], []);
    const past = [9, 6, 5, 4, 1, 0].map((days) => sample(days, 0.1));
    await run(source('mine', { a: [...past, sample(3, 0.3, OTHER)] }));
    expect(recorded()).toEqual([
      [9, 0.1],
      [6, 0.1],
      [5, 0.5],
      [1, 0.6],
    ]);
    expect(recorded(OTHER)).toEqual([[3, 0.3]]);
  });

  it('is kept whole or not at all, and asked for again at the next start', async () => {
    const answers: Record<string, Answer> = { 'mine/b': 'failed' };
    const { run, recorded, log, store } = filling(answers);
    const mine = source('mine', { a: [sample(2, 0.2)], b: [sample(1, 0.1)] });
    await run(mine);
    expect(recorded()).toEqual([]);
    expect(log.lines).toEqual([
      'warn no history yet; asked for it again at the next start {"source":"mine","why":"example.com: answered 503"}',
    ]);
    expect(store.lastRun('backfill mine')).toBeUndefined();
    answers['mine/b'] = 'ok';
    await run(mine);
    expect(recorded()).toEqual([
      [2, 0.2],
      [1, 0.1],
    ]);
  });

  it('that holds nothing that can be true is no history', async () => {
    const { run, log, store } = filling();
    await run(source('empty', { a: [] }), source('odd', { a: [sample(1, 7)] }));
    expect(store.lastRun('backfill empty') ?? store.lastRun('backfill odd')).toBeUndefined();
    expect(log.lines.join('\n')).toContain('it answered, but with nothing usable');
    expect(log.lines.join('\n')).toContain('akash.gpu_utilization: 700% is outside 0% to 100%');
  });

  it('that never comes holds up neither the start nor the others', async () => {
    const { run, recorded, log, store } = filling({ 'slow/a': 'never' });
    await run(source('slow', { a: [sample(2, 0.2)] }), source('mine', { a: [sample(1, 0.1)] }));
    expect(recorded()).toEqual([[1, 0.1]]);
    expect(log.lines[0]).toMatch(/^warn no history yet.*"source":"slow","why":"no complete answer within/);
    expect([store.lastRun('backfill slow'), store.lastRun('backfill mine')]).toEqual([undefined, T0]);
  });

  it('of two sources of one series is taken in the order of the configuration', async () => {
    const { run, recorded } = filling();
    const second = source('second', { a: [sample(9, 0.9), sample(1, 0.9)] });
    await run(source('first', { a: [sample(5, 0.5), sample(2, 0.2)] }), second);
    expect(recorded()).toEqual([
      [9, 0.9],
      [5, 0.5],
      [2, 0.2],
    ]);
  });

  it('is asked of nobody who has none', async () => {
    const { run, asked } = filling();
    const { backfill: _, ...bare } = source('bare', {});
    await run(bare);
    expect(asked).toEqual([]);
  });

  it('keeps nothing once it is told to stop', async () => {
    const { store, log } = filling();
    const stop = new AbortController();
    stop.abort();
    const http: Fetch = { fetch: () => Promise.reject(new Error('asked')) };
    const sources = [source('mine', { a: [sample(1, 0.1)] })];
    const clock = setClock(T0);
    await backfill({ sources, http, sane, catalogue: CATALOGUE, store, clock, log, signal: stop.signal });
    expect(log.lines).toEqual([]);
  });
});

it('nothing recorded means everything is earlier', () => {
  const samples = [sample(1, 0.1), sample(0, 0.2)];
  expect(earlier(samples, memoryStore().evidence())).toEqual(samples);
});

describe('a history that a killed process left half recorded', () => {
  const history = [5, 4, 3, 2, 1, 0].map((days) => sample(days, days / 10, UTILIZATION, 'mine history'));

  it('is completed at the next start', async () => {
    const store = memoryStore();
    await store.observe(history.slice(0, 3), []);
    await store.observe(earlier(history, store.evidence()), []);
    expect(store.evidence().series(UTILIZATION)?.length).toBe(history.length);
    expect(earlier(history, store.evidence())).toEqual([]);
  });

  it('ends where anybody else begins, and corrects nothing', async () => {
    const store = memoryStore();
    await store.observe([...history.slice(0, 2), sample(1, 0.9)], []);
    const again = history.map((one) => ({ ...one, value: one.value + 0.01 }));
    expect(earlier(again, store.evidence())).toEqual(again.slice(2, 4));
  });

  it('is no way round for live figures', async () => {
    const store = memoryStore();
    await store.observe([sample(1, 0.1)], []);
    expect(earlier([sample(2, 0.1), sample(0, 0.2)], store.evidence())).toEqual([sample(2, 0.1)]);
  });
});
