/** What changes are worked out from: the phases that changed, and the rules as they stand. */
import type { Driver } from '../core/change.ts';
import type { Phase, RuleState } from '../core/events.ts';
import type { Ladder } from '../core/ladder.ts';
import type { Evidence } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import type { CompiledRule } from './compile.ts';

/** A phase that changed, with the rule's sentence about it. */
export type Transition = {
  readonly rule: CompiledRule;
  readonly network: string;
  readonly from: Phase;
  readonly to: Phase;
  readonly driver: Driver;
};

/** The rules with their states at the instant of a judgement. */
export type Present = {
  readonly rules: readonly CompiledRule[];
  readonly states: ReadonlyMap<string, RuleState>;
  readonly evidence: Evidence;
  readonly now: Instant;
  readonly ladder: Ladder;
};
