/** The network that a person names on the command line. */
import { oneNetwork } from '../../bot/network.ts';
import type { Network } from '../../core/ladder.ts';
import { UsageError } from '../io.ts';

/** By id, name or alias, in any case. Throws a UsageError with the nearest name where there is none. */
export function networkNamed(name: string, networks: readonly Network[]): Network {
  const read = oneNetwork(networks, 'Which network').safeParse(name);
  const network = networks.find(({ id }) => id === read.data);
  if (network === undefined) throw new UsageError(read.error?.issues[0]?.message ?? `unknown network ${name}`);
  return network;
}
