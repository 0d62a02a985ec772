/** The sources a configuration names, and what follows from them. */
import type { SourceStanding } from '../bot/world.ts';
import type { Config } from '../config/config.ts';
import type { Article } from '../core/news.ts';
import type { Source, Store } from '../core/ports.ts';
import type { Feed } from '../core/settings.ts';
import type { Instant } from '../core/time.ts';
import { successOf } from '../engine/health/course.ts';
import type { Facts } from '../sources/built-in.ts';
import { feedSource } from '../sources/news/feed.ts';
import { type Classify, createClassifier } from '../sources/news/lexicon/classifier.ts';
import { outletsOf } from '../sources/news/outlets.ts';
import { readerOf } from '../sources/news/reader.ts';
import { searchSource } from '../sources/news/searches/search.ts';
import { buildSources, builtInFacts, type Disabled } from '../sources/registry.ts';
import type { Pace } from '../store/pace.ts';
import { unfedDoubt } from '../triggers/doubts/unfed.ts';
import type { CompiledRule, RuleError } from '../triggers/rule/compile.ts';
import type { Io } from './io.ts';
import { secret } from './secrets.ts';

export type Polled = {
  /** Metric sources and feeds that are asked, in the order of the configuration: of two that give one series the first is recorded. */
  readonly sources: readonly Source[];
  /** Those that are not, and why. */
  readonly disabled: readonly Disabled[];
};

/** @param keys values of the environment variables that sources name as their keys; without one they are disabled */
export function sourcesOf(config: Config, keys: ReadonlyMap<string, string> = new Map()): Polled {
  const built = buildSources(config.sources, keys);
  const feeds = feedsOf(config);
  const off = feeds.filter(({ feed }) => !feed.enabled);
  return {
    sources: [...built.sources, ...feeds.filter(({ feed }) => feed.enabled).map(({ source }) => source)],
    disabled: [
      ...built.disabled,
      ...off.map(({ source }) => ({ id: source.id, source, why: 'switched off in feeds.yaml' })),
    ],
  };
}

function feedsOf(config: Config): readonly { readonly feed: Feed; readonly source: Source }[] {
  const { feeds } = config;
  const outlets = outletsOf(feeds);
  return feeds.map((feed) => ({
    feed,
    source: 'search' in feed ? searchSource(feed, outlets) : feedSource(feed),
  }));
}

/** Reads what articles report, and prints them, by the configuration's lexicon. */
export function articleReader(config: Pick<Config, 'lexicon' | 'networks'>): (article: Article) => Article {
  return readerOf(classifierOf(config));
}

/** By the configuration's lexicon. It is made ready when the first article comes: many commands read none. */
function classifierOf({ lexicon, networks: { networks } }: Pick<Config, 'lexicon' | 'networks'>): Classify {
  let ready: Classify | undefined;
  return (article) => {
    if (lexicon === null) throw new Error('the lexicon was left unread');
    ready ??= createClassifier(lexicon, networks);
    return ready(article);
  };
}

/**
 * The keys that are set, by variable. Throws a StartupError where one is set twice or its file cannot be read.
 * @param facts of the sources whose keys are looked for; by default of all that ship with Tierwatch
 */
export function keysOf(
  { env, cwd }: Pick<Io, 'env' | 'cwd'>,
  facts: readonly Pick<Facts, 'key'>[] = builtInFacts(),
): ReadonlyMap<string, string> {
  const variables = facts.flatMap(({ key }) => (key === null ? [] : [key.variable]));
  return new Map(
    variables.flatMap((variable) => {
      const value = secret(env, variable, cwd);
      return value === undefined ? [] : [[variable, value] as const];
    }),
  );
}

/** Rules that are switched on and that can never fire, or never end, for want of a source. */
export function unfed(
  config: Config,
  { sources }: Pick<Polled, 'sources'> = sourcesOf(config),
): readonly { readonly rule: CompiledRule; readonly doubt: RuleError }[] {
  const given = new Set(sources.flatMap((source) => source.series.map(({ id }) => id)));
  return config.rules
    .filter(({ rule }) => rule.enabled)
    .flatMap((rule) => {
      const doubt = unfedDoubt(rule, (series) => given.has(series));
      return doubt === undefined ? [] : [{ rule, doubt }];
    });
}

/** Of two sources of one series, how much slower the other may make it. */
const MOST_SLOWER = 7;

/**
 * A series' usual step: how often we ask, or how often the provider renews it, whichever is longer. Of several sources
 * the slowest counts, for it may have to stand in for the others, up to seven times the pace of the quickest: a list that
 * is renewed monthly must not keep a daily price good for a quarter.
 */
export function stepOf({ sources }: Pick<Polled, 'sources'>): (series: string) => Pace | undefined {
  const paces = new Map<string, Pace[]>();
  for (const source of sources)
    for (const { id, refresh } of source.series) {
      const pace = refresh === null ? { atLeast: source.every } : Math.max(source.every, refresh);
      paces.set(id, [...(paces.get(id) ?? []), pace]);
    }
  return (series) => together(paces.get(series) ?? []);
}

function together(paces: readonly Pace[]): Pace | undefined {
  const [only] = paces;
  if (paces.length < 2) return only;
  const sizes = paces.map((pace) => (typeof pace === 'number' ? pace : pace.atLeast));
  const size = Math.min(Math.max(...sizes), MOST_SLOWER * Math.min(...sizes));
  return paces.some((pace) => typeof pace === 'number') ? size : { atLeast: size };
}

/** Whether samples of a source come from here: also of one that is switched off or lacks its key by now. */
export function isPolled({ sources, disabled }: Polled): (source: string) => boolean {
  const ids = new Set([...sources, ...disabled].map(({ id }) => id));
  return (source) => ids.has(source);
}

/** Where readers find out more about a built-in source. A declared one may be private: it is named, not linked. */
export function pagesOf(config: Config): ReadonlyMap<string, string> {
  const builtIn = config.sources.filter((entry) => !('json' in entry));
  return new Map(buildSources(builtIn).sources.map(({ id, homepage }) => [id, homepage]));
}

/** How every source and feed is: recorded health, and when it answered last and is asked next. */
export function sourceStandings(
  { sources, disabled }: Polled,
  store: Pick<Store, 'state' | 'lastRun'>,
  nextTry: (source: Source) => Instant,
): readonly SourceStanding[] {
  const known = store.state().sources;
  const standing = (source: Source): Pick<SourceStanding, 'id' | 'title' | 'lastSuccess'> => ({
    id: source.id,
    title: source.title,
    lastSuccess: store.lastRun(successOf(source)) ?? null,
  });
  return [
    ...sources.map((source): SourceStanding => {
      const { state, since, why } = known.get(source.id) ?? { state: 'waiting', since: null, why: null };
      return { ...standing(source), state, since, why, nextTry: nextTry(source) };
    }),
    ...disabled.map(({ source, why }): SourceStanding => {
      const since = known.get(source.id)?.since ?? null;
      return { ...standing(source), state: 'disabled', since, why, nextTry: null };
    }),
  ];
}
