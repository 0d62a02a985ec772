/** Values of derived series: as they stand now, and over a window of what they have been. */
import { formatValue, type MetricUnit, UNITS } from '../../core/units.ts';
import type { SeriesReading } from '../../core/verdict.ts';
import { maxAgeOf } from '../window/newest.ts';
import { fixed } from './kinds.ts';
import { idOf, type Origin } from './origin.ts';
import type { Scene, Value, Worked } from './scene.ts';

/** The derived series that a name means; a null subject stands for the network being judged. */
export function derivedValue(expression: string, worked: Worked, subject: string | null): Value {
  const { value, unit } = worked;
  const id = idOf(subject, worked.metric);
  const inside = insideOf(subject);
  return {
    kind: fixed(UNITS[unit]),
    text: expression,
    series: (network) => value.series(subject ?? network),
    ...(value.window === undefined ? {} : { window: value.window }),
    ...(value.makeup === undefined ? {} : { makeup: (scene: Scene) => value.makeup?.(inside(scene)) ?? '' }),
    bounds: value.bounds,
    value: (scene) => value.value(inside(scene)),
    maxAge: (scene) => value.maxAge(inside(scene)),
    figure: (scene, _, extra) => {
      const figure = value.value(inside(scene));
      return figure === null ? 'unknown' : formatValue(figure, unit, extra);
    },
    noun: (scene) => id(scene.network),
    detail: () => '',
    readings: (scene) => [reading(expression, id(scene.network), value, unit, inside(scene))],
  };
}

/** Where a window function finds what a derived series has been. */
export function derivedOrigin(worked: Worked, subject: string | null): Origin {
  const { value, unit, history } = worked;
  return {
    id: idOf(subject, worked.metric),
    find: ({ network, evidence, now }, back) => history(subject ?? network, evidence, now, back),
    maxAge: (series) => maxAgeOf(series, undefined),
    unit,
    bounds: value.bounds,
    window: value.window ?? 0,
    inputs: (scene) => inputsOf(value, insideOf(subject)(scene)),
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

function reading(expression: string, series: string, value: Value, unit: MetricUnit, scene: Scene): SeriesReading {
  const inputs = inputsOf(value, scene);
  const figure = value.value(scene);
  const newest = inputs.flatMap((input) => input.newest ?? []);
  const gaps = inputs.flatMap((input) => (input.missing === null ? [] : [`${input.series}: ${input.missing}`]));
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
    missing: figure === null ? [...new Set(gaps)].join('; ') || 'a division by zero' : null,
    inputs,
  };
}
