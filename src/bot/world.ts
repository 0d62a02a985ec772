/** What every command may read: the configuration, the state, the rules judged now, and how the sources are. */
import type { SourceHealth } from '../core/events.ts';
import type { Ladder, Network } from '../core/ladder.ts';
import type { Standing } from '../core/standing.ts';
import type { State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import type { Pages } from './evidence.ts';

/** How a source or feed is. */
export type SourceStanding = {
  readonly id: string;
  readonly title: string;
  /** `waiting`: not asked yet. */
  readonly state: SourceHealth['state'] | 'waiting';
  /** Null while it waits. */
  readonly since: Instant | null;
  /** Why it is not ok; null where it is, and while it waits. */
  readonly why: string | null;
  /** When it last gave something fresh; null where that is not known. */
  readonly lastSuccess: Instant | null;
  /** Null where it is not asked. */
  readonly nextTry: Instant | null;
};

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
  /** Every source and feed, in the order of the configuration. Missing where nothing is polled, as in the demo. */
  sources?(): readonly SourceStanding[];
}
