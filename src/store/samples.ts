/** Every series in memory, and which of the samples that come in are news. */
import { type Sample, type Series, splitSeries } from '../core/series.ts';
import type { Instant } from '../core/time.ts';
import { type Column, column, type Row, type Sources, sourceTexts } from './column.ts';
import { instantOf } from './months.ts';
import type { StepOf } from './pace.ts';

/** The configured refresh of a series' source, in milliseconds; undefined where none is configured. */
export type Samples = {
  series(id: string): Series | undefined;
  /** The samples that are new or correct an older one, cleaned. Those that cannot be kept are reported. */
  sift(samples: readonly Sample[]): readonly Sample[];
  add(samples: readonly Sample[]): void;
  /** For reading files: the column to push to. */
  columnOf(id: string): Column;
  readonly sources: Sources;
  dropBefore(instant: Instant): void;
};

export function seriesInMemory(
  stepOf: StepOf,
  report: (line: string) => void,
  isLive?: (source: string) => boolean,
): Samples {
  const columns = new Map<string, Column>();
  const sources = sourceTexts(isLive);
  let horizon = 0;

  function columnOf(id: string): Column {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const made = column(id, sources, stepOf(id));
    columns.set(id, made);
    return made;
  }

  function sift(samples: readonly Sample[]): readonly Sample[] {
    const coming = new Map<string, Coming>();
    const found: Sample[] = [];
    for (const sample of samples) {
      const clean = cleaned(sample);
      if (typeof clean === 'string') {
        report(`sample refused: ${sample.series} from ${sample.source}: ${clean}`);
        continue;
      }
      if (clean.at < horizon) continue;
      let batch = coming.get(clean.series);
      if (batch === undefined) {
        batch = comingTo(columns.get(clean.series));
        coming.set(clean.series, batch);
      }
      if (batch.brings(clean)) found.push(clean);
    }
    return found;
  }

  /** Rows in order go straight to their columns; late ones are gathered, for each insertion moves all behind it. */
  function add(samples: readonly Sample[]): void {
    const late = new Map<Column, Row[]>();
    for (const { series, at, value, source } of samples) {
      const target = columnOf(series);
      const row = { at, value, source: sources.numberOf(source) };
      if (target.push(row)) continue;
      const rows = late.get(target);
      if (rows === undefined) late.set(target, [row]);
      else rows.push(row);
    }
    for (const [target, rows] of late) target.merge(rows);
  }

  function dropBefore(instant: Instant): void {
    horizon = Math.max(horizon, instant);
    for (const held of columns.values()) held.dropBefore(horizon);
  }

  function series(id: string): Series | undefined {
    const held = columns.get(id);
    return held === undefined || held.length === 0 ? undefined : held;
  }

  return { series, sift, add, columnOf, sources, dropBefore };
}

/** What one batch brings to one series. */
type Coming = { brings(sample: Sample): boolean };

/** A batch mostly comes in order and after all that is known: only then is no look at what came before needed. */
function comingTo(held: Column | undefined): Coming {
  const brought: Sample[] = [];
  let values: Map<Instant, number> | undefined;
  let newest = held === undefined || held.length === 0 ? Number.NEGATIVE_INFINITY : held.time(held.length - 1);
  return {
    brings(sample) {
      const { at, value } = sample;
      if (at <= newest) {
        values ??= new Map(brought.map((one) => [one.at, one.value]));
        if ((values.get(at) ?? held?.at(at)) === value) return false;
      }
      newest = Math.max(newest, at);
      brought.push(sample);
      values?.set(at, value);
      return true;
    },
  };
}

/** The sample as a file keeps it (whole milliseconds, a source of one line), or why it cannot be kept. */
function cleaned(sample: Sample): Sample | string {
  if (splitSeries(sample.series) === undefined) return 'the series is not of the form subject.metric';
  if (!Number.isFinite(sample.value)) return `the value is ${sample.value}, not a finite number`;
  const at = instantOf(sample.at);
  if (at === undefined) return `the time is ${sample.at}, not an instant between 1970 and 9999`;
  const value = sample.value === 0 ? 0 : sample.value;
  const source = oneLine(sample.source);
  const isClean = at === sample.at && Object.is(value, sample.value) && source === sample.source;
  return isClean ? sample : { series: sample.series, at, value, source };
}

const LINES_KEPT = 1000;
const oneLines = new Map<string, string>();

/** Control characters become blanks, so that a row is always one line; broken surrogates become U+FFFD, as in UTF-8. */
function oneLine(source: string): string {
  const known = oneLines.get(source);
  if (known !== undefined) return known;
  const line = Buffer.from(source.replace(/\p{Cc}/gu, ' ')).toString();
  if (oneLines.size >= LINES_KEPT) oneLines.clear();
  oneLines.set(source, line);
  return line;
}
