/** `/subscribe`: tells this chat about changes from now on. */
import { z } from 'zod';
import { keyOf } from '../../core/destination.ts';
import type { Network } from '../../core/ladder.ts';
import { says } from '../../core/message.ts';
import { defineCommand } from '../command.ts';
import { ALL, namesOf, someNetworks } from '../network.ts';

export const subscribe = defineCommand({
  name: 'subscribe',
  description: 'Send tier changes to this chat; adds to what it already gets',
  example: (network) => `/subscribe ${network}`,
  manages: true,
  args: (networks) => z.strictObject({ network: someNetworks(networks, 'Which network, or all (the default)') }),
  run({ network: wanted }, caller, world) {
    const { destination, user } = caller;
    const current = world.state.subscriptions.get(keyOf(destination))?.networks ?? [];
    const networks = merge(current, wanted, world.networks);
    if (sameAs(current, networks))
      return {
        message: says(`Nothing to add: this chat already gets ${coverage(networks, world.networks)}.`),
        events: [],
      };
    return {
      message: says(`Subscribed. This chat now gets ${coverage(networks, world.networks)}.`),
      events: [{ kind: 'subscribed', subscription: { destination, networks, by: user, at: world.now } }],
    };
  },
});

/** In the order of the configuration; ids that left it stay, they may come back. */
function merge(current: 'all' | readonly string[], wanted: readonly string[], networks: readonly Network[]) {
  if (current === 'all' || wanted.includes(ALL)) return 'all';
  const both = new Set([...current, ...wanted]);
  const known = networks.map((network) => network.id).filter((id) => both.has(id));
  return [...known, ...[...both].filter((id) => !known.includes(id))];
}

function sameAs(current: 'all' | readonly string[], next: 'all' | readonly string[]): boolean {
  return current === next || (current !== 'all' && next !== 'all' && next.every((id) => current.includes(id)));
}

/** `changes of every network`, `changes of Akash, io.net`. */
export function coverage(wanted: 'all' | readonly string[], networks: readonly Network[]): string {
  return wanted === 'all' ? 'changes of every network' : `changes of ${namesOf(networks, wanted)}`;
}
