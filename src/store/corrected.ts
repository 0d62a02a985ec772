/** The articles as admins corrected them: those marked as wrong do not count, and those added count as any other. */
import { MARKED } from '../core/independent.ts';
import type { Filed, NewsEvent, NewsType } from '../core/news.ts';
import type { Archive, Evidence } from '../core/ports.ts';
import type { State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import { type Entry, entryOf } from './entry.ts';
import type { Mention, News } from './news.ts';
import { compare } from './timeline.ts';

type Corrections = Pick<State, 'marks' | 'additions'>;

/** Added articles as entries, the oldest first, and what they were made from. */
type Added = {
  readonly additions: Corrections['additions'];
  readonly revision: number;
  readonly entries: readonly Entry[];
  /** Added articles by each of their names. */
  readonly byKey: ReadonlyMap<string, Entry>;
  /** Articles that came by a feed as well: what was added stands for them. */
  readonly replaced: ReadonlySet<Entry>;
};

/** `corrections` is asked at each call: a correction counts as soon as it is committed. */
export function corrected(news: News, corrections: () => Corrections): { news: Evidence['news']; archive: Archive } {
  const wrong = new WeakMap<NewsEvent, NewsEvent>();
  let last: Added | undefined;

  function added(): Added {
    const { additions } = corrections();
    if (last?.additions !== additions || last.revision !== news.revision()) last = readAdded(additions, news);
    return last;
  }

  /** One object for good for each event, so that what is worked out of it serves again. */
  function asMarked(event: NewsEvent): NewsEvent {
    if (event.article === undefined || corrections().marks.get(event.article) === undefined) return event;
    const marked = wrong.get(event) ?? { ...event, uncounted: MARKED };
    wrong.set(event, marked);
    return marked;
  }

  function events(type: NewsType, network: string | null, from: Instant, to: Instant): readonly NewsEvent[] {
    const { entries, replaced } = added();
    const extra = entries.flatMap((entry) => mentionsOf(entry, type, network, from, to));
    const kept = news.between(type, network, from, to);
    const all = extra.length + replaced.size === 0 ? kept : mergedWith(extra, without(replaced, kept));
    const list = all.map(({ entry, index }) => entry.events[index] as NewsEvent);
    return corrections().marks.size === 0 ? list : list.map(asMarked);
  }

  function shown({ id, filed }: Entry): Filed {
    return corrections().marks.get(id) === undefined ? filed : { ...filed, uncounted: MARKED };
  }

  function reports(network: string | null, from: Instant): readonly Filed[] {
    const { entries, replaced } = added();
    const extra = entries.filter(({ at, filed }) => at > from && reportsOf(filed, network));
    const kept = news.reporting(network, from, Number.POSITIVE_INFINITY).filter((entry) => !replaced.has(entry));
    return [...kept, ...extra].sort(compare).reverse().map(shown);
  }

  function story(id: string): readonly Filed[] {
    const { entries, replaced } = added();
    const extra = entries.filter(({ filed }) => filed.story === id);
    const kept = news.story(id).filter((entry) => !replaced.has(entry));
    return [...kept, ...extra].sort(compare).map(shown);
  }

  function find(key: string): Filed | undefined {
    const entry = added().byKey.get(key) ?? news.find(key);
    return entry === undefined ? undefined : shown(entry);
  }

  return { news: events, archive: { find, has: news.has, story, reports } };
}

function readAdded(additions: Corrections['additions'], news: News): Added {
  const entries = [...additions.values()].map(({ article }) => entryOf(article, news.place(article)));
  const byKey = new Map(entries.flatMap((entry) => entry.keys.map((key) => [key, entry])));
  const replaced = new Set([...byKey.keys()].flatMap((key) => news.find(key) ?? []));
  return { additions, revision: news.revision(), entries: entries.sort(compare), byKey, replaced };
}

function mentionsOf(
  entry: Entry,
  type: NewsType,
  network: string | null,
  from: Instant,
  to: Instant,
): readonly Mention[] {
  const { id, at } = entry;
  if (at <= from || at > to) return [];
  return entry.events.flatMap((event, index) =>
    event.type === type && (network === null || event.network === network) ? [{ id, at, entry, index }] : [],
  );
}

function without(replaced: ReadonlySet<Entry>, mentions: readonly Mention[]): readonly Mention[] {
  return replaced.size === 0 ? mentions : mentions.filter(({ entry }) => !replaced.has(entry));
}

function mergedWith(extra: readonly Mention[], kept: readonly Mention[]): readonly Mention[] {
  return [...kept, ...extra].sort(compare);
}

function reportsOf({ events }: Filed, network: string | null): boolean {
  return network === null ? events.length > 0 : events.some((event) => event.network === network);
}
