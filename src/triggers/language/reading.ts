/** Values read from a series: its newest sample, a function over a window, its age. */
import type { Names } from '../../core/names.ts';
import type { Series } from '../../core/series.ts';
import { type Duration, formatDuration } from '../../core/time.ts';
import { formatValue, type Unit } from '../../core/units.ts';
import type { SeriesReading } from '../../core/verdict.ts';
import { countUpTo, type Measure, maxAgeOf, newestSample, unknown } from '../window.ts';
import { measure, type WindowFunction } from './functions.ts';
import { fixed, type Kind } from './kinds.ts';
import type { Scene, Value } from './scene.ts';

type Found = { readonly id: string; readonly series: Series | undefined; readonly measure: Measure };

const NO_SERIES = 'no sample yet';

function find(scene: Scene, subject: string | null, metric: string): { id: string; series: Series | undefined } {
  const id = `${subject ?? scene.network}.${metric}`;
  return { id, series: scene.evidence.series(id) };
}

/** A bare series: its newest sample. */
export function bareValue(expression: string, subject: string | null, metric: string, unit: Unit, names: Names): Value {
  const declared = names.catalogue.get(metric)?.maxAge;
  const look = (scene: Scene): Found => {
    const { id, series } = find(scene, subject, metric);
    return {
      id,
      series,
      measure: series === undefined ? unknown(NO_SERIES) : newestSample(series, scene.now, maxAgeOf(series, declared)),
    };
  };
  return {
    kind: fixed(unit),
    text: expression,
    reads: [{ subject, metric }],
    value: (scene) => look(scene).measure.value,
    figure: (scene, _, extra) => words(look(scene).measure, unit, extra),
    noun: (scene) => look(scene).id,
    detail: () => '',
    readings: (scene) => [reading(look(scene), expression, unit, null)],
  };
}

/** A function over a window of a series. */
export function windowValue(of: {
  readonly fn: WindowFunction;
  readonly expression: string;
  readonly subject: string | null;
  readonly metric: string;
  readonly size: Duration;
  readonly parameter: number;
  readonly kind: Kind;
  readonly names: Names;
}): Value {
  const { fn, subject, metric, size, kind } = of;
  const declared = of.names.catalogue.get(metric)?.maxAge;
  const sampleUnit = of.names.catalogue.get(metric)?.unit ?? 'ratio';
  const look = (scene: Scene): Found => {
    const { id, series } = find(scene, subject, metric);
    if (series === undefined) return { id, series, measure: unknown(NO_SERIES, -1, 0) };
    return { id, series, measure: measure(fn, series, scene.now, size, maxAgeOf(series, declared), of.parameter) };
  };
  return {
    kind,
    text: of.expression,
    reads: [{ subject, metric }],
    window: size,
    value: (scene) => look(scene).measure.value,
    figure: (scene, _, extra) => words(look(scene).measure, kind.unit, extra),
    noun: (scene) => {
      const noun = fn.parameter === undefined ? fn.noun : `${fn.noun} ${of.parameter}`;
      return `${formatDuration(size)} ${noun} of ${look(scene).id}`;
    },
    detail: (scene) => fromTo(look(scene), sampleUnit),
    readings: (scene) => [reading(look(scene), of.expression, kind.unit, { from: scene.now - size, to: scene.now })],
  };
}

/** How long ago the newest sample was taken; known as soon as there is one, however old. */
export function ageValue(expression: string, subject: string | null, metric: string): Omit<Value, 'kind'> {
  const look = (scene: Scene): Found => {
    const { id, series } = find(scene, subject, metric);
    const newest = series === undefined ? -1 : countUpTo(series, scene.now) - 1;
    if (series === undefined || newest < 0) return { id, series, measure: unknown(NO_SERIES) };
    return {
      id,
      series,
      measure: { value: scene.now - series.time(newest), missing: null, coverage: null, newest, base: null },
    };
  };
  const unit: Unit = { name: 'duration', dimensions: { time: 1 }, scale: 1 };
  return {
    text: expression,
    reads: [{ subject, metric }],
    value: (scene) => look(scene).measure.value,
    figure: (scene, _, extra) => words(look(scene).measure, unit, extra),
    noun: (scene) => `the age of the newest sample of ${look(scene).id}`,
    detail: () => '',
    readings: (scene) => [reading(look(scene), expression, unit, null)],
  };
}

function words(measure: Measure, unit: Unit, extra?: number): string {
  return measure.value === null ? `unknown (${measure.missing})` : formatValue(measure.value, unit.name, extra);
}

/** The two samples a change lies between: " ($7.80/GPU-hour → $6.10/GPU-hour)". */
function fromTo({ series, measure }: Found, unit: string): string {
  if (series === undefined || measure.base === null || measure.newest < 0) return '';
  return ` (${formatValue(series.value(measure.base), unit)} → ${formatValue(series.value(measure.newest), unit)})`;
}

function reading(
  { id, series, measure }: Found,
  expression: string,
  unit: Unit,
  window: { from: number; to: number } | null,
): SeriesReading {
  const has = series !== undefined && measure.newest >= 0;
  return {
    kind: 'series',
    expression,
    series: id,
    value: measure.value,
    unit: unit.name,
    window: window === null ? null : { ...window, coverage: measure.coverage ?? 0 },
    newest: has ? series.time(measure.newest) : null,
    source: has ? series.source(measure.newest) : null,
    missing: measure.missing,
  };
}
