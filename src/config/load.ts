/** Reads the owner's directory into one checked Config, or says everything that is wrong with it. */
import { join, resolve } from 'node:path';
import { catalogue, spelledOut } from '../core/metric.ts';
import type { Names } from '../core/names.ts';
import type { PrimaryCounts } from '../core/news.ts';
import { Feeds, Metrics, membersOf, Networks, Settings, Sources } from '../core/settings.ts';
import { DAY, type Duration } from '../core/time.ts';
import type { Config } from './config.ts';
import { checkMetrics, checkNetworks, checkSettings, checkUnavailable } from './cross.ts';
import { checkDerived, shadowed } from './derived.ts';
import { checkLexicon, doubtLexicon, readLexicon } from './lexicon.ts';
import { checkDirectory, findRuleFiles, type Part, readPart, readRuleFile } from './parts.ts';
import { type BuiltInPaces, checkFeeds, checkPolledIds, checkSources } from './polled.ts';
import { inOrder, type Problem } from './problem.ts';
import { checkRuleIds, checkScenarios, compileRules, type PlaceOf, type RuleText } from './rules.ts';
import { warningsFor } from './warnings.ts';
import type { Path, YamlFile } from './yaml.ts';

export type LoadOptions = {
  /** Rule files instead of those in `rules/`. */
  readonly rulesFiles?: readonly string[];
  /** The sources that ship with the program, by id, each with its least pace; left out, any id is taken for one. */
  readonly builtIn?: BuiltInPaces;
  /** False leaves `sources.yaml` and `feeds.yaml` unread: whoever judges what was recorded polls nothing. */
  readonly polled?: boolean;
  /** Whether `lexicon.yaml` is read; by default where feeds are. */
  readonly lexicon?: boolean;
};

export type Loaded =
  | {
      readonly ok: true;
      readonly config: Config;
      readonly warnings: readonly Problem[];
      /** For what else comes to light about one of its rules. */
      readonly placeOf: PlaceOf;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads `tierwatch.yaml`, `networks.yaml`, `metrics.yaml`, `sources.yaml`, and where they are `feeds.yaml` and `rules/`. */
export async function loadConfig(directory: string, options: LoadOptions = {}): Promise<Loaded> {
  const dir = resolve(directory);
  const unusable = await checkDirectory(dir);
  if (unusable !== null) return { ok: false, problems: [unusable] };
  const polled = options.polled !== false;
  const [settings, networks, metrics, sources, feeds, lexicon, ruleFiles] = await Promise.all([
    readPart(join(dir, 'tierwatch.yaml'), Settings),
    readPart(join(dir, 'networks.yaml'), Networks),
    readPart(join(dir, 'metrics.yaml'), Metrics),
    polled ? readPart(join(dir, 'sources.yaml'), Sources) : UNREAD,
    polled ? readPart(join(dir, 'feeds.yaml'), Feeds, 'optional') : UNREAD,
    (options.lexicon ?? polled) ? readLexicon(dir) : UNREAD,
    findRuleFiles(dir, options.rulesFiles),
  ]);
  const texts = await Promise.all(ruleFiles.paths.map(readRuleFile));
  const parts = [settings, networks, metrics, sources, feeds, lexicon, ...texts];

  const rules = texts.flatMap(({ value }) => (value === null ? [] : [value]));
  const retention = settings.value?.retention ?? Number.POSITIVE_INFINITY;
  const names =
    networks.value === null || metrics.value === null
      ? null
      : namesOf(networks.value, metrics.value, retention, settings.value?.news.primary);
  const ladder = settings.value?.ladder ?? null;
  const judged = names === null || ladder === null ? null : { names, ladder };
  const compiled = judged && compileRules(rules, judged.names, judged.ladder);
  const problems = [
    ...parts.flatMap((part) => part.problems),
    ...ruleFiles.problems,
    ...crossed(settings, checkSettings),
    ...crossed(networks, (file, value) => checkNetworks(file, value, ladder)),
    ...crossed(networks, (file, value) => (names === null ? [] : checkUnavailable(file, value, names))),
    ...crossed(metrics, checkMetrics),
    ...crossed(metrics, (file, value) => (names === null ? [] : checkDerived(file, value, names))),
    ...crossed(sources, (file, value) => checkSources(file, value, names, options.builtIn)),
    ...crossed(feeds, checkFeeds),
    ...crossed(lexicon, (file, value) => checkLexicon(dir, file, value)),
    ...checkPolledIds(sources, feeds),
    ...checkRuleIds(rules),
    ...(compiled?.problems ?? []),
    ...(judged === null ? [] : checkScenarios(rules, judged.names, judged.ladder)),
  ];
  if (problems.length > 0 || !settings.value || !networks.value || !names || !compiled)
    return { ok: false, problems: inOrder(problems) };

  const config: Config = {
    dir,
    settings: settings.value,
    networks: networks.value,
    names,
    catalogue: names.catalogue,
    sources: sources.value?.sources ?? [],
    feeds: feeds.value?.feeds ?? [],
    lexicon: lexicon.value,
    rules: compiled.rules,
    scenarios: rules.flatMap((text) => text.scenarios.map(({ scenario }) => scenario)),
  };
  const warnings = [
    ...warningsFor(config, polled, ruleFiles.paths.length > 0),
    ...compiled.doubts,
    ...crossed(lexicon, (file, value) => doubtLexicon(dir, file, value, config.networks.networks)),
    ...crossed(sources, (file, value) => shadowed(file, declared(value), names)),
    ...rules.flatMap(({ file, scenarios }) => shadowed(file, scenarios.flatMap(suppliedBy), names)),
  ];
  return { ok: true, config, warnings: inOrder(warnings), placeOf: compiled.placeOf };
}

/** The series that enabled sources of the owner's own give, and where they stand. */
function declared({ sources }: Sources): readonly { readonly series: string; readonly path: Path }[] {
  return sources.flatMap((source, index) =>
    source.enabled && 'json' in source
      ? source.samples.map(({ series }, place) => ({ series, path: ['sources', index, 'samples', place, 'series'] }))
      : [],
  );
}

/** The series that a scenario gives. */
function suppliedBy({ scenario, path }: RuleText['scenarios'][number]) {
  return Object.keys(scenario.series).map((series) => ({
    series,
    path: [...path, 'series', series],
    part: 'key' as const,
  }));
}

const UNREAD: Part<never> = { file: null, value: null, problems: [] };

function namesOf(
  networks: Networks,
  metrics: Metrics,
  retention: Duration,
  primary: PrimaryCounts = 'with-press',
): Names {
  const [ids, clouds, references] = [networks.networks, networks.clouds, networks.references].map((subjects) =>
    subjects.map(({ id }) => id),
  ) as [string[], string[], string[]];
  return {
    catalogue: catalogue(metrics.metrics, metrics.gpus),
    networks: ids,
    subjects: [...ids, ...clouds, ...references],
    groups: new Map([
      ...Object.entries(networks.groups).map(([name, group]) => [name, membersOf(group)] as const),
      ['networks', ids],
      ['clouds', clouds],
    ]),
    atLeast: new Map(
      Object.entries(networks.groups).flatMap(([name, group]) => (Array.isArray(group) ? [] : [[name, group.atLeast]])),
    ),
    unavailable: new Map(
      networks.networks.flatMap(({ id, unavailable = {} }) =>
        Object.entries(unavailable).map(([metric, reason]) => [`${id}.${metric}`, reason]),
      ),
    ),
    titles: new Map(networks.networks.map(({ id, name }) => [id, name])),
    primary,
    derived: spelledOut(metrics.derived, metrics.gpus),
    // A retention under a day is refused by itself: every window would be too long for it.
    longest: retention < DAY ? Number.POSITIVE_INFINITY : retention,
  };
}

function crossed<T>(part: Part<T>, check: (file: YamlFile, value: T) => readonly Problem[]): readonly Problem[] {
  return part.file === null || part.value === null ? [] : check(part.file, part.value);
}
