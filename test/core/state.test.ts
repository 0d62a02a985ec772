import { describe, expect, it } from 'vitest';
import type { Destination } from '../../src/core/destination.ts';
import type { Event, Subscription } from '../../src/core/events.ts';
import type { Notice } from '../../src/core/notice.ts';
import { apply, blindSince } from '../../src/core/state.ts';
import { emptyState } from '../../src/store/tables.ts';

const GROUP: Destination = { platform: 'telegram', chat: '-5', thread: null };
const SUPERGROUP: Destination = { platform: 'telegram', chat: '-100', thread: null };

function subscribed(destination: Destination, networks: Subscription['networks']) {
  return { kind: 'subscribed', subscription: { destination, networks, by: '9', at: 1 } } as const;
}

describe('a chat that moves', () => {
  it.each<[Subscription['networks'] | null, Subscription['networks'], Subscription['networks']]>([
    [null, ['akash'], ['akash']],
    [['render'], ['akash'], ['render', 'akash']],
    ['all', ['akash'], 'all'],
    [['akash'], 'all', 'all'],
  ])('takes what it gets (%j) along to what is there (%j)', (there, mine, expected) => {
    const before = [...(there === null ? [] : [subscribed(SUPERGROUP, there)]), subscribed(GROUP, mine)];
    const state = [...before, { kind: 'moved', at: 2, from: GROUP, to: SUPERGROUP } as const].reduce(
      apply,
      emptyState(),
    );
    expect([...state.subscriptions.values()]).toMatchObject([{ destination: SUPERGROUP, networks: expected }]);
  });
});

describe('what is known of the sources', () => {
  const folded = (...events: readonly Event[]) => events.reduce(apply, emptyState());
  const notice = (id: string): Notice => ({ id, at: 1, kind: 'dark', title: id, says: [] });

  it('is their health, disputes and blindness, each until it is taken back', () => {
    const health = { state: 'dark', since: 1, why: 'w' } as const;
    const dispute = { since: 2, says: 'a, b' };
    const begun = folded(
      { kind: 'source', source: 'a', health },
      { kind: 'disputed', series: 'x.y', dispute },
      { kind: 'blind', since: 3 },
    );
    expect(begun.sources.get('a')).toEqual(health);
    expect(begun.disputes.get('x.y')).toEqual(dispute);
    expect(blindSince(begun)).toBe(3);
    const over: readonly Event[] = [
      { kind: 'source', source: 'a', health: null },
      { kind: 'disputed', series: 'x.y', dispute: null },
      { kind: 'blind', since: null },
    ];
    const ended = over.reduce(apply, begun);
    expect([ended.sources.size, ended.disputes.size, blindSince(ended)]).toEqual([0, 0, null]);
  });

  it('is told by notices: the newest are kept, and what became of each says its id', () => {
    const many = Array.from({ length: 205 }, (_, at): Event => ({ kind: 'notice', notice: notice(`n${at}`) }));
    expect([...folded(...many).notices.values()].map(({ id }) => id)).toEqual(
      Array.from({ length: 200 }, (_, at) => `n${at + 5}`),
    );
    const delivery = { id: 'd', destination: GROUP, changes: [], notice: 'n1', at: 1, attempts: 0, notBefore: 1 };
    const sent = folded(
      { kind: 'notice', notice: notice('n1') },
      { kind: 'owed', delivery, reason: 'a notice to admins' },
      { kind: 'sent', at: 2, delivery: 'd', message: '7' },
    );
    expect(sent.owed.size).toBe(0);
    expect(sent.outcomes.get('telegram/-5')).toEqual([{ at: 2, changes: ['n1'], result: 'sent', reason: 'message 7' }]);
  });
});
