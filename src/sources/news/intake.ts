/** Which articles of one reading are new, and which of those are news: what was there before counts for nothing. */
import type { Article } from '../../core/news.ts';
import type { Archive, Dropped } from '../../core/ports.ts';
import { type Duration, HOUR, type Instant } from '../../core/time.ts';
import { isTextKey } from './identity.ts';
import { clip } from './reading/text.ts';

/** What is known of a feed before a reading of it. */
export type KnownFeed = {
  readonly archive: Pick<Archive, 'find'>;
  /** Neither a reading nor an article of it is recorded. */
  readonly isFirst: boolean;
  /** When it was last read; undefined where that is not recorded. */
  readonly lastRead: Instant | undefined;
  readonly every: Duration;
};

export type Taken = {
  /** Those not known yet, marked where they do not count. */
  readonly articles: readonly Article[];
  readonly dropped: readonly Dropped[];
};

const BASELINE = 'was there before the feed was first read';
/** Fewer unknown items at once may be a busy day. */
const LEAST_REBUILT = 8;
const REBUILT_SHARE = 0.8;
/** So many items of one hour are dated by a program, not by people. */
const REBUILT_WITHIN = HOUR;
/** After so many missed readings nobody knows what is new at once. */
const READINGS_MISSED = 4;

/**
 * The articles of one reading that no article kept is the same as. The first reading of a feed is its baseline: what
 * it holds was there before. Where a feed is suddenly full of unknown items of one hour, it was rebuilt, and they are
 * old ones under new names. Neither kind counts. Pure.
 */
export function intake(articles: readonly Article[], known: KnownFeed, now: Instant): Taken {
  const dropped: Dropped[] = [];
  const unknown = articles.filter((article) => {
    const key = [article.id, ...(article.keys ?? [])].find((name) => known.archive.find(name) !== undefined);
    if (key !== undefined && isTextKey(key)) dropped.push(moved(article));
    return key === undefined;
  });
  const why = known.isFirst ? BASELINE : rebuilt(unknown, articles.length, known, now);
  return {
    articles: why === undefined ? unknown : unknown.map((article) => ({ ...article, uncounted: why })),
    dropped,
  };
}

/** By link and guid it would be new: only the same words tell that it is not, which a person may want to judge. */
function moved({ title }: Article): Dropped {
  return { what: clip(title, 80), reason: 'same title and text as an item known from another address' };
}

/** Why a feed seems to be rebuilt; undefined where it does not. */
function rebuilt(
  unknown: readonly Article[],
  all: number,
  { lastRead, every }: KnownFeed,
  now: Instant,
): string | undefined {
  if (unknown.length < LEAST_REBUILT || unknown.length < REBUILT_SHARE * all) return undefined;
  if (lastRead !== undefined && now - lastRead >= READINGS_MISSED * every) return undefined;
  const dates = unknown.map(({ published }) => published);
  const [first, last] = [Math.min(...dates), Math.max(...dates)];
  const isOfNow = first >= now - REBUILT_WITHIN && last <= now + REBUILT_WITHIN;
  if (last - first > REBUILT_WITHIN && !isOfNow) return undefined;
  return `the feed was rebuilt: ${unknown.length} of ${all} items are new at once`;
}
