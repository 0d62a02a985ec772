/** What would undo a change: worked out from all rules that pull at a tier, with the same derivation as the change itself. */
import type { Network } from '../../core/ladder.ts';
import type { Outlook } from '../../core/outlook.ts';
import type { Effect } from '../../core/rule.ts';
import { outlookOf } from '../outlook/outlook.ts';
import { bookOf, type Cell } from '../rule/book.ts';
import type { CompiledRule } from '../rule/compile.ts';
import { deriveTier, pull } from '../rule/tiers.ts';
import type { Present, Transition } from './present.ts';

/** How a lowered tier rises: by the end of each rule that pulls it down, or, where one alone does not do, of all. */
export function waysUp(
  network: Network,
  to: string,
  firing: readonly CompiledRule[],
  present: Present,
): readonly Outlook[] {
  const without = (ended: readonly CompiledRule[]): string =>
    deriveTier(present.ladder, network.tier, effectsOf(firing.filter((rule) => !ended.includes(rule))));
  const pulling = firing.filter((rule) => pull(rule.rule.effect) === 'down');
  const alone = pulling
    .filter((rule) => without([rule]) !== to)
    .map((rule) => outlookOf('end', cellsOf([rule], network), without([rule]), present));
  const all = without(pulling);
  if (pulling.length < 2 || all === to || pulling.some((rule) => without([rule]) === all)) return alone;
  return [...alone, outlookOf('end', cellsOf(pulling, network), all, present)];
}

/** How a raised tier falls again: by a new start of a rule that ended, or by the end of one that raises or holds. */
export function waysDown(
  network: Network,
  to: string,
  moved: readonly Transition[],
  firing: readonly CompiledRule[],
  present: Present,
): readonly Outlook[] {
  const tierOf = (rules: readonly CompiledRule[]): string => deriveTier(present.ladder, network.tier, effectsOf(rules));
  const starts = moved
    .filter(({ rule, to: phase }) => phase !== 'firing' && pull(rule.rule.effect) === 'down')
    .map(({ rule }) => ({ rule, tier: tierOf([...firing, rule]) }))
    .filter(({ tier }) => tier !== to)
    .map(({ rule, tier }) => outlookOf('fire', cellsOf([rule], network), tier, present));
  const ends = firing
    .filter((rule) => pull(rule.rule.effect) === 'up')
    .map((rule) => ({ rule, tier: tierOf(firing.filter((one) => one !== rule)) }))
    .filter(({ tier }) => tier !== to)
    .map(({ rule, tier }) => outlookOf('end', cellsOf([rule], network), tier, present));
  return [...starts, ...ends];
}

function effectsOf(rules: readonly CompiledRule[]): readonly Effect[] {
  return rules.map((rule) => rule.rule.effect);
}

function cellsOf(rules: readonly CompiledRule[], network: Network): readonly Cell[] {
  return bookOf({ rules, networks: [], ladder: [] }).cells.filter((cell) => cell.network === network.id);
}
