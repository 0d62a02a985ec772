/** Watches: set when a rule fires, lifted when it ends or its time is up, and told by the change that they turn into. */
import type { Cause, Driver, TierChange, WatchChange } from '../../core/change.ts';
import type { RuleState } from '../../core/events.ts';
import type { Effect } from '../../core/rule.ts';
import type { Instant } from '../../core/time.ts';
import type { Cell } from '../rule/book.ts';
import { confirmedBy, followed, isAwaited } from './confirm.ts';
import { confirmedSentence, driverOf, endedSentence, firedSentence, lapsedSentence } from './explain.ts';
import { type Present, type Recorded, type Transition, watchId, watchKey } from './present.ts';

/**
 * Whether the rule fires on, but its watch has stood as long as it may.
 * @param set when the watch that stands was set: while a fact was awaited the rule may have ended and begun anew.
 */
export function hasLapsed({ expires }: Effect, state: RuleState | undefined, now: Instant, set = now): boolean {
  return expires !== undefined && state?.phase === 'firing' && now - Math.min(state.since, set) >= expires;
}

/** Whether the rule's watch stands, and the rule does not fire any more, or has for as long as the watch may stand. */
export function isOver(
  { rule, network }: Cell,
  state: RuleState,
  { watches }: Pick<Recorded, 'watches'>,
  now: Instant,
): boolean {
  const { effect, id } = rule.rule;
  if (effect.watch === undefined) return false;
  const watch = watches.get(watchKey(network, id));
  return watch !== undefined && (state.phase !== 'firing' || hasLapsed(effect, state, now, watch.since));
}

/**
 * Watches set or lifted, one a rule and network. One that a change confirms is lifted with it, whatever its own rule
 * does; one that a fact may soon confirm stands until that is known.
 * @param over the rules whose watch stands and is over.
 * @param moved the tiers that change at the same instant.
 */
export function watchChanges(
  transitions: readonly Transition[],
  over: readonly Cell[],
  moved: readonly TierChange[],
  present: Present,
  recorded: Recorded,
  cause: Cause,
): readonly WatchChange[] {
  const set = transitions
    .flatMap((transition) => setBy(transition, recorded, present.now, cause))
    .map((change) => withTeller(change, tellerOf(change, moved)));
  const confirmed = confirmations([...moved, ...set], present, recorded);
  const lifted = over
    .filter((cell) => cell.moves || !isAwaited(cell, present))
    .map((cell) => lift(cell, present, cause))
    .map((change) => withTeller(change, confirmed.get(keyOf(change))?.by ?? tellerOf(change, moved)));
  const keys = new Set(lifted.map(keyOf));
  const endings = [...confirmed.values()]
    .filter(({ cell }) => !cell.moves && !keys.has(watchKey(cell.network, cell.rule.rule.id)))
    .map(({ cell, by }) => withTeller(liftedWatch(cell, present, cause, confirmedSentence(cell.rule)), by));
  const begun = set.map((change) =>
    change.told === undefined ? { ...change, ...followed(confirmedBy(change, present, recorded)) } : change,
  );
  return [...[...begun, ...lifted].sort(byRule), ...endings];
}

/** In the order of a book. */
function byRule({ drivers: [a], id: one }: WatchChange, { drivers: [b], id: other }: WatchChange): number {
  const [first, second] = [a?.rule ?? '', b?.rule ?? ''];
  if (first !== second) return first < second ? -1 : 1;
  return one < other ? -1 : 1;
}

/** A rule that fires anew while a fact was awaited finds its watch standing. */
function setBy(
  { rule, network, to, driver }: Transition,
  { watches }: Recorded,
  at: Instant,
  cause: Cause,
): readonly WatchChange[] {
  const direction = rule.rule.effect.watch;
  if (direction === undefined || to !== 'firing') return [];
  if (watches.get(watchKey(network, rule.rule.id))?.direction === direction) return [];
  const says = firedSentence(rule, driver.verdict);
  return [watchChange({ network, at, cause, driver, direction, on: true, says })];
}

/** A watch lifted because its rule has ended, or because its time is up. */
function lift(cell: Cell, present: Present, cause: Cause): WatchChange {
  if (present.states.get(cell.key)?.phase === 'firing') return lapse(cell, present, cause);
  const { rule, network } = cell;
  const { evidence, now } = present;
  const driver = driverOf(rule, { network, now, evidence }, true);
  const direction = rule.rule.effect.watch ?? 'negative';
  const says = endedSentence(rule, driver.verdict);
  return watchChange({ network, at: now, cause, driver, direction, on: false, says });
}

/** A watch lifted because its time is up. */
export function lapse(cell: Cell, at: Pick<Present, 'now' | 'evidence'>, cause: Cause): WatchChange {
  return liftedWatch(cell, at, cause, lapsedSentence(cell.rule));
}

/** A watch lifted whose rule may fire on. */
function liftedWatch(
  { rule, network }: Cell,
  { now, evidence }: Pick<Present, 'now' | 'evidence'>,
  cause: Cause,
  says: string,
): WatchChange {
  const driver = driverOf(rule, { network, now, evidence }, false);
  const direction = rule.rule.effect.watch ?? 'negative';
  return watchChange({ network, at: now, cause, driver, direction, on: false, says });
}

/** The change of the tier that the watch's own rule drives. */
function tellerOf({ networks: [network], drivers }: WatchChange, moved: readonly TierChange[]): string | undefined {
  const rules = new Set(drivers.map(({ rule }) => rule));
  return moved.find((one) => one.network === network && one.drivers.some(({ rule }) => rules.has(rule)))?.id;
}

type Confirmation = { readonly cell: Cell; readonly by: string };

/** By the key of a watch: the first change that confirms it. */
function confirmations(
  changes: readonly (TierChange | WatchChange)[],
  present: Present,
  recorded: Recorded,
): ReadonlyMap<string, Confirmation> {
  const tellers = new Map<string, Confirmation>();
  for (const change of changes)
    for (const { cell } of confirmedBy(change, present, recorded)) {
      const key = watchKey(cell.network, cell.rule.rule.id);
      if (!tellers.has(key)) tellers.set(key, { cell, by: change.id });
    }
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
