/** The articles that admins added, as entries: one that a feed brought too is the feed's article, and what was added is reported by it as well. */
import type { Addition, Article, NewsMention } from '../core/news.ts';
import { type Entry, entryOf } from './entry.ts';
import { type Joined, joinStories } from './joined.ts';
import type { News } from './news.ts';
import { compare } from './timeline.ts';

export type Added = {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** By each of their names, and by those of the feed's article. */
  readonly byKey: ReadonlyMap<string, Entry>;
  /** Articles of feeds that one of `entries` stands for. */
  readonly replaced: ReadonlySet<Entry>;
  /** Recorded stories that what was added makes one with an older one, and the id of that. */
  readonly renamed: ReadonlyMap<string, string>;
};

/** The same whatever came first, an addition or the feed's article. */
export function readAdded(additions: Iterable<Addition>, news: News): Added {
  const found = new Map<Entry | Addition, Joined>();
  const replaced = new Set<Entry>();
  for (const addition of [...additions].sort((a, b) => compare(timed(a), timed(b)))) {
    const { article } = addition;
    const known = [article.id, ...(article.keys ?? [])].flatMap((key) => news.find(key) ?? []);
    for (const entry of known) replaced.add(entry);
    const feed = known.sort(compare)[0];
    const before = found.get(feed ?? addition);
    if (feed === undefined) found.set(addition, { article });
    else
      found.set(feed, {
        article: before === undefined ? joined(feed, addition) : reported(before.article, article),
        feed,
      });
  }
  const all = [...found.values()];
  const { storyOf, renamed } = joinStories(all, news);
  const entries = all.map(({ article }) => entryOf(article, storyOf.get(article.id) ?? null)).sort(compare);
  const byKey = new Map(entries.flatMap((entry) => entry.keys.map((key) => [key, entry])));
  return { entries, byKey, replaced, renamed };
}

function timed({ at, article }: Addition) {
  return { at, id: article.id };
}

/**
 * The feed's article with what was added, under the id by which it was added. Of one that does not count for a doubt of the
 * program's only what a person said is reported, as of the date that the person gave.
 */
function joined({ at, keys, filed, events }: Entry, addition: Addition): Article {
  const { article } = addition;
  const { story: _, uncounted, ...own } = filed;
  // An addition without a date is as of when it was added.
  const isDated = article.published !== addition.at;
  const print = events[0]?.print ?? article.print;
  return reported(
    {
      ...own,
      id: article.id,
      keys: [...new Set([...(article.keys ?? []), ...keys])],
      summary: own.summary ?? article.summary,
      published: uncounted !== undefined && isDated ? article.published : at,
      events: uncounted === undefined ? own.events : [],
      ...(print === undefined ? {} : { print }),
    },
    article,
  );
}

/** What a person says of an event stands for what was read of it. */
function reported(article: Article, { id, keys = [], events }: Article): Article {
  const earlier = article.events.filter((one) => !events.some((other) => isAlike(one, other)));
  const names = new Set([...(article.keys ?? []), id, ...keys]);
  return { ...article, keys: [...names].filter((name) => name !== article.id), events: [...earlier, ...events] };
}

function isAlike(one: NewsMention, other: NewsMention): boolean {
  return one.type === other.type && one.network === other.network;
}
