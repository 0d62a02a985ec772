/** Sorts the figures of one reading into those that go on as their series does and those that leap. */
import type { Sample, Series } from '../../core/series.ts';
import type { Instant } from '../../core/time.ts';
import type { Gauge, Jump } from './jump.ts';

/**
 * `ahead`: newer than every sound figure. `correction`: another value is recorded for its instant. `between`: sound figures
 * lie before and after it.
 */
export type Leap = {
  readonly sample: Sample;
  readonly jump: Jump;
  readonly kind: 'ahead' | 'correction' | 'between';
};

type Sorted = {
  readonly passing: readonly Sample[];
  readonly leaps: readonly Leap[];
  /** A few figures out of line between sound ones: what is recorded around them refutes them, after a restart too. */
  readonly spikes: readonly Leap[];
};

/** More of them are no slip: a stretch of time that the source means, or a body that broke. */
export const MOST_LEAPS = 3;

export type Reading = {
  /** By time, one an instant. */
  readonly samples: readonly Sample[];
  /** What is recorded of the series. */
  readonly series: Series | undefined;
  /** The newest figure the source is known for. */
  readonly passed: Sample | null;
  /** What is newer lies ahead. */
  readonly edge: Instant;
  readonly gauge: Gauge;
  /** Passes without being measured. */
  readonly isVouched: (sample: Sample, ahead: boolean) => boolean;
};

/** Measures every sample that is new or differs from what is recorded at its instant. Takes one pass over both. */
export function sortOut(reading: Reading): Sorted {
  const found = backward(reading, forward(reading));
  const spikes = spikesAmong(found);
  return {
    passing: reading.samples.filter((_, index) => found[index] === null),
    leaps: found.filter((leap): leap is Leap => leap !== null && !spikes.has(leap)),
    spikes: [...spikes],
  };
}

/** Each against the sound figure before it, and a past one against what is recorded at its instant, or after it. */
function forward({ samples, series, passed, edge, gauge, isVouched }: Reading): readonly (Leap | null)[] {
  const length = series?.length ?? 0;
  const recorded = (at: number): Figure | null =>
    series === undefined || at < 0 || at >= length ? null : { at: series.time(at), value: series.value(at) };
  let index = 0;
  let last: Sample | null = null;
  return samples.map((sample): Leap | null => {
    while (series !== undefined && index < length && series.time(index) < sample.at) index++;
    const next = recorded(index);
    const isAt = next?.at === sample.at;
    const ahead = sample.at > edge;
    if ((isAt && next.value === sample.value) || isVouched(sample, ahead)) {
      last = sample;
      return null;
    }
    const before = recorded(index - 1);
    const earlier: Figure | null = last === null || (before !== null && before.at > last.at) ? before : last;
    const around = isAt && !ahead ? [next] : [earlier, next, ahead ? passed : null];
    const jump = gauge(
      sample.value,
      around.flatMap((figure) => figure?.value ?? []),
    );
    if (jump !== null) return { sample, jump, kind: ahead ? 'ahead' : isAt ? 'correction' : 'between' };
    last = sample;
    return null;
  });
}

type Figure = { readonly at: Instant; readonly value: number };

/** What leaps from the figure before it may still lead to the one after it; where it does not, it lies between them. */
function backward({ samples, gauge }: Reading, found: readonly (Leap | null)[]): readonly (Leap | null)[] {
  const sorted = [...found];
  let after: Sample | null = null;
  for (let index = found.length - 1; index >= 0; index--) {
    const leap = found[index] as Leap | null;
    if (leap?.kind === 'correction' || (leap !== null && after === null)) continue;
    if (leap === null || gauge(leap.sample.value, [(after as Sample).value]) === null) {
      sorted[index] = null;
      after = samples[index] as Sample;
    } else sorted[index] = { ...leap, kind: 'between' };
  }
  return sorted;
}

function spikesAmong(found: readonly (Leap | null)[]): ReadonlySet<Leap> {
  const spikes = new Set<Leap>();
  let run: Leap[] = [];
  for (const leap of [...found, null]) {
    if (leap?.kind === 'between') {
      run.push(leap);
      continue;
    }
    if (run.length <= MOST_LEAPS) for (const one of run) spikes.add(one);
    run = [];
  }
  return spikes;
}
