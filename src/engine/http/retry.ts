/** When to try again: which failures pass by themselves, after how long, and what Retry-After asks for. */
import { type Duration, type Instant, SECOND } from '../../core/time.ts';

const LONGEST_BACKOFF = 10 * SECOND;

/** Statuses that may pass by themselves: 408, 425, 429 and 5xx. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/**
 * Full jitter: anything between nothing and a bound that doubles with each attempt, at most 10 s.
 * `attempt` counts from 1, `random` is in [0, 1). See aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter.
 */
export function backoff(attempt: number, base: Duration, random: number): Duration {
  return Math.round(random * Math.min(LONGEST_BACKOFF, base * 2 ** (attempt - 1)));
}

const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Reads Retry-After, seconds or an HTTP date (RFC 9110 section 10.2.3); null where it is neither. Never negative. */
export function parseRetryAfter(header: string | null, now: Instant): Duration | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const date = parseHttpDate(text);
  return date === null ? null : Math.max(0, date - now);
}

/** Reads an HTTP date (RFC 9110 section 5.6.7, the one form that servers may still send); null where it is none. */
export function parseHttpDate(text: string | null): Instant | null {
  const date = HTTP_DATE.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
  return Number.isNaN(date) ? null : date;
}
