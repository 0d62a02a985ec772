/** Complains about names that are known nowhere, with the nearest that is. */
import type { Ladder } from '../core/ladder.ts';
import type { Names } from '../core/names.ts';
import { splitSeries } from '../core/series.ts';
import { didYouMean } from './advice.ts';
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

/** A tier that is on the ladder, or the complaint with the nearest one. */
export function checkTier(file: YamlFile, path: Path, tier: string, ladder: Ladder): readonly Problem[] {
  const ids = [...new Set(ladder.map(({ id }) => id))];
  if (ids.includes(tier)) return [];
  const complaint = {
    what: `tier "${tier}" is not on the ladder`,
    expected: `one of ${ids.join(', ')}`,
    todo: didYouMean(tier, ids, 'choose one of them, or add it to the ladder in tierwatch.yaml'),
  };
  return [file.problem(path, complaint)];
}

/** A series whose subject and metric are both known. */
export function checkSeries(
  file: YamlFile,
  path: Path,
  series: string,
  names: Names,
  part?: 'key',
): readonly Problem[] {
  const { subject, metric } = splitSeries(series) ?? { subject: '', metric: series };
  if (!names.subjects.includes(subject)) {
    const todo = didYouMean(subject, names.subjects, 'add it to networks.yaml');
    const expected = 'a network, cloud or reference of networks.yaml';
    return [file.problem(path, { what: `subject ${subject} of series ${series} is unknown`, expected, todo }, part)];
  }
  if (names.catalogue.has(metric)) return [];
  const todo = didYouMean(metric, names.catalogue.keys(), 'add it to metrics.yaml');
  const what = `metric ${metric} is unknown`;
  return [file.problem(path, { what, expected: 'a metric of metrics.yaml', todo }, part)];
}
