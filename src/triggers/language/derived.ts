/** Values of derived series: as they stand now, and over a window of what they have been. */
import type { Names } from '../../core/names.ts';
import { formatValue, UNITS } from '../../core/units.ts';
import type { SeriesReading } from '../../core/verdict.ts';
import { maxAgeOf } from '../window/newest.ts';
import { absenceOf, unpublished } from './absent.ts';
import { fixed } from './kinds.ts';
import { idOf, type Origin } from './origin.ts';
import type { Scene, Value, Worked } from './scene.ts';

/** The derived series that a name means; a null subject stands for the network being judged. */
export function derivedValue(expression: string, worked: Worked, subject: string | null, names: Names): Value {
  const { value, unit } = worked;
  const id = idOf(subject, worked.metric);
  const inside = insideOf(subject);
  return {
    kind: fixed(UNITS[unit]),
    text: expression,
    series: (network) => value.series(subject ?? network),
    ...(value.window === undefined ? {} : { window: value.window }),
    ...(value.makeup === undefined ? {} : { makeup: (scene: Scene) => value.makeup?.(inside(scene)) }),
    bounds: value.bounds,
    value: (scene) => value.value(inside(scene)),
    maxAge: (scene) => value.maxAge(inside(scene)),
    figure: (scene, _, extra) => {
      const figure = value.value(inside(scene));
      return figure === null ? 'unknown' : formatValue(figure, unit, extra);
    },
    noun: (scene) => id(scene.network),
    detail: () => '',
    readings: (scene) => [reading(expression, id(scene.network), worked, inside(scene), names)],
  };
}

/** Where a window function finds what a derived series has been. */
export function derivedOrigin(worked: Worked, subject: string | null, names: Names): Origin {
  const { value, unit, history } = worked;
  const id = idOf(subject, worked.metric);
  const inside = insideOf(subject);
  return {
    id,
    find: ({ network, evidence, now }, back) => history(subject ?? network, evidence, now, back),
    maxAge: (series) => maxAgeOf(series, undefined),
    unit,
    bounds: value.bounds,
    window: value.window ?? 0,
    inputs: (scene) => inputsOf(value, inside(scene)),
    absence: (scene) => {
      const own = id(scene.network);
      return unpublished(own, inputsOf(value, inside(scene)), names) ?? absenceOf(own, names);
    },
    series: (network) => value.series(subject ?? network),
  };
}

/** Inside a derived series, a bare metric means the subject that the series belongs to. */
function insideOf(subject: string | null): (scene: Scene) => Scene {
  return subject === null ? (scene) => scene : (scene) => ({ ...scene, network: subject });
}

function inputsOf(value: Value, scene: Scene): readonly SeriesReading[] {
  return value.readings(scene).filter((input) => input.kind === 'series');
}

function reading(
  expression: string,
  series: string,
  { value, unit }: Worked,
  scene: Scene,
  names: Names,
): SeriesReading {
  const inputs = inputsOf(value, scene);
  const figure = value.value(scene);
  const newest = inputs.flatMap((input) => input.newest ?? []);
  const gaps = inputs.flatMap((input) => (input.missing === null ? [] : [`${input.series}: ${input.missing}`]));
  const declared = names.unavailable.has(series) ? unpublished(series, inputs, names) : undefined;
  return {
    kind: 'series',
    expression,
    series,
    value: figure,
    unit,
    window: null,
    // A figure is as old as the oldest it was worked out of.
    newest: newest.length === 0 ? null : Math.min(...newest),
    source: null,
    missing: figure === null ? (declared ?? ([...new Set(gaps)].join('; ') || 'a division by zero')) : null,
    inputs,
  };
}
