/** Which articles of one reading are new, and which of those are news: what was there before counts for nothing. */
import { MARKED } from '../../core/independent.ts';
import { type Article, BASELINE, type Filed } from '../../core/news.ts';
import type { Archive, Dropped } from '../../core/ports.ts';
import type { Duration, Instant } from '../../core/time.ts';
import { countedId, isTextKey, linkKey, plainWords } from './identity.ts';
import { clip } from './reading/text.ts';
import { type Held, rebuilt } from './rebuilt.ts';

/** What is known of a feed before a reading of it. */
export type KnownFeed = {
  readonly archive: Pick<Archive, 'find'>;
  /** No reading of it is recorded to its end, and no article of it but such as were there before. */
  readonly isFirst: boolean;
  /** When it was last read; undefined where that is not recorded. */
  readonly lastRead: Instant | undefined;
  readonly every: Duration;
  /** What its last reading with items held; undefined where that was before the start. */
  readonly last: readonly Held[] | undefined;
};

export type Taken = {
  /** Those not known yet, marked where they do not count. */
  readonly articles: readonly Article[];
  readonly dropped: readonly Dropped[];
  /** Articles that come in though they share a name with one that is known, and why. */
  readonly noted: readonly Dropped[];
};

/** How an article stands to those kept. `copy`: what is known of it does not count, and this one would. */
type Standing = { readonly article: Article; readonly note?: string } & (
  | { readonly kind: 'new' | 'copy' }
  | { readonly kind: 'known'; readonly isMoved: boolean }
);

/**
 * The articles of one reading that no article kept is the same as. The first reading of a feed is its baseline: what
 * it holds was there before. Where a feed is suddenly full of unknown items, it was rebuilt, and they are old ones under
 * new names. Neither kind counts. An article that is known by another feed only, where it does not count, comes in
 * where it does. Pure.
 */
export function intake(articles: readonly Article[], known: KnownFeed, now: Instant): Taken {
  const standings = articles.map((article) => standingOf(article, known.archive));
  const unknown = standings.filter(({ kind }) => kind !== 'known').map(({ article }) => article);
  const why = known.isFirst ? BASELINE : rebuilt(unknown, articles, known, now);
  const isTaken = ({ kind }: Standing): boolean => kind === 'new' || (kind === 'copy' && why === undefined);
  const taken = standings.filter(isTaken);
  return {
    articles: taken.map(({ article }) => (why === undefined ? article : { ...article, uncounted: why })),
    dropped: standings.flatMap((one) => (one.kind === 'known' && one.isMoved ? [named(one.article, MOVED)] : [])),
    noted: taken.flatMap(({ article, note }) => (note === undefined ? [] : [named(article, note)])),
  };
}

/** By link and guid it would be new: only the same words tell that it is not, which a person may want to judge. */
const MOVED = 'same title and text as an item known from another address';
const REUSED = 'its guid is that of an item at another address with another title';

function standingOf(article: Article, archive: Pick<Archive, 'find'>): Standing {
  const names = [article.id, ...(article.keys ?? [])];
  const found = names.flatMap((name) => {
    const filed = archive.find(name);
    return filed === undefined ? [] : [{ name, filed }];
  });
  const same = found.filter(({ name, filed }) => !isReused(name, filed, article));
  const [first] = same;
  if (first === undefined) {
    if (found.length === 0) return { kind: 'new', article };
    return { kind: 'new', article: without(article, found), note: REUSED };
  }
  if (same.some(({ filed }) => !isShadow(filed, article)))
    return { kind: 'known', article, isMoved: isTextKey(first.name) };
  const id = countedId(first.filed.id);
  if (archive.find(id) !== undefined) return { kind: 'known', article, isMoved: false };
  const note = `counts, though ${clip(first.filed.feed, 80)} has it as one that does not`;
  return { kind: 'copy', article: { ...without(article, found), id }, note };
}

/** A guid that is met again with another link and other words is of another item. */
function isReused(name: string, { link, title }: Filed, article: Article): boolean {
  if (article.link === null || link === null || name === article.id || isTextKey(name)) return false;
  const key = linkKey(article.link);
  if (name === key || linkKey(link) === key) return false;
  return plainWords(title) !== plainWords(article.title);
}

/** Why the one kept does not count is a matter of the feed that brought it, not of what it says. */
function isShadow({ uncounted, feed }: Filed, article: Article): boolean {
  return uncounted !== undefined && uncounted !== MARKED && feed !== article.feed && article.uncounted === undefined;
}

/** Its names without those that are another's. */
function without(article: Article, found: readonly { readonly name: string }[]): Article {
  const taken = new Set(found.map(({ name }) => name));
  return { ...article, keys: (article.keys ?? []).filter((key) => !taken.has(key)) };
}

function named({ title }: Article, reason: string): Dropped {
  return { what: clip(title, 80), reason };
}
