/** The names a rule may use: metrics with their units, and subjects. */
import type { Catalogue } from './metric.ts';

export type Names = {
  readonly catalogue: Catalogue;
  /** Network ids; a bare metric means the network being judged. */
  readonly networks: readonly string[];
  /** Every subject a series may belong to: networks, clouds, references. */
  readonly subjects: readonly string[];
};
