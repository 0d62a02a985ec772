/** What one poll of a source came to: a row for each of its series, or one for a feed. */
import type { Catalogue } from '../../core/metric.ts';
import type { Dropped, Source } from '../../core/ports.ts';
import { type Sample, splitSeries } from '../../core/series.ts';
import { type Duration, formatDuration, type Instant } from '../../core/time.ts';
import type { Polled } from '../../engine/ask.ts';
import { GPU_IDS } from '../../sources/gpus.ts';
import { sane } from '../../sources/sane.ts';

type Verdict = 'ok' | 'stale' | 'out_of_range' | 'dropped' | 'failed' | 'disabled';

/** A series with its newest figure, or why there is none. `series` is null where the reason is about something else. */
export type SeriesRow = {
  readonly source: string;
  readonly series: string | null;
  readonly value: number | null;
  readonly unit: string | null;
  readonly at: Instant | null;
  readonly verdict: Verdict;
  /** Null where the verdict is ok. */
  readonly reason: string | null;
  /** How many older figures of the series came along. */
  readonly older: number;
};

export type FeedRow = {
  readonly source: string;
  readonly feed: string;
  readonly items: number;
  readonly dropped: number;
  readonly verdict: Verdict;
  readonly reason: string | null;
};

export type Row = SeriesRow | FeedRow;

/** The rows of one source or feed. */
export type Group = { readonly source: string; readonly rows: readonly Row[] };

export type Judging = {
  readonly catalogue: Catalogue;
  readonly now: Instant;
  /** Up to which age a figure of the series counts as fresh. */
  readonly maxAge: (series: string) => Duration;
};

/** Whether a poll gave anything that could be recorded, old or new. */
export function isUsable(rows: readonly Row[]): boolean {
  return rows.some((row) => ('feed' in row ? row.items > 0 : row.verdict === 'ok' || row.verdict === 'stale'));
}

export function disabledRow(source: string, isFeed: boolean, why: string): Row {
  if (isFeed) return { source, feed: source, items: 0, dropped: 0, verdict: 'disabled', reason: why };
  return { source, series: null, ...NO_FIGURE, verdict: 'disabled', reason: why };
}

export function feedRow(source: Source, polled: readonly Polled[]): FeedRow {
  const items = polled.flatMap(({ reading }) => reading.articles).length;
  const dropped = polled.flatMap(({ reading }) => reading.dropped);
  const row = { source: source.id, feed: source.id, items, dropped: dropped.length };
  if (items > 0) return { ...row, verdict: 'ok', reason: null };
  const failed = polled.flatMap((one) => one.failed ?? [])[0];
  if (failed !== undefined) return { ...row, verdict: 'failed', reason: failed };
  const [first] = dropped;
  return { ...row, verdict: 'dropped', reason: first === undefined ? 'holds no item' : said(first) };
}

/** What a series that the answer simply does not mention is told to be. */
export const NOT_IN_ANSWER = 'not in the answer';

const NO_FIGURE = { value: null, unit: null, at: null, older: 0 } as const;

/**
 * A row for each series, in the source's order, then one for each row of the answer that was dropped and is none of them.
 * @param polled with everything the source read, impossible figures included
 */
export function seriesRows(source: Source, polled: readonly Polled[], judging: Judging): readonly SeriesRow[] {
  const samples = polled.flatMap(({ reading }) => reading.samples);
  const given = grouped(samples, ({ series }) => series);
  const dropped = polled.flatMap(({ reading }) => reading.dropped);
  const failed = polled.flatMap((one) => one.failed ?? []);
  const ids = [...new Set([...source.series.map(({ id }) => id), ...given.keys()])];
  const missing = ids.filter((id) => !given.has(id));
  const rows = ids.flatMap((id): readonly SeriesRow[] => {
    const figures = given.get(id);
    return figures === undefined
      ? [missingRow(source.id, id, dropped, failed)]
      : givenRows(source.id, figures, judging);
  });
  const others = dropped.filter((drop) => !missing.some((id) => isMeant(drop, id)));
  const more = failed.length > 0 && missing.length === 0 ? failed : [];
  return [
    ...rows,
    ...counted(others, said).map(({ one, text }) => ({
      source: source.id,
      series: ids.includes(one.what) ? one.what : null,
      ...NO_FIGURE,
      verdict: verdictOf(one),
      reason: ids.includes(one.what) ? text.slice(one.what.length + 2) : text,
    })),
    ...more.map((reason): SeriesRow => ({ source: source.id, series: null, ...NO_FIGURE, verdict: 'failed', reason })),
  ];
}

function missingRow(source: string, id: string, dropped: readonly Dropped[], failed: readonly string[]): SeriesRow {
  const drop = dropped.find(({ what }) => what === id) ?? dropped.find((one) => isMeant(one, id));
  const row = { source, series: id, ...NO_FIGURE };
  if (drop !== undefined) return { ...row, verdict: verdictOf(drop), reason: drop.reason };
  if (failed.length > 0) return { ...row, verdict: 'failed', reason: [...new Set(failed)].join('; ') };
  return { ...row, verdict: 'dropped', reason: NOT_IN_ANSWER };
}

/** The newest figure, and where older ones cannot be true a row for each reason. */
function givenRows(source: string, samples: readonly Sample[], judging: Judging): readonly SeriesRow[] {
  const [newest, ...older] = samples.toSorted((a, b) => b.at - a.at);
  if (newest === undefined) return [];
  const impossible = older.flatMap((sample) => judge(sample, judging) ?? []);
  return [
    { ...figureRow(source, newest, judging), older: older.length },
    ...counted(impossible, ({ reason }) => `of the older figures: ${reason}`).map(({ one, text }) => ({
      source,
      series: newest.series,
      ...NO_FIGURE,
      verdict: verdictOf(one),
      reason: text,
    })),
  ];
}

function figureRow(source: string, { series, value, at }: Sample, judging: Judging): Omit<SeriesRow, 'older'> {
  const unit = judging.catalogue.get(splitSeries(series)?.metric ?? '')?.unit ?? null;
  const row = { source, series, value: Number.isFinite(value) ? value : null, unit, at };
  const drop = judge({ series, value, at, source }, judging);
  if (drop !== undefined) return { ...row, verdict: verdictOf(drop), reason: drop.reason };
  const maxAge = judging.maxAge(series);
  if (judging.now - at <= maxAge) return { ...row, verdict: 'ok', reason: null };
  return { ...row, verdict: 'stale', reason: `past the ${formatDuration(maxAge)} that it stays good` };
}

function judge(sample: Sample, { catalogue, now }: Judging): Dropped | undefined {
  return sane({ samples: [sample], articles: [], dropped: [] }, catalogue, now).dropped[0];
}

function verdictOf(drop: Dropped): Verdict {
  return drop.outOfRange === true ? 'out_of_range' : 'dropped';
}

function said({ what, reason }: Dropped): string {
  return `${what}: ${reason}`;
}

/** Each text once, with how often it came. */
function counted(
  dropped: readonly Dropped[],
  textOf: (one: Dropped) => string,
): readonly { readonly one: Dropped; readonly text: string }[] {
  return [...grouped(dropped, textOf)].flatMap(([text, [one, ...more]]) =>
    one === undefined ? [] : [{ one, text: more.length === 0 ? text : `${text} (${more.length + 1} times)` }],
  );
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** `akash.<gpu>_price` means each GPU's; another placeholder any one name. */
function isMeant({ what }: Dropped, series: string): boolean {
  if (what === series) return true;
  if (!what.includes('<')) return false;
  const pattern = what
    .split(/(<[a-z]+>)/)
    .map((part) =>
      part === '<gpu>' ? `(${GPU_IDS.join('|')})` : /^<.*>$/.test(part) ? '[a-z][a-z0-9_]*' : escaped(part),
    )
    .join('');
  return new RegExp(`^${pattern}$`).test(series);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
