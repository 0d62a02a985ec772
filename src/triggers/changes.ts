/** From phases that changed to changes worth telling: tiers, watches, notes, each with its explanation frozen. */
import type { Cause, Change, Driver, TierChange } from '../core/change.ts';
import type { Phase, RuleState } from '../core/events.ts';
import { directionOf, type Ladder, type Network } from '../core/ladder.ts';
import type { Evidence } from '../core/ports.ts';
import { ruleKey, type TierStanding } from '../core/state.ts';
import { type Instant, toIso } from '../core/time.ts';
import type { CompiledRule } from './compile.ts';
import { endedSentence, firedSentence, wayBack, wayOn } from './explain.ts';
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
  return {
    kind: 'tier',
    id: `${network.id}-${stamp(present.now)}`,
    at: present.now,
    networks: [network.id],
    network: network.id,
    from,
    to,
    cause,
    drivers: speaking.map((transition) => transition.driver),
    says: speaking.length === 0 ? 'The rules or the starting tier were edited' : speaking.map(sentence).join('; '),
    against: firing
      .filter((rule) => pull(rule.rule.effect) !== 'none' && pull(rule.rule.effect) !== way)
      .map((rule) => firedSentence(rule, rule.when.explain(scene))),
    back: backFrom(network, from, to, speaking, firing, scene, present),
  };
}

function sentence({ rule, to, driver }: Transition): string {
  return to === 'firing' ? firedSentence(rule, driver.verdict) : endedSentence(rule, driver.verdict);
}

/** What would undo the change: the end of each firing rule that holds the tier there, or a new start of those that ended. */
function backFrom(
  network: Network,
  from: string,
  to: string,
  moved: readonly Transition[],
  firing: readonly CompiledRule[],
  scene: Scene,
  present: Present,
): readonly string[] {
  const effects = (rules: readonly CompiledRule[]) => rules.map((rule) => rule.rule.effect);
  const ways = moved.map(({ rule, to: phase }) => {
    if (phase !== 'firing') return wayOn(rule, scene, from, present.ladder);
    const tier = deriveTier(present.ladder, network.tier, effects(firing.filter((other) => other !== rule)));
    const state = present.states.get(ruleKey(rule.rule.id, network.id));
    return tier === to
      ? `Another firing rule keeps it at this tier even once ${rule.title} ends`
      : wayBack(rule, scene, state, tier, present.ladder);
  });
  return [...new Set(ways)];
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

/** One note a rule and instant, however many networks it fires for. */
export function noteChanges(transitions: readonly Transition[], now: Instant): readonly Change[] {
  const noted = transitions.filter(({ rule, to }) => rule.rule.effect.note === true && to === 'firing');
  const ids = [...new Set(noted.map(({ rule }) => rule.rule.id))];
  return ids.map((id): Change => {
    const same = noted.filter(({ rule }) => rule.rule.id === id);
    return {
      kind: 'note',
      id: `${id}-${stamp(now)}-note`,
      at: now,
      networks: same.map(({ network }) => network).sort(),
      cause: 'rule',
      drivers: same.slice(0, 1).map(({ driver }) => driver),
      says: same.slice(0, 1).map(sentence).join(''),
    };
  });
}

/** `20260711T040000Z`; milliseconds only where there are some. */
function stamp(now: Instant): string {
  return toIso(now).replace(/[-:]/g, '');
}
