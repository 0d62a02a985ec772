/** What an expression is judged over, and what its values answer. */
import type { Evidence } from '../../core/ports.ts';
import type { Duration, Instant } from '../../core/time.ts';
import type { Reading } from '../../core/verdict.ts';
import type { Kind } from './kinds.ts';

export type Scene = { readonly network: string; readonly now: Instant; readonly evidence: Evidence };

/** A series an expression reads; a null subject means the network being judged. */
export type Read = { readonly subject: string | null; readonly metric: string };

/** A compiled value. `value` is null where unknown. */
export type Value = {
  readonly kind: Kind;
  readonly text: string;
  readonly reads: readonly Read[];
  /** Can be judged before any sample: it reads news or the date. */
  readonly anytime?: true;
  /** Its window, where it has one. */
  readonly window?: Duration;
  value(scene: Scene): number | null;
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
