/** When a dispute between the sources of a series begins and ends. */
import type { Dispute, DisputeTurn } from '../../core/events.ts';
import { formatDuration, type Instant } from '../../core/time.ts';
import type { Comparison, Giver } from './agreement.ts';

type Turned = {
  /** Why nothing of the series is recorded; null where something may be. */
  readonly disputed: string | null;
  readonly turn: DisputeTurn | null;
};

/**
 * A dispute ends where a comparison says so, where the figures have come to speak of different moments (a price list that
 * is renewed monthly is no witness of today's price), or where fewer than two sources are left to give the series. Sources
 * not heard since a restart leave it as it is.
 */
export function turnOf(
  series: string,
  before: Dispute | undefined,
  compared: Comparison,
  givers: readonly Giver[],
  isGone: (giver: Giver) => boolean,
  now: Instant,
): Turned {
  if (compared.kind === 'differ') {
    const turn = { series, dispute: { since: now, says: compared.says }, says: compared.says };
    return { disputed: compared.says, turn: before === undefined ? turn : null };
  }
  if (before === undefined) return { disputed: null, turn: null };
  if (compared.kind !== 'none') return { disputed: null, turn: { series, dispute: null, says: compared.says } };
  const gone = givers.filter(isGone);
  if (givers.length - gone.length > 1) return { disputed: before.says, turn: null };
  return { disputed: null, turn: { series, dispute: null, says: silenceOf(gone) } };
}

function silenceOf(gone: readonly Giver[]): string {
  return gone.map(({ id, maxAge }) => `${id} has given nothing fresh for ${formatDuration(maxAge)}`).join('; ');
}
