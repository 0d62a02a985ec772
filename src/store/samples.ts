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

export function seriesInMemory(stepOf: StepOf, report: (line: string) => void): Samples {
  const columns = new Map<string, Column>();
  const sources = sourceTexts();
  let horizon = 0;

  function columnOf(id: string): Column {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const made = column(id, sources, stepOf(id));
    columns.set(id, made);
    return made;
  }

  function sift(samples: readonly Sample[]): readonly Sample[] {
    const coming = new Map<string, number>();
    const found: Sample[] = [];
    for (const sample of samples) {
      const clean = cleaned(sample);
      if (typeof clean === 'string') {
        report(`sample refused: ${sample.series} from ${sample.source}: ${clean}`);
        continue;
      }
      const key = `${clean.series} ${clean.at}`;
      const known = coming.get(key) ?? columns.get(clean.series)?.at(clean.at);
      if (clean.at < horizon || known === clean.value) continue;
      coming.set(key, clean.value);
      found.push(clean);
    }
    return found;
  }

  function add(samples: readonly Sample[]): void {
    const rows = new Map<string, Row[]>();
    for (const { series, at, value, source } of samples) {
      const row = { at, value, source: sources.numberOf(source) };
      const list = rows.get(series);
      if (list === undefined) rows.set(series, [row]);
      else list.push(row);
    }
    for (const [id, list] of rows) columnOf(id).merge(list);
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

/** The sample as a file keeps it (whole milliseconds, a source of one line), or why it cannot be kept. */
function cleaned(sample: Sample): Sample | string {
  if (splitSeries(sample.series) === undefined) return 'the series is not of the form subject.metric';
  if (!Number.isFinite(sample.value)) return `the value is ${sample.value}, not a finite number`;
  const at = instantOf(sample.at);
  if (at === undefined) return `the time is ${sample.at}, not an instant between 1970 and 9999`;
  const value = sample.value === 0 ? 0 : sample.value;
  return { series: sample.series, at, value, source: oneLine(sample.source) };
}

/** Control characters become blanks, so that a row is always one line; broken surrogates become U+FFFD, as in UTF-8. */
function oneLine(source: string): string {
  return Buffer.from(source.replace(/\p{Cc}/gu, ' ')).toString();
}
