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
/** Why the items of a feed's first reading do not count. Recorded with them: it tells them from what came later. */
export const BASELINE = 'was there before the feed was first read';

/** Something happened or is happening: only such reports count as facts. */
export function isFact(status: NewsStatus): boolean {
  return status === 'done' || status === 'in_progress';
}

export const Trust = z.enum(['primary', 'press', 'aggregator', 'social']);
export type Trust = z.infer<typeof Trust>;

/** One item of a feed, as published. Every text in it is somebody else's: data, never markup or instruction. */
export type Article = {
  /** Stable across polls: a hash of the canonical link, or of feed and guid, or of feed and title. */
  readonly id: string;
  /** Its other names: what an item with the same link, guid or text would be called. */
  readonly keys?: readonly string[];
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
  /** Why nothing it reports counts, in words; missing where it counts. */
  readonly uncounted?: string;
  /** What its text is told by; articles recorded by earlier versions have none. */
  readonly print?: Print;
};

/** The fingerprint of a text: what tells whether two articles are of one story, or one a copy of the other. */
export type Print = {
  /** Distinctive terms, most telling first: names, figures, rare words. */
  readonly terms: readonly string[];
  /** The smallest hashes of its word sequences, ascending: how many two texts share estimates how alike they are. */
  readonly shingles: readonly number[];
  /** The same of what is left without its content words: function words, names and figures. Texts with synonyms swapped share it. */
  readonly frame?: readonly number[];
};

/** What one article reports. */
export type NewsMention = {
  readonly type: NewsType;
  /** A network id, `other:<name>`, or null for the market. */
  readonly network: string | null;
  readonly status: NewsStatus;
  /** How sure the words make it, 0 to 1; articles recorded by earlier versions have none. */
  readonly confidence?: number;
  /** The figure a utilization report states, as written. */
  readonly figure?: string;
  /** The words that convinced: quoted in explanations. */
  readonly because: readonly string[];
};

/** A mention with where it stands: what `news()` counts, or leaves out. */
export type NewsEvent = NewsMention & {
  readonly at: Instant;
  readonly outlet: string;
  readonly owner: string;
  readonly title: string;
  readonly link: string | null;
  /** The article's id; missing in scenarios and in the demo's record. */
  readonly article?: string;
  readonly trust?: Trust;
  /** The story it belongs to: the id of its oldest article. */
  readonly story?: string;
  readonly print?: Print;
  /** Why it does not count, in words: the article's own reason, or that somebody marked it as wrong. */
  readonly uncounted?: string;
};

/** An article as it is kept at hand. The summary is kept of those that report something. */
export type Filed = Omit<Article, 'keys' | 'print'> & { readonly story: string };

/** What an admin said about an article: nothing it reports counts. A labelled example that can be exported. */
export type Mark = {
  /** The article's id. */
  readonly article: string;
  readonly at: Instant;
  /** `platform:user`. */
  readonly by: string;
  readonly reason: string | null;
  /** As it was when it was marked. */
  readonly title: string;
  readonly summary: string | null;
  readonly link: string | null;
  readonly outlet: string;
  readonly published: Instant;
  readonly events: readonly NewsMention[];
};

/** A report that an admin added by its address. It counts as any other. */
export type Addition = { readonly article: Article; readonly at: Instant; readonly by: string };

/** When what the project or company itself says about its own act counts. */
export const PRIMARY_COUNTS = ['with-press', 'alone', 'never'] as const;
export type PrimaryCounts = (typeof PRIMARY_COUNTS)[number];
