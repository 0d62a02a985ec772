/** Daily graphs of Akash's console API: what they tell of complete UTC days. */
import { z } from 'zod';
import type { Dropped, Reading } from '../../../core/ports.ts';
import { DAY, type Instant, toDay } from '../../../core/time.ts';
import { readPiece, without } from '../../figures.ts';
import { IsoInstant, oddInstant } from '../../instant.ts';
import { Alive, type Endpoint, endpointOf } from './console.ts';

export type Graph = {
  /** Below /v1: `/graph-data/gpuUtilization`. */
  readonly path: string;
  readonly series: string;
  /** `level`: the figure stood so at the end of its day. `flow`: it is what a count that only grows gained that day. */
  readonly kind: 'level' | 'flow';
  /** How many of the graph's units make one of the metric's. */
  readonly units: number;
};

/** Days given at most, the newest. */
const KEPT = 800 * DAY;
/** Half a century of days: a longer list is no daily graph. */
const MOST_SNAPSHOTS = 20_000;

const Snapshots = z.object({ snapshots: z.array(z.unknown()) });
const Dated = z.object({ date: IsoInstant });
/** A level of 0 is what the API makes of a day without data; a flow may be 0, and is negative where its count fell. */
const FIGURES = { level: z.object({ value: Alive }), flow: z.object({ value: z.number() }) };

/** Says why something was not used. */
type Note = (reason: string) => void;
/** A complete day; null where its figure cannot be used, which has been said. */
type Day = { readonly start: Instant; readonly value: number | null };
type Figure = { readonly start: Instant; readonly value: number };

/** A graph as an endpoint of `source`: a sample a complete UTC day, at its end, for the newest 800 days at most. */
export function graphEndpoint(graph: Graph, source: string): Endpoint {
  return endpointOf(graph.path, [graph.series], (body, now) => readGraph(body, graph, source, now));
}

function readGraph(body: unknown, { series, kind, units }: Graph, source: string, now: Instant): Reading {
  const read = readPiece(Snapshots, body);
  if (!read.ok) return without(series, read.reason);
  const { snapshots } = read.value;
  if (snapshots.length > MOST_SNAPSHOTS) return without(series, `has more than ${MOST_SNAPSHOTS} snapshots`);
  const dropped: Dropped[] = [];
  const note: Note = (reason) => dropped.push({ what: series, reason });
  const days = completeDays(snapshots, kind, now, note);
  const figures = kind === 'level' ? days.filter(isUsable) : gains(days, note);
  if (figures.length === 0) note(isAllZeros(days) ? ALL_ZEROS : 'the graph has no figure of a complete day');
  const samples = figures.map(({ start, value }) => ({ series, at: start + DAY, value: value / units, source }));
  return { samples, articles: [], dropped };
}

function isUsable(day: Day): day is Figure {
  return day.value !== null;
}

/** One answer does not tell a count that never began from one that could not be read on any day. */
const ALL_ZEROS = 'every complete day is 0, which this API also answers where it failed';

function isAllZeros(days: readonly Day[]): boolean {
  return days.length > 0 && days.every(({ value }) => value === 0);
}

/**
 * In order of time, each day once. Not among them is the newest day of the graph: it is the running one, and just after
 * midnight a cached answer still holds what was the running one.
 */
function completeDays(snapshots: readonly unknown[], kind: Graph['kind'], now: Instant, note: Note): readonly Day[] {
  const dated = datesOf(snapshots, now, note);
  if (dated.length === 0) return [];
  let newest = Number.NEGATIVE_INFINITY;
  for (const { date } of dated) newest = Math.max(newest, dayOf(date));
  if (newest + DAY <= now)
    note(`${toDay(newest)} is the newest day there, and may not have been over when it was counted`);
  const days = new Map<Instant, number | null>();
  for (const { date, snapshot, where } of dated) {
    // The running day is dated by its newest block, all others by midnight.
    if (dayOf(date) === newest || date + DAY > now || date < newest - KEPT) continue;
    if (date !== dayOf(date)) {
      note(`${where}.date: expected the start of a UTC day`);
      continue;
    }
    const figure = readPiece(FIGURES[kind], snapshot);
    if (!figure.ok) note(`${where}.${figure.reason}`);
    const value = figure.ok ? figure.value.value : null;
    const before = days.get(date);
    if (typeof before === 'number' && value !== null && before !== value)
      note(`${toDay(date)} is there twice, with different figures`);
    days.set(date, before === undefined || before === value ? value : null);
  }
  const ordered = [...days].map(([start, value]): Day => ({ start, value })).sort((a, b) => a.start - b.start);
  noteGaps([...ordered.map(({ start }) => start), newest], note);
  return ordered;
}

type Snapshot = { readonly date: Instant; readonly snapshot: unknown; readonly where: string };

function datesOf(snapshots: readonly unknown[], now: Instant, note: Note): readonly Snapshot[] {
  const dated: Snapshot[] = [];
  for (const [index, snapshot] of snapshots.entries()) {
    const where = `snapshots.${index}`;
    const read = readPiece(Dated, snapshot);
    const odd = read.ok ? oddInstant(read.value.date, now) : null;
    if (!read.ok) note(`${where}.${read.reason}`);
    else if (odd !== null) note(`${where} ${odd}`);
    else dated.push({ date: read.value.date, snapshot, where });
  }
  return dated;
}

function dayOf(at: Instant): Instant {
  return Math.floor(at / DAY) * DAY;
}

function noteGaps(starts: readonly Instant[], note: Note): void {
  for (const [index, start] of starts.entries()) {
    const before = starts[index - 1];
    if (before === undefined || start - before <= DAY) continue;
    note(`has nothing between ${toDay(before)} and ${toDay(start)}`);
  }
}

/** A count that stands at less than this share of what it has been has fallen to nothing, rounding apart. */
const NOTHING = 1e-9;

/**
 * The days whose figure is what they gained. A graph begins with all that was ever counted in place of the first day's
 * gain, which is left out. Where the API could not read the count it takes it for 0: that day's figure is negative, the
 * days until it can are 0, and the next is the whole count over again.
 */
function gains(days: readonly Day[], note: Note): readonly Figure[] {
  const figures: Figure[] = [];
  let [count, highest] = [0, 0];
  let before: Instant | null = null;
  for (const { start, value } of days) {
    if (value === null) continue;
    const day = toDay(start);
    if (value < 0) note(`${day} has a figure below 0: the count behind it fell`);
    else if (highest > 0 && before !== start - DAY)
      note(`the day before ${day} has no figure, so that its own may be of several days`);
    else if (highest > 0 && !(count > highest * NOTHING)) note(`the count behind ${day} had fallen to nothing`);
    else if (highest > 0) figures.push({ start, value });
    count += value;
    highest = Math.max(highest, count);
    before = value < 0 ? null : start;
  }
  return figures;
}
