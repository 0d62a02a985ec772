/** What a derived series has been: its expression's value at every instant at which something it rests on was sampled. */
import type { Evidence } from '../../core/ports.ts';
import type { Past, Series } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import { countUpTo } from '../window/newest.ts';
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

/** An input as it was last looked at: how many of its samples have been taken into account. */
type Seen = { readonly series: Series; readonly revision: number; count: number };

function making(id: string, subject: string, evidence: Evidence, value: Value): Made {
  const inputs = [...new Set(value.series(subject))];
  const seen = new Map<string, Seen>();
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

  function startOver(from: Instant): void {
    seen.clear();
    times.length = values.length = 0;
    revision += 1;
    since = from;
    until = from - 1;
    makeup = undefined;
    joined = Number.NEGATIVE_INFINITY;
    look();
  }

  function look(): void {
    for (const one of present())
      seen.set(one.id, { series: one, revision: one.revision, count: countUpTo(one, until) });
  }

  function present(): readonly Series[] {
    return inputs.flatMap((input) => evidence.series(input) ?? []);
  }

  /**
   * Whether an input is no longer what it was, other than by samples at its end, or has one from before the present
   * members were together.
   */
  function isRewritten(series: Series, now: Instant): boolean {
    const last = seen.get(series.id);
    if (last !== undefined && (last.series !== series || last.revision !== series.revision)) return true;
    const next = last?.count ?? 0;
    return next < series.length && series.time(next) <= Math.min(joined, now);
  }

  /** Samples that came since: where one is older than what has been worked out, that part is worked out again. */
  function takeIn(series: Series, now: Instant): boolean {
    const last = seen.get(series.id) ?? { series, revision: series.revision, count: 0 };
    if (last.count >= series.length || series.time(last.count) > now) return false;
    if (series.time(last.count) <= until) undoFrom(series.time(last.count));
    seen.set(series.id, { ...last, count: countUpTo(series, now) });
    return true;
  }

  function undoFrom(instant: Instant): void {
    until = instant - 1;
    while (times.length > 0 && (times.at(-1) as Instant) >= instant) {
      times.pop();
      values.pop();
      revision += 1;
    }
  }

  function workOut(now: Instant): void {
    for (const at of instantsOf(present(), until, now)) {
      const scene = { network: subject, now: at, evidence };
      const figure = value.value(scene);
      if (figure === null) continue;
      regroup(value.makeup?.(scene), at);
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
      look();
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
        return pastOf(present(), times);
      },
      time: (index) => times[index] ?? Number.NaN,
      value: (index) => values[index] ?? Number.NaN,
      source: () => 'derived',
    },
    reach(now, back) {
      maxAge = value.maxAge({ network: subject, now, evidence });
      furthest = Math.max(furthest, back);
      const from = now - furthest - (maxAge ?? 0);
      // What was before the present members were together is not kept.
      let [fresh, rewritten] = [false, from < since || now < joined];
      for (const input of inputs) {
        const series = evidence.series(input);
        if (series !== undefined) rewritten ||= isRewritten(series, now);
      }
      if (rewritten) startOver(from);
      for (const input of inputs) {
        const series = evidence.series(input);
        if (series !== undefined && takeIn(series, now)) fresh = true;
      }
      if (fresh) workOut(now);
    },
  };
}

/** As long as any input is in a past of its own, so is what is worked out of it; the slowest sets the pace. */
function pastOf(inputs: readonly Series[], times: readonly Instant[]): Past | undefined {
  let [step, end] = [0, Number.NEGATIVE_INFINITY];
  for (const { past, length, time } of inputs) {
    if (past === undefined) continue;
    step = Math.max(step, past.step);
    end = Math.max(end, past.until < length ? time(past.until) : Number.POSITIVE_INFINITY);
  }
  if (step === 0) return undefined;
  const first = times.findIndex((at) => at >= end);
  return { until: first === -1 ? times.length : first, step };
}

/** The instants in `(after, to]` at which some of the series has a sample, in order, each once. */
function instantsOf(all: readonly Series[], after: Instant, to: Instant): Iterable<Instant> {
  const instants: Instant[] = [];
  for (const series of all)
    for (let index = countUpTo(series, after); index < series.length && series.time(index) <= to; index++)
      instants.push(series.time(index));
  return new Set(instants.sort((a, b) => a - b));
}
