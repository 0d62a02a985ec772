/** Where a rule stands for a network right now: what `tier` and `why` show. */
import type { RuleState } from './events.ts';
import type { Outlook } from './outlook.ts';
import type { Effect } from './rule.ts';
import type { Duration } from './time.ts';
import type { Truth, Verdict } from './verdict.ts';

/** How far one comparison is from turning. */
export type Gap = {
  /** As written. */
  readonly expression: string;
  readonly truth: Truth;
  /** Left less right, in `unit`; null where unknown. */
  readonly value: number | null;
  readonly unit: string;
  /** Its size against the threshold's, so that gaps in different units can be ranked; null where unknown. */
  readonly relative: number | null;
  /** Why it is unknown, each reason once; empty where it is known. */
  readonly missing: readonly string[];
  /** "24.1%, 4.1 points above 20%". */
  readonly says: string;
};

/** How far a rule is from firing, or a firing one from its end. */
export type Distance = {
  readonly to: 'fire' | 'end';
  /** Whether what it waits for holds now. Where it does, the gaps tell how far that is from ceasing. */
  readonly met: Truth;
  /** The comparisons that decide, nearest first. */
  readonly gaps: readonly Gap[];
  /** Whether all of the gaps have to close, or the nearest will do. */
  readonly needs: 'all' | 'any';
  /** 0 where what it waits for holds; null where unknown. The least of several rules is the nearest trigger. */
  readonly relative: number | null;
  /** How long it has held, unknown time left out, of how long it must. */
  readonly held: Duration;
  readonly of: Duration;
  /** "24.1%, 4.1 points above 20%; held 0 of 14 days". */
  readonly says: string;
};

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
  /** What ends it, judged now; null where it does not fire, or ends as soon as its condition no longer holds. */
  readonly clear: Verdict | null;
  readonly distance: Distance;
  /** Why it speaks against the tier as it stands; null where it does not. */
  readonly against: string | null;
  /** The tier that its firing, or its end where it fires, would bring; null where it moves nothing. */
  readonly moves: string | null;
  /** Worked out when it is first read: it takes milliseconds, and the board asks for every rule. */
  readonly outlook: Outlook;
  /** What would end it if it fires or set it off if it does not, and when at the earliest, in one sentence. */
  readonly next: string;
};
