/** Changes worth telling: a tier moved, a watch was set, a rule left a note. Each keeps its explanation frozen. */

import type { Outlook } from './outlook.ts';
import type { Effect } from './rule.ts';
import type { Instant } from './time.ts';
import type { Verdict } from './verdict.ts';

/**
 * Why a tier stands where it stands now: the world moved, an owner edited rules or tiers, an admin corrected the reports,
 * or this is the first look.
 */
export type Cause = 'rule' | 'config' | 'correction' | 'start';

/** A rule that speaks for or against a change, with what it saw. */
export type Driver = {
  readonly rule: string;
  readonly version: string;
  readonly title: string;
  readonly because: string | null;
  readonly effect: Effect;
  /** Whether the rule ceased to fire; the verdict is then of what ended it. */
  readonly ended: boolean;
  readonly verdict: Verdict;
};

type Common = {
  /** Unique and readable, e.g. `akash-20260711T040000Z`. */
  readonly id: string;
  readonly at: Instant;
  readonly networks: readonly string[];
  readonly cause: Cause;
  /** The rules whose phase brought the change about. */
  readonly drivers: readonly Driver[];
};

/** The watch that a change turns into a fact: what was only rumoured or announced until now. */
export type Followed = {
  /** The id of the change that set it. */
  readonly change: string;
  readonly at: Instant;
  readonly says: string;
};

export type TierChange = Common & {
  readonly kind: 'tier';
  readonly network: string;
  readonly from: string;
  readonly to: string;
  /** Why, in one sentence. */
  readonly says: string;
  /** What argues against it: rules that point the other way, a hold. */
  readonly against: readonly string[];
  /** What would move it back, and when at the earliest. */
  readonly back: readonly string[];
  readonly follows?: Followed;
  /** The same as data. Changes recorded by earlier versions have none. */
  readonly ways?: readonly Outlook[];
};

export type WatchChange = Common & {
  readonly kind: 'watch';
  readonly direction: 'negative' | 'positive';
  readonly on: boolean;
  readonly says: string;
  /**
   * The change of the same instant that tells it, or that it turned into: of the tier, or, where that cannot move, the watch
   * that facts set. Whoever hears of that needs no second message.
   */
  readonly told?: string;
  readonly follows?: Followed;
};

export type NoteChange = Common & { readonly kind: 'note'; readonly says: string };

export type Change = TierChange | WatchChange | NoteChange;
