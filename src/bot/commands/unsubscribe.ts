/** `/unsubscribe`: stops telling this chat, wholly or about some networks. */
import { z } from 'zod';
import { keyOf } from '../../core/destination.ts';
import { says } from '../../core/message.ts';
import { defineCommand, type Reply } from '../command.ts';
import { ALL, namesOf, someNetworks } from '../network.ts';
import { coverage } from './subscribe.ts';

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  description: 'Stop sending tier changes to this chat, of some networks or of all',
  example: (network) => `/unsubscribe ${network}`,
  manages: true,
  args: (networks) => z.strictObject({ network: someNetworks(networks, 'Which network, or all (the default)') }),
  run({ network: unwanted }, caller, world): Reply {
    const { destination, user } = caller;
    const current = world.state.subscriptions.get(keyOf(destination));
    if (current === undefined) return { message: says('This chat is not subscribed to anything.'), events: [] };
    const stop = (networks: 'all' | readonly string[]) =>
      ({ kind: 'unsubscribed', at: world.now, destination, by: user, networks }) as const;
    if (unwanted.includes(ALL))
      return { message: says('Unsubscribed. This chat gets nothing from now on.'), events: [stop('all')] };
    const had = current.networks === 'all' ? world.networks.map((network) => network.id) : current.networks;
    const left = had.filter((id) => !unwanted.includes(id));
    if (left.length === had.length) {
      const names = namesOf(world.networks, unwanted);
      return { message: says(`Nothing to stop: this chat does not get changes of ${names}.`), events: [] };
    }
    if (left.length === 0)
      return { message: says('Unsubscribed. This chat gets nothing from now on.'), events: [stop('all')] };
    // A subscription to all can only be narrowed by listing what stays.
    const narrowed = { destination, networks: left, by: user, at: world.now };
    return current.networks === 'all'
      ? {
          message: says(
            `Unsubscribed. This chat now gets ${coverage(left, world.networks)}; networks added later are not among them.`,
          ),
          events: [{ kind: 'subscribed', subscription: narrowed }],
        }
      : {
          message: says(`Unsubscribed. This chat now gets ${coverage(left, world.networks)}.`),
          events: [stop(unwanted)],
        };
  },
});
