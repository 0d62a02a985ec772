/** Checks derived series: what their expressions say, and that their names are not taken. */
import { type Derived, spelledOut } from '../core/metric.ts';
import type { Names } from '../core/names.ts';
import { splitSeries } from '../core/series.ts';
import type { Metrics } from '../core/settings.ts';
import { ExpressionError } from '../triggers/language/error.ts';
import { vocabularyOf } from '../triggers/language/vocabulary.ts';
import { didYouMean } from './advice.ts';
import { duplicates } from './duplicates.ts';
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

export function checkDerived(file: YamlFile, { derived, gpus }: Metrics, names: Names): readonly Problem[] {
  const ids = derived.map(({ id }, index) => ({ id, file, path: ['derived', index, 'id'] }));
  const each = derived.flatMap((one, index) => {
    const at = ['derived', index];
    const problems = checkName(file, [...at, 'id'], one.id, names);
    return problems.length > 0 ? problems : checkExpression(file, at, spelledOut([one], gpus), names);
  });
  return [...duplicates('derived id', ids), ...each];
}

function checkName(file: YamlFile, path: Path, id: string, names: Names): readonly Problem[] {
  const dotted = splitSeries(id.replace('<gpu>_', ''));
  if (dotted !== undefined && !names.subjects.includes(dotted.subject)) {
    const todo = didYouMean(dotted.subject, names.subjects, 'add it to networks.yaml');
    const expected = 'a network, cloud or reference of networks.yaml';
    return [file.problem(path, { what: `subject ${dotted.subject} is unknown`, expected, todo })];
  }
  if (dotted !== undefined || !names.catalogue.has(id)) return [];
  const expected = 'a name of its own for a derived metric';
  return [
    file.problem(path, { what: `${id} is also a metric that sources give`, expected, todo: 'rename one of the two' }),
  ];
}

/** One written entry may stand for several series, one a GPU model: the first mistake is told. */
function checkExpression(
  file: YamlFile,
  path: Path,
  spelled: ReadonlyMap<string, Derived>,
  names: Names,
): readonly Problem[] {
  for (const id of spelled.keys())
    try {
      vocabularyOf(names).derived(id);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const { message, expected, todo, column, elsewhere } = error;
      // What it reads is derived too, and broken: that is told at its own place.
      if (elsewhere) return [];
      return [file.problem([...path, 'expression'], { what: message, expected, todo }, { column })];
    }
  return [];
}
