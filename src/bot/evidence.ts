/** What a rule saw, in lines: its verdict, its figures with window, source and age, and the reports it counted. */
import type { Line, Span } from '../core/message.ts';
import { formatDuration, type Instant, toDay } from '../core/time.ts';
import { formatValue } from '../core/units.ts';
import { type NewsReading, type Reading, readingsOf, type SeriesReading, type Verdict } from '../core/verdict.ts';
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

/** The reports that were counted: outlet, title with its address, age, and the words that convinced. */
export function reportLines(verdicts: readonly Verdict[], now: Instant): readonly Line[] {
  const reports = readings(verdicts)
    .filter((reading): reading is NewsReading => reading.kind === 'news')
    .flatMap((reading) => reading.reports);
  return once(reports, (report) => `${report.outlet}|${report.title}`).map((report): Line => {
    const title = clip(report.title, TITLE);
    const words = report.because.map((word) => `“${clip(word, OUTLET)}”`).slice(0, 3);
    return [
      `${clip(report.outlet, OUTLET)}: `,
      report.link === null ? title : { link: title, url: report.link },
      `, ${ageAt(report.at, now)}`,
      ...(words.length === 0 ? [] : [` (${words.join(', ')})`]),
    ];
  });
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
