/** What a process keeps between judgements, and what is left of it after a restart: nothing that JSON cannot hold. */
import type { Event } from '../../../src/core/events.ts';
import { apply, type State, TABLE_NAMES } from '../../../src/core/state.ts';
import { emptyState, withEntries } from '../../../src/store/tables.ts';

/** Recorded rule states, tiers, watches and changes. */
export type Kept = State;

export const nothing: Kept = emptyState();

/** What is kept after these events too. */
export function keep(kept: Kept, events: readonly Event[]): Kept {
  return events.reduce(apply, kept);
}

/** Written to JSON and read back. */
export function restarted(kept: Kept): Kept {
  const written = JSON.stringify(TABLE_NAMES.map((name) => [name, [...kept[name].entries()]]));
  const tables: [keyof State, [string, unknown][]][] = JSON.parse(written);
  return tables.reduce((state, [name, entries]) => withEntries(state, name, entries), nothing);
}
