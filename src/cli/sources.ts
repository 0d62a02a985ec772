/** The sources a configuration names, and what follows from them. */
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { type Problem, wholeFile } from '../config/problem.ts';
import type { Source } from '../core/ports.ts';
import type { Duration } from '../core/time.ts';
import { feedSource } from '../sources/news/feed.ts';
import { buildSources } from '../sources/registry.ts';
import type { Pace } from '../store/pace.ts';
import { unfedDoubt } from '../triggers/doubts/unfed.ts';
import type { CompiledRule, RuleError } from '../triggers/rule/compile.ts';

/** Metric sources and feeds that are switched on. */
export function sourcesOf(config: Config): readonly Source[] {
  const feeds = config.feeds.filter((feed) => feed.enabled).map((feed) => feedSource(feed, config.networks.networks));
  return [...buildSources(config.sources).sources, ...feeds];
}

/** Series that two sources give: both are taken as they come, and where they disagree a tier may flap. */
export function contested(config: Config): readonly Problem[] {
  const givers = new Map<string, readonly string[]>();
  for (const source of sourcesOf(config))
    for (const { id } of source.series) givers.set(id, [...(givers.get(id) ?? []), source.id]);
  return [...givers]
    .filter(([, sources]) => sources.length > 1)
    .map(([series, sources]) =>
      wholeFile(join(config.dir, 'sources.yaml'), {
        what: `${series} is given by ${sources.join(' and ')}`,
        expected: 'one source a series',
        todo: 'switch one of them off (enabled: false), or make sure that they agree',
      }),
    );
}

/** Rules that are switched on and that can never fire, or never end, for want of a source. */
export function unfed(config: Config): readonly { readonly rule: CompiledRule; readonly doubt: RuleError }[] {
  const given = new Set(sourcesOf(config).flatMap((source) => source.series.map(({ id }) => id)));
  return config.rules
    .filter(({ rule }) => rule.enabled)
    .flatMap((rule) => {
      const doubt = unfedDoubt(rule, (series) => given.has(series));
      return doubt === undefined ? [] : [{ rule, doubt }];
    });
}

/**
 * A series' usual step: how often we ask, or how often the provider renews it, whichever is longer. Of several sources
 * the quickest counts.
 */
export function stepOf(sources: readonly Source[]): (series: string) => Pace | undefined {
  const steps = new Map<string, Pace>();
  const size = (pace: Pace): Duration => (typeof pace === 'number' ? pace : pace.atLeast);
  for (const source of sources)
    for (const { id, refresh } of source.series) {
      const pace = refresh === null ? { atLeast: source.every } : Math.max(source.every, refresh);
      const known = steps.get(id);
      if (known === undefined || size(pace) < size(known)) steps.set(id, pace);
    }
  return (series) => steps.get(series);
}

/** Where readers find out more about a built-in source. A declared one may be private: it is named, not linked. */
export function pagesOf(config: Config): ReadonlyMap<string, string> {
  const builtIn = config.sources.filter((entry) => !('json' in entry));
  return new Map(buildSources(builtIn).sources.map(({ id, homepage }) => [id, homepage]));
}
