/** The state's tables as persistent maps. */
import { OrderedMap, Map as Persistent } from 'immutable';
import { type State, TABLE_NAMES, type Table, type Tables } from '../core/state.ts';

/** Tables whose entries keep the order they came in, across restarts too. The others have no order. */
const ORDERED: ReadonlySet<keyof Tables> = new Set(['changes', 'owed', 'notices']);

function emptyTable<V>(name: keyof Tables): Table<V> {
  return ORDERED.has(name) ? OrderedMap<string, V>() : Persistent<string, V>();
}

/** The state before the first event. */
export function emptyState(): State {
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, emptyTable(name)])) as unknown as State;
}

/** The state with entries added to one table, as read from a snapshot. */
export function withEntries(state: State, name: keyof Tables, entries: readonly (readonly [string, unknown])[]): State {
  let table: Table<unknown> = state[name];
  for (const [key, value] of entries) table = table.set(key, value);
  return { ...state, [name]: table };
}
