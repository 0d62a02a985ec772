/** Whether most of what is polled fails together: then the fault is ours, or everybody's, and no source's own. */
import { HOUR, type Instant } from '../core/time.ts';

/** The last poll of a source. */
export type Look = { readonly at: Instant; readonly failed: boolean };
export type Sight = { readonly blind: boolean; readonly failing: number; readonly polled: number };

/** Polls older than this say nothing of the present. */
const RECENT = HOUR;
/** Fewer fail together by chance. */
const LEAST = 3;

/**
 * Blind where more than half of the recent polls failed. Where too few are recent to tell, nobody becomes blind; who is
 * counts the last poll of every source, so that slow ones can give sight back.
 */
export function sightOf(looks: Iterable<Look>, wasBlind: boolean, now: Instant): Sight {
  const all = [...looks];
  const recent = all.filter(({ at }) => now - at <= RECENT);
  const counted = recent.length < LEAST && wasBlind ? all : recent;
  const failing = counted.filter(({ failed }) => failed).length;
  const enough = wasBlind || counted.length >= LEAST;
  return { blind: enough && failing * 2 > counted.length, failing, polled: counted.length };
}
