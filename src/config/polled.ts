/** Checks what is polled, sources and feeds: their ids, their pace, and the series they give. */
import type { Names } from '../core/names.ts';
import type { Feeds, Sources } from '../core/settings.ts';
import { DAY, SECOND } from '../core/time.ts';
import { didYouMean } from './advice.ts';
import { duplicates, named } from './duplicates.ts';
import { checkSeries } from './known.ts';
import type { Complaint, Problem } from './problem.ts';
import { within } from './within.ts';
import type { Path, YamlFile } from './yaml.ts';

/** The longest a source or feed may wait, well under what a timer can hold. */
const SLOWEST = 7 * DAY;

/** Names is null while another file is broken: then series cannot be judged. */
export function checkSources(
  file: YamlFile,
  { sources }: Sources,
  names: Names | null,
  builtIn: readonly string[] | undefined,
): readonly Problem[] {
  return sources.flatMap((source, index) => {
    const at = ['sources', index];
    const pace = source.every === undefined ? [] : within(file, [...at, 'every'], source.every, SECOND, SLOWEST);
    if (!('json' in source)) return [...pace, ...checkBuiltIn(file, [...at, 'id'], source.id, builtIn)];
    const taken = builtIn?.includes(source.id) === true ? [file.problem([...at, 'id'], takenId(source.id))] : [];
    const series = source.samples.flatMap((sample, place) =>
      names === null ? [] : checkSeries(file, [...at, 'samples', place, 'series'], sample.series, names),
    );
    return [...pace, ...taken, ...series, ...givenTwice(file, at, source.samples)];
  });
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

export function checkFeeds(file: YamlFile, { feeds }: Feeds): readonly Problem[] {
  return feeds.flatMap(({ every }, index) => within(file, ['feeds', index, 'every'], every, SECOND, SLOWEST));
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
