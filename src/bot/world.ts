/** What every command may read: the configuration, the state, the rules judged now, and how the sources are. */
import type { SourceHealth } from '../core/events.ts';
import type { Ladder, Network } from '../core/ladder.ts';
import type { Article, Filed } from '../core/news.ts';
import type { Standing } from '../core/standing.ts';
import type { State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import type { Admins } from './admins.ts';
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

/** What is known of an article beside its link. */
type Told = {
  readonly outlet?: string | undefined;
  readonly title?: string | undefined;
  readonly summary?: string | null;
};

/** What an article at an address is filed by, and whose it is. */
export type Filing = Pick<Article, 'id' | 'keys' | 'outlet' | 'owner' | 'trust' | 'print'>;

/** The articles kept, by the names that people give them. */
export interface Articles {
  /** By id, or by link however it is written. */
  find(text: string): Filed | undefined;
  /**
   * How an article with this http(s) link would be filed; undefined where the link names none, as that of a site's front
   * page. Without an outlet the link tells whose it is.
   */
  filing(link: string, told: Told): Filing | undefined;
}

export interface World {
  readonly now: Instant;
  readonly ladder: Ladder;
  readonly networks: readonly Network[];
  readonly state: State;
  readonly admins: Admins;
  /** Home pages of the sources, to link to. */
  readonly pages: Pages;
  /** Where each rule of a network stands, judged at `now`. */
  standings(network: string): readonly Standing[];
  /** Every source and feed, in the order of the configuration. Missing where nothing is polled, as in the demo. */
  sources?(): readonly SourceStanding[];
  /** Missing where no articles are kept, as in the demo. */
  readonly articles?: Articles;
}
