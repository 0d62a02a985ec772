/** Values read from a series: its newest sample, a function over a window, its age. */
import type { Series } from '../../core/series.ts';
import { type Duration, formatDuration } from '../../core/time.ts';
import { formatValue, UNITS, type Unit } from '../../core/units.ts';
import type { SeriesReading } from '../../core/verdict.ts';
import { windowMeasure } from '../window/measure.ts';
import { countUpTo, freshValue, type Measure, newestSample, unknown } from '../window/newest.ts';
import { NOT_NEGATIVE } from './bounds.ts';
import type { WindowFunction } from './functions.ts';
import { DURATION, fixed, type Kind } from './kinds.ts';
import type { Origin } from './origin.ts';
import type { Scene, Value } from './scene.ts';

type Found = { readonly id: string; readonly series: Series | undefined; readonly measure: Measure };

/** A bare series: its newest sample. */
export function bareValue(expression: string, origin: Origin): Value {
  const unit = UNITS[origin.unit];
  const look = (scene: Scene): Found => {
    const [id, series] = [origin.id(scene.network), seriesOf(origin, scene, 0)];
    if (series === undefined) return { id, series, measure: unknown(origin.absence(scene)) };
    return { id, series, measure: newestSample(series, scene.now, origin.maxAge(series, scene.network)) };
  };
  return {
    kind: fixed(unit),
    text: expression,
    series: origin.series,
    bounds: origin.bounds,
    value: (scene) => {
      const series = origin.find(scene, 0);
      return series === undefined ? null : freshValue(series, scene.now, origin.maxAge(series, scene.network));
    },
    maxAge: (scene) => maxAgeNow(origin, scene, 0),
    figure: (scene, _, extra) => words(look(scene).measure, unit, extra),
    noun: (scene) => origin.id(scene.network),
    detail: () => '',
    readings: (scene) => [reading(look(scene), expression, unit, null)],
  };
}

/** A function over a window of a series. */
export function windowValue(of: {
  readonly fn: WindowFunction;
  readonly expression: string;
  readonly origin: Origin;
  readonly size: Duration;
  readonly parameter: number;
  readonly kind: Kind;
}): Value {
  const { fn, origin, size, kind } = of;
  const window = windowMeasure(fn, size, of.parameter);
  const look = (scene: Scene): Found => {
    const [id, series] = [origin.id(scene.network), seriesOf(origin, scene, size)];
    if (series === undefined) return { id, series, measure: unknown(origin.absence(scene), -1, 0) };
    return { id, series, measure: window.measure(series, scene.now, origin.maxAge(series, scene.network)) };
  };
  return {
    kind,
    text: of.expression,
    series: origin.series,
    window: size + origin.window,
    bounds: fn.bounds(origin.bounds),
    value: (scene) => {
      const series = origin.find(scene, size);
      return series === undefined ? null : window.value(series, scene.now, origin.maxAge(series, scene.network));
    },
    maxAge: (scene) => maxAgeNow(origin, scene, size),
    figure: (scene, _, extra) => words(look(scene).measure, kind.unit, extra),
    noun: (scene) => {
      const noun = fn.parameter === undefined ? fn.noun : `${fn.noun} ${of.parameter}`;
      return `${formatDuration(size)} ${noun} of ${origin.id(scene.network)}`;
    },
    detail: (scene) => fromTo(look(scene), origin.unit),
    readings: (scene) => {
      const window = { from: scene.now - size, to: scene.now };
      return [withInputs(reading(look(scene), of.expression, kind.unit, window), origin.inputs?.(scene))];
    },
  };
}

/** How long ago the newest sample was taken; known as soon as there is one, however old. */
export function ageValue(expression: string, origin: Origin): Value {
  const look = (scene: Scene): Found => {
    const [id, series] = [origin.id(scene.network), seriesOf(origin, scene, 0)];
    if (series === undefined) return { id, series, measure: unknown(origin.absence(scene)) };
    const newest = countUpTo(series, scene.now) - 1;
    if (newest < 0) return { id, series, measure: unknown('no sample yet') };
    const age = scene.now - series.time(newest);
    return { id, series, measure: { value: age, missing: null, coverage: null, newest, base: null } };
  };
  return {
    kind: DURATION,
    text: expression,
    series: origin.series,
    bounds: NOT_NEGATIVE,
    value: (scene) => look(scene).measure.value,
    maxAge: () => Number.POSITIVE_INFINITY,
    figure: (scene, _, extra) => words(look(scene).measure, UNITS.duration, extra),
    noun: (scene) => `the age of the newest sample of ${origin.id(scene.network)}`,
    detail: () => '',
    readings: (scene) => [reading(look(scene), expression, UNITS.duration, null)],
  };
}

/** Undefined where no sample ever came, not even one after the instant asked about. */
function seriesOf(origin: Origin, scene: Scene, back: Duration): Series | undefined {
  const series = origin.find(scene, back);
  return series?.length === 0 ? undefined : series;
}

function maxAgeNow(origin: Origin, scene: Scene, back: Duration): Duration | null {
  const series = origin.find(scene, back);
  return series === undefined ? null : origin.maxAge(series, scene.network);
}

function words(measure: Measure, unit: Unit, extra?: number): string {
  return measure.value === null ? `unknown (${measure.missing})` : formatValue(measure.value, unit.name, extra);
}

/** Of a derived series the figures behind it name the sources, and it is as old as the oldest of them. */
function withInputs(found: SeriesReading, inputs: readonly SeriesReading[] | undefined): SeriesReading {
  if (inputs === undefined) return found;
  const newest = inputs.flatMap((input) => input.newest ?? []);
  return { ...found, source: null, newest: newest.length === 0 ? found.newest : Math.min(...newest), inputs };
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
