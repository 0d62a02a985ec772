/** What a rule saw, in lines: its verdict, its figures with window, source and age, and the reports it counted or left out. */
import type { Block, Line, Span } from '../core/message.ts';
import { formatDuration, type Instant, toDay } from '../core/time.ts';
import { formatValue } from '../core/units.ts';
import {
  type NewsReading,
  type Reading,
  type Report,
  readingsOf,
  type SeriesReading,
  type Verdict,
} from '../core/verdict.ts';
import { safeUrl } from './address.ts';
import { clip } from './plain.ts';
import { ageAt } from './when.ts';

/** A rule with what it saw: a change's driver, or a rule's standing. */
type Judged = {
  readonly title: string;
  readonly because: string | null;
  /** A driver that ceased to fire. */
  readonly ended?: boolean;
  readonly verdict: Verdict;
};

/** Where readers find out more about a source: its home page, by source id. Sources not in it are named without a link. */
export type Pages = ReadonlyMap<string, string>;

const SENTENCE = 300;
const TITLE = 160;
const OUTLET = 60;
/** Inputs named in one line. */
const INPUTS = 6;

/** The rule's title, its condition with the numbers, and why it matters. */
export function ruleLine(rule: Judged): Line {
  const ended = rule.ended === true;
  const because = rule.because === null || ended ? [] : [` ${clip(rule.because, SENTENCE)}`];
  const lead = ended ? 'Ended: ' : '';
  return [lead, { bold: clip(rule.title, TITLE) }, `: ${sentence(clip(rule.verdict.says, SENTENCE))}`, ...because];
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text.trimEnd()) ? text.trimEnd() : `${text.trimEnd()}.`;
}

/** Every figure of a tree once: expression, value, window with coverage, source, age at `now`, or what it is worked out of. */
export function figureLines(verdicts: readonly Verdict[], now: Instant, pages: Pages): readonly Line[] {
  return once(seriesOf(verdicts), (reading) => `${reading.expression}|${reading.source}`).map((reading) =>
    figureLine(reading, now, pages),
  );
}

function figureLine(reading: SeriesReading, now: Instant, pages: Pages): Line {
  const { value, unit, window } = reading;
  const parts = [
    value === null ? `unknown, ${reading.missing ?? 'no figure'}` : formatValue(value, unit),
    ...(window === null ? [] : [windowText(window)]),
    ...(reading.newest === null ? [] : [ageAt(reading.newest, now)]),
    ...(isWorkedOut(reading) ? [`worked out of ${inputNames(reading)}`] : []),
  ];
  return [{ code: clip(reading.expression, SENTENCE) }, `: ${parts.join(' · ')}`, ...sourceSpans(reading, pages)];
}

function windowText({ from, to, coverage }: NonNullable<SeriesReading['window']>): string {
  return `${formatDuration(to - from)} to ${toDay(to)}, ${formatValue(coverage, 'ratio')} covered`;
}

/** A derived series or a group: its inputs stand in lines of their own. */
function isWorkedOut({ inputs }: SeriesReading): boolean {
  return inputs !== undefined && inputs.length > 0;
}

function inputNames({ inputs }: SeriesReading): string {
  const names = [...new Set((inputs ?? []).map(({ series }) => series))];
  return names.length > INPUTS
    ? `${names.slice(0, INPUTS).join(', ')} and ${names.length - INPUTS} more`
    : names.join(', ');
}

/** Where the figures come from, each series of each source once, with its age at `now`. */
export function sourceLines(verdicts: readonly Verdict[], now: Instant, pages: Pages): readonly Line[] {
  const sampled = seriesOf(verdicts).filter((reading) => !isWorkedOut(reading));
  return once(sampled, (reading) => `${reading.series}|${reading.source}`).map((reading): Line => {
    if (reading.newest === null) return `${reading.series}: ${reading.missing ?? 'no sample'}`;
    return [reading.series, ...sourceSpans(reading, pages), `, ${ageAt(reading.newest, now)}`];
  });
}

function sourceSpans({ source }: SeriesReading, pages: Pages): readonly Span[] {
  if (source === null) return [];
  // What a source told of the past is said to be its history.
  const page = pages.get(source.replace(/ history$/, ''));
  if (page !== undefined) return [' · ', { link: source, url: page }];
  const url = safeUrl(source);
  return url === undefined ? [` · ${clip(source, OUTLET)}`] : [' · ', { link: new URL(url).host, url }];
}

/** How many reports are told one by one, and when the blocks are dropped. */
type Room = {
  readonly drop: number;
  /** The newest of those counted; all where absent. */
  readonly counted?: number;
  readonly leftOut: number;
};

/** The reports: those counted, who had the story first where that is none of them, and those left out, each with the reason. */
export function reportBlocks(verdicts: readonly Verdict[], now: Instant, room: Room): readonly Block[] {
  const found = newsOf(verdicts);
  const counted = [...countedLines(found, now, room), ...originLines(found)];
  const left = leftOutLines(found, room);
  const title = { title: 'Reports' };
  const block = (items: readonly Line[], titled: boolean): readonly Block[] =>
    items.length === 0 ? [] : [{ kind: 'list', ...(titled ? title : {}), items, drop: room.drop }];
  return [...block(counted, true), ...block(left, counted.length === 0)];
}

/** Outlet, title with its address, date and age, and the words that convinced. */
function countedLines(found: readonly NewsReading[], now: Instant, { counted = Number.MAX_SAFE_INTEGER }: Room) {
  const all = countedIn(found);
  const lines = all.slice(-counted).map((report): Line => {
    const words = report.because.map((word) => `“${clip(word, OUTLET)}”`).slice(0, 3);
    return [
      `${clip(report.outlet, OUTLET)}: `,
      titleOf(report),
      `, ${toDay(report.at)}, ${ageAt(report.at, now)}`,
      ...(words.length === 0 ? [] : [` (${words.join(', ')})`]),
    ];
  });
  return [...(all.length > counted ? [`${all.length - counted} earlier ones`] : []), ...lines];
}

function originLines(found: readonly NewsReading[]): readonly Line[] {
  const counted = new Set(countedIn(found).map(keyOf));
  const origins = found.flatMap(({ origin }) => (origin === undefined || counted.has(keyOf(origin)) ? [] : [origin]));
  return once(origins, keyOf).map((origin) => [
    `First: ${clip(origin.outlet, OUTLET)}, ${toDay(origin.at)}: `,
    titleOf(origin),
  ]);
}

/** What one of the rules' conditions counts is left out by none. */
function leftOutLines(found: readonly NewsReading[], { leftOut: most }: Room): readonly Line[] {
  const counted = new Set(countedIn(found).map(keyOf));
  const all = once(
    found.flatMap(({ leftOut = [] }) => leftOut.filter((report) => !counted.has(keyOf(report)))),
    keyOf,
  );
  const lines = all
    .slice(0, most)
    .map(
      (report): Line => [`Left out: ${clip(report.outlet, OUTLET)}, `, titleOf(report), `: ${clip(report.why, TITLE)}`],
    );
  // Conditions of one rule mostly read the same reports: what none of them names is not added up.
  const unnamed = Math.max(0, ...found.map(({ moreLeftOut = 0 }) => moreLeftOut));
  const more = all.length - lines.length + unnamed;
  return [...lines, ...(more === 0 ? [] : [`and ${more} more left out`])];
}

function newsOf(verdicts: readonly Verdict[]): readonly NewsReading[] {
  return readings(verdicts).filter((reading): reading is NewsReading => reading.kind === 'news');
}

function countedIn(found: readonly NewsReading[]): readonly Report[] {
  return once(
    found.flatMap(({ reports }) => reports),
    keyOf,
  );
}

function keyOf({ outlet, title, at }: Report): string {
  return `${outlet}|${title}|${at}`;
}

function titleOf({ title, link }: Report): Span {
  const text = clip(title, TITLE);
  return link === null ? text : { link: text, url: link };
}

function seriesOf(verdicts: readonly Verdict[]): readonly SeriesReading[] {
  return readings(verdicts).filter((reading): reading is SeriesReading => reading.kind === 'series');
}

function readings(verdicts: readonly Verdict[]): readonly Reading[] {
  return verdicts.flatMap(readingsOf);
}

function once<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}
