/** Watches that expire, and rumours that turn into facts: the change says what it confirms, and nobody hears of it twice. */
import { describe, expect, it } from 'vitest';
import type { Change, TierChange, WatchChange } from '../../../src/core/change.ts';
import type { Event } from '../../../src/core/events.ts';
import type { NewsEvent } from '../../../src/core/news.ts';
import { apply, type State } from '../../../src/core/state.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { isTold } from '../../../src/engine/outbox.ts';
import { emptyState } from '../../../src/store/tables.ts';
import { adopt, type Rehearsed } from '../../../src/triggers/judge/adopt.ts';
import { tick } from '../../../src/triggers/judge/tick.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../../src/triggers/replay/replay.ts';
import { bookOf as layOut } from '../../../src/triggers/rule/book.ts';
import { bookOf, daily, report, ruleOf, T0 } from '../../world.ts';
import { restarted } from '../properties/kept.ts';

type Rule = ReturnType<typeof ruleOf>;

type Written = Record<string, unknown>;

const rumour = (more: Written = {}, version = 'v1') =>
  ruleOf(
    {
      id: 'rumour',
      title: 'Talk of training',
      when: 'news(lab_training, 30d, claimed) >= 1 and news(lab_training, 60d) < 2',
      effect: { watch: 'positive', expires: '10d' },
      ...more,
    },
    version,
  );
const fact = (more: Written = {}) =>
  ruleOf({
    id: 'fact',
    title: 'A lab trains',
    when: 'news(lab_training, 60d) >= 2',
    effect: { raise: 1, hold: true, watch: 'positive' },
    ...more,
  });
const RUMOUR = rumour();
const FACT = fact();

const on = (network: string, day: number, outlet: string, more: Partial<NewsEvent> = {}): NewsEvent =>
  report(T0 + day * DAY, outlet, { network, ...more });

const changesIn = (events: readonly Event[]): readonly Change[] =>
  events.flatMap((event) => (event.kind === 'change' && event.change.cause !== 'start' ? [event.change] : []));

function judged(rules: readonly Rule[], news: readonly NewsEvent[], days: number, step = DAY): readonly Change[] {
  const steps = replay(bookOf(...rules), recorded([], news), every(T0, T0 + days * DAY, step));
  return [...steps].flatMap(({ events }) => changesIn(events));
}

/** `day kind direction`, as subscribers hear of it. */
const heard = (changes: readonly Change[]): readonly string[] =>
  changes.filter(isTold).map((change) => {
    const what =
      change.kind === 'watch'
        ? `${change.drivers[0]?.rule} ${change.on ? 'set' : 'lifted'}`
        : change.kind === 'tier'
          ? `${change.from} to ${change.to}`
          : 'note';
    return `${(change.at - T0) / DAY} ${change.networks[0]}: ${what}`;
  });

const watches = (changes: readonly Change[]): WatchChange[] => changes.filter((change) => change.kind === 'watch');
const tiers = (changes: readonly Change[]): TierChange[] => changes.filter((change) => change.kind === 'tier');

describe('a watch that expires', () => {
  it('is lifted once its time is up, while the rule fires on, and not lifted again when that ends', () => {
    const talk = [on('akash', 1, 'One', { status: 'planned' }), on('akash', 8, 'Two', { status: 'planned' })];
    const changes = judged([RUMOUR], talk, 45);
    expect(heard(changes)).toEqual(['1 akash: rumour set', '11 akash: rumour lifted']);
    const [, off] = watches(changes);
    expect(off).toMatchObject({
      cause: 'rule',
      direction: 'positive',
      says: 'Talk of training: expired after 10d without confirmation',
      drivers: [{ rule: 'rumour', ended: false, verdict: { truth: 'true' } }],
    });
    expect(off?.id).toBe('akash-20260112T000000Z-watch-rumour');
  });

  it('ends with the rule where that comes first', () => {
    const brief = rumour({ effect: { watch: 'positive', expires: '40d' } });
    const off = watches(judged([brief], [on('akash', 1, 'One')], 45)).at(-1);
    expect(off).toMatchObject({
      on: false,
      at: T0 + 31 * DAY,
      says: expect.stringMatching(/^Ended: Talk of training/),
    });
  });

  it('is set anew when the rule fires anew', () => {
    const talk = [on('akash', 1, 'One', { status: 'planned' }), on('akash', 40, 'One', { status: 'planned' })];
    expect(heard(judged([RUMOUR], talk, 60))).toEqual([
      '1 akash: rumour set',
      '11 akash: rumour lifted',
      '40 akash: rumour set',
      '50 akash: rumour lifted',
    ]);
  });

  it('is over for a rule that moves a tier too, whose tier stays', () => {
    const both = fact({ effect: { raise: 1, watch: 'positive', expires: '5d' } });
    const changes = judged([both], [on('akash', 1, 'One'), on('akash', 2, 'Two')], 30);
    expect(heard(changes)).toEqual(['2 akash: watching to conviction', '7 akash: fact lifted']);
  });

  it('stands no longer for a restart at any instant, and is not lifted twice', () => {
    const talk = [on('akash', 1, 'One', { status: 'planned' }), on('akash', 8, 'Two', { status: 'planned' })];
    const evidence = recorded([], talk);
    const instants = [...every(T0, T0 + 20 * DAY, 6 * HOUR)];
    for (const stop of [4, 20, 43, 44, 45, 60]) {
      let state: State = emptyState();
      const changes: Change[] = [];
      for (const [index, now] of instants.entries()) {
        if (index === stop) state = restarted(state);
        // The service was down for two days.
        if (index >= stop && index < stop + 8) continue;
        const { events } = tick(bookOf(RUMOUR), state, evidence, now);
        state = events.reduce(apply, state);
        changes.push(...changesIn(events));
        expect(tick(bookOf(RUMOUR), state, evidence, now).events).toEqual([]);
      }
      expect(watches(changes).map((change) => change.on)).toEqual([true, false]);
      const off = watches(changes).at(-1);
      expect((off?.at ?? 0) - (watches(changes)[0]?.at ?? 0)).toBeGreaterThanOrEqual(10 * DAY);
      expect(state.watches.size).toBe(0);
    }
  });
});

describe('an edit of the rules', () => {
  const evidence = recorded([], [on('akash', 1, 'One', { status: 'planned' })]);
  const firing = { version: 'v2', phase: 'firing', since: T0 + DAY, held: null, frozen: null } as const;

  function edited(state: State, now: number): readonly Change[] {
    const book = bookOf(rumour({ networks: ['akash'] }, 'v2'));
    const rehearsed = book.cells.map((cell): Rehearsed => ({ cell, state: firing }));
    return watches(changesIn(adopt(book, state, rehearsed, evidence, now)));
  }

  it('sets no watch whose time is up already', () => {
    expect(edited(emptyState(), T0 + 5 * DAY)).toMatchObject([{ on: true, cause: 'config' }]);
    expect(edited(emptyState(), T0 + 11 * DAY)).toEqual([]);
  });

  it('lifts one that stood longer than it now may, and says so', () => {
    const endless = bookOf(rumour({ effect: { watch: 'positive', expires: '300d' } }));
    const before = tick(endless, emptyState(), evidence, T0 + DAY).events.reduce(apply, emptyState());
    expect(before.watches.size).toBe(1);
    expect(edited(before, T0 + 5 * DAY)).toEqual([]);
    expect(edited(before, T0 + 12 * DAY)).toMatchObject([
      { on: false, cause: 'config', says: 'Talk of training: expired after 10d without confirmation' },
    ]);
  });
});

describe('a rumour that comes true', () => {
  const news = [on('akash', 1, 'One', { status: 'planned' }), on('akash', 5, 'Two'), on('akash', 6, 'Three')];

  it('is told once: by the change of the tier, which says which watch it confirms', () => {
    const changes = judged([RUMOUR, FACT], news, 20);
    expect(heard(changes)).toEqual(['1 akash: rumour set', '6 akash: watching to conviction']);
    const [set] = watches(changes);
    const [up] = tiers(changes);
    expect(up?.follows).toEqual({
      change: set?.id,
      at: T0 + DAY,
      says: 'Talk of training: 1 independent outlet in 30d announces lab training on akash (One), at least 1; and 0 independent outlets in 60d report lab training on akash, below 2',
    });
    expect(watches(changes).slice(1)).toMatchObject([
      { drivers: [{ rule: 'fact' }], on: true, told: up?.id },
      { drivers: [{ rule: 'rumour' }], on: false, told: up?.id },
    ]);
    expect(watches(changes).every(({ follows }) => follows === undefined)).toBe(true);
  });

  it('is told by the watch that facts set, where no tier can move', () => {
    const there = news.map((event) => ({ ...event, network: 'bittensor' }));
    const changes = judged([RUMOUR, FACT], there, 20);
    expect(heard(changes)).toEqual(['1 bittensor: rumour set', '6 bittensor: fact set']);
    const [set, fact, off] = watches(changes);
    expect(fact).toMatchObject({ on: true, follows: { change: set?.id, at: T0 + DAY } });
    expect(off).toMatchObject({ on: false, told: fact?.id });
  });

  it('follows the oldest of several watches, and tells that all of them end', () => {
    const second = rumour({
      id: 'another',
      when: 'news(lab_training, 30d, claimed) >= 2 and news(lab_training, 60d) < 2',
    });
    const changes = judged([second, RUMOUR, FACT], news, 20);
    expect(heard(changes)).toEqual(['1 akash: rumour set', '5 akash: another set', '6 akash: watching to conviction']);
    expect(tiers(changes)[0]?.follows?.at).toBe(T0 + DAY);
  });

  it('ends with it also where its rule fires on', () => {
    const lasting = rumour({ when: 'news(lab_training, 30d, claimed) >= 1' });
    const changes = judged([lasting, FACT], news, 20);
    expect(heard(changes)).toEqual(['1 akash: rumour set', '6 akash: watching to conviction']);
    expect(tiers(changes)[0]?.follows?.at).toBe(T0 + DAY);
    expect(watches(changes).at(-1)).toMatchObject({
      on: false,
      told: tiers(changes)[0]?.id,
      says: 'Talk of training: confirmed',
    });
  });

  it('is not set again by a restart, which finds its rule firing', () => {
    const book = bookOf(rumour({ when: 'news(lab_training, 30d, claimed) >= 1' }), FACT);
    const evidence = recorded([], news);
    const state = [1, 6].reduce(
      (before, day) => tick(book, before, evidence, T0 + day * DAY).events.reduce(apply, before),
      emptyState(),
    );
    expect(state.watches.get('akash/rumour')).toBeUndefined();
    expect(adopt(book, restarted(state), [], evidence, T0 + 7 * DAY)).toEqual([]);
    expect(tick(book, state, evidence, T0 + 6 * DAY).events).toEqual([]);
  });

  it('stands while the rule that would confirm it waits, over restarts too', () => {
    const book = bookOf(RUMOUR, fact({ for: '3d' }));
    const evidence = recorded([], news);
    let state: State = emptyState();
    const changes: Change[] = [];
    for (let day = 0; day < 12; day++) {
      state = restarted(state);
      for (const events of [
        adopt(book, state, [], evidence, T0 + day * DAY),
        tick(book, state, evidence, T0 + day * DAY).events,
      ]) {
        state = events.reduce(apply, state);
        changes.push(...changesIn(events));
      }
      expect(tick(book, state, evidence, T0 + day * DAY).events).toEqual([]);
    }
    expect(heard(changes)).toEqual(['1 akash: rumour set', '9 akash: watching to conviction']);
    expect(tiers(changes)[0]?.follows?.at).toBe(T0 + DAY);
    expect(state.watches.get('akash/rumour')).toBeUndefined();
  });

  it('ends alone once the rule that would confirm it has waited in vain', () => {
    const brief = fact({ when: 'news(lab_training, 2d) >= 2', for: '3d' });
    const changes = judged(
      [rumour({ when: 'news(lab_training, 9d, claimed) >= 1 and news(lab_training, 9d) < 2' }), brief],
      news,
      9,
    );
    expect(heard(changes)).toEqual(['1 akash: rumour set', '7 akash: rumour lifted']);
  });

  it('is told once also where the watch expires at that instant', () => {
    const lasting = rumour({ when: 'news(lab_training, 30d, claimed) >= 1' });
    const late = [on('akash', 1, 'One', { status: 'planned' }), on('akash', 5, 'Two'), on('akash', 11, 'Three')];
    const changes = judged([lasting, FACT], late, 20);
    expect(heard(changes)).toEqual(['1 akash: rumour set', '11 akash: watching to conviction']);
    expect(watches(changes).at(-1)).toMatchObject({ on: false, told: tiers(changes)[0]?.id });
  });

  it('confirms nothing that was lifted, points the other way, is of another type or of another network', () => {
    const lasting = { when: 'news(lab_training, 30d, claimed) >= 1', effect: { watch: 'positive', expires: '300d' } };
    const about = (more: Partial<NewsEvent>) => [...news, on('akash', 1, 'Else', { status: 'planned', ...more })];
    const cases: readonly (readonly [Rule, readonly NewsEvent[]])[] = [
      [rumour({ ...lasting, effect: { watch: 'positive', expires: '2d' } }), news],
      [rumour({ ...lasting, effect: { watch: 'negative', expires: '300d' } }), news],
      [rumour({ ...lasting, when: 'news(supply_inflation, 30d, claimed) >= 1' }), about({ type: 'supply_inflation' })],
      [rumour({ ...lasting, networks: ['ionet'] }), about({ network: 'ionet' })],
    ];
    for (const [talk, all] of cases) {
      const changes = judged([talk, FACT], all, 9);
      expect(heard(changes)[0]).toMatch(/^1 \w+: rumour set$/);
      const up = tiers(changes).find(({ network }) => network === 'akash');
      expect(up).toMatchObject({ from: 'watching', to: 'conviction' });
      expect(up?.follows).toBeUndefined();
    }
    const lasts = tiers(judged([rumour(lasting), FACT], news, 9))[0];
    expect(lasts?.follows?.at).toBe(T0 + DAY);
  });

  it('is not confirmed by the end of a rule that counted the same news', () => {
    const lasting = rumour({
      when: 'news(lab_training, 30d, claimed) >= 1',
      effect: { watch: 'positive', expires: '300d' },
    });
    const odd = ruleOf({ id: 'odd', networks: ['akash'], when: 'news(lab_training, 5d) >= 2', effect: { lower: 1 } });
    const [down, up] = tiers(judged([lasting, odd], [on('akash', 1, 'One'), on('akash', 2, 'Two')], 9));
    expect(down).toMatchObject({ to: 'avoid' });
    expect(up).toMatchObject({ to: 'watching', at: T0 + 6 * DAY, drivers: [{ rule: 'odd', ended: true }] });
    expect(up?.follows).toBeUndefined();
  });

  it('is not confirmed by a watch that is lifted, either', () => {
    const lasting = rumour({ when: 'news(lab_training, 30d, claimed) >= 1' });
    const brief = fact({ effect: { watch: 'positive', expires: '5d' } });
    const changes = judged([lasting, brief], news, 20);
    expect(heard(changes)).toEqual(['1 akash: rumour set', '6 akash: fact set', '11 akash: fact lifted']);
  });

  it('has confirmed nothing when another rule moves the tier', () => {
    const other = ruleOf({ id: 'other', networks: ['akash'], when: 'gpu_utilization > 80%', effect: { raise: 1 } });
    const evidence = recorded(daily('akash.gpu_utilization', [0.5, 0.5, 0.5, 0.9]), news.slice(0, 1));
    const steps = replay(bookOf(RUMOUR, other), evidence, every(T0, T0 + 3 * DAY, DAY));
    const changes = [...steps].flatMap(({ events }) => changesIn(events));
    expect(tiers(changes)).toHaveLength(1);
    expect(tiers(changes)[0]?.follows).toBeUndefined();
  });

  it('is no fact that came before: what grows old to a rumour again confirms nothing', () => {
    const changes = judged([RUMOUR, FACT], [on('bittensor', 1, 'One'), on('bittensor', 40, 'Two')], 70);
    expect(heard(changes).slice(2)).toEqual([
      '40 bittensor: fact set',
      '61 bittensor: fact lifted',
      '61 bittensor: rumour set',
      '70 bittensor: rumour lifted',
    ]);
    expect(watches(changes).every(({ follows }) => follows === undefined)).toBe(true);
  });

  it('is not confirmed by an edit of the starting tier', () => {
    const lasting = rumour({
      when: 'news(lab_training, 30d, claimed) >= 1',
      effect: { watch: 'positive', expires: '300d' },
    });
    const book = bookOf(lasting, FACT);
    const at = (tier: string) =>
      layOut({ ...book, networks: book.networks.map((one) => (one.id === 'akash' ? { ...one, tier } : one)) });
    const evidence = recorded([], news);
    const judge = (tier: string, state: State, day: number) =>
      tick(at(tier), state, evidence, T0 + day * DAY).events.reduce(apply, state);
    const before = [1, 6].reduce((state, day) => judge('avoid', state, day), emptyState());
    const { events } = tick(at('watching'), before, evidence, T0 + 7 * DAY);
    const [up, ...more] = tiers(changesIn(events));
    expect(more).toEqual([]);
    expect(up).toMatchObject({ cause: 'config', to: 'conviction', drivers: [{ rule: 'fact' }] });
    expect(up?.follows).toBeUndefined();
  });

  it('is not what a rule that fires on says of itself', () => {
    const cap = ruleOf({ id: 'cap', networks: ['akash'], when: 'gpu_utilization < 20%', effect: { cap: 'watching' } });
    const evidence = recorded(daily('akash.gpu_utilization', [0.1, 0.1, 0.1, 0.9]), [
      on('akash', 1, 'One'),
      on('akash', 1, 'Two'),
    ]);
    const steps = replay(bookOf(FACT, cap), evidence, every(T0, T0 + 3 * DAY, DAY));
    const changes = [...steps].flatMap(({ events }) => changesIn(events));
    expect(heard(changes)).toEqual(['1 akash: fact set', '3 akash: watching to conviction']);
    const [up] = tiers(changes);
    expect(up?.drivers.map((driver) => driver.rule)).toEqual(['cap', 'fact']);
    expect(up?.follows).toBeUndefined();
  });

  it('turns a negative watch into a lower tier', () => {
    const talk = rumour({ effect: { watch: 'negative', expires: '300d' } });
    const lowers = fact({ effect: { lower: 1 } });
    expect(tiers(judged([talk, lowers], news, 20))[0]).toMatchObject({ to: 'avoid', follows: { at: T0 + DAY } });
  });
});

describe('a correction', () => {
  it('is the cause of what a rule then gives, in the usual words', () => {
    const evidence = recorded([], [on('akash', 1, 'One'), on('akash', 2, 'Two')]);
    const note = ruleOf({ id: 'noted', networks: ['akash'], when: 'news(lab_training, 9d) >= 1' });
    const { events } = tick(bookOf(FACT, note), emptyState(), evidence, T0 + 3 * DAY, { usual: 'correction' });
    const changes = changesIn(events);
    expect(changes.map(({ kind, cause }) => `${kind} ${cause}`)).toEqual([
      'tier correction',
      'watch correction',
      'note correction',
    ]);
    expect(tiers(changes)[0]?.says).toMatch(/^A lab trains: 2 independent outlets/);
  });
});
