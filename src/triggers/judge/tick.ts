/** One judgement: rules over evidence at an instant, into events. Pure; a second call at the same instant gives none. */
import type { Cause } from '../../core/change.ts';
import type { Event, RuleState } from '../../core/events.ts';
import type { Evidence } from '../../core/ports.ts';
import type { TierStanding } from '../../core/state.ts';
import type { Instant } from '../../core/time.ts';
import type { Truth } from '../../core/verdict.ts';
import type { Book, Cell } from '../rule/book.ts';
import { evaluate, type Seen } from '../rule/evaluate.ts';
import { noteChanges, tierChanges } from './changes.ts';
import { confirmedBy, followed } from './confirm.ts';
import { driverOf } from './explain.ts';
import { addFiring, type Firing, type Recorded, type Transition } from './present.ts';
import { isOver, watchChanges } from './watches.ts';

/** The recorded standing a judgement starts from; a State will do. */
export type Judged = Recorded & {
  readonly rules: { get(key: string): RuleState | undefined };
  readonly tiers: { get(key: string): TierStanding | undefined };
};

export type Tick = { readonly events: readonly Event[]; readonly transitions: readonly Transition[] };

type Options = {
  /** Told of each evaluation. */
  readonly seen?: Seen | undefined;
  /** Whether each cell's condition holds now, in the book's order, where that is known already. */
  readonly known?: readonly Truth[];
  /** What changes are put down to where a rule's phase explains them: that the world moved, unless told otherwise. */
  readonly usual?: Cause;
};

/** Judges every rule for every network it covers, then derives tiers, watches and notes from what fires. */
export function tick(
  book: Book,
  state: Judged,
  evidence: Evidence,
  now: Instant,
  { seen, known, usual = 'rule' }: Options = {},
): Tick {
  const changed = new Map<string, RuleState>();
  const firing: Firing = new Map();
  const events: Event[] = [];
  const transitions: Transition[] = [];
  const over: Cell[] = [];
  for (let index = 0; index < book.cells.length; index++) {
    const cell = book.cells[index] as Cell;
    const before = state.rules.get(cell.key) ?? cell.rest;
    const after = evaluate(cell, evidence, now, before, seen, known?.[index]);
    if (cell.moves && after.phase === 'firing') addFiring(firing, cell);
    if (isOver(cell, after, state, now)) over.push(cell);
    if (after === before) continue;
    changed.set(cell.key, after);
    events.push({ kind: 'rule', at: now, rule: cell.rule.rule.id, network: cell.network, state: after });
    if (after.phase !== before.phase) transitions.push(transition(cell, before, after, evidence, now));
  }
  const states = { get: (key: string) => changed.get(key) ?? state.rules.get(key) };
  const present = { cells: book.cells, firing, states, evidence, now, ladder: book.ladder };
  const moved = tierChanges(book.board, state, present, transitions, usual).map((change) => ({
    ...change,
    ...followed(confirmedBy(change, present, state)),
  }));
  if (moved.length + transitions.length + over.length === 0) return { events, transitions };
  const changes = [
    ...moved,
    ...watchChanges(transitions, over, moved, present, state, usual),
    ...noteChanges(transitions, now, usual),
  ];
  for (const change of changes) events.push({ kind: 'change', change });
  return { events, transitions };
}

function transition(
  { rule, network }: Cell,
  before: RuleState,
  after: RuleState,
  evidence: Evidence,
  now: Instant,
): Transition {
  const ended = before.phase === 'firing' && after.phase === 'inactive';
  const driver = driverOf(rule, { network, now, evidence }, ended);
  return { rule, network, from: before.phase, to: after.phase, driver };
}
