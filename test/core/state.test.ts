import { describe, expect, it } from 'vitest';
import type { Destination } from '../../src/core/destination.ts';
import type { Subscription } from '../../src/core/events.ts';
import { apply } from '../../src/core/state.ts';
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
