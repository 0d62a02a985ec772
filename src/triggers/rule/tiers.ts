/** A network's tier, derived from its base and the rules that fire: same set, same tier, in any order. */
import { type Ladder, rankOf } from '../../core/ladder.ts';
import type { Effect } from '../../core/rule.ts';

/**
 * Raises, then lowers, then caps; a hold keeps the result from falling below the base. A base outside the ladder
 * (unrated) is not moved.
 */
export function deriveTier(ladder: Ladder, base: string, firing: readonly Effect[]): string {
  const start = rankOf(ladder, base);
  if (start < 0 || firing.length === 0) return base;
  const last = ladder.length - 1;
  const total = (pick: (effect: Effect) => number | undefined): number =>
    firing.reduce((sum, effect) => sum + (pick(effect) ?? 0), 0);
  const raised = Math.max(0, start - total((effect) => effect.raise));
  const lowered = Math.min(last, raised + total((effect) => effect.lower));
  const capped = firing.reduce(
    (rank, { cap }) => (cap === undefined ? rank : Math.max(rank, rankOf(ladder, cap))),
    lowered,
  );
  const held = firing.some((effect) => effect.hold === true) ? Math.min(capped, start) : capped;
  return ladder[held]?.id ?? base;
}

/** Whether a rule with this effect can move a tier at all. */
export function movesTier(effect: Effect): boolean {
  return effect.lower !== undefined || effect.raise !== undefined || effect.cap !== undefined || effect.hold === true;
}

/** Which way an effect points: down, up, or neither. */
export function pull(effect: Effect): 'down' | 'up' | 'none' {
  if (effect.lower !== undefined || effect.cap !== undefined) return 'down';
  return effect.raise !== undefined || effect.hold === true ? 'up' : 'none';
}
