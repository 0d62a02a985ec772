/** The whole way from polls that fail together to tiers that stay, and back: poller, health, judge and outbox as they run. */
import { expect, it } from 'vitest';
import { blindSince } from '../../src/core/state.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import type { Fetch } from '../../src/engine/ask.ts';
import { createHealth } from '../../src/engine/health.ts';
import { createJudge } from '../../src/engine/judge.ts';
import { createPoll } from '../../src/engine/poll.ts';
import { sane } from '../../src/sources/sane.ts';
import { createTrust } from '../../src/sources/trust/gate.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { fakeSource, heardLog, setClock } from '../fakes.ts';
import { bookOf, NAMES, ruleOf, T0 } from '../world.ts';

const EVERY = 10 * MINUTE;
const NETWORKS = ['akash', 'ionet', 'render'];
const CHAT = { platform: 'discord', chat: '1', thread: null } as const;
const ADMIN = { platform: 'discord', chat: '@7', thread: null } as const;
const REPLY = { bytes: new Uint8Array(), contentType: null, modified: null };

it('freezes tiers while nothing comes in, and judges the time between once it does', async () => {
  const clock = setClock(T0);
  const store = memoryStore({ step: () => EVERY });
  const log = heardLog();
  await store.commit([{ kind: 'subscribed', subscription: { destination: CHAT, networks: 'all', by: '9', at: T0 } }]);
  let network: 'up' | 'down' = 'up';
  const http: Fetch = {
    fetch: async () =>
      network === 'up'
        ? { kind: 'ok', reply: REPLY, unchanged: false }
        : { kind: 'failed', why: 'example.com: no such host', retryAfter: null },
  };
  const sources = NETWORKS.map((id) => {
    const series = `${id}.gpu_utilization`;
    return fakeSource(id, {
      every: EVERY,
      series: [{ id: series, refresh: EVERY }],
      parse: (_, __, now) => ({ samples: [{ series, at: now, value: 0.1, source: id }], articles: [], dropped: [] }),
    });
  });
  const rule = { id: 'floor', networks: ['akash'], when: 'gpu_utilization < 20%', for: '1h', effect: { lower: 1 } };
  const running = new Set(['discord'] as const);
  const parts = { store, clock, log, owed: () => {} };
  const judge = createJudge({ ...parts, book: bookOf(ruleOf(rule)), every: MINUTE, lookback: HOUR, running });
  const health = createHealth({ ...parts, sources, disabled: [], chats: [ADMIN], nextTry: () => clock.now() + EVERY });
  const { catalogue } = NAMES;
  let judged: Promise<void> = Promise.resolve();
  const poll = createPoll({
    ...parts,
    http,
    sane,
    catalogue,
    health,
    trust: createTrust(sources, catalogue),
    arrived: () => {
      judged = judge.now();
    },
  });
  /** Ten minutes as the schedule makes them: a tick each, then every source. */
  async function pass(times: number): Promise<void> {
    for (let minute = 0; minute < times * 10; minute++) {
      clock.set(clock.now() + MINUTE);
      await judge.now();
      if ((clock.now() - T0) % EVERY !== 0) continue;
      for (const source of sources) await poll.run(source, new AbortController().signal);
      await judged;
    }
  }
  const tier = () => store.state().tiers.get('akash')?.tier;
  const told = () => [...store.state().notices.values()].map(({ title }) => title);

  await health.begin();
  await judge.start();
  await pass(3);
  network = 'down';
  // The rule is pending since the tenth minute and its last figure is good until the sixtieth, but nobody looks then.
  await pass(30);
  expect(told()).toEqual(['We are blind: 3 of 3 sources give nothing']);
  expect(blindSince(store.state())).toBe(T0 + 6 * EVERY);
  expect(tier()).toBe('watching');
  expect(store.state().rules.get('floor/akash')).toMatchObject({ phase: 'pending', frozen: null });

  network = 'up';
  await pass(1);
  expect(told()).toEqual(['We are blind: 3 of 3 sources give nothing', 'We see again after 4h 40m']);
  // Known for 51 minutes before and from now on: the hours between count toward nothing.
  expect(tier()).toBe('watching');
  await pass(1);
  expect(tier()).toBe('avoid');
  const [change] = [...store.state().changes.values()].filter(({ cause }) => cause === 'rule');
  expect((change?.at ?? 0) - T0).toBe(349 * MINUTE);
});
