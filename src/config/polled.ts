/** Checks what is polled, sources and feeds: their ids, their pace, the series they give, and where they lead. */
import { join } from 'node:path';
import type { Names } from '../core/names.ts';
import { type BuiltInSource, type DeclaredSource, Feeds, type SearchFeed, Sources } from '../core/settings.ts';
import { DAY, type Duration, MINUTE, SECOND } from '../core/time.ts';
import { didYouMean } from './advice.ts';
import { duplicates, named } from './duplicates.ts';
import { durationText } from './duration.ts';
import { checkSeries } from './known.ts';
import { readPart } from './parts.ts';
import type { Complaint, Problem } from './problem.ts';
import { within } from './within.ts';
import type { Path, YamlFile } from './yaml.ts';

/** The longest a source or feed may wait, well under what a timer can hold. */
const SLOWEST = 7 * DAY;

/** How often each source that ships with the program may be asked at most, by id. */
export type BuiltInPaces = Readonly<Record<string, Duration>>;

/**
 * Names is null while another file is broken: then series cannot be judged. Without `builtIn` any id is taken for a
 * source that ships with the program.
 */
export function checkSources(
  file: YamlFile,
  { sources }: Sources,
  names: Names | null,
  builtIn: BuiltInPaces | undefined,
): readonly Problem[] {
  const ids = builtIn === undefined ? undefined : Object.keys(builtIn);
  return sources.flatMap((source, index) => {
    const at = ['sources', index];
    const pace = checkPace(file, [...at, 'every'], source, builtIn);
    if (!('json' in source))
      return [...pace, ...checkBuiltIn(file, [...at, 'id'], source.id, ids), ...idlyPrivate(file, at, source)];
    const taken = ids?.includes(source.id) === true ? [file.problem([...at, 'id'], takenId(source.id))] : [];
    const series = source.samples.flatMap((sample, place) =>
      names === null ? [] : checkSeries(file, [...at, 'samples', place, 'series'], sample.series, names),
    );
    return [...pace, ...taken, ...series, ...givenTwice(file, at, source.samples)];
  });
}

/** A server of the owner's own may be asked as often as the owner likes. */
function checkPace(
  file: YamlFile,
  path: Path,
  source: DeclaredSource | BuiltInSource,
  builtIn: BuiltInPaces | undefined,
): readonly Problem[] {
  if (source.every === undefined) return [];
  const isProviders = !('json' in source) && source.base === undefined;
  const least =
    isProviders && builtIn !== undefined && Object.hasOwn(builtIn, source.id) ? builtIn[source.id] : undefined;
  if (least === undefined || source.every >= least) return within(file, path, source.every, SECOND, SLOWEST);
  const complaint = {
    what: `every is too short for ${source.id} (${durationText(source.every)})`,
    expected: `at least ${durationText(least)}`,
    todo: `write ${durationText(least)} or more: asking more often gives nothing new, or is more than the provider bears`,
  };
  return [file.problem(path, complaint)];
}

function idlyPrivate(file: YamlFile, at: Path, source: BuiltInSource): readonly Problem[] {
  if (!source.private || source.base !== undefined) return [];
  const complaint = {
    what: `private is true, but ${source.id} asks its provider, which is public`,
    expected: 'base beside it, the address that may be private',
    todo: 'add base, or remove private',
  };
  return [file.problem([...at, 'private'], complaint)];
}

/** One figure of two places is either the same twice or a contradiction. */
function givenTwice(file: YamlFile, at: Path, samples: readonly { readonly series: string }[]): readonly Problem[] {
  const seen = new Set<string>();
  return samples.flatMap(({ series }, place) => {
    if (!seen.has(series)) {
      seen.add(series);
      return [];
    }
    const complaint = {
      what: `${series} is given twice`,
      expected: 'each series once a source',
      todo: 'remove one of the two',
    };
    return [file.problem([...at, 'samples', place, 'series'], complaint)];
  });
}

function checkBuiltIn(
  file: YamlFile,
  path: Path,
  id: string,
  builtIn: readonly string[] | undefined,
): readonly Problem[] {
  if (builtIn === undefined || builtIn.includes(id)) return [];
  const complaint = {
    what: `no built-in source is called ${id}`,
    expected: `one of ${builtIn.join(', ')}`,
    todo: didYouMean(id, builtIn, 'choose one of them, or declare a source of your own with json and samples'),
  };
  return [file.problem(path, complaint)];
}

function takenId(id: string): Complaint {
  return {
    what: `${id} is the id of a built-in source`,
    expected: 'an id of its own for a declared source',
    todo: `rename it, for example to my-${id}`,
  };
}

/** Searches are public services without a key: asked more often, they answer with an error. */
const LEAST_SEARCH = 5 * MINUTE;

export function checkFeeds(file: YamlFile, { feeds, outlets }: Feeds): readonly Problem[] {
  const paces = feeds.flatMap((feed, index) =>
    within(file, ['feeds', index, 'every'], feed.every, 'search' in feed ? LEAST_SEARCH : SECOND, SLOWEST),
  );
  const hosts = outlets.flatMap((outlet, index) =>
    outlet.hosts.map((id, place) => ({ id, file, path: ['outlets', index, 'hosts', place] })),
  );
  const names = outlets.map(({ outlet }, index) => ({ id: outlet, file, path: ['outlets', index, 'outlet'] }));
  const urls = feeds.flatMap((feed, index) =>
    'search' in feed ? [] : [{ id: new URL(feed.url).href, file, path: ['feeds', index, 'url'] }],
  );
  const searches = feeds.flatMap((feed, index) =>
    'search' in feed ? [{ id: searchOf(feed), file, path: ['feeds', index, 'search'] }] : [],
  );
  return [
    ...paces,
    ...duplicates('host', hosts),
    ...duplicates('outlet', names),
    ...duplicates('feed address', urls),
    ...duplicates('search', searches),
    ...ownedTwice(file, feeds, outlets),
  ];
}

function searchOf({ search }: SearchFeed): string {
  return `${search.on} for ${search.for.trim().replace(/\s+/g, ' ')}`;
}

/** Outlets of one owner are one voice: with two owners one outlet would confirm itself. */
function ownedTwice(file: YamlFile, feeds: Feeds['feeds'], outlets: Feeds['outlets']): readonly Problem[] {
  const first = new Map<string, string>();
  const given = [
    ...feeds.flatMap((feed, index) =>
      'search' in feed ? [] : [{ outlet: feed.outlet, owner: feed.owner, path: ['feeds', index, 'owner'] }],
    ),
    ...outlets.map(({ outlet, owner = outlet }, index) => ({ outlet, owner, path: ['outlets', index, 'outlet'] })),
  ];
  return given.flatMap(({ outlet, owner, path }) => {
    const key = outlet.trim().toLowerCase();
    const known = first.get(key) ?? owner;
    first.set(key, known);
    if (known === owner) return [];
    const complaint = {
      what: `${outlet} is owned by ${owner} here, and by ${known} above`,
      expected: 'one owner for each outlet: by its owner it is told who speaks twice',
      todo: 'write the same owner at both, or give one of them an outlet name of its own',
    };
    return [file.problem(path, complaint)];
  });
}

/**
 * Enabled sources and feeds whose address will be refused, told as warnings.
 * @param dir of a sound configuration
 * @param refusal why an address is refused unless it may be private, as the end of a sentence; null where it is not
 */
export async function refusedAddresses(dir: string, refusal: (url: URL) => string | null): Promise<readonly Problem[]> {
  const [sources, feeds] = await Promise.all([
    readPart(join(dir, 'sources.yaml'), Sources),
    readPart(join(dir, 'feeds.yaml'), Feeds, 'optional'),
  ]);
  const addresses = [
    ...(sources.value?.sources ?? []).map((source, index) => {
      const [key, url] = 'json' in source ? ['json', source.json] : ['base', source.base];
      return { ...source, url, file: sources.file, path: ['sources', index, key] };
    }),
    ...(feeds.value?.feeds ?? []).flatMap((feed, index) =>
      'search' in feed ? [] : [{ ...feed, file: feeds.file, path: ['feeds', index, 'url'] }],
    ),
  ];
  return addresses.flatMap(({ enabled, private: isPrivate, url, file, path }) => {
    if (!enabled || isPrivate || url === undefined || file === null) return [];
    const why = refusal(new URL(url));
    return why === null ? [] : [file.problem(path, refusedAddress(String(path.at(-1)), why))];
  });
}

function refusedAddress(key: string, why: string): Complaint {
  return {
    what: `${key} will not be asked, because ${why}`,
    expected: 'a public address at a usual port, or private: true',
    todo: 'add private: true if the server is yours, or mend the address',
  };
}

/** Sources and feeds share one list of ids: whether each is well, and when it last ran, is kept by id. */
export function checkPolledIds(
  sources: { readonly file: YamlFile | null; readonly value: Sources | null },
  feeds: { readonly file: YamlFile | null; readonly value: Feeds | null },
): readonly Problem[] {
  return duplicates('source or feed id', [
    ...(sources.file === null ? [] : named(sources.file, ['sources'], sources.value?.sources ?? [])),
    ...(feeds.file === null ? [] : named(feeds.file, ['feeds'], feeds.value?.feeds ?? [])),
  ]);
}
