import { describe, expect, it } from 'vitest';
import type { Clock, Store } from '../../src/core/ports.ts';
import { apply } from '../../src/core/state.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { createJudge, TICK } from '../../src/engine/judge.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { tick } from '../../src/triggers/judge/tick.ts';
import { recorded } from '../../src/triggers/replay/recorded.ts';
import { heardLog, setClock } from '../fakes.ts';
import { bookOf, daily, ruleOf, T0 } from '../world.ts';

const RULE = { id: 'floor', networks: ['akash'], when: 'gpu_utilization < 20%', for: '2h', effect: { lower: 1 } };
const CHAT = { platform: 'discord', chat: '1', thread: null } as const;

async function subscribed(): Promise<Store> {
  const store = memoryStore({ step: () => HOUR });
  await store.commit([{ kind: 'subscribed', subscription: { destination: CHAT, networks: 'all', by: '9', at: T0 } }]);
  return store;
}

function judging(store: Store, rules: readonly ReturnType<typeof ruleOf>[], now: number, other?: Clock) {
  const clock = setClock(now);
  let owed = 0;
  const judge = createJudge({
    book: bookOf(...rules),
    store,
    clock: other ?? clock,
    every: MINUTE,
    lookback: 30 * DAY,
    running: new Set(['discord'] as const),
    log: heardLog(),
    owed: () => owed++,
  });
  return { judge, clock, owed: () => owed };
}

const hourly = (values: readonly (number | null)[]) => daily('akash.gpu_utilization', values, HOUR);

describe('the judgement', () => {
  it('records the change and its debts in one commit, and does both once', async () => {
    const store = await subscribed();
    const commits: number[] = [];
    const counting: Store = {
      ...store,
      commit: (events) => {
        commits.push(events.length);
        return store.commit(events);
      },
    };
    const { judge, clock, owed } = judging(counting, [ruleOf(RULE)], T0);
    await judge.start();
    for (const [hour, sample] of hourly([0.1, 0.1, 0.1]).entries()) {
      clock.set(T0 + hour * HOUR);
      await store.observe([sample], []);
      await judge.now();
      await judge.now();
    }
    expect(store.state().tiers.get('akash')?.tier).toBe('avoid');
    expect([...store.state().owed.values()]).toMatchObject([
      { destination: CHAT, changes: ['akash-20260101T020000Z'] },
    ]);
    expect(owed()).toBe(1);
    expect(commits.at(-1)).toBe(3);
  });

  it('judges once more, not once each, for what arrives while it judges', async () => {
    const store = await subscribed();
    let asked = 0;
    const counting: Store = {
      ...store,
      evidence: () => {
        asked++;
        return store.evidence();
      },
    };
    const { judge } = judging(counting, [], T0);
    await judge.start();
    asked = 0;
    const first = judge.now();
    await Promise.resolve();
    await Promise.all([first, judge.now(), judge.now(), judge.now()]);
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('makes up for downtime as if it had never stopped, in one message a chat', async () => {
    const values = [0.5, 0.5, 0.1, 0.1, 0.1, 0.1, 0.1, 0.5, 0.5];
    const always = await subscribed();
    const never = judging(always, [ruleOf(RULE)], T0);
    await never.judge.start();
    const stopped = await subscribed();
    const first = judging(stopped, [ruleOf(RULE)], T0);
    await first.judge.start();
    await first.judge.now();
    await never.judge.now();
    for (let minute = 1; minute <= 8 * 60; minute++) {
      never.clock.set(T0 + minute * MINUTE);
      if (minute % 60 === 0) await always.observe(hourly(values).slice(minute / 60, minute / 60 + 1), []);
      await never.judge.now();
    }
    await stopped.observe(hourly(values), []);
    await judging(stopped, [ruleOf(RULE)], T0 + 8 * HOUR).judge.start();
    const tiers = (store: Store) =>
      [...store.state().changes.values()].filter((change) => change.cause === 'rule').map(({ id }) => id);
    expect(tiers(stopped)).toEqual(tiers(always));
    expect(tiers(stopped)).toHaveLength(2);
    expect([...stopped.state().owed.values()].map(({ changes }) => changes)).toEqual([tiers(stopped)]);
    expect(stopped.lastRun(TICK)).toBe(T0 + 8 * HOUR);
  });

  it('tells an edit as config, with the rule rehearsed over what is stored', async () => {
    const store = await subscribed();
    await store.observe(hourly(Array<number>(24).fill(0.3)), []);
    const before = judging(store, [ruleOf(RULE, 'old')], T0 + 24 * HOUR);
    await before.judge.start();
    await before.judge.now();
    expect(store.state().tiers.get('akash')?.tier).toBe('watching');
    const after = judging(store, [ruleOf({ ...RULE, when: 'gpu_utilization < 40%' }, 'new')], T0 + 24 * HOUR + MINUTE);
    await after.judge.start();
    expect(store.state().tiers.get('akash')?.tier).toBe('avoid');
    const change = [...store.state().changes.values()].at(-1);
    expect(change).toMatchObject({ cause: 'config', kind: 'tier', from: 'watching', to: 'avoid' });
    expect(store.state().rules.get('floor/akash')).toMatchObject({ version: 'new', phase: 'firing' });
    await judging(store, [], T0 + 25 * HOUR).judge.start();
    expect(store.state().rules.size).toBe(0);
    expect([...store.state().changes.values()].at(-1)).toMatchObject({
      cause: 'config',
      from: 'avoid',
      to: 'watching',
      says: 'The rules or the starting tier were edited',
    });
  });

  it('changes nothing by restarting at any point', async () => {
    const values = [0.5, 0.1, 0.1, null, null, null, null, null, 0.1, 0.1, 0.1, 0.1];
    async function run(restarts: ReadonlySet<number>) {
      const store = await subscribed();
      let { judge, clock } = judging(store, [ruleOf(RULE)], T0);
      await judge.start();
      for (let hour = 0; hour < values.length; hour++) {
        if (restarts.has(hour)) ({ judge, clock } = judging(store, [ruleOf(RULE)], T0 + (hour - 1) * HOUR));
        if (restarts.has(hour)) await judge.start();
        clock.set(T0 + hour * HOUR);
        await store.observe(
          hourly(values).filter(({ at }) => at === T0 + hour * HOUR),
          [],
        );
        await judge.now();
      }
      return [...store.state().changes.values()].filter(({ cause }) => cause !== 'start');
    }
    const steady = await run(new Set());
    expect(steady).toHaveLength(1);
    for (let hour = 1; hour < values.length; hour++) expect(await run(new Set([hour]))).toEqual(steady);
  });
});

describe('what an edit does to watches', () => {
  const WATCH = { id: 'w', networks: ['akash'], when: 'gpu_utilization < 20%', effect: { watch: 'negative' } };

  it('lifts those of a removed rule, sets those an edited one already gives, both told as config', async () => {
    const store = await subscribed();
    await store.observe(hourly(Array<number>(24).fill(0.1)), []);
    const at = (minute: number) => T0 + 24 * HOUR + minute * MINUTE;
    const told = () => [...store.state().changes.values()].filter(({ kind }) => kind === 'watch');
    await judging(store, [ruleOf(WATCH, 'a')], at(0)).judge.start();
    expect(told()).toMatchObject([{ on: true, cause: 'config', direction: 'negative' }]);
    expect(store.state().watches.size).toBe(1);
    await judging(store, [ruleOf({ ...WATCH, effect: { watch: 'positive' } }, 'b')], at(1)).judge.start();
    expect(told().at(-1)).toMatchObject({ on: true, direction: 'positive' });
    await judging(store, [], at(2)).judge.start();
    expect(told().at(-1)).toMatchObject({
      on: false,
      cause: 'config',
      says: 'The rule that set it was removed or edited',
    });
    expect(store.state().watches.size).toBe(0);
  });
});

describe('a disk that refuses for a while', () => {
  it('does not end the judgement', async () => {
    const store = await subscribed();
    let full = false;
    const flaky: Store = {
      ...store,
      commit: (events) => (full ? Promise.reject(new Error('ENOSPC')) : store.commit(events)),
    };
    const { judge, clock } = judging(flaky, [ruleOf({ ...RULE, for: '0s' })], T0);
    await judge.start();
    await store.observe(hourly([0.1]), []);
    full = true;
    await expect(judge.now()).rejects.toThrow('ENOSPC');
    full = false;
    clock.set(T0 + MINUTE);
    await judge.now();
    expect(store.state().tiers.get('akash')?.tier).toBe('avoid');
  });
});

describe('an edit together with downtime', () => {
  it('counts from the last judgement on; what came after is the world', async () => {
    const store = await subscribed();
    await store.observe(hourly(Array<number>(5).fill(0.5)), []);
    const before = judging(store, [ruleOf(RULE, 'old')], T0 + 4 * HOUR);
    await before.judge.start();
    await before.judge.now();
    await store.observe(hourly([0.5, 0.5, 0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3]), []);
    await judging(store, [ruleOf({ ...RULE, when: 'gpu_utilization < 40%' }, 'new')], T0 + 8 * HOUR).judge.start();
    const moved = [...store.state().changes.values()].filter(({ cause }) => cause !== 'start');
    expect(moved).toMatchObject([{ cause: 'rule', to: 'avoid', at: T0 + 7 * HOUR }]);
    expect(store.state().rules.get('floor/akash')).toMatchObject({ phase: 'firing', since: T0 + 7 * HOUR });
  });
});

describe('rehearsal', () => {
  it('sees a rule that has held long enough fire, also where the history is short', async () => {
    const store = await subscribed();
    await store.observe(daily('akash.gpu_utilization', Array<number>(40).fill(0.1), MINUTE), []);
    await judging(store, [ruleOf({ ...RULE, for: '30m' }, 'new')], T0 + 40 * MINUTE).judge.start();
    expect(store.state().rules.get('floor/akash')?.phase).toBe('firing');
    expect([...store.state().changes.values()].filter(({ cause }) => cause === 'config')).toMatchObject([
      { to: 'avoid', says: expect.stringMatching(/^New or edited: .* fires as it now reads; .* is 10%, below 20%$/) },
    ]);
  });

  it('leaves the other networks of a rule alone when one is added', async () => {
    const store = await subscribed();
    const held = {
      id: 'held',
      networks: ['akash'],
      when: 'gpu_utilization < 20%',
      clear: 'gpu_utilization > 60%',
      effect: { lower: 1 },
    };
    const { judge, clock } = judging(store, [ruleOf(held)], T0);
    await judge.start();
    for (const [hour, sample] of hourly([0.5, 0.1, 0.4, 0.4]).entries()) {
      clock.set(T0 + hour * HOUR);
      await store.observe([sample], []);
      await judge.now();
    }
    const changes = () => [...store.state().changes.values()].filter(({ cause }) => cause !== 'start').length;
    expect(changes()).toBe(1);
    await judging(store, [ruleOf({ ...held, networks: ['akash', 'ionet'] })], T0 + 3 * HOUR + MINUTE).judge.start();
    expect(changes()).toBe(1);
    expect(store.state().rules.get('held/akash')?.phase).toBe('firing');
  });

  it('rehearses a rule that asks for news too, before any sample of what else it reads', async () => {
    const store = await subscribed();
    const mixed = {
      id: 'mixed',
      networks: ['bittensor'],
      when: 'news(lab_training, 30d) >= 1 or gpu_utilization < 20%',
      effect: { watch: 'positive', expires: '300d' },
    };
    const event = { type: 'lab_training', network: 'bittensor', status: 'done', because: [] } as const;
    const article = {
      id: 'a',
      feed: 'f',
      outlet: 'One',
      owner: 'One',
      trust: 'press',
      title: 'T',
      summary: null,
      link: null,
      published: T0,
      events: [event],
    } as const;
    await store.observe([], [article]);
    await judging(store, [ruleOf(mixed)], T0 + DAY).judge.start();
    expect([...store.state().changes.values()].filter(({ kind }) => kind === 'watch')).toMatchObject([
      { cause: 'config', on: true },
    ]);
  });

  it('does not count dark time where the note of the last judgement was lost', async () => {
    const store = await subscribed();
    const rule = ruleOf({ ...RULE, for: '4d' });
    const { judge, clock } = judging(store, [rule], T0);
    await judge.start();
    for (const [hour, sample] of hourly([0.1, 0.1, 0.1]).entries()) {
      clock.set(T0 + hour * HOUR);
      await store.observe([sample], []);
      await judge.now();
    }
    const forgetful: Store = { ...store, lastRun: () => undefined };
    const later = T0 + 5 * DAY;
    await store.observe([{ series: 'akash.gpu_utilization', at: later, value: 0.1, source: 'test' }], []);
    const again = judging(forgetful, [rule], later);
    await again.judge.start();
    await again.judge.now();
    expect(store.state().rules.get('floor/akash')?.phase).toBe('pending');
    expect(store.state().tiers.get('akash')?.tier).toBe('watching');
  });
});

describe('while most sources fail together', () => {
  const blind = (store: Store, since: number | null) => store.commit([{ kind: 'blind', since }]);
  const moved = (store: Store) => [...store.state().changes.values()].filter(({ cause }) => cause === 'rule');

  /** The rule is pending from T0 and would fire at T0 + 2h; sight is lost a minute before. */
  async function almost() {
    const store = await subscribed();
    const { judge, clock } = judging(store, [ruleOf(RULE)], T0);
    await judge.start();
    for (const [hour, sample] of hourly([0.1, 0.1]).entries()) {
      clock.set(T0 + hour * HOUR);
      await store.observe([sample], []);
      await judge.now();
    }
    clock.set(T0 + 2 * HOUR - MINUTE);
    await judge.now();
    await blind(store, T0 + 2 * HOUR - MINUTE);
    return { store, judge, clock };
  }

  it('a rule one minute short of firing does not fire, though its figure is still fresh', async () => {
    const { store, judge, clock } = await almost();
    for (const minutes of [1, 2, 60, 600]) {
      clock.set(T0 + 2 * HOUR + minutes * MINUTE);
      await judge.now();
    }
    expect(moved(store)).toEqual([]);
    expect(store.state().rules.get('floor/akash')?.phase).toBe('pending');
    expect(store.lastRun(TICK)).toBe(T0 + 2 * HOUR - MINUTE);
  });

  it('what was missed is made up for once sight is back, in one message a chat', async () => {
    const { store, judge, clock } = await almost();
    clock.set(T0 + 8 * HOUR);
    await judge.now();
    await store.observe(hourly([0.1, 0.1, 0.1, 0.1, 0.1, 0.5, 0.5, 0.5, 0.5]), []);
    await blind(store, null);
    await judge.now();
    expect(moved(store).map(({ at, id }) => [(at - T0) / HOUR, id])).toEqual([
      [2, 'akash-20260101T020000Z'],
      [5, 'akash-20260101T050000Z'],
    ]);
    expect([...store.state().owed.values()].map(({ changes }) => changes)).toEqual([moved(store).map(({ id }) => id)]);
    expect(store.lastRun(TICK)).toBe(T0 + 8 * HOUR);
    clock.set(T0 + 8 * HOUR + MINUTE);
    await judge.now();
    expect(moved(store)).toHaveLength(2);
  });

  it('time without figures stays unknown, and counts toward nothing', async () => {
    const store = await subscribed();
    const { judge, clock } = judging(store, [ruleOf({ ...RULE, for: '6h' })], T0);
    await judge.start();
    await store.observe(hourly([0.1]), []);
    await judge.now();
    await blind(store, T0);
    await judge.now();
    clock.set(T0 + 20 * HOUR);
    await store.observe([{ series: 'akash.gpu_utilization', at: T0 + 20 * HOUR, value: 0.1, source: 'test' }], []);
    await blind(store, null);
    await judge.now();
    expect(moved(store)).toEqual([]);
    // Known for three hours after T0, its max age, and again from now on.
    expect(store.state().rules.get('floor/akash')).toMatchObject({ phase: 'pending', held: T0 + 17 * HOUR - MINUTE });
  });

  it('a restart judges nothing until sight is back, and then the whole time', async () => {
    const { store } = await almost();
    const { judge, clock } = judging(store, [ruleOf(RULE)], T0 + 5 * HOUR);
    await judge.start();
    await judge.now();
    expect(moved(store)).toEqual([]);
    await store.observe(hourly([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]), []);
    await blind(store, null);
    clock.set(T0 + 6 * HOUR);
    await judge.now();
    expect(moved(store)).toMatchObject([{ at: T0 + 2 * HOUR, to: 'avoid' }]);
  });

  it('a restart right after sight is lost makes up for it too', async () => {
    const { store } = await almost();
    const { judge, clock } = judging(store, [ruleOf(RULE)], T0 + 2 * HOUR - MINUTE);
    await judge.start();
    await store.observe(hourly([0.1, 0.1, 0.1, 0.1]), []);
    await blind(store, null);
    clock.set(T0 + 3 * HOUR);
    await judge.now();
    expect(moved(store)).toMatchObject([{ at: T0 + 2 * HOUR, to: 'avoid' }]);
  });

  it('takes over an edit of the rules, which is the owner’s word and not the world’s', async () => {
    const { store } = await almost();
    const { judge } = judging(store, [ruleOf({ ...RULE, for: '1h' }, 'new')], T0 + 5 * HOUR);
    await judge.start();
    expect([...store.state().changes.values()].at(-1)).toMatchObject({ cause: 'config', to: 'avoid' });
  });
});

describe('a figure of the past that is corrected', () => {
  const SHARE = { id: 'share', networks: ['akash'], when: 'avg(leased_share, 20d) < 20%', effect: { lower: 1 } };
  const HOURS = 40 * 24;
  const shares = (leased: (hour: number) => number) => [
    ...daily(
      'akash.gpus_leased',
      Array.from({ length: HOURS }, (_, hour) => leased(hour)),
      HOUR,
    ),
    ...daily('akash.gpus_total', Array<number>(HOURS).fill(100), HOUR),
  ];

  it('is judged in several attempts with pauses between them, and as in one', async () => {
    const store = await subscribed();
    await store.observe(
      shares(() => 25),
      [],
    );
    const now = T0 + (HOURS - 1) * HOUR;
    let asked = 0;
    const clock = {
      now: () => {
        asked += 1;
        return now + MINUTE;
      },
    };
    const { judge } = judging(store, [ruleOf(SHARE)], now, clock);
    await judge.start();
    asked = 0;
    await judge.now();
    expect(asked).toBe(1);
    expect(store.state().tiers.get('akash')?.tier).toBe('watching');
    await store.observe(
      shares((hour) => (hour < 600 ? 25 : 1)).filter(({ series }) => series === 'akash.gpus_leased'),
      [],
    );
    const before = store.state();
    asked = 0;
    await judge.now();
    expect(asked).toBeGreaterThan(1);
    const evidence = recorded(
      shares((hour) => (hour < 600 ? 25 : 1)),
      [],
      HOUR,
    );
    const expected = tick(bookOf(ruleOf(SHARE)), before, evidence, now + MINUTE);
    const told = expected.events.flatMap((event) => (event.kind === 'change' ? [event.change] : []));
    expect(told).toHaveLength(1);
    expect([...store.state().changes.values()].slice(-1)).toEqual(told);
  });

  it('is not judged where sight is lost meanwhile', async () => {
    const store = await subscribed();
    await store.observe(
      shares((hour) => (hour < 600 ? 25 : 1)),
      [],
    );
    const now = T0 + (HOURS - 1) * HOUR;
    let state = store.state();
    // Nothing is warm yet, so the first attempt is broken off; it asks what time it is, and by the second one all is dark.
    const turning: Store = { ...store, state: () => state };
    const { judge } = judging(turning, [ruleOf(SHARE)], now, {
      now: () => {
        state = apply(store.state(), { kind: 'blind', since: now });
        return now;
      },
    });
    await judge.now();
    expect(store.lastRun(TICK)).toBeUndefined();
    expect(store.state().tiers.size).toBe(0);
  });
});
