/** How a source is, by what its polls gave. */
import type { SourceHealth } from '../../core/events.ts';
import type { Reading, Source } from '../../core/ports.ts';
import { type Duration, formatDuration, type Instant, toMinute } from '../../core/time.ts';

/** One request of a poll: what it gave, and why nothing where no answer came. */
type Asked = { readonly reading: Reading; readonly failed: string | null };
/** A series that a source gave before and gives no longer: when its newest figure was, and how long that was good. */
export type Missing = { readonly series: string; readonly newest: Instant; readonly maxAge: Duration };
/** What a poll came to: something fresh, though perhaps not of every series, or why nothing. */
export type Outcome =
  | { readonly fresh: true; readonly missing?: readonly Missing[] }
  | { readonly fresh: false; readonly why: string };

/** Polls in a row that went the same way. */
export type Streak = {
  readonly fresh: boolean;
  readonly polls: number;
  /** When the first of them was. */
  readonly since: Instant;
  /** The last success before that one; null where nobody knows. */
  readonly after: Instant | null;
};

/** A source that gave nothing fresh this many times in a row, or for so many times its pace, has gone dark. */
const DARK_AFTER = 3;
/** One good poll among bad ones is no recovery. */
const BACK_AFTER = 2;
/** Series named in a reason; further ones are counted. */
const LISTED = 3;

/**
 * Whether a poll gave a fresh figure, by the figure's own time, or items of a feed, known ones included. A feed that
 * can be read and has no items has answered, too.
 * @param maxAge how long a figure of a series stays good
 * @param missing series of the source that are out of date though it gave them before
 */
export function outcomeOf(
  source: Pick<Source, 'series'>,
  polled: readonly Asked[],
  maxAge: (series: string) => Duration,
  missing: readonly Missing[],
  now: Instant,
): Outcome {
  const samples = polled.flatMap(({ reading }) => reading.samples);
  if (samples.some(({ series, at }) => now - at <= maxAge(series)))
    return missing.length === 0 ? { fresh: true } : { fresh: true, missing };
  if (polled.some(({ reading }) => reading.articles.length > 0)) return { fresh: true };
  if (source.series.length === 0 && polled.some(isReadable)) return { fresh: true };
  const newest = samples.toSorted((a, b) => b.at - a.at)[0];
  if (newest === undefined) return { fresh: false, why: `gave nothing: ${reasonOf(polled)}` };
  const [age, good] = [now - newest.at, maxAge(newest.series)].map(formatDuration);
  return {
    fresh: false,
    why: `gave only old figures: the newest, ${newest.series}, is ${age} old, past the ${good} it stays good`,
  };
}

/** The streak with one more poll. */
export function streakAfter(
  before: Streak | undefined,
  fresh: boolean,
  lastSuccess: Instant | null,
  now: Instant,
): Streak {
  if (before === undefined || before.fresh !== fresh) return { fresh, polls: 1, since: now, after: lastSuccess };
  return { ...before, polls: before.polls + 1 };
}

/**
 * The health after one more poll; the same object where nothing changed. What is dark stays so until two polls in a
 * row give something.
 * @param streak this poll included
 * @param lastSuccess of an earlier poll
 */
export function healthAfter(
  source: Pick<Source, 'every'>,
  before: SourceHealth | undefined,
  outcome: Outcome,
  streak: Streak,
  lastSuccess: Instant | null,
  now: Instant,
): SourceHealth {
  if (before?.state === 'dark' && !(outcome.fresh && streak.polls >= BACK_AFTER)) return before;
  if (outcome.fresh) return healthOf(before, (outcome.missing ?? []).length === 0 ? null : whyOf(outcome), now);
  if (isDark(source, streak, lastSuccess, now)) return { state: 'dark', since: now, why: outcome.why };
  // The first of several reasons stays: most differ by an age or an address, and are no change.
  return before?.state === 'late' && streak.polls > 1 ? before : healthOf(before, outcome.why, now);
}

function healthOf(before: SourceHealth | undefined, why: string | null, now: Instant): SourceHealth {
  const state = why === null ? 'ok' : 'late';
  if (before?.state !== state) return { state, since: now, why };
  return before.why === why ? before : { ...before, why };
}

/**
 * Three polls in a row, or nothing for as long as three take: a process that is restarted often counts no further than
 * what it saw itself and that the poll before failed, too.
 */
function isDark(
  { every }: Pick<Source, 'every'>,
  { polls, since }: Streak,
  lastSuccess: Instant | null,
  now: Instant,
): boolean {
  if (polls >= DARK_AFTER) return true;
  return polls > 1 && now - (lastSuccess ?? since - every) >= DARK_AFTER * every;
}

/** Says when the newest figure was, not how old it is: the words stay true while they are kept. */
function whyOf({ missing = [] }: Extract<Outcome, { readonly fresh: true }>): string {
  const shown = missing.slice(0, LISTED).map(({ series }) => series);
  const more = missing.length - shown.length;
  const newest = Math.max(...missing.map((one) => one.newest));
  return `gives no fresh ${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}; the newest is of ${toMinute(newest)}`;
}

/** The job under which the instant of a source's last success is kept. */
export function successOf({ id }: Pick<Source, 'id'>): string {
  return `ok ${id}`;
}

/** The job that polls a source. */
export function pollOf({ id }: Pick<Source, 'id'>): string {
  return `poll ${id}`;
}

/** An answer of which nothing had to be dropped. */
function isReadable({ failed, reading }: Asked): boolean {
  return failed === null && reading.dropped.length === 0;
}

function reasonOf(polled: readonly Asked[]): string {
  const reasons = polled.flatMap(({ failed, reading }) => [
    ...(failed === null ? [] : [failed]),
    ...reading.dropped.slice(0, 1).map(({ what, reason }) => `${what}: ${reason}`),
  ]);
  return [...new Set(reasons)].slice(0, 3).join('; ') || 'it answered, but with nothing usable';
}
