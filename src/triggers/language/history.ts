/** What a derived series has been: its expression's value at every instant at which something it rests on was sampled. */
import type { Evidence } from '../../core/ports.ts';
import type { Past, Series } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import { endOf, type Inputs, inputsOf } from './inputs.ts';
import { takeRation } from './ration.ts';
import type { History, Value } from './scene.ts';

/**
 * The figures of a derived series over at least `(now - back, now]`, kept as time goes on; an instant at which its value is
 * unknown has none. Each figure depends on samples up to its own instant alone, so the order of questions changes nothing.
 */
export function historyOf(id: (subject: string) => string, value: Value): History {
  const known = new WeakMap<Evidence, Map<string, Made>>();

  /** What only supposes something of other evidence begins with what that has come to. */
  function madeOf(subject: string, evidence: Evidence, back: Duration): Made {
    const bySubject = known.get(evidence) ?? new Map<string, Made>();
    if (bySubject.size === 0) known.set(evidence, bySubject);
    const made = bySubject.get(subject) ?? making(id(subject), subject, evidence, value);
    if (!bySubject.has(subject) && evidence.past !== undefined) {
      const past = madeOf(subject, evidence.past.evidence, back);
      past.reach(evidence.past.until, back);
      made.begin(past.worked(), evidence.past.until);
    }
    bySubject.set(subject, made);
    return made;
  }

  return (subject, evidence, now, back) => {
    const made = madeOf(subject, evidence, back);
    made.reach(now, back);
    return made.series.length === 0 ? undefined : made.series;
  };
}

type Made = {
  readonly series: Series;
  /** Works out what is missing of `(now - back, now]`. */
  reach(now: Instant, back: Duration): void;
  worked(): Worked;
  /** Takes over what was worked out of the same samples elsewhere, if it goes no further than `until`. */
  begin(worked: Worked, until: Instant): void;
};

/** What has been worked out: every instant after `since` up to `until`. */
type Worked = {
  readonly times: readonly Instant[];
  readonly values: readonly number[];
  readonly since: Instant;
  readonly until: Instant;
  readonly makeup: string | undefined;
  readonly joined: Instant;
};

function making(id: string, subject: string, evidence: Evidence, value: Value): Made {
  const inputs = inputsOf(value.series(subject), evidence);
  const times: Instant[] = [];
  const values: number[] = [];
  let revision = 0;
  let since = Number.POSITIVE_INFINITY;
  /** Every instant up to this one has been worked out. */
  let until = Number.NEGATIVE_INFINITY;
  let maxAge: Duration | null = null;
  /** The furthest back that anybody asked for. */
  let furthest: Duration = 0;
  /** Of which members the figures are, where there are groups, and since when. */
  let makeup: string | undefined;
  let joined = Number.NEGATIVE_INFINITY;
  /** Null while nobody asked since the last look at the inputs. */
  let past: { readonly known: Past | undefined } | null = null;

  function startOver(from: Instant): void {
    times.length = values.length = 0;
    revision += 1;
    since = from;
    until = from - 1;
    makeup = undefined;
    joined = Number.NEGATIVE_INFINITY;
    inputs.lookAnew(until);
  }

  /** Old samples were dropped: what was worked out of them is let go once nobody asks for it. */
  function forget(from: Instant): void {
    const gone = countOf(times, from);
    since = Math.max(since, from);
    if (gone === 0) return;
    times.splice(0, gone);
    values.splice(0, gone);
    revision += 1;
  }

  function undoFrom(instant: Instant): void {
    if (instant > until) return;
    until = Math.max(instant, since) - 1;
    const kept = countOf(times, until);
    if (kept < times.length) revision += 1;
    times.length = values.length = kept;
  }

  /** May be broken off at any figure: what comes before it stays. */
  function workOut(now: Instant): void {
    for (const at of inputs.instants(until, now)) {
      // What is only supposed is worked out of other evidence each time, so nothing of it would be there the next time.
      if (evidence.past === undefined) takeRation();
      const scene = { network: subject, now: at, evidence };
      const figure = value.value(scene);
      const members = figure === null ? undefined : value.makeup?.(scene);
      until = at;
      if (figure === null) continue;
      regroup(members, at);
      times.push(at);
      values.push(figure);
    }
    until = Math.max(until, now);
  }

  /** Of other members it is another series: a median must not move because somebody joined. */
  function regroup(members: string | undefined, at: Instant): void {
    if (members === makeup) return;
    if (times.length > 0) revision += 1;
    times.length = values.length = 0;
    makeup = members;
    joined = at;
  }

  return {
    worked: () => ({ times: [...times], values: [...values], since, until, makeup, joined }),
    begin(worked, at) {
      if (worked.until > at) return;
      times.push(...worked.times);
      values.push(...worked.values);
      ({ since, until, makeup, joined } = worked);
      inputs.lookAnew(until);
    },
    series: {
      id,
      get length() {
        return times.length;
      },
      get revision() {
        return revision;
      },
      get step() {
        return maxAge === null ? null : maxAge / 3;
      },
      get past() {
        past ??= { known: pastOf(inputs, times) };
        return past.known;
      },
      time: (index) => times[index] ?? Number.NaN,
      value: (index) => values[index] ?? Number.NaN,
      source: () => 'derived',
    },
    reach(now, back) {
      past = null;
      maxAge = value.maxAge({ network: subject, now, evidence });
      furthest = Math.max(furthest, back);
      const from = now - furthest - (maxAge ?? 0);
      const found = inputs.look();
      const next = inputs.next();
      // What was before the present members were together is not kept.
      const isLost = from < since || now < joined || next <= Math.min(joined, now);
      if (found === 'other' || isLost) startOver(from);
      else if (found === 'moved') forget(from);
      const first = inputs.next();
      if (first > now) return;
      undoFrom(first);
      try {
        workOut(now);
      } finally {
        inputs.seenUpTo(until);
      }
    },
  };
}

/** As long as any input is in a past of its own, so is what is worked out of it; the slowest sets the pace. */
function pastOf(inputs: Inputs, times: readonly Instant[]): Past | undefined {
  let [step, end] = [0, Number.NEGATIVE_INFINITY];
  for (const series of inputs.present()) {
    const { past } = series;
    if (past === undefined) continue;
    step = Math.max(step, past.step);
    end = Math.max(end, endOf(series, past));
  }
  return step === 0 ? undefined : { until: countOf(times, end - 1), step };
}

/** How many of the instants, which are in order, are not after `instant`. */
function countOf(times: readonly Instant[], instant: Instant): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as Instant) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
