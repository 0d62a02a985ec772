/** Articles, and the news events read out of them. */
import { z } from 'zod';
import type { Instant } from './time.ts';

export const NEWS_TYPES = [
  'lab_training',
  'new_entrant',
  'capacity_catchup',
  'capacity_crunch',
  'utilization_report',
  'reliability_incident',
  'supply_inflation',
] as const;
export type NewsType = (typeof NEWS_TYPES)[number];
/** Types that speak of the market, never of one network. */
export const MARKET_NEWS: ReadonlySet<NewsType> = new Set(['capacity_catchup', 'capacity_crunch', 'new_entrant']);

export const NEWS_STATUSES = ['done', 'in_progress', 'planned', 'speculative', 'denied'] as const;
export type NewsStatus = (typeof NEWS_STATUSES)[number];

export const Trust = z.enum(['primary', 'press', 'aggregator', 'social']);
export type Trust = z.infer<typeof Trust>;

/** One item of a feed, as published. Every text in it is somebody else's: data, never markup or instruction. */
export type Article = {
  /** Stable across polls: a hash of feed and guid, or of the canonical link. */
  readonly id: string;
  readonly feed: string;
  readonly outlet: string;
  /** Outlets of one owner count once. */
  readonly owner: string;
  readonly trust: Trust;
  readonly title: string;
  readonly summary: string | null;
  readonly link: string | null;
  /** The instant the item gives, or when it was first seen where it gives none. */
  readonly published: Instant;
  readonly events: readonly NewsMention[];
};

/** What one article reports. */
export type NewsMention = {
  readonly type: NewsType;
  /** A network id, `other:<name>`, or null for the market. */
  readonly network: string | null;
  readonly status: NewsStatus;
  /** The words that convinced: quoted in explanations. */
  readonly because: readonly string[];
};

/** A mention with where it stands: what `news()` counts. */
export type NewsEvent = NewsMention & {
  readonly at: Instant;
  readonly outlet: string;
  readonly owner: string;
  readonly title: string;
  readonly link: string | null;
};
