/** What a start finds changed in the configuration: sources disabled, enabled again or gone, and disputes without parties. */
import type { DisputeTurn, Event } from '../../core/events.ts';
import type { Source } from '../../core/ports.ts';
import type { State } from '../../core/state.ts';
import type { Instant } from '../../core/time.ts';

/** A source that is not asked, and why. */
export type Disabled = { readonly id: string; readonly why: string };

/** Health to be recorded: of what is disabled, and none for what is asked again or no longer configured. */
export function configured(
  known: State['sources'],
  sources: readonly Source[],
  disabled: readonly Disabled[],
  now: Instant,
): readonly Event[] {
  const asked = new Set(sources.map(({ id }) => id));
  const off = new Map(disabled.map(({ id, why }) => [id, why]));
  const changed = [...off].flatMap(([source, why]): readonly Event[] => {
    const before = known.get(source);
    if (before?.state === 'disabled' && before.why === why) return [];
    return [{ kind: 'source', source, health: { state: 'disabled', since: now, why } }];
  });
  const gone = [...known.entries()].flatMap(([source, { state }]): readonly Event[] =>
    off.has(source) || (asked.has(source) && state !== 'disabled') ? [] : [{ kind: 'source', source, health: null }],
  );
  return [...changed, ...gone];
}

/** Disputes of series that fewer than two sources give by now. */
export function settled(disputes: State['disputes'], sources: readonly Source[]): readonly DisputeTurn[] {
  const givers = new Map<string, number>();
  for (const { id } of sources.flatMap(({ series }) => series)) givers.set(id, (givers.get(id) ?? 0) + 1);
  return [...disputes.entries()]
    .filter(([series]) => (givers.get(series) ?? 0) < 2)
    .map(([series]) => ({ series, dispute: null, says: 'Fewer than two sources are asked for it' }));
}
