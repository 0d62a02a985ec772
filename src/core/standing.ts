/** Where a rule stands for a network right now: what `tier` and `why` show. */
import type { RuleState } from './events.ts';
import type { Effect } from './rule.ts';
import type { Verdict } from './verdict.ts';

export type Standing = {
  readonly rule: string;
  readonly version: string;
  readonly title: string;
  readonly because: string | null;
  readonly effect: Effect;
  readonly network: string;
  readonly state: RuleState | undefined;
  /** The rule's condition, judged now. */
  readonly verdict: Verdict;
  /** What would end it if it fires, or what it still lacks if it does not, in one sentence. */
  readonly next: string;
};
