/** How sources are over many polls and restarts, and what admins hear of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../src/core/destination.ts';
import type { DisputeTurn, Event } from '../../src/core/events.ts';
import type { Source, Store } from '../../src/core/ports.ts';
import { blindSince } from '../../src/core/state.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import { type Outcome, pollOf, successOf } from '../../src/engine/health/course.ts';
import { createHealth } from '../../src/engine/health.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { fakeSource, heardLog, setClock } from '../fakes.ts';
import { T0 } from '../world.ts';

const ADMIN: Destination = { platform: 'discord', chat: '@700', thread: null };
const GROUP: Destination = { platform: 'telegram', chat: '-100', thread: null };
const EVERY = 10 * MINUTE;
const BAD = { fresh: false, why: 'gave nothing: example.com: answered 503' } as const;
const GOOD = { fresh: true } as const;

const given = (...ids: readonly string[]) => ({ series: ids.map((id) => ({ id, refresh: null })) });
const akash = fakeSource('akash', { title: 'Akash Console', ...given('akash.a', 'akash.b', 'akash.c', 'akash.d') });
const names = (count: number) => Array.from({ length: count }, (_, at) => fakeSource(`s${at}`, given(`s${at}.a`)));

function setUp(
  sources: readonly Source[],
  store: Store = memoryStore(),
  now: Instant = T0,
  disabled = [] as { id: string; why: string }[],
) {
  const clock = setClock(now);
  const log = heardLog();
  let owed = 0;
  const commits: (readonly Event[])[] = [];
  const watched: Store = {
    ...store,
    commit: (events) => {
      commits.push(events);
      return store.commit(events);
    },
  };
  const health = createHealth({
    store: watched,
    clock,
    log,
    sources,
    disabled,
    chats: [ADMIN, GROUP],
    nextTry: () => clock.now() + EVERY,
    owed: () => owed++,
  });
  /** One poll, as the schedule and the poller make it. */
  async function poll(source: Source, outcome: Outcome, turns: readonly DisputeTurn[] = []) {
    const sighted = await health.polled(source, outcome, turns);
    store.ran(pollOf(source), clock.now());
    return sighted;
  }
  const state = (source: Source) => store.state().sources.get(source.id)?.state;
  const told = () => [...store.state().notices.values()].map(({ title }) => title);
  const pass = (time: number) => clock.set(clock.now() + time);
  return { store, health, clock, log, poll, pass, state, told, commits, owed: () => owed };
}

describe('one source', () => {
  it('is ok, late, late, dark, and ok again; only transitions are committed', async () => {
    const { poll, state, commits, store, pass } = setUp([akash]);
    const states: (string | undefined)[] = [];
    for (const outcome of [GOOD, GOOD, BAD, BAD, BAD, BAD, BAD, GOOD, GOOD, GOOD]) {
      await poll(akash, outcome);
      pass(EVERY);
      states.push(state(akash));
    }
    expect(states).toEqual(['ok', 'ok', 'late', 'late', 'dark', 'dark', 'dark', 'dark', 'ok', 'ok']);
    expect(commits).toHaveLength(4);
    expect(store.state().sources.get('akash')).toEqual({ state: 'ok', since: T0 + 8 * EVERY, why: null });
    expect(store.lastRun(successOf(akash))).toBe(T0 + 9 * EVERY);
  });

  it('is told once when it goes dark: which, why, since when, what rests on it, and when it is asked next', async () => {
    const { poll, store, pass, commits, log, owed } = setUp([akash]);
    for (const outcome of [GOOD, BAD, BAD, BAD, BAD]) {
      await poll(akash, outcome);
      pass(EVERY);
    }
    expect([...store.state().notices.values()]).toEqual([
      {
        id: 'dark-akash-20260101T003000Z',
        at: T0 + 3 * EVERY,
        kind: 'dark',
        title: 'Akash Console (akash) has gone dark',
        says: [
          'It last gave something at 2026-01-01 00:00 UTC; 3 polls in a row failed. The last gave nothing: example.com: answered 503.',
          'It gives akash.a, akash.b, akash.c and 1 more: in time these become unknown, unless another source gives them too.',
          'Next try: 2026-01-01 00:40 UTC.',
        ],
      },
    ]);
    expect(commits.at(-1)?.map(({ kind }) => kind)).toEqual(['source', 'notice', 'owed', 'owed']);
    expect([...store.state().owed.values()]).toMatchObject([
      { destination: ADMIN, notice: 'dark-akash-20260101T003000Z', changes: [] },
      { destination: GROUP },
    ]);
    expect(owed()).toBe(1);
    expect(log.lines.filter((line) => line.includes('gone dark'))).toHaveLength(1);
  });

  it('is told once when it is back, with how long it gave nothing', async () => {
    const { poll, told, pass, log } = setUp([akash]);
    await poll(akash, GOOD);
    pass(2 * HOUR);
    for (const outcome of [BAD, BAD, BAD]) await poll(akash, outcome);
    pass(HOUR + 10 * MINUTE);
    await poll(akash, GOOD);
    await poll(akash, GOOD);
    expect(told()).toEqual(['Akash Console (akash) has gone dark', 'Akash Console (akash) is back after 3h 10m']);
    expect(log.lines.filter((line) => line.includes('is back'))).toHaveLength(1);
  });

  it('that never gave anything says so, and a feed what rests on it', async () => {
    const feed = fakeSource('feed');
    const { poll, store } = setUp([feed]);
    for (const outcome of [BAD, BAD, BAD]) await poll(feed, outcome);
    expect([...store.state().notices.values()]).toMatchObject([
      {
        title: 'feed has gone dark',
        says: [
          expect.stringMatching(/^It has never given anything; 3 polls in a row failed\./),
          'It is a news feed: what only it reports is missed meanwhile.',
          expect.anything(),
        ],
      },
    ]);
  });

  it('is neither forgiven nor told again by a restart', async () => {
    const first = setUp([akash]);
    for (const outcome of [GOOD, BAD, BAD, BAD]) await first.poll(akash, outcome);
    const second = setUp([akash], first.store, T0 + HOUR);
    await second.health.begin();
    expect(second.commits).toEqual([]);
    for (const outcome of [BAD, BAD, BAD]) await second.poll(akash, outcome);
    expect(second.state(akash)).toBe('dark');
    expect(second.told()).toHaveLength(1);
    for (const outcome of [GOOD, GOOD]) await second.poll(akash, outcome);
    expect(second.told().at(-1)).toContain('is back after 1h');
  });

  it('that failed before a restart needs two more to be dark', async () => {
    const first = setUp([akash]);
    await first.poll(akash, GOOD);
    first.pass(EVERY);
    await first.poll(akash, BAD);
    const second = setUp([akash], first.store, T0 + EVERY + MINUTE);
    await second.health.begin();
    await second.poll(akash, BAD);
    expect(second.state(akash)).toBe('late');
    await second.poll(akash, BAD);
    expect(second.state(akash)).toBe('dark');
  });

  it('is told at the next poll where the disk refused', async () => {
    const store = memoryStore();
    let full = false;
    const flaky: Store = {
      ...store,
      commit: (events) => (full ? Promise.reject(new Error('ENOSPC')) : store.commit(events)),
    };
    const { poll, told } = setUp([akash], flaky);
    for (const outcome of [GOOD, BAD, BAD]) await poll(akash, outcome);
    full = true;
    await expect(poll(akash, BAD)).rejects.toThrow('ENOSPC');
    full = false;
    await poll(akash, BAD);
    expect(told()).toHaveLength(1);
  });
});

describe('a source that comes and goes', () => {
  const flapping = async (polls: number, outcomeAt: (poll: number) => typeof GOOD | typeof BAD) => {
    const world = setUp([akash]);
    for (let at = 0; at < polls; at++) {
      await world.poll(akash, outcomeAt(at));
      world.pass(EVERY);
    }
    return world;
  };
  const DAYS = DAY / EVERY;

  it('is not back by one good poll among bad ones', async () => {
    const { told, state } = await flapping(DAYS, (at) => (at % 4 === 0 ? GOOD : BAD));
    expect(told()).toEqual(['Akash Console (akash) has gone dark']);
    expect(state(akash)).toBe('dark');
  });

  it('is told once a day; the log has every time', async () => {
    const { told, log } = await flapping(2 * DAYS, (at) => (at % 5 < 2 ? GOOD : BAD));
    expect(told()).toHaveLength(4);
    expect(log.lines.filter((line) => line.includes('gone dark')).length).toBeGreaterThan(50);
  });

  it('and then stays away is told a day after it was told before', async () => {
    const { store } = await flapping(2 * DAYS, (at) => (at % 5 < 2 && at < 10 ? GOOD : BAD));
    const notices = [...store.state().notices.values()];
    expect(notices.map(({ kind, at }) => [kind, (at - T0) / EVERY])).toEqual([
      ['dark', 4],
      ['back', 6],
      ['dark', 4 + DAYS],
    ]);
    expect(notices.at(-1)?.says[0]).toContain('142 polls in a row failed');
  });
});

describe('a process that is restarted with every poll', () => {
  const slow = fakeSource('slow', { ...given('slow.a'), every: 12 * HOUR });
  const restarted = async (...outcomes: readonly (typeof GOOD | typeof BAD)[]) => {
    const store = memoryStore();
    for (const [at, outcome] of outcomes.entries()) {
      const world = setUp([slow], store, T0 + at * slow.every);
      await world.health.begin();
      await world.poll(slow, outcome);
    }
    return [...store.state().notices.values()].map(({ kind, at }) => [kind, (at - T0) / slow.every]);
  };

  it('hides no darkness, and no end of it', async () => {
    expect(await restarted(GOOD, BAD, BAD, BAD, BAD, GOOD, GOOD)).toEqual([
      ['dark', 3],
      ['back', 6],
    ]);
  });

  it('hides no source that never gave anything', async () => {
    expect(await restarted(BAD, BAD, BAD, BAD)).toEqual([['dark', 2]]);
  });

  it('forgives the first failure after long downtime', async () => {
    const first = setUp([akash]);
    await first.poll(akash, GOOD);
    const second = setUp([akash], first.store, T0 + 5 * DAY);
    await second.health.begin();
    await second.poll(akash, BAD);
    expect(second.state(akash)).toBe('late');
  });
});

describe('a series that dies inside a living source', () => {
  const missing = (...ids: readonly string[]) => ({
    fresh: true as const,
    missing: ids.map((series) => ({ series, newest: T0, maxAge: HOUR })),
  });
  const until = async (world: ReturnType<typeof setUp>, hours: number, outcome: Outcome) => {
    while (world.clock.now() < T0 + hours * HOUR) {
      await world.poll(akash, outcome);
      world.pass(EVERY);
    }
  };

  it('makes the source late, with a why that stays true', async () => {
    const world = setUp([akash]);
    await until(world, 1, GOOD);
    await until(world, 2, missing('akash.a'));
    const why = 'gives no fresh akash.a; the newest is of 2026-01-01 00:00 UTC';
    expect(world.store.state().sources.get('akash')).toEqual({ state: 'late', since: T0 + HOUR, why });
    await until(world, 3, missing('akash.a', 'akash.b', 'akash.c', 'akash.d'));
    expect(world.store.state().sources.get('akash')?.why).toMatch(/^gives no fresh .*akash.c and 1 more; /);
    expect(world.commits).toHaveLength(3);
    await world.poll(akash, BAD);
    expect(world.store.state().sources.get('akash')).toEqual({ state: 'late', since: T0 + HOUR, why: BAD.why });
    await world.poll(akash, GOOD);
    expect(world.state(akash)).toBe('ok');
  });

  it('is told once when it has been out of date for three times its max age, and once when it is back', async () => {
    const world = setUp([akash]);
    await until(world, 4, missing('akash.a', 'akash.b'));
    expect(world.told()).toEqual([]);
    await until(world, 30, missing('akash.a', 'akash.b'));
    expect([...world.store.state().notices.values()]).toMatchObject([
      {
        kind: 'dark',
        at: T0 + 4 * HOUR,
        title: 'akash.a, akash.b have gone dark',
        says: [
          'Akash Console (akash) answers, but no longer with these.',
          'The newest akash.a is of 2026-01-01 00:00 UTC; such a figure stays good for 1h.',
          expect.anything(),
          'What is out of date is unknown to every rule that reads it.',
        ],
      },
    ]);
    const again = setUp([akash], world.store, T0 + 31 * HOUR);
    await again.health.begin();
    await again.poll(akash, missing('akash.a'));
    await again.poll(akash, GOOD);
    await again.poll(akash, GOOD);
    expect(again.told().slice(1)).toEqual(['akash.b is back', 'akash.a is back']);
  });

  it('is told once a day, however often it comes and goes', async () => {
    const world = setUp([akash]);
    await until(world, 4, GOOD);
    for (let hours = 5; hours < 20; hours++) {
      await until(world, hours, missing('akash.a'));
      await world.poll(akash, GOOD);
    }
    expect(world.told()).toEqual(['akash.a has gone dark', 'akash.a is back']);
  });

  it('is not told by the first poll after downtime, nor while the source itself fails', async () => {
    const world = setUp([akash]);
    await world.poll(akash, GOOD);
    world.pass(DAY);
    await world.poll(akash, missing('akash.a'));
    expect(world.told()).toEqual([]);
    world.pass(EVERY);
    await world.poll(akash, missing('akash.a'));
    await world.poll(akash, BAD);
    expect(world.told()).toEqual(['akash.a has gone dark']);
  });
});

describe('what the configuration says', () => {
  it('is recorded at the start: disabled with why, once; gone sources and those enabled again are forgotten', async () => {
    const store = memoryStore();
    const health = (state: 'ok' | 'disabled', why: string | null = null) => ({ state, since: T0 - DAY, why });
    await store.commit([
      { kind: 'source', source: 'akash', health: health('disabled', 'switched off') },
      { kind: 'source', source: 'gone', health: health('ok') },
      { kind: 'source', source: 'keyless', health: health('disabled', 'needs OLD_KEY') },
      { kind: 'source', source: 'off', health: health('disabled', 'switched off') },
    ]);
    const disabled = [
      { id: 'keyless', why: 'needs NEW_KEY' },
      { id: 'off', why: 'switched off' },
      { id: 'fresh', why: 'switched off' },
    ];
    const { health: first, commits } = setUp([akash], store, T0, disabled);
    await first.begin();
    expect(Object.fromEntries(store.state().sources.entries())).toEqual({
      keyless: { state: 'disabled', since: T0, why: 'needs NEW_KEY' },
      off: { state: 'disabled', since: T0 - DAY, why: 'switched off' },
      fresh: { state: 'disabled', since: T0, why: 'switched off' },
    });
    expect(commits).toHaveLength(1);
    const again = setUp([akash], store, T0 + HOUR, disabled);
    await again.health.begin();
    expect(again.commits).toEqual([]);
  });

  it('ends disputes of series that fewer than two sources give by now', async () => {
    const store = memoryStore();
    const dispute = { since: T0 - DAY, says: 'a says 1, b says 2' };
    await store.commit([
      { kind: 'disputed', series: 'akash.a', dispute },
      { kind: 'disputed', series: 'akash.b', dispute },
    ]);
    const other = fakeSource('other', given('akash.b'));
    const { health, told } = setUp([akash, other], store);
    await health.begin();
    expect([...store.state().disputes.entries()].map(([series]) => series)).toEqual(['akash.b']);
    expect(told()).toEqual(['akash.a is no longer in dispute']);
  });
});

describe('most sources at once', () => {
  const six = names(6);
  let world: ReturnType<typeof setUp>;
  beforeEach(() => {
    world = setUp(six);
  });
  const round = async (outcomes: readonly (typeof GOOD | typeof BAD)[]) => {
    for (const [at, outcome] of outcomes.entries()) await world.poll(six[at] as Source, outcome);
    world.pass(EVERY);
  };
  const all = (outcome: typeof GOOD | typeof BAD) => Array<typeof GOOD | typeof BAD>(6).fill(outcome);

  it('are told in one notice instead of one each, in one commit with the fact', async () => {
    await round(all(GOOD));
    for (let i = 0; i < 5; i++) await round(all(BAD));
    expect(world.told()).toEqual(['We are blind: 6 of 6 sources give nothing']);
    const [notice] = [...world.store.state().notices.values()];
    expect(notice).toMatchObject({ kind: 'blind', id: 'blind-20260101T003000Z' });
    expect(notice?.says).toContain('Tiers stay as they are: nothing is judged until at most half of the sources fail.');
    expect(notice?.says.at(-1)).toBe('s2 gave nothing: example.com: answered 503.');
    expect(blindSince(world.store.state())).toBe(T0 + 3 * EVERY);
    const commit = world.commits.find((events) => events.some(({ kind }) => kind === 'blind'));
    expect(commit?.map(({ kind }) => kind)).toEqual(['source', 'blind', 'notice', 'owed', 'owed']);
    expect(six.map(world.state)).toEqual(Array(6).fill('dark'));
  });

  it('see again, told once, naming those still dark; none of them is told by itself', async () => {
    await round(all(GOOD));
    for (let i = 0; i < 4; i++) await round(all(BAD));
    const sighted: boolean[] = [];
    for (const [at, source] of six.entries()) sighted.push(await world.poll(source, at < 4 ? GOOD : BAD));
    expect(sighted).toEqual([false, false, true, false, false, false]);
    expect(blindSince(world.store.state())).toBeNull();
    expect(world.told()).toEqual(['We are blind: 6 of 6 sources give nothing', 'We see again after 20m']);
    const notices = [...world.store.state().notices.values()];
    expect(notices[1]?.says).toEqual([
      '3 of 6 sources give something. The time between is judged now, as far as figures of it have come.',
      'Still dark: s3, s4, s5.',
    ]);
    for (let i = 0; i < 3; i++) await round(all(GOOD));
    expect(six.map(world.state)).toEqual(Array(6).fill('ok'));
    expect(world.told()).toHaveLength(2);
  });

  it('are more than half: half is not enough', async () => {
    await round(all(GOOD));
    for (let i = 0; i < 4; i++) await round([BAD, BAD, BAD, GOOD, GOOD, GOOD]);
    expect(world.told()).toEqual(['s0 has gone dark', 's1 has gone dark', 's2 has gone dark']);
    expect(blindSince(world.store.state())).toBeNull();
  });

  it('are at least three', async () => {
    const two = names(2);
    world = setUp(two);
    for (let i = 0; i < 3; i++) for (const source of two) await world.poll(source, BAD);
    expect(world.told()).toEqual(['s0 has gone dark', 's1 has gone dark']);
  });

  it('are sources of figures: feeds neither blind us nor help us see', async () => {
    const feeds = Array.from({ length: 9 }, (_, at) => fakeSource(`feed${at}`));
    world = setUp([...feeds, ...six]);
    const rounds = async (ofFeeds: typeof GOOD | typeof BAD, ofSix: typeof GOOD | typeof BAD) => {
      for (let i = 0; i < 3; i++) {
        for (const feed of feeds) await world.poll(feed, ofFeeds);
        await round(all(ofSix));
      }
    };
    await rounds(BAD, GOOD);
    expect(blindSince(world.store.state())).toBeNull();
    expect(world.told()).toHaveLength(9);
    await rounds(GOOD, GOOD);
    await rounds(GOOD, BAD);
    expect(world.told().slice(18)).toEqual(['We are blind: 6 of 6 sources give nothing']);
  });

  it('may all be slow', async () => {
    const slow = names(4).map((source) => ({ ...source, every: 12 * HOUR }));
    world = setUp(slow);
    for (const outcome of [GOOD, BAD, BAD, BAD, GOOD, GOOD])
      for (const source of slow) {
        await world.poll(source, outcome);
        world.pass(3 * HOUR);
      }
    expect(world.told()).toEqual(['We are blind: 4 of 4 sources give nothing', 'We see again after 15h']);
  });

  it('are told once also where slow ones succeeded just before', async () => {
    const slow = names(20)
      .slice(6)
      .map((source) => ({ ...source, every: 12 * HOUR }));
    world = setUp([...six, ...slow]);
    for (const source of slow) await world.poll(source, GOOD);
    await round(all(GOOD));
    for (let i = 0; i < 6; i++) await round(all(BAD));
    for (let i = 0; i < 3; i++) await round(all(GOOD));
    expect(world.told()).toEqual(['We are blind: 6 of 6 sources give nothing', 'We see again after 40m']);
  });

  it('tell back by itself what was told dark by itself, in the midst of blindness too', async () => {
    const others = six.slice(1);
    await round(all(GOOD));
    for (let i = 0; i < 3; i++) await round([BAD, ...others.map(() => GOOD)]);
    for (let i = 0; i < 3; i++) await round(all(BAD));
    for (let i = 0; i < 2; i++) await round([GOOD, ...others.map(() => BAD)]);
    for (let i = 0; i < 3; i++) await round(all(GOOD));
    expect(world.told()).toEqual([
      's0 has gone dark',
      'We are blind: 6 of 6 sources give nothing',
      's0 is back after 1h 10m',
      'We see again after 30m',
    ]);
  });

  it('do not hide for good the one that stays dark: it is named when the rest is back', async () => {
    await round(all(GOOD));
    for (let i = 0; i < 3; i++) await round(all(BAD));
    for (let i = 0; i < 300; i++) await round([BAD, ...six.slice(1).map(() => GOOD)]);
    expect(world.told()).toEqual(['We are blind: 6 of 6 sources give nothing', 'We see again after 10m']);
    expect([...world.store.state().notices.values()].at(-1)?.says.at(-1)).toMatch(/^Still dark: s0,/);
  });

  it('do not let one that was told dark days ago be told again after it was named', async () => {
    const others = six.slice(1);
    await round(all(GOOD));
    for (let i = 0; i < 3; i++) await round([BAD, ...others.map(() => GOOD)]);
    for (let i = 0; i < 2; i++) await round(all(GOOD));
    world.pass(2 * DAY);
    for (let i = 0; i < 3; i++) await round(all(BAD));
    for (let i = 0; i < 300; i++) await round([BAD, ...others.map(() => GOOD)]);
    expect(world.told()).toEqual([
      's0 has gone dark',
      's0 is back after 40m',
      expect.stringMatching(/^We are blind/),
      expect.stringMatching(/^We see again/),
    ]);
  });

  it('are counted over the last hour only: slow sources that answered long ago say nothing', async () => {
    await round(all(GOOD));
    world.pass(HOUR);
    for (let i = 0; i < 3; i++) {
      for (const source of six.slice(0, 3)) await world.poll(source, BAD);
      world.pass(EVERY);
    }
    expect(world.told()).toEqual(['We are blind: 3 of 3 sources give nothing']);
  });

  it('stay blind over a restart, until polls succeed', async () => {
    await round(all(GOOD));
    for (let i = 0; i < 4; i++) await round(all(BAD));
    const again = setUp(six, world.store, world.clock.now() + 5 * MINUTE);
    await again.health.begin();
    const sighted: boolean[] = [];
    for (const source of six) sighted.push(await again.poll(source, GOOD));
    expect(sighted).toEqual([false, false, true, false, false, false]);
    expect(again.told().filter((title) => title.startsWith('We see again'))).toHaveLength(1);
  });

  it('after long downtime do not see again by the first poll that succeeds', async () => {
    await round(all(GOOD));
    for (let i = 0; i < 4; i++) await round(all(BAD));
    const again = setUp(six, world.store, world.clock.now() + 5 * DAY);
    await again.health.begin();
    const sighted: boolean[] = [];
    for (const source of six) sighted.push(await again.poll(source, GOOD));
    expect(sighted).toEqual([false, false, true, false, false, false]);
  });

  it('do not stay blind where nothing is left to poll', async () => {
    await round(all(GOOD));
    for (let i = 0; i < 4; i++) await round(all(BAD));
    await setUp([], world.store, world.clock.now()).health.begin();
    expect(blindSince(world.store.state())).toBeNull();
  });

  it('polled at the same time are told once', async () => {
    await round(all(GOOD));
    await round(all(BAD));
    await round(all(BAD));
    await Promise.all(six.map((source) => world.poll(source, BAD)));
    expect(world.told()).toEqual(['We are blind: 6 of 6 sources give nothing']);
    const sighted = await Promise.all(six.map((source) => world.poll(source, GOOD)));
    expect(sighted.filter(Boolean)).toHaveLength(1);
    expect(world.told()).toHaveLength(2);
  });
});

describe('a dispute', () => {
  const dispute = { since: T0, says: 'a says $2.00, b says $3.00: 33.3% apart, more than 10%' };
  const begins: DisputeTurn = { series: 'akash.a', dispute, says: dispute.says };
  const ends: DisputeTurn = { series: 'akash.a', dispute: null, says: 'a says $2.00, b says $2.10: they agree again' };

  it('is told once when it begins and once when it ends, in one commit with the fact', async () => {
    const { poll, store, commits } = setUp([akash]);
    await poll(akash, GOOD);
    await Promise.all([poll(akash, GOOD, [begins]), poll(akash, GOOD, [begins])]);
    expect(store.state().disputes.get('akash.a')).toEqual(dispute);
    expect(commits.at(-1)?.map(({ kind }) => kind)).toEqual(['disputed', 'notice', 'owed', 'owed']);
    await Promise.all([poll(akash, GOOD, [ends]), poll(akash, GOOD, [ends])]);
    expect(commits.flat().filter(({ kind }) => kind === 'disputed')).toHaveLength(2);
    expect(store.state().disputes.size).toBe(0);
    expect([...store.state().notices.values()]).toMatchObject([
      {
        id: 'disputed-akash.a-20260101T000000Z',
        title: 'akash.a is in dispute',
        says: [`${dispute.says}.`, 'Until they agree nothing of it is recorded, so that in time it becomes unknown.'],
      },
      {
        id: 'agreed-akash.a-20260101T000000Z',
        title: 'akash.a is no longer in dispute',
        says: [`${ends.says}.`, 'It is recorded again.'],
      },
    ]);
  });
});
