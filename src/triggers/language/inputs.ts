/** The recorded series behind a derived one: which of their samples have been taken into account, and what changed since. */
import type { Evidence } from '../../core/ports.ts';
import type { Past, Series } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import { countUpTo } from '../window/newest.ts';

export type Inputs = {
  /** Those that have samples. */
  present(): readonly Series[];
  /**
   * Takes note of what was rewritten. `other`: figures worked out before no longer hold; `moved`: they do up to the next
   * sample not taken into account, and the indices are others.
   */
  look(): 'same' | 'moved' | 'other';
  /** When the first sample was taken that has not been taken into account; infinite where there is none. */
  next(): Instant;
  /** What was taken at or before `until` has been taken into account. */
  seenUpTo(until: Instant): void;
  /** As `seenUpTo`, after all was forgotten. */
  lookAnew(until: Instant): void;
  /** The instants in `(after, to]` at which some input has a sample, in order, each once. */
  instants(after: Instant, to: Instant): Iterable<Instant>;
};

/**
 * An input as it was when the first figure was worked out of it, but for its revision, how many of its samples were taken
 * into account, and when the last of these was taken.
 */
type Seen = {
  readonly series: Series;
  readonly step: Duration | null;
  readonly past: Past | undefined;
  readonly end: Instant;
  revision: number;
  count: number;
  last: Instant;
};

export function inputsOf(ids: readonly string[], evidence: Evidence): Inputs {
  const all = [...new Set(ids)];
  const seen = new Map<string, Seen>();

  function present(): readonly Series[] {
    return all.flatMap((id) => evidence.series(id) ?? []);
  }

  function look(): 'same' | 'moved' | 'other' {
    let found: 'same' | 'moved' = 'same';
    for (const id of all) {
      const series = evidence.series(id);
      const known = seen.get(id);
      if (series === undefined) continue;
      if (known === undefined) seen.set(id, seenOf(series, Number.NEGATIVE_INFINITY));
      else if (known.series !== series) return 'other';
      else if (known.revision !== series.revision) {
        const from = changeOf(known, series);
        if (from === Number.NEGATIVE_INFINITY) return 'other';
        advance(known, Math.min(known.last, from - 1));
        known.revision = series.revision;
        found = 'moved';
      }
    }
    return found;
  }

  function next(): Instant {
    let first = Number.POSITIVE_INFINITY;
    for (const { series, count } of seen.values())
      if (count < series.length) first = Math.min(first, series.time(count));
    return first;
  }

  function seenUpTo(until: Instant): void {
    for (const known of seen.values()) advance(known, until);
  }

  function lookAnew(until: Instant): void {
    seen.clear();
    for (const series of present()) seen.set(series.id, seenOf(series, until));
  }

  function* instants(after: Instant, to: Instant): Iterable<Instant> {
    const heads = present().map((series) => ({ series, index: countUpTo(series, after) }));
    let at = after;
    while (true) {
      let first = Number.POSITIVE_INFINITY;
      for (const head of heads) {
        while (head.index < head.series.length && head.series.time(head.index) <= at) head.index += 1;
        if (head.index < head.series.length) first = Math.min(first, head.series.time(head.index));
      }
      if (!(first <= to)) return;
      at = first;
      yield at;
    }
  }

  return { present, look, next, seenUpTo, lookAnew, instants };
}

function seenOf(series: Series, until: Instant): Seen {
  const { past, step, revision } = series;
  const end = past === undefined ? Number.NEGATIVE_INFINITY : endOf(series, past);
  const seen = { series, step, past, end, revision, count: 0, last: Number.NEGATIVE_INFINITY };
  advance(seen, until);
  return seen;
}

/** What was taken at or before `until` has been taken into account, and nothing else. */
function advance(seen: Seen, until: Instant): void {
  seen.count = countUpTo(seen.series, until);
  seen.last = seen.count === 0 ? Number.NEGATIVE_INFINITY : seen.series.time(seen.count - 1);
}

/** From which instant on figures have to be worked out again. Where samples now stay good for longer or less, all have to. */
function changeOf(known: Seen, series: Series): Instant {
  const now = seenOf(series, Number.NEGATIVE_INFINITY);
  const isSame = now.step === known.step && now.past?.step === known.past?.step && now.end === known.end;
  return isSame ? (series.changedSince?.(known.revision) ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY;
}

/** When a past recorded elsewhere ends: with the first sample that is not part of it. */
export function endOf(series: Series, past: Past): Instant {
  return past.until < series.length ? series.time(past.until) : Number.POSITIVE_INFINITY;
}
