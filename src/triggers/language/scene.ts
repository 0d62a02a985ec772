/** What an expression is judged over, and what its values answer. */
import type { Names } from '../../core/names.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Series } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import type { MetricUnit } from '../../core/units.ts';
import type { Reading } from '../../core/verdict.ts';
import type { Bounds } from './bounds.ts';
import type { Kind } from './kinds.ts';

export type Scene = { readonly network: string; readonly now: Instant; readonly evidence: Evidence };

/** A compiled value. `value` is null where unknown. */
export type Value = {
  readonly kind: Kind;
  readonly text: string;
  /** The recorded series it rests on when this network is judged; of a derived series those it is worked out of. */
  series(network: string): readonly string[];
  /** Can be judged before any sample: it reads news or the date. */
  readonly anytime?: true;
  /** How far back it looks, windows inside derived series added; absent where it does not. */
  readonly window?: Duration;
  /** What it can be, in the unit of its kind. */
  readonly bounds: Bounds;
  value(scene: Scene): number | null;
  /** Which members the groups in it range over now; absent or undefined where it has none. With others it is another series. */
  makeup?(scene: Scene): string | undefined;
  /** How long its newest figures stay good; null while a series' usual step is not known. */
  maxAge(scene: Scene): Duration | null;
  /** A loose literal reads in the unit of what it met. */
  figure(scene: Scene, kind: Kind, extra?: number): string;
  /** What the value is, without its figure: "7d average of akash.gpu_utilization". Null for a literal. */
  noun(scene: Scene): string | null;
  /** More on the figure, e.g. the two values a change lies between. */
  detail(scene: Scene): string;
  /** Noun and figure in one, where "… is …" would not read well: "2 independent outlets in 60d report lab training". */
  statement?(scene: Scene): string;
  readings(scene: Scene): readonly Reading[];
};

/** What a derived series has been over at least `(now - back, now]`; undefined where it never had a value there. */
export type History = (subject: string, evidence: Evidence, now: Instant, back: Duration) => Series | undefined;

/** A derived series compiled. */
export type Worked = {
  /** Null: every network has one. */
  readonly subject: string | null;
  readonly metric: string;
  readonly unit: MetricUnit;
  /** How many names and figures it comes to with those it is made of spelled out. */
  readonly weight: number;
  /** In `unit`, for the subject that the scene calls its network. */
  readonly value: Value;
  readonly history: History;
};

/** What an expression may use: the names, and derived series compiled once for all rules. */
export type Vocabulary = {
  readonly names: Names;
  /** Whose a bare metric is, where that does not depend on the network judged: inside a derived series of one subject. */
  readonly inside?: string;
  /** By `metric` or `subject.metric`; undefined where nothing of that name is derived. Throws an ExpressionError where its own expression is wrong. */
  derived(id: string): Worked | undefined;
};
