/** Checks derived series: what their expressions say, that their names are not taken, and that nobody gives figures of them. */
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
    const spelled = spelledOut([one], gpus);
    const declared = [
      ...checkName(file, [...at, 'id'], one.id, names),
      ...checkUnit(file, [...at, 'unit'], spelled, names),
    ];
    const limits = checkLimits(file, [...at, 'limits'], one);
    return [...limits, ...declared, ...(declared.length > 0 ? [] : checkExpression(file, at, spelled, names))];
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

function checkLimits(file: YamlFile, path: Path, { limits }: Derived): readonly Problem[] {
  if (limits === undefined || limits[0] < limits[1]) return [];
  const [low, high] = limits;
  const complaint =
    low === high
      ? { what: `limits [${low}, ${high}] leave one figure`, expected: '[lowest, highest]', todo: 'raise the highest' }
      : {
          what: `limits [${low}, ${high}] are upside down`,
          expected: '[lowest, highest]',
          todo: `write [${high}, ${low}]`,
        };
  return [file.problem(path, complaint)];
}

/** Under one name figures of several subjects are in one unit. */
function checkUnit(
  file: YamlFile,
  path: Path,
  spelled: ReadonlyMap<string, Derived>,
  names: Names,
): readonly Problem[] {
  for (const { id, unit } of spelled.values()) {
    const metric = splitSeries(id)?.metric;
    const common = metric === undefined ? undefined : (names.catalogue.get(metric) ?? names.derived.get(metric))?.unit;
    if (common === undefined || common === unit) continue;
    const what = `${id} is declared in ${unit}, and ${metric} is in ${common}`;
    return [file.problem(path, { what, expected: common, todo: `write ${common}, or rename the series` })];
  }
  return [];
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

/** Figures given of a series that is worked out are never read: of those that stand in these places. */
export function shadowed(
  file: YamlFile,
  given: readonly { readonly series: string; readonly path: Path; readonly part?: 'key' }[],
  names: Names,
): readonly Problem[] {
  return given.flatMap(({ series, path, part }) => {
    const worked = names.derived.get(series);
    if (worked === undefined) return [];
    const complaint = {
      what: `${series} is worked out as ${worked.expression}: figures of it are never read`,
      expected: 'the series that it is worked out of',
      todo: 'give those, or remove it under derived in metrics.yaml',
    };
    return [file.problem(path, complaint, part)];
  });
}
