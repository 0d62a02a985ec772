/** Whether a feed was rebuilt: old items that come as new ones, under other names and with other dates. */
import type { Article } from '../../core/news.ts';
import { type Duration, HOUR, type Instant, MINUTE } from '../../core/time.ts';

/** What is remembered of an item of the last reading. */
export type Held = Pick<Article, 'link' | 'published'>;

type Known = {
  readonly lastRead: Instant | undefined;
  readonly every: Duration;
  /** What the last reading with items held; undefined where that was before the start. */
  readonly last: readonly Held[] | undefined;
};

/** Fewer unknown items at once may be a busy day. */
const LEAST_REBUILT = 5;
const REBUILT_SHARE = 0.6;
/** After so long without a reading, or so many missed ones, nobody knows what is new at once. */
const LONGEST_GAP = 6 * HOUR;
const READINGS_MISSED = 8;
/** From so many outlets on it is a search: what it finds is of many sites, which are not rebuilt together. */
const SEVERAL_OUTLETS = 3;

/**
 * Why a feed seems to be rebuilt; undefined where it does not: where little of it is new, where it was not read for
 * long, or where all speaks for a busy hour. In doubt it was: what does not count can be added by hand.
 * @param unknown those of `all` that no article kept is the same as
 */
export function rebuilt(
  unknown: readonly Article[],
  all: readonly Article[],
  known: Known,
  now: Instant,
): string | undefined {
  const { lastRead, every } = known;
  if (unknown.length < LEAST_REBUILT || unknown.length < REBUILT_SHARE * all.length) return undefined;
  if (lastRead !== undefined && now - lastRead >= Math.max(LONGEST_GAP, READINGS_MISSED * every)) return undefined;
  if (new Set(unknown.map(({ outlet }) => outlet)).size >= SEVERAL_OUTLETS) return undefined;
  if (isBurst(unknown, all, known)) return undefined;
  return `the feed was rebuilt: ${unknown.length} of ${all.length} items are new at once`;
}

/** A feed is cached on its way: what was published before the last reading may have come after it. */
const LAG = HOUR;
/** A feed holds about as many items each time. */
const MOST_GROWN = 1.5;

/**
 * Whether so many items at once can be what was published since the last reading: the feed holds no more than before,
 * its addresses are built alike, and the dates are after that reading and spread as people's are.
 */
function isBurst(unknown: readonly Article[], all: readonly Article[], { lastRead, last }: Known): boolean {
  if (lastRead === undefined) return false;
  const news = new Set(unknown);
  const reference = last ?? all.filter((article) => !news.has(article));
  if (last !== undefined && all.length > MOST_GROWN * last.length) return false;
  const shapes = new Set(reference.flatMap(({ link }) => (link === null ? [] : [shapeOf(link)])));
  const isAlike = ({ link }: Held): boolean => link !== null && shapes.has(shapeOf(link));
  return most(unknown, isAlike) && most(unknown, ({ published }) => published >= lastRead - LAG) && !isClumped(unknown);
}

/** Half of them in one minute are dated by a program, not by people. */
function isClumped(items: readonly Held[]): boolean {
  const minutes = new Map<number, number>();
  for (const { published } of items) {
    const minute = Math.floor(published / MINUTE);
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
  }
  return Math.max(...minutes.values()) > items.length / 2;
}

function most<T>(items: readonly T[], is: (item: T) => boolean): boolean {
  return items.filter(is).length >= 0.8 * items.length;
}

/** The host and the way to a page, numbers alike, without what names the page itself. */
function shapeOf(link: string): string {
  const { host, pathname } = new URL(link);
  const parts = pathname.split('/').filter((part) => part !== '');
  const kinds = parts.map((part, index) => (/^\d+$/.test(part) ? '9' : index === parts.length - 1 ? 'a' : part));
  return [host, ...kinds].join('/');
}
