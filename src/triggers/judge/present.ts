/** What changes are worked out from: the phases that changed, the rules as they stand, and what was recorded before. */
import type { Change, Driver } from '../../core/change.ts';
import type { Phase, RuleState } from '../../core/events.ts';
import type { Ladder } from '../../core/ladder.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Tables } from '../../core/state.ts';
import { type Instant, toIso } from '../../core/time.ts';
import type { Cell } from '../rule/book.ts';
import type { CompiledRule } from '../rule/compile.ts';

/** A phase that changed, with the rule's sentence about it. */
export type Transition = {
  readonly rule: CompiledRule;
  readonly network: string;
  readonly from: Phase;
  readonly to: Phase;
  readonly driver: Driver;
};

/** The rules that fire and can move a tier, by network, in the order of their ids. */
export type Firing = Map<string, CompiledRule[]>;

/** Adds a rule that fires; call it in the order of a book's cells. */
export function addFiring(firing: Firing, { rule, network }: Cell): void {
  const rules = firing.get(network);
  if (rules === undefined) firing.set(network, [rule]);
  else rules.push(rule);
}

/** The rules with their states at the instant of a judgement. */
export type Present = {
  /** Every rule for every network, in the order of a book. */
  readonly cells: readonly Cell[];
  readonly firing: Firing;
  /** By the key of a rule and network. */
  readonly states: { get(key: string): RuleState | undefined };
  readonly evidence: Evidence;
  readonly now: Instant;
  readonly ladder: Ladder;
};

/** The watches that stand, by network and rule, and the changes told so far; a State will do. */
export type Recorded = {
  readonly watches: { get(key: string): Tables['watches'] | undefined };
  readonly changes: { get(id: string): Change | undefined };
};

/** Of an instant in an id: `20260711T040000Z`; milliseconds only where there are some. */
export function stamp(now: Instant): string {
  return toIso(now).replace(/[-:]/g, '');
}

/** Under which a watch is recorded. */
export function watchKey(network: string, rule: string): string {
  return `${network}/${rule}`;
}

/** The id of the change that set or lifted a watch at an instant. */
export function watchId(network: string, rule: string, at: Instant): string {
  return `${network}-${stamp(at)}-watch-${rule}`;
}
