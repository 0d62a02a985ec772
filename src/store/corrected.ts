/** The articles as admins corrected them: those marked as wrong do not count, and those added count as any other. */
import { MARKED } from '../core/independent.ts';
import type { Filed, NewsEvent, NewsType } from '../core/news.ts';
import type { Archive, Evidence } from '../core/ports.ts';
import type { State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import { type Added, readAdded } from './added.ts';
import type { Entry } from './entry.ts';
import type { Mention, News } from './news.ts';
import { compare } from './timeline.ts';

type Corrections = Pick<State, 'marks' | 'additions'>;

/** What the corrections come to, and what that was worked out of. */
type Standing = Added & {
  readonly of: Corrections;
  readonly revision: number;
  /** The articles marked, each the one that stands for it now. */
  readonly marked: ReadonlySet<Entry>;
};

type View = {
  readonly news: Evidence['news'];
  readonly wrong: NonNullable<Evidence['wrong']>;
  readonly archive: Archive;
};

/** `corrections` is asked at each call: a correction counts as soon as it is committed. */
export function corrected(news: News, corrections: () => Corrections): View {
  const known = new WeakMap<NewsEvent, NewsEvent>();
  const wrongOnes = new Map<string, readonly NewsEvent[]>();
  let last: Standing | undefined;

  function standing(): Standing {
    const { marks, additions } = corrections();
    const revision = news.revision();
    if (last?.of.marks === marks && last.of.additions === additions && last.revision === revision) return last;
    const isSame = last?.of.additions === additions && last.revision === revision;
    const added = last !== undefined && isSame ? last : readAdded([...additions.values()], news);
    const entries = [...marks.entries()].flatMap(([id]) => added.byKey.get(id) ?? news.find(id) ?? []);
    last = { ...added, of: { marks, additions }, revision, marked: new Set(entries) };
    wrongOnes.clear();
    return last;
  }

  /** One object for as long as nothing is said of it anew, so that what is worked out of it serves again. */
  function told({ entry, index }: Pick<Mention, 'entry' | 'index'>, { marked, renamed }: Standing): NewsEvent {
    const event = entry.events[index] as NewsEvent;
    const story = event.story === undefined ? undefined : renamed.get(event.story);
    const isWrong = marked.has(entry);
    if (story === undefined && !isWrong) return event;
    const before = known.get(event);
    const uncounted = isWrong ? MARKED : event.uncounted;
    if (before !== undefined && before.uncounted === uncounted && before.story === (story ?? event.story))
      return before;
    const now = {
      ...event,
      ...(story === undefined ? {} : { story }),
      ...(uncounted === undefined ? {} : { uncounted }),
    };
    known.set(event, now);
    return now;
  }

  function events(type: NewsType, network: string | null, from: Instant, to: Instant): readonly NewsEvent[] {
    const now = standing();
    const extra = now.entries.flatMap((entry) => mentionsOf(entry, type, network, from, to));
    const kept = news.between(type, network, from, to);
    const all = extra.length + now.replaced.size === 0 ? kept : mergedWith(extra, without(now.replaced, kept));
    return all.map((mention) => told(mention, now));
  }

  function wrong(type: NewsType, network: string | null): readonly NewsEvent[] {
    const now = standing();
    const key = `${type} ${network ?? ''}`;
    const list =
      wrongOnes.get(key) ??
      [...now.marked]
        .flatMap((entry) => mentionsOf(entry, type, network, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY))
        .sort(compare)
        .map((mention) => told(mention, now));
    wrongOnes.set(key, list);
    return list;
  }

  function shown(entry: Entry): Filed {
    const { marked, renamed } = standing();
    const { filed } = entry;
    const story = renamed.get(filed.story);
    if (story === undefined && !marked.has(entry)) return filed;
    return { ...filed, story: story ?? filed.story, ...(marked.has(entry) ? { uncounted: MARKED } : {}) };
  }

  function reports(network: string | null, from: Instant): readonly Filed[] {
    const { entries, replaced } = standing();
    const extra = entries.filter(({ at, filed }) => at > from && reportsOf(filed, network));
    const kept = news.reporting(network, from, Number.POSITIVE_INFINITY).filter((entry) => !replaced.has(entry));
    return [...kept, ...extra].sort(compare).reverse().map(shown);
  }

  function story(id: string): readonly Filed[] {
    const { entries, replaced, renamed } = standing();
    if (renamed.has(id)) return [];
    const names = [id, ...[...renamed].flatMap(([from, to]) => (to === id ? [from] : []))];
    const extra = entries.filter(({ filed }) => filed.story === id);
    const kept = names.flatMap(news.story).filter((entry) => !replaced.has(entry));
    return [...kept, ...extra].sort(compare).map(shown);
  }

  function find(key: string): Filed | undefined {
    const entry = standing().byKey.get(key) ?? news.find(key);
    return entry === undefined ? undefined : shown(entry);
  }

  return { news: events, wrong, archive: { find, has: news.has, story, reports } };
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
