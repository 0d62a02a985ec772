/** Takes over an edited configuration: what the edit itself changed is told as `config`, never as if the world had moved. */
import type { Change, Driver } from '../../core/change.ts';
import type { Event, RuleState } from '../../core/events.ts';
import type { Evidence } from '../../core/ports.ts';
import type { State } from '../../core/state.ts';
import type { Instant } from '../../core/time.ts';
import type { Book, Cell } from '../rule/book.ts';
import { noteChanges, tierChanges } from './changes.ts';
import { driverOf, editedSentence } from './explain.ts';
import { addFiring, type Firing, type Transition, watchKey } from './present.ts';
import { hasLapsed, lapse, watchChange } from './watches.ts';

/** A rule for a network with the state that it would have if it had always been in force. */
export type Rehearsed = { readonly cell: Cell; readonly state: RuleState };

/**
 * What has to be rehearsed before the rules may be judged: new rules, edited ones, new networks of a rule. Their
 * recorded state belongs to another version of the rule, or there is none.
 */
export function staleStates(book: Book, state: Pick<State, 'rules'>): readonly Cell[] {
  return book.cells.filter(({ key, rule }) => state.rules.get(key)?.version !== rule.version);
}

/**
 * The events that bring the recorded state in line with the book: rehearsed states for what is stale, removal of
 * what is gone, and the tier changes that follow.
 */
export function adopt(
  book: Book,
  state: Pick<State, 'rules' | 'tiers' | 'watches'>,
  rehearsed: readonly Rehearsed[],
  evidence: Evidence,
  now: Instant,
): readonly Event[] {
  const events: Event[] = [];
  const states = new Map<string, RuleState>();
  const transitions: Transition[] = [];
  const known = new Set(book.cells.map(({ key }) => key));
  for (const [key, before] of state.rules.entries()) {
    if (known.has(key)) states.set(key, before);
    else {
      const [rule, network] = splitKey(key);
      events.push({ kind: 'rule', at: now, rule, network, state: null });
    }
  }
  for (const { cell, state: after } of rehearsed) {
    const { rule, network, key } = cell;
    const before = state.rules.get(key) ?? cell.rest;
    states.set(key, after);
    events.push({ kind: 'rule', at: now, rule: rule.rule.id, network, state: after });
    if (before.phase === after.phase) continue;
    const ended = before.phase === 'firing' && after.phase === 'inactive';
    const driver = { ...driverOf(rule, { network, now, evidence }, false), ended };
    transitions.push({ rule, network, from: before.phase, to: after.phase, driver });
  }
  const firing: Firing = new Map();
  for (const cell of book.cells) if (cell.moves && states.get(cell.key)?.phase === 'firing') addFiring(firing, cell);
  const present = { cells: book.cells, firing, states, evidence, now, ladder: book.ladder };
  const changes = [
    ...tierChanges(book.board, state, present, transitions, 'config'),
    ...watchEdits(book, state.watches, states, new Set(rehearsed.map(({ cell }) => cell.key)), evidence, now),
    ...noteChanges(transitions, now, 'config'),
  ];
  return [...events, ...changes.map((change): Event => ({ kind: 'change', change }))];
}

/** Watches that no rule in force keeps, or whose time is up, are lifted; those that an edited rule already gives are set. */
function watchEdits(
  book: Book,
  watches: State['watches'],
  states: ReadonlyMap<string, RuleState>,
  edited: ReadonlySet<string>,
  evidence: Evidence,
  now: Instant,
): readonly Change[] {
  const changes: Change[] = [];
  const kept = new Set<string>();
  for (const cell of book.cells) {
    const { rule, network } = cell;
    const direction = rule.rule.effect.watch;
    const state = states.get(cell.key);
    const key = watchKey(network, rule.rule.id);
    // What stands by the rule as it was, or was confirmed or had expired, is the judgement's.
    if (!edited.has(cell.key)) kept.add(key);
    if (direction === undefined || state?.phase !== 'firing' || !edited.has(cell.key)) continue;
    kept.add(key);
    const standing = watches.get(key);
    if (hasLapsed(rule.rule.effect, state, now)) {
      if (standing !== undefined) changes.push(lapse(cell, { now, evidence }, 'config'));
      continue;
    }
    if (standing?.direction === direction) continue;
    const driver = driverOf(rule, { network, now, evidence }, false);
    const says = editedSentence(rule, driver.verdict, true);
    changes.push(watchChange({ network, at: now, cause: 'config', driver, direction, on: true, says }));
  }
  for (const [key, { network, rule, direction }] of watches.entries())
    if (!kept.has(key)) {
      const driver = gone(rule, direction);
      changes.push(watchChange({ network, at: now, cause: 'config', driver, direction, on: false, says: GONE }));
    }
  return changes;
}

const GONE = 'The rule that set it was removed or edited';

/** Stands for a rule that is no longer in force. */
function gone(rule: string, watch: 'negative' | 'positive'): Driver {
  const verdict = { truth: 'unknown', expression: '', says: GONE, readings: [], children: [] } as const;
  return { rule, version: 'removed', title: rule, because: null, effect: { watch }, ended: true, verdict };
}

function splitKey(key: string): readonly [string, string] {
  const at = key.lastIndexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}
