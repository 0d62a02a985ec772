/** How a source is, by what its polls gave. */
import type { SourceHealth } from '../core/events.ts';
import type { Reading, Source } from '../core/ports.ts';
import { type Duration, formatDuration, type Instant } from '../core/time.ts';

/** One request of a poll: what it gave, and why nothing where no answer came. */
type Asked = { readonly reading: Reading; readonly failed: string | null };
/** What a poll came to: something fresh, or why not. */
export type Outcome = { readonly fresh: true } | { readonly fresh: false; readonly why: string };

/** A source that gave nothing fresh this many times in a row has gone dark. */
export const DARK_AFTER = 3;

/**
 * Whether a poll gave a fresh figure, by the figure's own time, or items of a feed, known ones included.
 * @param maxAge how long a figure of a series stays good
 */
export function outcomeOf(polled: readonly Asked[], maxAge: (series: string) => Duration, now: Instant): Outcome {
  const samples = polled.flatMap(({ reading }) => reading.samples);
  if (polled.some(({ reading }) => reading.articles.length > 0)) return { fresh: true };
  if (samples.some(({ series, at }) => now - at <= maxAge(series))) return { fresh: true };
  const newest = samples.toSorted((a, b) => b.at - a.at)[0];
  if (newest === undefined) return { fresh: false, why: `gave nothing: ${reasonOf(polled)}` };
  const [age, good] = [now - newest.at, maxAge(newest.series)].map(formatDuration);
  return {
    fresh: false,
    why: `gave only old figures: the newest, ${newest.series}, is ${age} old, past the ${good} it stays good`,
  };
}

/**
 * The health after one more poll; the same object where nothing changed. What is dark stays so until it gives something.
 * @param failures polls in a row that gave nothing fresh, this one included
 */
export function healthAfter(
  before: SourceHealth | undefined,
  outcome: Outcome,
  failures: number,
  now: Instant,
): SourceHealth {
  const isDark = failures >= DARK_AFTER || before?.state === 'dark';
  const state = outcome.fresh ? 'ok' : isDark ? 'dark' : 'late';
  if (before?.state === state) return before;
  return { state, since: now, why: outcome.fresh ? null : outcome.why };
}

/** The job under which the instant of a source's last success is kept. */
export function successOf({ id }: Pick<Source, 'id'>): string {
  return `ok ${id}`;
}

/** The job that polls a source. */
export function pollOf({ id }: Pick<Source, 'id'>): string {
  return `poll ${id}`;
}

function reasonOf(polled: readonly Asked[]): string {
  const reasons = polled.flatMap(({ failed, reading }) => [
    ...(failed === null ? [] : [failed]),
    ...reading.dropped.slice(0, 1).map(({ what, reason }) => `${what}: ${reason}`),
  ]);
  return [...new Set(reasons)].slice(0, 3).join('; ') || 'it answered, but with nothing usable';
}
