/** What an admin's correction does to tiers: at once, in its own name, and as if the reports had always been so. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Event, RuleState } from '../../src/core/events.ts';
import type { Article, Mark } from '../../src/core/news.ts';
import type { Store } from '../../src/core/ports.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import { correctedBy, isCorrection, withClocks } from '../../src/engine/correction.ts';
import { createJudge, TICK } from '../../src/engine/judge.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { openStore } from '../../src/store/open.ts';
import { heardLog, setClock } from '../fakes.ts';
import { bookOf, daily, ruleOf, T0 } from '../world.ts';

const CHAT = { platform: 'discord', chat: '1', thread: null } as const;
/** On akash, which stands at watching. */
const LABS = { id: 'labs', networks: ['akash'], when: 'news(lab_training, 60d) >= 2', effect: { raise: 1 } };

function article(outlet: string, at: Instant, over: Partial<Article> = {}): Article {
  return {
    id: `id-${outlet}`,
    feed: outlet,
    outlet,
    owner: outlet,
    trust: 'press',
    title: `${outlet} reports`,
    summary: null,
    link: `https://${outlet}.example/a`,
    published: at,
    events: [{ type: 'lab_training', network: 'akash', status: 'done', because: [] }],
    ...over,
  };
}

function marked({ id, title, summary, link, outlet, published, events }: Article, at: Instant): Event {
  const mark: Mark = {
    article: id,
    at,
    by: 'discord:9',
    reason: null,
    title,
    summary,
    link,
    outlet,
    published,
    events,
  };
  return { kind: 'marked', mark };
}

const unmarked = ({ id }: Article, at: Instant): Event => ({ kind: 'unmarked', at, article: id, by: 'discord:9' });
const added = (one: Article, at: Instant): Event => ({
  kind: 'added',
  addition: { article: { ...one, feed: 'admin' }, at, by: 'discord:9' },
});

/** Akash with these reports, judged at `now`, and a chat that hears of everything. */
async function raised(now: Instant, articles: readonly Article[], rules: readonly Record<string, unknown>[] = [LABS]) {
  const store = memoryStore({ step: () => HOUR });
  await store.observe([], articles);
  await store.commit([{ kind: 'subscribed', subscription: { destination: CHAT, networks: 'all', by: '9', at: T0 } }]);
  const made = judging(store, now, rules);
  await made.judge.start();
  await made.judge.now();
  return { store, ...made };
}

function judging(store: Store, now: Instant, rules: readonly Record<string, unknown>[] = [LABS]) {
  const clock = setClock(now);
  const log = heardLog();
  let owed = 0;
  const judge = createJudge({
    book: bookOf(...rules.map((rule) => ruleOf(rule))),
    store,
    clock,
    every: MINUTE,
    lookback: 90 * DAY,
    running: new Set(['discord'] as const),
    log,
    owed: () => owed++,
  });
  return { judge, clock, log, owed: () => owed };
}

const tierOf = (store: Store) => store.state().tiers.get('akash')?.tier;
const changesOf = (store: Store) =>
  [...store.state().changes.values()].filter(({ cause }) => cause !== 'start' && cause !== 'config');
const phaseOf = (store: Store, rule = 'labs') => store.state().rules.get(`${rule}/akash`)?.phase;

const ONE = article('one', T0 + DAY);
const TWO = article('two', T0 + 2 * DAY);
const NOW = T0 + 10 * DAY;

describe('an article marked as wrong', () => {
  it('takes back at once the tier that rested on it, and whoever subscribes hears that it was a correction', async () => {
    const { store, judge, clock } = await raised(T0 + DAY, [ONE, TWO]);
    clock.set(NOW);
    await judge.now();
    expect(tierOf(store)).toBe('conviction');
    clock.set(NOW + MINUTE);
    await judge.correct([marked(TWO, NOW + MINUTE)]);
    expect(tierOf(store)).toBe('watching');
    const [raise, fall, ...more] = changesOf(store);
    expect(more).toEqual([]);
    expect(raise).toMatchObject({ cause: 'rule', to: 'conviction' });
    expect(fall).toMatchObject({ cause: 'correction', from: 'conviction', to: 'watching', networks: ['akash'] });
    expect((fall?.at ?? 0) - (NOW + MINUTE)).toBeLessThan(1000);
    expect([...store.state().owed.values()].map(({ changes }) => changes)).toEqual([[raise?.id], [fall?.id]]);
  });

  it('counts again once that is taken back, as if nothing had been said', async () => {
    const { store, judge, clock } = await raised(NOW, [ONE, TWO]);
    await judge.correct([marked(TWO, NOW)]);
    clock.set(NOW + MINUTE);
    await judge.correct([unmarked(TWO, NOW + MINUTE)]);
    expect(tierOf(store)).toBe('conviction');
    expect(changesOf(store).map(({ cause }) => cause)).toEqual(['correction', 'correction']);
    clock.set(NOW + 2 * MINUTE);
    await judge.now();
    expect(changesOf(store)).toHaveLength(2);
  });

  it('need not be waited out again by a rule that had waited', async () => {
    const rule = { ...LABS, for: '5d' };
    const { store, judge, clock } = await raised(NOW, [ONE, TWO], [rule]);
    expect(phaseOf(store)).toBe('firing');
    await judge.correct([marked(TWO, NOW)]);
    expect(phaseOf(store)).toBe('inactive');
    clock.set(NOW + MINUTE);
    await judge.correct([unmarked(TWO, NOW + MINUTE)]);
    expect(phaseOf(store)).toBe('firing');
    expect(tierOf(store)).toBe('conviction');
  });

  it('does not set a watch again that had expired, nor for longer than it had left', async () => {
    const rule = { ...LABS, when: 'news(lab_training, 60d) >= 1', effect: { watch: 'positive', expires: '10d' } };
    for (const [day, left] of [
      [8, 3],
      [12, 0],
    ] as const) {
      const at = T0 + day * DAY;
      const { store, judge, clock } = await raised(T0 + DAY, [ONE], [rule]);
      const step = async (to: Instant) => {
        clock.set(to);
        await judge.now();
      };
      for (let one = 2; one <= day; one++) await step(T0 + one * DAY);
      await judge.correct([marked(ONE, at)]);
      clock.set(at + MINUTE);
      await judge.correct([unmarked(ONE, at + MINUTE)]);
      expect(store.state().watches.size, String(day)).toBe(left === 0 ? 0 : 1);
      await step(at + left * DAY + 2 * MINUTE);
      expect(store.state().watches.size).toBe(0);
    }
  });

  it('leaves a rule that had not waited long enough as long to wait as without it', async () => {
    const { store, judge, clock } = await raised(NOW, [ONE, TWO], [{ ...LABS, for: '9d' }]);
    await judge.correct([marked(TWO, NOW)]);
    expect(phaseOf(store)).toBe('inactive');
    clock.set(NOW + MINUTE);
    await judge.correct([unmarked(TWO, NOW + MINUTE)]);
    expect(phaseOf(store)).toBe('pending');
    clock.set(T0 + 11 * DAY + HOUR);
    await judge.now();
    expect(phaseOf(store)).toBe('firing');
  });

  it('does not keep a rule firing that would not have fired', async () => {
    const { store, judge } = await raised(NOW, [ONE, TWO], [{ ...LABS, keepFiringFor: '30d' }]);
    await judge.correct([marked(TWO, NOW)]);
    expect(phaseOf(store)).toBe('inactive');
    expect(tierOf(store)).toBe('watching');
  });

  it('leaves alone what other reports and figures tell', async () => {
    const rules = [
      LABS,
      { id: 'floor', networks: ['akash'], when: 'gpu_utilization < 20%', for: '2h', effect: { watch: 'negative' } },
      {
        id: 'outage',
        networks: ['akash'],
        when: 'news(reliability_incident, 60d) >= 1',
        for: '20d',
        effect: { note: true },
      },
    ];
    const outage = { type: 'reliability_incident', network: 'akash', status: 'done', because: [] } as const;
    const third = article('three', T0 + DAY, { events: [outage] });
    const { store, judge, clock } = await raised(NOW - HOUR, [ONE, TWO, third], rules);
    await store.observe(daily('akash.gpu_utilization', Array(241).fill(0.1), HOUR), []);
    clock.set(NOW);
    await judge.now();
    const before = store.state().rules;
    await judge.correct([marked(TWO, NOW)]);
    for (const key of ['floor/akash', 'outage/akash']) expect(store.state().rules.get(key)).toBe(before.get(key));
    expect(changesOf(store).filter(({ cause }) => cause === 'correction')).toHaveLength(1);
  });

  it('does not take the world’s doing upon itself: what was due is judged first', async () => {
    const floor = { id: 'floor', networks: ['akash'], when: 'gpu_utilization < 20%', effect: { watch: 'negative' } };
    const { store, judge, clock } = await raised(NOW, [ONE, TWO], [LABS, floor]);
    clock.set(NOW + MINUTE);
    await store.observe([{ series: 'akash.gpu_utilization', at: NOW + MINUTE, value: 0.1, source: 'test' }], []);
    await judge.correct([marked(TWO, NOW + MINUTE)]);
    expect(changesOf(store).map(({ kind, cause }) => [kind, cause])).toEqual([
      ['watch', 'rule'],
      ['tier', 'correction'],
    ]);
  });

  it('names its changes apart from those of the judgement before, at one instant too', async () => {
    const { store, judge } = await raised(NOW - DAY, [ONE, TWO]);
    await judge.correct([marked(TWO, NOW)]);
    await judge.correct([unmarked(TWO, NOW)]);
    await judge.correct([marked(TWO, NOW)]);
    expect(new Set(changesOf(store).map(({ id }) => id)).size).toBe(3);
    const owed = [...store.state().owed.values()].flatMap(({ changes }) => changes);
    for (const { id } of changesOf(store)) expect(owed).toContain(id);
  });

  it('sets or lifts watches and leaves notes in its own name, too', async () => {
    const watch = {
      id: 'talk',
      networks: ['akash'],
      when: 'news(lab_training, 60d) >= 2',
      effect: { watch: 'positive' },
    };
    const note = { id: 'note', networks: ['akash'], when: 'news(lab_training, 60d) < 2', effect: { note: true } };
    const { store, judge } = await raised(NOW, [ONE, TWO], [watch, note]);
    await judge.correct([marked(TWO, NOW)]);
    expect(changesOf(store).map(({ kind, cause }) => [kind, cause])).toEqual([
      ['watch', 'correction'],
      ['note', 'correction'],
    ]);
    expect(store.state().watches.size).toBe(0);
  });
});

describe('a report that is added', () => {
  it('raises the tier at once where it is the second', async () => {
    const { store, judge } = await raised(NOW, [ONE]);
    await judge.correct([added(TWO, NOW)]);
    expect(tierOf(store)).toBe('conviction');
    expect(changesOf(store)).toMatchObject([{ cause: 'correction', to: 'conviction' }]);
    await judge.correct([unmarked(TWO, NOW)]);
    expect(tierOf(store)).toBe('watching');
  });

  it('has counted since it was published', async () => {
    const { store, judge } = await raised(NOW, [ONE], [{ ...LABS, for: '5d' }]);
    await judge.correct([added(TWO, NOW)]);
    expect(phaseOf(store)).toBe('firing');
    const late = await raised(NOW, [ONE], [{ ...LABS, for: '5d' }]);
    await late.judge.correct([added({ ...TWO, published: NOW }, NOW)]);
    expect(phaseOf(late.store)).toBe('pending');
  });

  it('does not make a rule wait longer that waits for others', async () => {
    const eighth = article('eight', T0 + 8 * DAY);
    const { store, judge, clock } = await raised(NOW, [ONE, eighth], [{ ...LABS, for: '5d' }]);
    expect(phaseOf(store)).toBe('pending');
    await judge.correct([added(article('nine', T0 + 9 * DAY), NOW)]);
    clock.set(T0 + 13 * DAY + HOUR);
    await judge.now();
    expect(phaseOf(store)).toBe('firing');
  });

  it('of the market counts for every network', async () => {
    const crunch = {
      id: 'crunch',
      networks: 'all',
      when: 'news(capacity_crunch, 30d) >= 2',
      for: '5d',
      effect: { watch: 'positive' },
    };
    const events = [{ type: 'capacity_crunch', network: null, status: 'done', because: [] }] as const;
    const { store, judge } = await raised(NOW, [{ ...ONE, events }], [crunch]);
    await judge.correct([added({ ...TWO, events }, NOW)]);
    expect([...store.state().watches.values()].map(({ network }) => network).sort()).toEqual([
      'akash',
      'bittensor',
      'ionet',
      'render',
    ]);
  });
});

describe('over a restart, on disk,', () => {
  it('a mark and an addition hold, and what was taken back stays so', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tierwatch-correction-'));
    const open = (now: Instant) => openStore({ dir, retention: 800 * DAY, now, report: () => {} });
    try {
      let store = await open(NOW);
      const three = article('three', T0 + 3 * DAY);
      await store.observe([], [ONE, TWO]);
      const tiers: (string | undefined)[] = [];
      for (const [index, events] of [
        [marked(TWO, NOW)],
        [added(three, NOW)],
        [marked(three, NOW)],
        [unmarked(TWO, NOW)],
      ].entries()) {
        const now = NOW + index * MINUTE;
        const { judge } = judging(store, now);
        await judge.start();
        await judge.now();
        await judge.correct(events);
        await store.close();
        store = await open(now);
        tiers.push(tierOf(store));
        const again = judging(store, now + 1000);
        await again.judge.start();
        await again.judge.now();
        expect(tierOf(store)).toBe(tiers.at(-1));
      }
      expect(tiers).toEqual(['watching', 'conviction', 'watching', 'conviction']);
      expect(changesOf(store).map(({ cause }) => cause)).toEqual(Array(4).fill('correction'));
      expect([...store.state().marks.values()].map((one) => [one.article, one.by])).toEqual([
        ['id-three', 'discord:9'],
      ]);
      await store.close();
    } finally {
      await rm(dir, { recursive: true });
    }
  });
});

describe('where it cannot be judged at once', () => {
  it('before the start is done it is recorded, and told by the first judgement', async () => {
    const { store } = await raised(NOW, [ONE, TWO]);
    const again = judging(store, NOW + MINUTE);
    await again.judge.correct([marked(TWO, NOW + MINUTE)]);
    expect(store.state().marks.size).toBe(1);
    expect(tierOf(store)).toBe('conviction');
    await again.judge.start();
    await again.judge.now();
    expect(changesOf(store)).toMatchObject([{ cause: 'correction', to: 'watching' }]);
  });

  it('while most sources fail it is told once they are back, over restarts too', async () => {
    const { store, judge, clock } = await raised(NOW, [ONE, TWO]);
    await store.commit([{ kind: 'blind', since: NOW }]);
    clock.set(NOW + HOUR);
    await judge.correct([marked(TWO, NOW + HOUR)]);
    expect(tierOf(store)).toBe('conviction');
    clock.set(NOW + 2 * HOUR);
    await judge.now();
    const later = judging(store, NOW + 3 * HOUR);
    await later.judge.start();
    await later.judge.now();
    expect(changesOf(store)).toEqual([]);
    await store.commit([{ kind: 'blind', since: null }]);
    later.clock.set(NOW + 4 * HOUR);
    await later.judge.now();
    expect(changesOf(store)).toMatchObject([{ cause: 'correction', to: 'watching' }]);
  });

  it.each([false, true])(
    'while most sources fail, an undo keeps its cause and the time that has passed (restart: %s)',
    async (restart) => {
      const rules = [{ ...LABS, for: '5d' }];
      const { store, judge, clock } = await raised(NOW, [ONE, TWO], rules);
      await judge.correct([marked(TWO, NOW)]);
      await store.commit([{ kind: 'blind', since: NOW + MINUTE }]);
      clock.set(NOW + HOUR);
      await judge.correct([unmarked(TWO, NOW + HOUR)]);
      const later = restart ? judging(store, NOW + 2 * HOUR, rules) : { judge, clock };
      if (restart) await later.judge.start();
      await store.commit([{ kind: 'blind', since: null }]);
      later.clock.set(NOW + 3 * HOUR);
      await later.judge.now();
      expect(tierOf(store)).toBe('conviction');
      expect(changesOf(store).map(({ cause }) => cause)).toEqual(['correction', 'correction']);
    },
  );

  it('where the judgement cannot be recorded the correction stands, and the next one tells it', async () => {
    const { store } = await raised(NOW, [ONE, TWO]);
    let broken = false;
    const failing: Store = {
      ...store,
      commit: async (events) => {
        if (broken && events.some(({ kind }) => kind === 'change')) throw new Error('disk full');
        await store.commit(events);
      },
    };
    const other = judging(failing, NOW + MINUTE);
    await other.judge.start();
    broken = true;
    await other.judge.correct([marked(TWO, NOW + MINUTE)]);
    expect(store.state().marks.size).toBe(1);
    expect(other.log.lines.join()).toContain('what a correction changes could not be recorded yet');
    expect(changesOf(store)).toEqual([]);
    broken = false;
    await other.judge.now();
    expect(changesOf(store)).toMatchObject([{ cause: 'correction' }]);
  });

  it('rejects where the correction itself is not recorded', async () => {
    const { store } = await raised(NOW, [ONE, TWO]);
    const refusing: Store = { ...store, commit: () => Promise.reject(new Error('disk full')) };
    const { judge } = judging(refusing, NOW);
    await expect(judge.correct([marked(TWO, NOW)])).rejects.toThrow('disk full');
    expect(store.state().marks.size).toBe(0);
  });

  it('two at once are judged one after the other, and after the judgement that runs', async () => {
    const { store, judge, clock } = await raised(NOW, [ONE, TWO]);
    clock.set(NOW + MINUTE);
    const running = judge.now();
    await Promise.all([running, judge.correct([marked(TWO, NOW)]), judge.now(), judge.correct([unmarked(TWO, NOW)])]);
    expect(changesOf(store).map(({ cause }) => cause)).toEqual(['correction', 'correction']);
    expect(tierOf(store)).toBe('conviction');
    await judge.stop();
    expect(store.lastRun(TICK)).toBeGreaterThanOrEqual(NOW + MINUTE);
  });
});

describe('the clocks of a rule', () => {
  const [cell] = bookOf(ruleOf({ ...LABS, for: '3d', keepFiringFor: '2d' })).cells;
  const state = (phase: RuleState['phase'], held: Instant | null = null): RuleState => ({
    version: 'v1',
    phase,
    since: T0,
    held,
    frozen: null,
  });

  it.each([
    ['firing stays as it is where it would fire', state('firing'), state('firing', 5), state('firing')],
    [
      'firing that would not has cleared for long enough',
      state('firing'),
      state('inactive'),
      state('firing', NOW - 2 * DAY),
    ],
    ['firing that would wait fires on while it holds', state('firing'), state('pending', 5), state('firing')],
    ['waiting that would fire has waited', state('pending', 7), state('firing'), state('pending', NOW - 3 * DAY)],
    ['at rest that would fire has waited', state('inactive'), state('firing'), state('pending', NOW - 3 * DAY)],
    ['at rest that would wait waits since then', state('inactive'), state('pending', 5), state('pending', 5)],
    ['waiting that would rest is left to the judgement', state('pending', 7), state('inactive'), state('pending', 7)],
  ])('%s', (_, recorded, rehearsed, expected) => {
    if (cell === undefined) throw new Error('no cell');
    expect(withClocks(recorded, rehearsed, cell, NOW)).toEqual(expected);
  });

  it('are those of what was marked, taken back and added', async () => {
    const { store } = await raised(NOW, [ONE, TWO]);
    await store.commit([marked(ONE, NOW), added(TWO, NOW)]);
    const events = [unmarked(ONE, NOW), unmarked(TWO, NOW), marked(TWO, NOW), added(ONE, NOW)];
    expect(correctedBy(events, store.state())).toHaveLength(4);
    expect(events.every(isCorrection)).toBe(true);
    expect(isCorrection({ kind: 'blind', since: null })).toBe(false);
  });
});
