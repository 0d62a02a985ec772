/** Whether most sources of figures fail together: then the fault is ours, or everybody's, and no source's own. */
import { type Duration, HOUR, type Instant } from '../../core/time.ts';

/** The last poll of a source that gives series, and how often it is polled. News feeds move no figure: they do not count. */
export type Look = { readonly at: Instant; readonly failed: boolean; readonly every: Duration };
export type Sight = { readonly blind: boolean; readonly failing: number; readonly polled: number };

/** Fewer fail together by chance. */
const LEAST = 3;

/**
 * Blind where more than half of the recent polls failed. Where too few are recent to tell, nobody becomes blind; who is
 * counts older failures too, so that one answer does not give sight back. What succeeded before it all began says
 * nothing of the time since.
 * @param blind since when we are; null where we see
 * @param since when the source that has just been polled began to fail
 */
export function sightOf(looks: Iterable<Look>, blind: Instant | null, since: Instant, now: Instant): Sight {
  const telling = [...looks].filter(({ at, failed }) => (blind === null ? at >= since : failed || at >= blind));
  const recent = telling.filter((look) => isRecent(look, now));
  const counted = recent.length < LEAST && blind !== null ? telling : recent;
  const failing = counted.filter(({ failed }) => failed).length;
  const enough = blind !== null || counted.length >= LEAST;
  return { blind: enough && failing * 2 > counted.length, failing, polled: counted.length };
}

/** Its next poll is not long overdue. */
function isRecent({ at, every }: Look, now: Instant): boolean {
  return now - at <= Math.max(HOUR, 1.5 * every);
}
