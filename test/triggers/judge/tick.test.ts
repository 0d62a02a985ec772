import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TierChange } from '../../../src/core/change.ts';
import type { Event } from '../../../src/core/events.ts';
import { apply } from '../../../src/core/state.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { emptyState } from '../../../src/store/tables.ts';
import { tick } from '../../../src/triggers/judge/tick.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../../src/triggers/replay/replay.ts';
import { bookOf, daily, report, ruleOf, T0 } from '../../world.ts';

const FLOOR = ruleOf({
  id: 'floor',
  title: 'Utilization below 20%',
  networks: ['akash'],
  when: 'gpu_utilization < 20%',
  for: '3d',
  clear: 'gpu_utilization > 25%',
  keepFiringFor: '2d',
  effect: { lower: 1 },
});

function moves(events: Iterable<Event>): TierChange[] {
  return [...events].flatMap((event) =>
    event.kind === 'change' && event.change.kind === 'tier' && event.change.cause !== 'start' ? [event.change] : [],
  );
}

function allEvents(book: ReturnType<typeof bookOf>, samples: Parameters<typeof recorded>[0], days: number): Event[] {
  return [...replay(book, recorded(samples), every(T0, T0 + days * DAY, DAY))].flatMap((step) => step.events);
}

describe('tick', () => {
  const values = [0.5, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.3, 0.3, 0.3];

  it('moves a tier with its reason, what would bring it back, and back again', () => {
    const [down, up] = moves(allEvents(bookOf(FLOOR), daily('akash.gpu_utilization', values), 9));
    expect(down).toMatchObject({ network: 'akash', from: 'watching', to: 'avoid', cause: 'rule', at: T0 + 4 * DAY });
    expect(down?.says).toBe('Utilization below 20%: akash.gpu_utilization is 10%, below 20%, for 3d');
    expect(down?.drivers).toMatchObject([{ rule: 'floor', version: 'v1' }]);
    expect(down?.back).toEqual([
      'Watching again if akash.gpu_utilization stays above 25% for 2d: as early as 2026-01-08',
    ]);
    expect(up).toMatchObject({ from: 'avoid', to: 'watching', at: T0 + 8 * DAY });
    expect(up?.says).toBe('Ended: Utilization below 20%; akash.gpu_utilization is 30%, above 25%, for 2d');
    expect(up?.back).toEqual(['Avoid if akash.gpu_utilization stays below 20% for 3d: as early as 2026-01-13']);
  });

  it('records every network at its base first, and tells nobody', () => {
    const { events } = tick(bookOf(), emptyState(), recorded([]), T0);
    expect(events).toHaveLength(4);
    expect(events.every((event) => event.kind === 'change' && event.change.cause === 'start')).toBe(true);
  });

  it('yields nothing the second time at the same instant', () => {
    const evidence = recorded(daily('akash.gpu_utilization', values));
    const book = bookOf(FLOOR);
    for (const days of [0, 1, 4, 6, 8]) {
      let state = emptyState();
      for (const now of every(T0, T0 + days * DAY, DAY))
        state = tick(book, state, evidence, now).events.reduce(apply, state);
      expect(tick(book, state, evidence, T0 + days * DAY).events).toEqual([]);
    }
  });

  it('a gap in the data stops the clock and moves nothing', () => {
    const gap = [0.1, 0.1, null, null, null, null, null, null, 0.1, 0.1, 0.1, 0.1];
    const evidence = recorded(daily('akash.gpu_utilization', gap), [], 8 * HOUR);
    const events = [...replay(bookOf(FLOOR), evidence, every(T0, T0 + 11 * DAY, DAY))].flatMap((step) => step.events);
    // True on days 0 and 1, unknown from day 3 to 7 (a sample stays good for a day), true again from day 8: 3 days have
    // counted (0 to 3) by day 3's freeze, so the first known evaluation fires.
    expect(moves(events).map(({ at }) => (at - T0) / DAY)).toEqual([8]);
  });

  it('says what argues against a change', () => {
    const lab = ruleOf({
      id: 'lab',
      title: 'A lab trains',
      networks: ['akash'],
      when: 'news(lab_training, 30d) >= 2',
      effect: { raise: 1 },
    });
    const evidence = recorded(daily('akash.gpu_utilization', [0.5, 0.5, 0.1, 0.1, 0.1, 0.1]), [
      report(T0 + DAY, 'One', { network: 'akash' }),
      report(T0 + DAY, 'Two', { network: 'akash' }),
    ]);
    const steps = [...replay(bookOf(FLOOR, lab), evidence, every(T0, T0 + 5 * DAY, DAY))];
    const [up, down] = moves(steps.flatMap((step) => step.events));
    expect(up).toMatchObject({ from: 'watching', to: 'conviction' });
    expect(down).toMatchObject({ from: 'conviction', to: 'watching' });
    expect(down?.against).toEqual([
      'A lab trains: 2 independent outlets in 30d report lab training on akash (One, Two), at least 2',
    ]);
  });

  it('a watch of the rule that moves the tier is told by that change; where no tier moves it stands alone', () => {
    const lab = ruleOf({
      id: 'lab',
      networks: ['akash', 'bittensor'],
      when: 'gpu_utilization > 80%',
      effect: { raise: 1, watch: 'positive' },
    });
    const samples = ['akash', 'bittensor'].flatMap((network) => daily(`${network}.gpu_utilization`, [0.5, 0.9]));
    const changes = allEvents(bookOf(lab), samples, 1).flatMap((event) =>
      event.kind === 'change' && event.change.cause !== 'start' ? [event.change] : [],
    );
    const [tier] = changes.filter(({ kind }) => kind === 'tier');
    expect(changes.map((change) => [change.kind, change.networks[0], 'told' in change ? change.told : null])).toEqual([
      ['tier', 'akash', null],
      ['watch', 'akash', tier?.id],
      ['watch', 'bittensor', null],
    ]);
  });

  it('sets and lifts a watch, and leaves one note for all networks', () => {
    const watch = ruleOf({
      id: 'watch',
      networks: ['bittensor'],
      when: 'news(lab_training, 3d) >= 1',
      effect: { watch: 'positive', expires: '300d' },
    });
    const due = ruleOf({ id: 'due', networks: 'all', when: 'now >= 2026-01-03', effect: { note: true } });
    const evidence = recorded([], [report(T0 + DAY, 'One')]);
    const steps = [...replay(bookOf(watch, due), evidence, every(T0, T0 + 6 * DAY, DAY))];
    const told = steps
      .flatMap((step) => step.events)
      .flatMap((event) => (event.kind === 'change' && event.change.cause !== 'start' ? [event.change] : []));
    expect(told).toMatchObject([
      { kind: 'watch', on: true, direction: 'positive', networks: ['bittensor'], at: T0 + DAY },
      { kind: 'note', networks: ['akash', 'bittensor', 'ionet', 'render'], at: T0 + 2 * DAY },
      { kind: 'watch', on: false, at: T0 + 4 * DAY },
    ]);
  });

  it('does not depend on the order of samples, rules or networks', () => {
    const other = (networks: string[]) =>
      ruleOf({ id: 'another', networks, when: 'gpu_utilization < 30%', for: '1d', effect: { cap: 'watching' } });
    const all = ['akash', 'bittensor', 'ionet', 'render'];
    const value = fc.option(fc.double({ min: 0, max: 0.5, noNaN: true }), { nil: null, freq: 4 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 20 }), fc.nat(), (list, turn) => {
        const samples = [
          ...daily('akash.gpu_utilization', list),
          ...daily('ionet.gpu_utilization', [...list].reverse()),
        ];
        const rotated = [
          ...samples.slice(turn % (samples.length + 1)),
          ...samples.slice(0, turn % (samples.length + 1)),
        ].reverse();
        const book = bookOf(FLOOR, other(all));
        const reversed = { ...bookOf(other([...all].reverse()), FLOOR), networks: [...book.networks].reverse() };
        expect(allEvents(reversed, rotated, list.length)).toEqual(allEvents(book, samples, list.length));
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('removing samples never adds a move', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0.1, 0.22, 0.4), { minLength: 5, maxLength: 25 }), (list) => {
        const dark = list.map(() => null);
        expect(moves(allEvents(bookOf(FLOOR), daily('akash.gpu_utilization', dark), list.length))).toEqual([]);
        const head = daily('akash.gpu_utilization', list).slice(0, 2);
        expect(moves(allEvents(bookOf(FLOOR), head, list.length)).length).toBeLessThanOrEqual(1);
      }),
      { seed: 7 },
    );
  });
});
