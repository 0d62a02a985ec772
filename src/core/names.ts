/** The names a rule may use: metrics with their units, subjects and groups of them, and series worked out of others. */
import type { Catalogue, Derived } from './metric.ts';
import type { PrimaryCounts } from './news.ts';
import type { Duration } from './time.ts';

export type Names = {
  readonly catalogue: Catalogue;
  /** Network ids; a bare metric means the network being judged. */
  readonly networks: readonly string[];
  /** Every subject a series may belong to: networks, clouds, references. */
  readonly subjects: readonly string[];
  /** Sets of subjects that min, max, median and mean range over, by name. `others` depends on the network judged, and is not in it. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** By group: how many of its members must have a figure; at least 1 where it is not in here. */
  readonly atLeast: ReadonlyMap<string, number>;
  /** Derived series by `metric`, where every network has one, or by `subject.metric`. */
  readonly derived: ReadonlyMap<string, Derived>;
  /** Series that nobody publishes, and why. */
  readonly unavailable: ReadonlyMap<string, string>;
  /** What people call the networks, by id; a network that is not in it is called by its id. */
  readonly titles?: ReadonlyMap<string, string>;
  /** When a primary source counts in news(); with press where nothing is said. */
  readonly primary?: PrimaryCounts;
  /** The longest window: samples are not kept for longer. */
  readonly longest: Duration;
};

/** In a rule: the networks but the one judged. */
export const OTHERS = 'others';
