/** The one line that names a change. */
import type { Change } from '../core/change.ts';
import { type Ladder, type Network, tierName } from '../core/ladder.ts';
import { namesOf } from './network.ts';

/** `Akash: Watching → Avoid`, `Akash: watch negative set`, `Akash, io.net: note`. */
export function headlineOf(change: Change, ladder: Ladder, networks: readonly Network[]): string {
  switch (change.kind) {
    case 'tier':
      return `${namesOf(networks, [change.network])}: ${tierName(ladder, change.from)} → ${tierName(ladder, change.to)}`;
    case 'watch':
      return `${subjectOf(change, networks)}: watch ${change.direction} ${change.on ? 'set' : 'lifted'}`;
    case 'note':
      return `${subjectOf(change, networks)}: note`;
  }
}

function subjectOf(change: Change, networks: readonly Network[]): string {
  return change.networks.length === 0 ? 'Market' : namesOf(networks, change.networks, 4);
}
