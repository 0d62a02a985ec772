/** What argues against a tier: rules that pull the other way, firing or about to, and a hold. */
import type { RuleState } from '../../core/events.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Instant } from '../../core/time.ts';
import { distanceOf } from '../outlook/distance.ts';
import type { Cell } from '../rule/book.ts';
import { movesTier, pull } from '../rule/tiers.ts';
import { standingSentence } from './explain.ts';

type Seen = {
  readonly states: { get(key: string): RuleState | undefined };
  readonly evidence: Evidence;
  readonly now: Instant;
};
type Moved = 'up' | 'down' | 'sideways';

/** Of all rules for a network, what fires first. */
export function argumentsAgainst(
  way: Moved,
  network: string,
  seen: Seen & { readonly cells: readonly Cell[] },
): readonly string[] {
  const cells = seen.cells.filter((cell) => cell.network === network);
  const pending = cells.filter(({ key }) => seen.states.get(key)?.phase === 'pending');
  const others = cells.filter((cell) => !pending.includes(cell));
  return [...others, ...pending].flatMap((cell) => argumentAgainst(way, cell, seen) ?? []);
}

/**
 * What a rule says against a tier that went this way; null where it points along or says nothing. Against a tier that went
 * nowhere speaks whatever would move it, and what keeps it from moving.
 */
export function argumentAgainst(way: Moved, { rule, network, key }: Cell, seen: Seen): string | null {
  const state = seen.states.get(key);
  const { effect } = rule.rule;
  if (state === undefined || state.phase === 'inactive' || !movesTier(effect) || pull(effect) === way) return null;
  const scene = { network, now: seen.now, evidence: seen.evidence };
  if (state.phase === 'firing') return standingSentence(rule, scene, state);
  const { says } = distanceOf(rule, state, rule.when.explain(scene), null, seen.now);
  return `Pending: ${rule.title}; ${says}`;
}
