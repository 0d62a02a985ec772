/** Instants as other people's bodies write them. */
import { z } from 'zod';
import { type Instant, MINUTE, parseInstant } from '../core/time.ts';

/** How far a provider's clock may be ahead of ours. */
const AHEAD = 5 * MINUTE;

/** Nothing watched here is older; earlier instants are zeros and empty dates of various languages. */
const EARLIEST = Date.UTC(2000, 0, 1);
/** As seconds the year 5138, as milliseconds 1973: numbers below are seconds. */
const MILLISECONDS_FROM = 1e11;

/** Why an instant cannot be when a figure held; null where it can. */
export function oddInstant(at: Instant, now: Instant): string | null {
  if (!(at >= EARLIEST)) return 'is dated before 2000: an empty date, not an instant';
  return at > now + AHEAD ? 'is dated more than 5 minutes in the future' : null;
}

/** ISO-8601 with a zone, as an instant. */
export const IsoInstant = z.string().transform((text, context): Instant => {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  context.addIssue('expected an ISO-8601 instant with a zone');
  return z.NEVER;
});

/** Reads ISO-8601 text with a zone (a bare date is midnight UTC), or unix seconds or milliseconds. */
export function readInstant(value: unknown): Instant | undefined {
  if (typeof value === 'string') return parseInstant(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Math.round(Math.abs(value) < MILLISECONDS_FROM ? value * 1000 : value);
}
