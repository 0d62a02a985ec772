/** Which watches a change confirms, or may soon: what was rumoured or announced, and is reported as a fact now. */
import type { Driver, Followed, TierChange, WatchChange } from '../../core/change.ts';
import { directionOf } from '../../core/ladder.ts';
import type { Effect } from '../../core/rule.ts';
import { newsTypes, readsClaims } from '../rule/asks.ts';
import type { Cell } from '../rule/book.ts';
import { pull } from '../rule/tiers.ts';
import { type Present, type Recorded, watchId, watchKey } from './present.ts';

/** A watch that stands, as the change that set it told it. */
type Confirmed = Followed & { readonly cell: Cell };

type Direction = WatchChange['direction'] | undefined;

/**
 * The standing watches that a change turns into a fact, the oldest first: those that point its way, set by another rule
 * that counts news of a type which a rule that drives the change counts too. A rule that counts claims confirms nothing.
 */
export function confirmedBy(
  change: TierChange | WatchChange,
  present: Present,
  recorded: Recorded,
): readonly Confirmed[] {
  const [network = ''] = change.networks;
  const way = wayOf(change, present);
  const cells = present.cells.filter((cell) => cell.network === network);
  const drives = ({ rule }: Cell): boolean => change.drivers.some((driver) => isFact(driver, rule.rule.id));
  const types = new Set(
    cells.filter((cell) => drives(cell) && !readsClaims(cell.rule)).flatMap(({ rule }) => [...newsTypes(rule)]),
  );
  if (way === undefined || types.size === 0) return [];
  return cells
    .filter((cell) => !drives(cell) && [...newsTypes(cell.rule)].some((type) => types.has(type)))
    .flatMap((cell) => standingWatch(cell, way, recorded))
    .sort((a, b) => a.at - b.at || (a.change < b.change ? -1 : 1));
}

/**
 * Whether a rule that counts facts waits, for its `for`, to confirm the cell's watch: until it fires or rests, the watch
 * is neither confirmed nor over.
 */
export function isAwaited(cell: Cell, { cells, states }: Pick<Present, 'cells' | 'states'>): boolean {
  const types = newsTypes(cell.rule);
  return cells.some(
    (fact) =>
      fact.network === cell.network &&
      fact !== cell &&
      states.get(fact.key)?.phase === 'pending' &&
      pointsLike(fact.rule.rule.effect, cell.rule.rule.effect.watch) &&
      !readsClaims(fact.rule) &&
      [...newsTypes(fact.rule)].some((type) => types.has(type)),
  );
}

/** Whether a rule's effect, once it fires, points the way of a watch. */
function pointsLike(effect: Effect, direction: Direction): boolean {
  if (direction === undefined) return false;
  return effect.watch === direction || pull(effect) === (direction === 'positive' ? 'up' : 'down');
}

/** Of watches confirmed, what the change says of them: that it follows the oldest. */
export function followed([first]: readonly Confirmed[]): { readonly follows?: Followed } {
  if (first === undefined) return {};
  const { change, at, says } = first;
  return { follows: { change, at, says } };
}

/** An edit of the rules confirms nothing. */
function wayOf(change: TierChange | WatchChange, { ladder }: Present): Direction {
  if (change.cause === 'config') return undefined;
  if (change.kind === 'watch') return change.on ? change.direction : undefined;
  const way = directionOf(ladder, change.from, change.to);
  return way === 'sideways' ? undefined : way === 'up' ? 'positive' : 'negative';
}

function isFact(driver: Driver, rule: string): boolean {
  return driver.rule === rule && !driver.ended;
}

/** The watch of a rule that points the way, where it stands and the change that set it is known. */
function standingWatch(
  cell: Cell,
  way: WatchChange['direction'],
  { watches, changes }: Recorded,
): readonly Confirmed[] {
  const { network, rule } = cell;
  const watch = watches.get(watchKey(network, rule.rule.id));
  if (watch === undefined || watch.direction !== way) return [];
  const change = watchId(network, rule.rule.id, watch.since);
  const set = changes.get(change);
  return set?.kind === 'watch' ? [{ cell, change, at: watch.since, says: set.says }] : [];
}
