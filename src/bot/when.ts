/** Instants and ages as people read them in messages. */
import { formatDuration, type Instant, toMinute } from '../core/time.ts';

/** `2026-11-20 08:00 UTC`, followed by the same in another zone where one is set. */
export function formatAt(at: Instant, timezone = 'UTC'): string {
  if (timezone === 'UTC') return toMinute(at);
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' });
  return `${toMinute(at)} (${local.format(at)} ${timezone})`;
}

/** `3h old`; an instant ahead of `now` is new. */
export function ageAt(at: Instant, now: Instant): string {
  return now - at < 1000 ? 'just now' : `${formatDuration(now - at)} old`;
}
