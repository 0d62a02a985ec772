/** Watches: set when a rule fires, lifted when it ends or its time is up, and told by the change that they turn into. */
import type { Cause, Driver, TierChange, WatchChange } from '../../core/change.ts';
import type { RuleState } from '../../core/events.ts';
import type { Effect } from '../../core/rule.ts';
import type { Instant } from '../../core/time.ts';
import type { Cell } from '../rule/book.ts';
import { confirmedBy, followed } from './confirm.ts';
import { driverOf, endedSentence, firedSentence, lapsedSentence } from './explain.ts';
import { type Present, type Recorded, type Transition, watchId, watchKey } from './present.ts';

/** Whether the rule fires on, but its watch has stood as long as it may. */
export function hasLapsed({ expires }: Effect, state: RuleState | undefined, now: Instant): boolean {
  return expires !== undefined && state?.phase === 'firing' && now - state.since >= expires;
}

/**
 * Watches set or lifted, one a rule and network.
 * @param lapsed the rules that fire on and whose watch is over.
 * @param moved the tiers that change at the same instant.
 */
export function watchChanges(
  transitions: readonly Transition[],
  lapsed: readonly Cell[],
  moved: readonly TierChange[],
  present: Present,
  recorded: Recorded,
  cause: Cause,
): readonly WatchChange[] {
  const turns = transitions.flatMap((transition) => turn(transition, recorded, present.now, cause));
  const lapses = lapsed
    .filter((cell) => isStanding(cell.network, cell.rule.rule.id, recorded))
    .map((cell) => lapse(cell, present, cause));
  const told = [...turns, ...lapses].map((change) => withTeller(change, tellerOf(change, moved)));
  const tellers = confirmations([...moved, ...told], present, recorded);
  return told.map((change) =>
    change.on
      ? { ...change, ...(change.told === undefined ? followed(confirmedBy(change, present, recorded)) : {}) }
      : withTeller(change, tellers.get(keyOf(change)) ?? change.told),
  );
}

function turn(
  { rule, network, from, to, driver }: Transition,
  recorded: Recorded,
  at: Instant,
  cause: Cause,
): readonly WatchChange[] {
  const direction = rule.rule.effect.watch;
  const on = to === 'firing';
  if (direction === undefined || (from !== 'firing' && !on)) return [];
  // What has lapsed was lifted then.
  if (!on && !isStanding(network, rule.rule.id, recorded)) return [];
  const says = on ? firedSentence(rule, driver.verdict) : endedSentence(rule, driver.verdict);
  return [watchChange({ network, at, cause, driver, direction, on, says })];
}

/** A watch lifted because its time is up. */
export function lapse(
  { rule, network }: Cell,
  { now, evidence }: Pick<Present, 'now' | 'evidence'>,
  cause: Cause,
): WatchChange {
  const driver = driverOf(rule, { network, now, evidence }, false);
  const direction = rule.rule.effect.watch ?? 'negative';
  return watchChange({ network, at: now, cause, driver, direction, on: false, says: lapsedSentence(rule) });
}

function isStanding(network: string, rule: string, { watches }: Recorded): boolean {
  return watches.get(watchKey(network, rule)) !== undefined;
}

/** The change of the tier that the watch's own rule drives. */
function tellerOf({ networks: [network], drivers }: WatchChange, moved: readonly TierChange[]): string | undefined {
  const rules = new Set(drivers.map(({ rule }) => rule));
  return moved.find((one) => one.network === network && one.drivers.some(({ rule }) => rules.has(rule)))?.id;
}

/** By the key of a watch: the first change that confirms it. */
function confirmations(
  changes: readonly (TierChange | WatchChange)[],
  present: Present,
  recorded: Recorded,
): ReadonlyMap<string, string> {
  const tellers = new Map<string, string>();
  for (const change of changes)
    for (const { key } of confirmedBy(change, present, recorded)) if (!tellers.has(key)) tellers.set(key, change.id);
  return tellers;
}

function withTeller(change: WatchChange, told: string | undefined): WatchChange {
  return told === undefined ? change : { ...change, told };
}

function keyOf({ networks: [network = ''], drivers: [driver] }: WatchChange): string {
  return watchKey(network, driver?.rule ?? '');
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
}): WatchChange {
  const { network, at, cause, driver, direction, on, says } = of;
  const id = watchId(network, driver.rule, at);
  return { kind: 'watch', id, at, networks: [network], cause, drivers: [driver], direction, on, says };
}
