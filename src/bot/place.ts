/** Where a network stands on the ladder, and since when. */
import type { Change } from '../core/change.ts';
import type { Network } from '../core/ladder.ts';
import type { Instant } from '../core/time.ts';
import type { World } from './world.ts';

export type Place = {
  readonly tier: string;
  /** Null while no change has been recorded: it stands where the configuration put it. */
  readonly since: Instant | null;
  readonly change: Change | undefined;
};

export function placeOf(network: Network, { state }: World): Place {
  const standing = state.tiers.get(network.id);
  if (standing === undefined) return { tier: network.tier, since: null, change: undefined };
  return { tier: standing.tier, since: standing.since, change: state.changes.get(standing.change) };
}

/** `▲ positive`, `▼ negative`, both, or an empty text. */
export function watchesOf(network: string, { state }: World): string {
  const directions = new Set(
    [...state.watches.values()].filter((one) => one.network === network).map((one) => one.direction),
  );
  const flags = [
    ...(directions.has('positive') ? ['▲ positive'] : []),
    ...(directions.has('negative') ? ['▼ negative'] : []),
  ];
  return flags.join(', ');
}

/** The configured network; the id has been checked against the same list. */
export function networkOf(id: string, { networks }: World): Network {
  const network = networks.find((one) => one.id === id);
  if (network === undefined) throw new Error(`No network ${id} is configured.`);
  return network;
}
