/** How sources are over many polls and restarts, and what admins hear of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../src/core/destination.ts';
import type { DisputeTurn, Event } from '../../src/core/events.ts';
import type { Source, Store } from '../../src/core/ports.ts';
import { blindSince } from '../../src/core/state.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import { createHealth } from '../../src/engine/health.ts';
import { pollOf, successOf } from '../../src/engine/health-course.ts';
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
const names = (count: number) => Array.from({ length: count }, (_, at) => fakeSource(`s${at}`));

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
  async function poll(source: Source, outcome: typeof GOOD | typeof BAD, turns: readonly DisputeTurn[] = []) {
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
    for (const outcome of [GOOD, GOOD, BAD, BAD, BAD, BAD, BAD, GOOD, GOOD]) {
      await poll(akash, outcome);
      pass(EVERY);
      states.push(state(akash));
    }
    expect(states).toEqual(['ok', 'ok', 'late', 'late', 'dark', 'dark', 'dark', 'ok', 'ok']);
    expect(commits).toHaveLength(4);
    expect(store.state().sources.get('akash')).toEqual({ state: 'ok', since: T0 + 7 * EVERY, why: null });
    expect(store.lastRun(successOf(akash))).toBe(T0 + 8 * EVERY);
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
    await second.poll(akash, GOOD);
    expect(second.told().at(-1)).toContain('is back after 1h');
  });

  it('that failed before a restart needs two more to be dark', async () => {
    const first = setUp([akash]);
    for (const outcome of [GOOD, BAD]) await first.poll(akash, outcome);
    const second = setUp([akash], first.store);
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

  it('see again, told once, naming those still dark; these are told singly from then on', async () => {
    await round(all(GOOD));
    for (let i = 0; i < 4; i++) await round(all(BAD));
    const sighted: boolean[] = [];
    for (const [at, source] of six.entries()) sighted.push(await world.poll(source, at < 4 ? GOOD : BAD));
    expect(sighted).toEqual([false, false, true, false, false, false]);
    expect(blindSince(world.store.state())).toBeNull();
    expect(world.told()).toEqual([
      'We are blind: 6 of 6 sources give nothing',
      'We see again after 20m',
      's3 is back after 50m',
    ]);
    const notices = [...world.store.state().notices.values()];
    expect(notices[1]?.says).toEqual([
      '3 of 6 sources give something. The time between is judged now, as far as figures of it have come.',
      'Still dark: s3, s4, s5.',
    ]);
    await world.poll(six[5] as Source, GOOD);
    expect(world.told().at(-1)).toBe('s5 is back after 50m');
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
    expect(world.told()).toHaveLength(5);
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
