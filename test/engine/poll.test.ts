import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/core/metric.ts';
import type { Reading, Source } from '../../src/core/ports.ts';
import { createPoll, type Fetch } from '../../src/engine/poll.ts';
import { sane } from '../../src/sources/sane.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { heardLog, setClock } from '../fakes.ts';
import { T0 } from '../world.ts';

const CATALOGUE = catalogue([{ id: 'gpu_utilization', unit: 'ratio', meaning: 'leased', range: [0, 1] }], ['h100']);
const REPLY = { bytes: new Uint8Array(), contentType: null, modified: null };

function source(...readings: readonly Partial<Reading>[]): Source {
  let asked = 0;
  return {
    id: 'mine',
    title: 'Mine',
    homepage: 'https://example.com',
    every: 1000,
    series: [],
    requests: () => [{ url: 'https://example.com/a?key=secret' }],
    parse: () => ({ samples: [], articles: [], dropped: [], ...readings[Math.min(asked++, readings.length - 1)] }),
  };
}

const sample = (value: number, at = T0) => ({ series: 'akash.gpu_utilization', at, value, source: 'mine' });

function polling(answers: Awaited<ReturnType<Fetch['fetch']>> = { kind: 'ok', reply: REPLY, unchanged: false }) {
  const store = memoryStore();
  const log = heardLog();
  let arrived = 0;
  const clock = setClock(T0);
  const http: Fetch = { fetch: async () => answers };
  const poll = createPoll({ http, sane, catalogue: CATALOGUE, store, clock, log, arrived: () => arrived++ });
  const run = (one: Source, signal = new AbortController().signal) => poll.run(one, signal);
  return { store, log, run, arrived: () => arrived };
}

describe('a poll', () => {
  it('stores what is sane, names what is dropped, and calls for a judgement only where something is new', async () => {
    const { store, log, run, arrived } = polling();
    const mine = source({ samples: [sample(0.5), { ...sample(7), at: T0 - 1 }] });
    await run(mine);
    await run(mine);
    expect(store.evidence().series('akash.gpu_utilization')?.length).toBe(1);
    expect(arrived()).toBe(1);
    expect(log.lines.join('\n')).toContain('"reason":"700% is outside 0% to 100%","path":"example.com/a"');
    expect(log.lines.join('\n')).not.toContain('secret');
  });

  it('sums up a thousand dropped rows', async () => {
    const { log, run } = polling();
    await run(source({ dropped: Array.from({ length: 1000 }, (_, at) => ({ what: `row ${at}`, reason: 'odd' })) }));
    expect(log.lines.filter((line) => line.includes(' dropped '))).toHaveLength(11);
    expect(log.lines.join('\n')).toContain('990 more');
  });

  it('calls a source dark after three polls without anything, once, and says when it is back', async () => {
    const { store, log, run } = polling();
    const nothing = { dropped: [{ what: 'body', reason: 'an HTML page' }] };
    const mine = source({ samples: [sample(0.5)] }, nothing, nothing, nothing, nothing, { samples: [sample(0.6)] });
    const states: (string | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      await run(mine);
      states.push(store.state().sources.get('mine')?.state);
    }
    expect(states).toEqual(['ok', 'ok', 'ok', 'dark', 'dark', 'ok']);
    expect(log.lines.filter((line) => line.includes('gone dark'))).toHaveLength(1);
    expect(log.lines.filter((line) => line.includes('is back'))).toHaveLength(1);
    expect(log.lines.join('\n')).toContain('body: an HTML page');
  });

  it('tells a failed fetch, and stores nothing once it was told to stop', async () => {
    const failed = polling({ kind: 'failed', why: 'example.com/a: no such host', retryAfter: null });
    await failed.run(source({}));
    expect(failed.log.lines.join('\n')).toContain('no such host');
    const stopped = polling();
    const controller = new AbortController();
    controller.abort();
    await stopped.run(source({ samples: [sample(0.5)] }), controller.signal);
    expect(stopped.store.evidence().series('akash.gpu_utilization')).toBeUndefined();
  });
});
