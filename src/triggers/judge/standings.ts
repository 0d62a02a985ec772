/** Where every rule stands for a network right now: what `tier` and `why` show. */
import type { RuleState } from '../../core/events.ts';
import { directionOf, type Network } from '../../core/ladder.ts';
import type { Outlook } from '../../core/outlook.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Effect } from '../../core/rule.ts';
import type { Standing } from '../../core/standing.ts';
import type { State } from '../../core/state.ts';
import type { Instant } from '../../core/time.ts';
import { distanceOf } from '../outlook/distance.ts';
import { outlookOf, type Scenery } from '../outlook/outlook.ts';
import type { Book, Cell } from '../rule/book.ts';
import { deriveTier } from '../rule/tiers.ts';
import { argumentAgainst } from './against.ts';

/** The rules of one network, by their ids. */
export function standings(
  book: Book,
  network: string,
  state: Pick<State, 'rules'>,
  evidence: Evidence,
  now: Instant,
): readonly Standing[] {
  const cells = book.cells.filter((cell) => cell.network === network);
  const place = placeOf(book, network, cells, state.rules);
  const scenery = { states: state.rules, evidence, now, ladder: book.ladder };
  return cells.map((cell) => standing(cell, place, scenery));
}

function standing(cell: Cell, place: Place, scenery: Scenery): Standing {
  const { rule, network } = cell;
  const { evidence, now, states } = scenery;
  const scene = { network, now, evidence };
  const recorded = states.get(cell.key);
  const firing = recorded?.phase === 'firing';
  const verdict = rule.when.explain(scene);
  const clear = firing && rule.clear !== null ? rule.clear.explain(scene) : null;
  const moves = tierWith(cell, place);
  const outlook = once(() => outlookOf(firing ? 'end' : 'fire', [cell], moves, scenery));
  return {
    rule: rule.rule.id,
    version: rule.version,
    title: rule.title,
    because: rule.rule.because ?? null,
    effect: rule.rule.effect,
    network,
    state: recorded,
    verdict,
    clear,
    distance: distanceOf(rule, recorded, verdict, clear, now),
    against: argumentAgainst(place.way, cell, scenery),
    moves,
    get outlook(): Outlook {
      return outlook();
    },
    get next(): string {
      return outlook().says;
    },
  };
}

function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | undefined;
  return () => {
    done ??= { result: work() };
    return done.result;
  };
}

/** A network's tier as it is, and how it would be with other rules firing. */
type Place = {
  readonly tier: string;
  /** Which way the firing rules have moved it from its base. */
  readonly way: 'up' | 'down' | 'sideways';
  readonly firing: readonly Cell[];
  derive(firing: readonly Cell[]): string;
};

function placeOf(
  { networks, ladder }: Book,
  id: string,
  cells: readonly Cell[],
  states: { get(key: string): RuleState | undefined },
): Place {
  const base = networks.find((network: Network) => network.id === id)?.tier ?? '';
  const firing = cells.filter((cell) => states.get(cell.key)?.phase === 'firing');
  const derive = (list: readonly Cell[]): string => deriveTier(ladder, base, list.map(effectOf));
  const tier = derive(firing);
  return { tier, way: directionOf(ladder, base, tier), firing, derive };
}

function effectOf({ rule }: Cell): Effect {
  return rule.rule.effect;
}

/** The tier if this rule fired, or, where it does, if it ended; null where that changes nothing. */
function tierWith(cell: Cell, { tier, firing, derive }: Place): string | null {
  const rest = firing.filter((one) => one !== cell);
  const other = derive(rest.length < firing.length ? rest : [...firing, cell]);
  return other === tier ? null : other;
}
