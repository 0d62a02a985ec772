/** Where a name in an expression finds its figures: in a recorded series. A derived one is made in derived.ts. */
import type { Names } from '../../core/names.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Series } from '../../core/series.ts';
import type { Duration } from '../../core/time.ts';
import type { MetricUnit } from '../../core/units.ts';
import type { SeriesReading } from '../../core/verdict.ts';
import { maxAgeOf } from '../window/newest.ts';
import { absenceOf } from './absent.ts';
import { ANY, type Bounds } from './bounds.ts';
import type { Scene } from './scene.ts';

export type Origin = {
  /** `subject.metric` when this network is judged. */
  id(network: string): string;
  /** The figures of at least `(now - back, now]`, and those before that still speak then. */
  find(scene: Scene, back: Duration): Series | undefined;
  maxAge(series: Series, network: string): Duration | null;
  readonly unit: MetricUnit;
  readonly bounds: Bounds;
  /** How far back each of its figures looks by itself: 0 where it is recorded. */
  readonly window: Duration;
  /** Of a derived one: what its figure now is worked out of. */
  inputs?(scene: Scene): readonly SeriesReading[] | undefined;
  /** Why there is nothing to be found. */
  absence(scene: Scene): string;
  /** The recorded series behind it. */
  series(network: string): readonly string[];
};

/** A series as sources give it; a null subject means the network being judged. */
export function recordedOrigin(subject: string | null, metric: string, unit: MetricUnit, names: Names): Origin {
  const { maxAge, range } = names.catalogue.get(metric) ?? {};
  const id = idOf(subject, metric);
  const found = new Map<string, { readonly evidence: Evidence; readonly series: Series }>();
  return {
    id,
    // Asked at every evaluation, nearly always of the same evidence: a series it has given stays the same object.
    find: ({ network, evidence }) => {
      const last = found.get(network);
      if (last !== undefined && last.evidence === evidence) return last.series;
      const series = evidence.series(id(network));
      if (series !== undefined) found.set(network, { evidence, series });
      return series;
    },
    maxAge: (series) => maxAgeOf(series, maxAge),
    unit,
    bounds: range ?? ANY,
    window: 0,
    absence: ({ network }) => absenceOf(id(network), names),
    series: (network) => [id(network)],
  };
}

/** Spells a series id; each network's once, since this is asked at every evaluation. */
export function idOf(subject: string | null, metric: string): (network: string) => string {
  if (subject !== null) {
    const id = `${subject}.${metric}`;
    return () => id;
  }
  const known = new Map<string, string>();
  return (network) => {
    const spelled = known.get(network);
    if (spelled !== undefined) return spelled;
    const id = `${network}.${metric}`;
    known.set(network, id);
    return id;
  };
}
