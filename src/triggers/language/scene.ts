/** What an expression is judged over, and what its values answer. */
import type { Evidence } from '../../core/ports.ts';
import type { Instant } from '../../core/time.ts';
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
  value(scene: Scene): number | null;
  /** The value in words, in the unit of `kind`: "7d average of akash.gpu_utilization is 13.4%". */
  says(scene: Scene, kind: Kind): string;
  readings(scene: Scene): readonly Reading[];
};
