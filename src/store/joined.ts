/** The stories of added articles: they join recorded ones and each other's as articles of feeds do, and go when taken back. */
import type { Article } from '../core/news.ts';
import { createStories } from '../core/stories.ts';
import type { Entry } from './entry.ts';
import type { News } from './news.ts';
import { compare } from './timeline.ts';

/** An added article, and the feed's article that it stands for. */
export type Joined = { readonly article: Article; readonly feed?: Entry };

type Stories = {
  /** [article id] the id of its story; missing where nothing tells. */
  readonly storyOf: ReadonlyMap<string, string>;
  /** [id of a recorded story] the id of the older recorded story that it is one with. */
  readonly renamed: ReadonlyMap<string, string>;
};

/** Added articles that hang together, and the recorded stories that they belong to. */
type Group = { readonly articles: readonly string[]; readonly recorded: ReadonlySet<string> };

/** A story keeps the id that it has on record; one of added articles alone is called after the oldest of them. */
export function joinStories(all: readonly Joined[], news: News): Stories {
  const storyOf = new Map<string, string>();
  const renamed = new Map<string, string>();
  const own = createStories();
  for (const { article } of all) addTo(own, article);
  const groups = all.reduce<readonly Group[]>((known, one) => {
    const alone = addTo(own, one.article);
    if (alone !== undefined) storyOf.set(one.article.id, alone);
    const recorded = recordedStories(one, news);
    return recorded.size + (alone === undefined ? 0 : 1) === 0
      ? known
      : merged(known, { articles: [one.article.id], recorded }, alone, storyOf);
  }, []);
  for (const { articles, recorded } of groups) {
    const [name, ...others] = [...recorded].map((id) => ({ id, at: news.find(id)?.at ?? 0 })).sort(compare);
    if (name === undefined) continue;
    for (const article of articles) storyOf.set(article, name.id);
    for (const { id } of others) renamed.set(id, name.id);
  }
  return { storyOf, renamed };
}

/** The id of its story among the added ones; asked again it is that of all that were added since. */
function addTo(stories: ReturnType<typeof createStories>, article: Article): string | undefined {
  const { id, published: at, print, events } = article;
  return print === undefined ? undefined : stories.add({ id, at, print, events });
}

/** Puts a group together with those of the same added story (`alone`) or of one of its recorded stories. */
function merged(
  known: readonly Group[],
  group: Group,
  alone: string | undefined,
  storyOf: ReadonlyMap<string, string>,
): readonly Group[] {
  const meets = ({ articles, recorded }: Group): boolean =>
    articles.some((id) => alone !== undefined && storyOf.get(id) === alone) ||
    [...group.recorded].some((id) => recorded.has(id));
  const near = [...known.filter(meets), group];
  const articles = near.flatMap((one) => one.articles);
  const recorded = new Set(near.flatMap((one) => [...one.recorded]));
  return [...known.filter((one) => !meets(one)), { articles, recorded }];
}

/** The story that the feed's article is in, and the one that the article fits with all that it reports now. */
function recordedStories({ article, feed }: Joined, news: News): ReadonlySet<string> {
  const id = `added ${article.id}`;
  const placed = news.place({ ...article, id });
  const filed = article.print === undefined ? feed?.events[0]?.story : feed?.filed.story;
  return new Set([filed, placed === id ? null : placed].flatMap((story) => story ?? []));
}
