import { describe, expect, it } from 'vitest';
import type { Change, NoteChange, TierChange, WatchChange } from '../../src/core/change.ts';
import type { Destination } from '../../src/core/destination.ts';
import type { Subscription } from '../../src/core/events.ts';
import { decide, deliveryId, owe } from '../../src/engine/outbox.ts';
import { T0 } from '../world.ts';

const CHANNEL: Destination = { platform: 'discord', chat: '1', thread: null };
const TOPIC: Destination = { platform: 'telegram', chat: '-100', thread: '7' };
const RUNNING = new Set(['discord', 'telegram'] as const);

function change(id: string, networks: string[], more: Partial<NoteChange> = {}): NoteChange {
  return { kind: 'note', id, at: T0, networks, cause: 'rule', drivers: [], says: 'so', ...more };
}

function subscription(networks: Subscription['networks'], destination = CHANNEL): Subscription {
  return { destination, networks, by: '9', at: T0 };
}

describe('the outbox', () => {
  it.each([
    ['subscribed to all networks', true, subscription('all'), RUNNING],
    ['subscribed to akash', true, subscription(['render', 'akash']), RUNNING],
    ['not subscribed to akash, ionet', false, subscription(['render']), RUNNING],
    ['discord is not running', false, subscription('all'), new Set(['telegram'] as const)],
  ])('names its reason: %s', (reason, send, to, running) => {
    expect(decide(change('c', ['akash', 'ionet']), to, running)).toEqual({ send, reason });
  });

  it('owes one message a change and chat, and records what it does not send', () => {
    const events = owe(
      [change('a', ['akash']), change('b', ['render'])],
      [subscription('all'), subscription(['render'], TOPIC)],
      RUNNING,
      T0,
      false,
    );
    expect(events).toMatchObject([
      { kind: 'owed', delivery: { destination: CHANNEL, changes: ['a'], attempts: 0, notBefore: T0 } },
      { kind: 'owed', delivery: { destination: CHANNEL, changes: ['b'] } },
      { kind: 'owed', delivery: { destination: TOPIC, changes: ['b'] }, reason: 'subscribed to render' },
      { kind: 'suppressed', destination: TOPIC, changes: ['a'], reason: 'not subscribed to akash' },
    ]);
  });

  it('sums downtime up in one message a chat', () => {
    const events = owe(
      [change('a', ['akash']), change('b', ['render'])],
      [subscription('all'), subscription(['render'], TOPIC)],
      RUNNING,
      T0,
      true,
    );
    expect(events.filter(({ kind }) => kind === 'owed')).toMatchObject([
      { delivery: { changes: ['a', 'b'] } },
      { delivery: { changes: ['b'] } },
    ]);
  });

  it('tells nobody about the first look', () => {
    expect(owe([change('a', ['akash'], { cause: 'start' })], [subscription('all')], RUNNING, T0, false)).toEqual([]);
  });

  it('keys a delivery by what is told and to whom, and by nothing else', () => {
    expect(deliveryId(['a'], CHANNEL)).toBe(deliveryId(['a'], { ...CHANNEL }));
    expect(
      new Set([
        deliveryId(['a'], CHANNEL),
        deliveryId(['b'], CHANNEL),
        deliveryId(['a'], TOPIC),
        deliveryId(['a', 'b'], CHANNEL),
        deliveryId({ notice: 'a' }, CHANNEL),
        deliveryId({ notice: 'a' }, TOPIC),
        deliveryId({ notice: 'b' }, CHANNEL),
      ]).size,
    ).toBe(7);
    expect(deliveryId({ notice: 'a' }, CHANNEL)).toBe(deliveryId({ notice: 'a' }, { ...CHANNEL }));
  });

  it('tells a watch that comes with a change of the tier by that change alone', () => {
    const tier: TierChange = {
      kind: 'tier',
      id: 'akash-1',
      at: T0,
      networks: ['akash'],
      network: 'akash',
      from: 'watching',
      to: 'conviction',
      cause: 'rule',
      drivers: [],
      says: 'so',
      against: [],
      back: [],
    };
    const watch: WatchChange = {
      kind: 'watch',
      id: 'akash-1-watch',
      at: T0,
      networks: ['akash'],
      cause: 'rule',
      drivers: [],
      direction: 'positive',
      on: true,
      says: 'so',
    };
    const owed = (changes: readonly Change[]) =>
      owe(changes, [subscription('all')], RUNNING, T0, false).flatMap((event) =>
        event.kind === 'owed' ? event.delivery.changes : [],
      );
    expect(owed([tier, { ...watch, told: tier.id }])).toEqual([tier.id]);
    expect(owed([tier, watch])).toEqual([tier.id, watch.id]);
  });
});
