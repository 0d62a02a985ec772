/** How events of older schema versions are read today: one pure step a version, oldest first. */

/** Turns the events of one commit from version n into version n + 1. */
export type Migration = (events: readonly unknown[]) => readonly unknown[];

/** Entry 0 turns version 1 into version 2. Append only: journals of every age are read through it. */
export const MIGRATIONS: readonly Migration[] = [];

/** The version written today: one more than there are steps. */
export function schemaOf(migrations: readonly Migration[]): number {
  return migrations.length + 1;
}

/** The events of one commit, brought from version `from` to today's. */
export function migrate(
  events: readonly unknown[],
  from: number,
  migrations: readonly Migration[],
): readonly unknown[] {
  return migrations.slice(from - 1).reduce((older, step) => step(older), events);
}
