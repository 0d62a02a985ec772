/** From phases that changed to changes worth telling: tiers and notes, each with its explanation frozen. */
import type { Cause, Change, Driver, TierChange } from '../../core/change.ts';
import { directionOf, type Network } from '../../core/ladder.ts';
import { ruleKey, type TierStanding } from '../../core/state.ts';
import type { Instant } from '../../core/time.ts';
import type { Scene } from '../language/scene.ts';
import type { CompiledRule } from '../rule/compile.ts';
import { deriveTier, movesTier, pull } from '../rule/tiers.ts';
import { argumentsAgainst } from './against.ts';
import { driverOf, editedSentence, endedSentence, firedSentence, standingSentence } from './explain.ts';
import { type Present, stamp, type Transition } from './present.ts';
import { waysDown, waysUp } from './ways.ts';

/**
 * The tiers that differ from what was last recorded. A network seen for the first time is recorded at its base
 * (`cause: start`), then moved. Where no rule's phase explains the difference, the configuration did it. They come in
 * the order of the board.
 */
export function tierChanges(
  board: readonly Network[],
  state: { readonly tiers: { get(network: string): TierStanding | undefined } },
  present: Present,
  transitions: readonly Transition[],
  usual: Cause,
): readonly TierChange[] {
  const changes: TierChange[] = [];
  for (const network of board) {
    const recorded = state.tiers.get(network.id)?.tier;
    const firing = present.firing.get(network.id) ?? NONE;
    const to = deriveTier(
      present.ladder,
      network.tier,
      firing.map((rule) => rule.rule.effect),
    );
    if (recorded === to) continue;
    if (recorded === undefined) changes.push(startOf(network, present.now));
    const from = recorded ?? network.tier;
    if (from === to) continue;
    const moved = transitions.filter((transition) => transition.network === network.id && touches(transition));
    const cause: Cause = moved.length > 0 ? usual : 'config';
    changes.push(tierChange(network, from, to, cause, moved, firing, present));
  }
  return changes;
}

const NONE: readonly CompiledRule[] = [];

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
  const ways = way === 'down' ? waysUp(network, to, firing, present) : waysDown(network, to, moved, firing, present);
  return {
    kind: 'tier',
    id: `${network.id}-${stamp(present.now)}`,
    at: present.now,
    networks: [network.id],
    network: network.id,
    from,
    to,
    cause,
    drivers: [
      ...speaking.map(({ driver }) => driver),
      ...standing.map((rule) => driverOf(rule, scene, false)).filter(isKnown),
    ],
    says: speaking.length === 0 ? 'The rules or the starting tier were edited' : reasons.join('; '),
    against: argumentsAgainst(way, network.id, present),
    back: ways.map(({ says }) => says),
    ways,
  };
}

/** What is unknown now drives nothing: a rule that fired before its figures went dark is told of, and is no driver. */
function isKnown({ verdict }: Driver): boolean {
  return verdict.truth !== 'unknown';
}

function sentence({ rule, to, driver }: Transition, cause: Cause): string {
  if (cause === 'config') return editedSentence(rule, driver.verdict, to === 'firing');
  return to === 'firing' ? firedSentence(rule, driver.verdict) : endedSentence(rule, driver.verdict);
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
