/** What every command may read: the configuration, the state, and the rules judged now. */
import type { Ladder, Network } from '../core/ladder.ts';
import type { Standing } from '../core/standing.ts';
import type { State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import type { Pages } from './evidence.ts';

export interface World {
  readonly now: Instant;
  readonly ladder: Ladder;
  readonly networks: readonly Network[];
  readonly state: State;
  readonly admins: { readonly discord: readonly string[]; readonly telegram: readonly string[] };
  /** Home pages of the sources, to link to. */
  readonly pages: Pages;
  /** Where each rule of a network stands, judged at `now`. */
  standings(network: string): readonly Standing[];
}
