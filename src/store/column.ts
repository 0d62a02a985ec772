/** One series in memory: typed columns ordered by time, one value an instant. */
import { medianGap, type Past, type Series } from '../core/series.ts';
import type { Duration, Instant } from '../core/time.ts';
import type { Pace } from './pace.ts';

/** Source texts, each kept once; a column holds their numbers. */
export type Sources = {
  numberOf(text: string): number;
  textOf(number: number): string;
  /** Whether it is one that is asked here; rows of others before its first one are a past recorded elsewhere. */
  isLive(number: number): boolean;
};

export type Row = { readonly at: Instant; readonly value: number; readonly source: number };

/** A series that grows. The view given out is live: later samples appear in it, and indices move when one comes late. */
export type Column = Series & {
  /** The value at exactly this instant. */
  at(instant: Instant): number | undefined;
  /** Adds one row if it is the newest; false, and nothing done, where it is not. */
  push(row: Row): boolean;
  /** Adds rows of any order; of two for one instant the later in the list wins, and it replaces what was there. */
  merge(rows: readonly Row[]): void;
  /** Drops rows before this instant. */
  dropBefore(instant: Instant): void;
};

const FIRST_CAPACITY = 16;
const UNCOUNTED = -1;
/** Whoever looks at a series does so long before this many of its samples are corrected one by one. */
const MOST_CHANGES = 64;

/** @param isLive by the text of a source; without it all are */
export function sourceTexts(isLive: (text: string) => boolean = () => true): Sources {
  const live: boolean[] = [];
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  function numberOf(text: string): number {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    // A slice of a file's text would keep the whole text alive; a fresh string does not.
    const fresh = Buffer.from(text).toString();
    numbers.set(fresh, texts.length);
    live.push(isLive(fresh));
    return texts.push(fresh) - 1;
  }
  return { numberOf, textOf: (number) => texts[number] as string, isLive: (number) => live[number] !== false };
}

type View = Omit<Column, 'length' | 'revision'> & {
  length: number;
  revision: number;
  usualStep(): Duration | null;
  pastRows(): Past | undefined;
};

/** The accessors of all columns: V8 reads an object slowly, all of it, that has an accessor of its own. */
const LAZY = {
  get past(): Past | undefined {
    return (this as unknown as View).pastRows();
  },
  get step(): Duration | null {
    return (this as unknown as View).usualStep();
  },
};

/** `configured` is the step its source promises; without one the median gap of what is recorded serves, or raises it. */
export function column(id: string, sources: Sources, configured: Pace | undefined): Column {
  let times = new Float64Array(FIRST_CAPACITY);
  let values = new Float64Array(FIRST_CAPACITY);
  let origins = new Uint32Array(FIRST_CAPACITY);
  let length = 0;
  let revision = 0;
  let median: Duration | null = null;
  let medianOf = UNCOUNTED;
  /** Rows before the first of a live source, and the past they make up, while that is known. */
  let before = 0;
  let past: Past | null | undefined;
  const changes = changeLog();

  function resize(capacity: number): void {
    const [t, v, o] = [new Float64Array(capacity), new Float64Array(capacity), new Uint32Array(capacity)];
    t.set(times.subarray(0, length));
    v.set(values.subarray(0, length));
    o.set(origins.subarray(0, length));
    [times, values, origins] = [t, v, o];
  }

  function reserve(needed: number): void {
    if (needed > times.length) resize(Math.max(needed, Math.ceil(times.length * 1.5)));
  }

  function put(index: number, row: Row): void {
    times[index] = row.at;
    values[index] = row.value;
    origins[index] = row.source;
  }

  function check(index: number): number {
    if (index >= 0 && index < length) return index;
    throw new RangeError(`${id} has ${length} samples; there is no index ${index}`);
  }

  /** The first index whose time is not before the instant. */
  function lowerBound(instant: Instant): number {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((times[middle] as number) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function at(instant: Instant): number | undefined {
    const index = lowerBound(instant);
    return index < length && times[index] === instant ? values[index] : undefined;
  }

  function push(row: Row): boolean {
    if (length > 0 && row.at <= (times[length - 1] as number)) return false;
    reserve(length + 1);
    put(length, row);
    if (before === length && !sources.isLive(row.source)) {
      before += 1;
      past = undefined;
    }
    length += 1;
    tell();
    return true;
  }

  function countPast(): void {
    past = undefined;
    before = 0;
    while (before < length && !sources.isLive(origins[before] as number)) before += 1;
  }

  /** Of a single row the pace is not known. */
  function pastRows(): Past | undefined {
    if (before < 2) return undefined;
    if (past === undefined) {
      const step = medianGap(times.subarray(0, before));
      past = step === null ? null : { until: before, step };
    }
    return past ?? undefined;
  }

  function merge(rows: readonly Row[]): void {
    const added = newestOf(rows);
    const late = added.filter((row) => length > 0 && row.at <= (times[length - 1] as number));
    const inserted = late.filter((row) => at(row.at) === undefined).length;
    const changed = late.find(rewrites);
    if (changed !== undefined) {
      revision += 1;
      changes.add(revision, changed.at);
    }
    if (inserted > 0) medianOf = UNCOUNTED;
    const total = length + added.length - late.length + inserted;
    reserve(total);
    let [from, next] = [length - 1, added.length - 1];
    for (let to = total - 1; next >= 0; to--) {
      const row = added[next] as Row;
      const time = from >= 0 ? (times[from] as number) : Number.NEGATIVE_INFINITY;
      if (row.at >= time) {
        put(to, row);
        next -= 1;
        if (row.at === time) from -= 1;
        continue;
      }
      put(to, { at: time, value: values[from] as number, source: origins[from] as number });
      from -= 1;
    }
    length = total;
    countPast();
    tell();
  }

  /** Whether a row for an instant that is not after all others changes anything. */
  function rewrites(row: Row): boolean {
    const index = lowerBound(row.at);
    return times[index] !== row.at || values[index] !== row.value || origins[index] !== row.source;
  }

  function dropBefore(instant: Instant): void {
    const first = lowerBound(instant);
    if (first === 0) return;
    times = times.slice(first, length);
    values = values.slice(first, length);
    origins = origins.slice(first, length);
    length -= first;
    revision += 1;
    medianOf = UNCOUNTED;
    countPast();
    tell();
  }

  function usualStep(): Duration | null {
    if (typeof configured === 'number') return configured;
    const counted = countedOf(length);
    if (counted !== medianOf) {
      median = medianGap(times.subarray(0, counted));
      medianOf = counted;
    }
    return configured === undefined ? median : Math.max(configured.atLeast, median ?? 0);
  }

  function tell(): void {
    view.length = length;
    view.revision = revision;
  }

  const view: View = Object.assign(Object.create(LAZY), {
    id,
    length,
    revision,
    time: (index: number) => times[check(index)] as number,
    value: (index: number) => values[check(index)] as number,
    source: (index: number) => sources.textOf(origins[check(index)] as number),
    changedSince: changes.since,
    at,
    push,
    merge,
    dropBefore,
    usualStep,
    pastRows,
  });
  return view;
}

/** Since which revision a series is another from which instant on. */
function changeLog(): { add(revision: number, from: Instant): void; since(revision: number): Instant } {
  /** By revision and by instant: an older change counts only where it reaches further back than later ones. */
  const kept: { readonly revision: number; readonly from: Instant }[] = [];
  let forgotten = 0;

  function add(revision: number, from: Instant): void {
    while (kept.length > 0 && (kept.at(-1)?.from as Instant) >= from) kept.pop();
    kept.push({ revision, from });
    if (kept.length > MOST_CHANGES) forgotten = kept.shift()?.revision ?? forgotten;
  }

  function since(revision: number): Instant {
    if (revision < forgotten) return Number.NEGATIVE_INFINITY;
    return kept.find((change) => change.revision > revision)?.from ?? Number.POSITIVE_INFINITY;
  }

  return { add, since };
}

/**
 * How many of so many samples tell the usual step. Sorting all gaps at each read would cost more than it tells: a median
 * moves little while a series grows an eighth. The number depends on the length alone, not on when somebody looked.
 */
function countedOf(length: number): number {
  const growth = Math.max(0, 28 - Math.clz32(length));
  return (length >>> growth) << growth;
}

/** The rows by time, only the last of each instant. */
function newestOf(rows: readonly Row[]): readonly Row[] {
  const sorted = rows.toSorted((a, b) => a.at - b.at);
  return sorted.filter((row, index) => row.at !== sorted[index + 1]?.at);
}
