/** From phases that changed to changes worth telling: tiers, watches, notes, each with its explanation frozen. */
import type { Cause, Change, Driver, TierChange } from '../core/change.ts';
import type { Phase, RuleState } from '../core/events.ts';
import { directionOf, type Ladder, type Network, tierName } from '../core/ladder.ts';
import type { Evidence } from '../core/ports.ts';
import type { Effect } from '../core/rule.ts';
import { ruleKey, type TierStanding } from '../core/state.ts';
import { type Instant, toIso } from '../core/time.ts';
import type { CompiledRule } from './compile.ts';
import {
  driverOf,
  editedSentence,
  endedSentence,
  endsOnce,
  firedSentence,
  standingSentence,
  wayBack,
  wayOn,
} from './explain.ts';
import type { Scene } from './language/scene.ts';
import { deriveTier, movesTier, pull } from './tiers.ts';

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

/**
 * The tiers that differ from what was last recorded. A network seen for the first time is recorded at its base
 * (`cause: start`), then moved. Where no rule's phase explains the difference, the configuration did it.
 */
export function tierChanges(
  networks: readonly Network[],
  state: { readonly tiers: { get(network: string): TierStanding | undefined } },
  present: Present,
  transitions: readonly Transition[],
  usual: Cause,
): readonly TierChange[] {
  return [...networks]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((network) => {
      const recorded = state.tiers.get(network.id)?.tier;
      const firing = firingRules(present, network.id);
      const to = deriveTier(
        present.ladder,
        network.tier,
        firing.map((rule) => rule.rule.effect),
      );
      const changes: TierChange[] = [];
      if (recorded === undefined) changes.push(startOf(network, present.now));
      const from = recorded ?? network.tier;
      if (from === to) return changes;
      const moved = transitions.filter((transition) => transition.network === network.id && touches(transition));
      const cause: Cause = moved.length > 0 ? usual : 'config';
      return [...changes, tierChange(network, from, to, cause, moved, firing, present)];
    });
}

function firingRules(present: Present, network: string): readonly CompiledRule[] {
  return present.rules.filter(
    (rule) => rule.networks.includes(network) && present.states.get(ruleKey(rule.rule.id, network))?.phase === 'firing',
  );
}

/** Whether a transition can have moved a tier: a rule with such an effect began or ceased to fire. */
function touches({ rule, from, to }: Transition): boolean {
  return movesTier(rule.rule.effect) && (from === 'firing' || to === 'firing');
}

function startOf(network: Network, now: Instant): TierChange {
  return {
    kind: 'tier',
    id: `${network.id}-${stamp(now)}-start`,
    at: now,
    networks: [network.id],
    network: network.id,
    from: network.tier,
    to: network.tier,
    cause: 'start',
    drivers: [],
    says: network.reason,
    against: [],
    back: [],
  };
}

function tierChange(
  network: Network,
  from: string,
  to: string,
  cause: Cause,
  moved: readonly Transition[],
  firing: readonly CompiledRule[],
  present: Present,
): TierChange {
  const scene: Scene = { network: network.id, now: present.now, evidence: present.evidence };
  const way = directionOf(present.ladder, from, to);
  const along = moved.filter(({ rule, to: phase }) => (pull(rule.rule.effect) === way) === (phase === 'firing'));
  const speaking = along.length > 0 ? along : moved;
  // Where something that stood against it ended, what has been firing all along gets its way: it drives the change too.
  const standing = speaking.some(({ to: phase }) => phase === 'firing')
    ? []
    : firing.filter((rule) => pull(rule.rule.effect) === way && !moved.some((one) => one.rule === rule));
  const state = (rule: CompiledRule) => present.states.get(ruleKey(rule.rule.id, network.id));
  const reasons = [
    ...speaking.map((transition) => sentence(transition, cause)),
    ...standing.map((rule) => standingSentence(rule, scene, state(rule))),
  ];
  return {
    kind: 'tier',
    id: `${network.id}-${stamp(present.now)}`,
    at: present.now,
    networks: [network.id],
    network: network.id,
    from,
    to,
    cause,
    drivers: [...speaking.map(({ driver }) => driver), ...standing.map((rule) => driverOf(rule, scene, false))],
    says: speaking.length === 0 ? 'The rules or the starting tier were edited' : reasons.join('; '),
    against: firing
      .filter((rule) => pull(rule.rule.effect) !== 'none' && pull(rule.rule.effect) !== way)
      .map((rule) => standingSentence(rule, scene, state(rule))),
    back:
      way === 'down'
        ? waysUp(network, to, firing, scene, present)
        : waysDown(network, to, moved, firing, scene, present),
  };
}

function sentence({ rule, to, driver }: Transition, cause: Cause): string {
  if (cause === 'config') return editedSentence(rule, driver.verdict, to === 'firing');
  return to === 'firing' ? firedSentence(rule, driver.verdict) : endedSentence(rule, driver.verdict);
}

/** How a lowered tier rises: by the end of each rule that pulls it down, or, where one alone does not do, of all. */
function waysUp(
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
function waysDown(
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

/** A watch set or lifted, one a rule and network. */
export function watchChanges(transitions: readonly Transition[], now: Instant): readonly Change[] {
  return transitions.flatMap(({ rule, network, from, to, driver }): readonly Change[] => {
    const direction = rule.rule.effect.watch;
    if (direction === undefined || (from !== 'firing' && to !== 'firing')) return [];
    const on = to === 'firing';
    const says = on ? firedSentence(rule, driver.verdict) : endedSentence(rule, driver.verdict);
    return [watchChange({ network, at: now, cause: 'rule', driver, direction, on, says })];
  });
}

/** A watch of one rule on one network, set or lifted. */
export function watchChange(of: {
  readonly network: string;
  readonly at: Instant;
  readonly cause: Cause;
  readonly driver: Driver;
  readonly direction: 'negative' | 'positive';
  readonly on: boolean;
  readonly says: string;
}): Change {
  const { network, at, cause, driver, direction, on, says } = of;
  const id = `${network}-${stamp(at)}-watch-${driver.rule}`;
  return { kind: 'watch', id, at, networks: [network], cause, drivers: [driver], direction, on, says };
}

/** One note for all networks of which a rule says the same, as of a date; else one a network. */
export function noteChanges(transitions: readonly Transition[], now: Instant, cause: Cause): readonly Change[] {
  const groups = new Map<string, Transition[]>();
  for (const transition of transitions) {
    const { rule, to, driver } = transition;
    if (rule.rule.effect.note !== true || to !== 'firing') continue;
    const key = `${rule.rule.id} ${driver.verdict.says}`;
    groups.set(key, [...(groups.get(key) ?? []), transition]);
  }
  return [...groups.values()].flatMap((group): readonly Change[] => {
    const [first] = group;
    if (first === undefined) return [];
    const networks = group.map(({ network }) => network).sort();
    const id = `${first.rule.rule.id}-${stamp(now)}-note-${networks[0]}`;
    return [{ kind: 'note', id, at: now, networks, cause, drivers: [first.driver], says: sentence(first, cause) }];
  });
}

/** `20260711T040000Z`; milliseconds only where there are some. */
function stamp(now: Instant): string {
  return toIso(now).replace(/[-:]/g, '');
}
