/** What would undo a change: worked out from all rules that pull at a tier, with the same derivation as the change itself. */
import { type Network, tierName } from '../core/ladder.ts';
import type { Effect } from '../core/rule.ts';
import { ruleKey } from '../core/state.ts';
import type { CompiledRule } from './compile.ts';
import { endsOnce, wayBack, wayOn } from './explain.ts';
import type { Scene } from './language/scene.ts';
import type { Present, Transition } from './present.ts';
import { deriveTier, pull } from './tiers.ts';

/** How a lowered tier rises: by the end of each rule that pulls it down, or, where one alone does not do, of all. */
export function waysUp(
  network: Network,
  to: string,
  firing: readonly CompiledRule[],
  scene: Scene,
  present: Present,
): readonly string[] {
  const { ladder, states } = present;
  const without = (ended: readonly CompiledRule[]): string =>
    deriveTier(ladder, network.tier, effectsOf(firing.filter((rule) => !ended.includes(rule))));
  const pulling = firing.filter((rule) => pull(rule.rule.effect) === 'down');
  const alone = pulling
    .filter((rule) => without([rule]) !== to)
    .map((rule) => wayBack(rule, scene, states.get(ruleKey(rule.rule.id, network.id)), without([rule]), ladder));
  const all = without(pulling);
  if (pulling.length < 2 || all === to || pulling.some((rule) => without([rule]) === all)) return alone;
  const ends = pulling.map((rule) => `${rule.title} (${endsOnce(rule)})`).join(' and ');
  return [...alone, `${tierName(ladder, all)} again once all of these have ended: ${ends}`];
}

/** How a raised tier falls again: by a new start of a rule that ended, or by the end of one that raises or holds. */
export function waysDown(
  network: Network,
  to: string,
  moved: readonly Transition[],
  firing: readonly CompiledRule[],
  scene: Scene,
  present: Present,
): readonly string[] {
  const { ladder, states } = present;
  const starts = moved
    .filter(({ rule, to: phase }) => phase !== 'firing' && pull(rule.rule.effect) === 'down')
    .map(({ rule }) => ({ rule, tier: deriveTier(ladder, network.tier, effectsOf([...firing, rule])) }))
    .filter(({ tier }) => tier !== to)
    .map(({ rule, tier }) => wayOn(rule, scene, tier, ladder));
  const ends = firing
    .filter((rule) => pull(rule.rule.effect) === 'up')
    .map((rule) => ({ rule, tier: deriveTier(ladder, network.tier, effectsOf(firing.filter((one) => one !== rule))) }))
    .filter(({ tier }) => tier !== to)
    .map(({ rule, tier }) => wayBack(rule, scene, states.get(ruleKey(rule.rule.id, network.id)), tier, ladder));
  return [...starts, ...ends];
}

function effectsOf(rules: readonly CompiledRule[]): readonly Effect[] {
  return rules.map((rule) => rule.rule.effect);
}
