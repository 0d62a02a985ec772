/** What would make rules fire or end, and when at the earliest. */
import type { Instant } from './time.ts';

export type Outlook = {
  readonly to: 'fire' | 'end';
  readonly rules: readonly string[];
  /** The tier that would follow; null where it stays as it is. */
  readonly tier: string | null;
  /** In words: "the 7d average of akash.gpu_utilization stays above 25% for 3d". */
  readonly condition: string;
  /** Null where none was found. */
  readonly at: Instant | null;
  /** Nothing that may come brings it about before `at`; where there is no such instant, not before `until`. */
  readonly sure: boolean;
  readonly until: Instant;
  /** What each series would stay at from now on, sampled at its usual step. */
  readonly path: readonly { readonly series: string; readonly level: number }[];
  /** Independent reports that would come at once. */
  readonly reports: number;
  readonly says: string;
};
