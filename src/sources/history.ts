/** Recorded history: CSV `time,subject,metric,value,source`, ISO-8601 UTC, values in the catalogue's units. */
import { CsvError, parse } from 'csv-parse/sync';
import { instantReader } from '../core/instants.ts';
import { type Sample, splitSeries } from '../core/series.ts';
import { parseInstant } from '../core/time.ts';

/** A line that cannot be used, and why. Lines count from 1; 0 means the file as a whole. */
type BadLine = { readonly line: number; readonly what: string; readonly expected: string };
export type History = { readonly samples: readonly Sample[]; readonly bad: readonly BadLine[] };

const COLUMNS = ['time', 'subject', 'metric', 'value', 'source'];
const HEADER = `${COLUMNS.join(',')}\n`;
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Samples of a history file in file order, and every line that is none. Never throws. */
export function parseHistory(text: string): History {
  const nothing = text.trim() === '' ? 'the file is empty' : text.includes('\0') ? 'the file is binary' : undefined;
  if (nothing !== undefined)
    return { samples: [], bad: [{ line: 0, what: nothing, expected: `CSV with the columns ${COLUMNS.join(',')}` }] };
  const plain = text.startsWith(HEADER) && !text.includes('"') && !text.includes('\r');
  return plain ? readPlain(text) : readAny(text);
}

/** Text in the usual columns and without quotes, line by line: a year of hourly samples is a million lines. */
function readPlain(text: string): History {
  const samples: Sample[] = [];
  const bad: BadLine[] = [];
  const quick = quickReader();
  let line = 2;
  for (let start = HEADER.length; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const written = text.slice(start, end);
    const sample = quick(written);
    if (sample !== undefined) samples.push(sample);
    else keep(readFields(written), line, samples, bad);
    start = end + 1;
  }
  return { samples, bad };
}

/** Reads a line that is written in the plainest way; undefined where it is not, or is bad. */
function quickReader(): (line: string) => Sample | undefined {
  const readInstant = instantReader();
  const series = new Map<string, string>();
  const sources = new Map<string, string>();

  function seriesOf(pair: string): string | undefined {
    const known = series.get(pair);
    if (known !== undefined) return known;
    const id = pair.replace(',', '.');
    if (splitSeries(id) !== undefined) series.set(pair, id);
    return series.get(pair);
  }

  function sourceOf(written: string): string {
    const known = sources.get(written);
    if (known !== undefined) return known;
    const name = sourceName(written.trim());
    sources.set(written, name);
    return name;
  }

  return (line) => {
    const a = line.indexOf(',');
    const b = line.indexOf(',', a + 1);
    const c = line.indexOf(',', b + 1);
    const d = line.indexOf(',', c + 1);
    // Where one of the four is missing, the search begins anew and finds another one behind the last.
    if (line.indexOf(',', d + 1) !== -1) return undefined;
    const at = readInstant(line, 0, a);
    const id = seriesOf(line.slice(a + 1, c));
    const value = numberOf(line.slice(c + 1, d));
    if (at === undefined || id === undefined || value === undefined) return undefined;
    return { series: id, at, value, source: sourceOf(line.slice(d + 1)) };
  };
}

/** What an unquoted line gives; undefined where it is empty. */
function readFields(line: string): Read | undefined {
  const [time = '', subject = '', metric = '', value = '', source = ''] = line.split(',').map((field) => field.trim());
  return line.trim() === '' ? undefined : readRow(time, `${subject}.${metric}`, value, source);
}

type Row = { readonly info: { readonly lines: number }; readonly record: readonly string[] };

/** Text as programs of all kinds write it: quotes, other line ends, columns in another order, more columns. */
function readAny(text: string): History {
  let rows: readonly Row[];
  try {
    rows = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 0;
    return {
      samples: [],
      bad: [{ line, what: `not readable as CSV: ${error.message}`, expected: 'RFC 4180 quoting' }],
    };
  }
  const [header, ...body] = rows;
  const order = COLUMNS.map((column) => header?.record.indexOf(column) ?? -1);
  if (order.slice(0, 4).some((index) => index < 0))
    return {
      samples: [],
      bad: [{ line: header?.info.lines ?? 1, what: 'the header lacks a column', expected: COLUMNS.join(',') }],
    };
  const samples: Sample[] = [];
  const bad: BadLine[] = [];
  for (const { info, record } of body) {
    const [time = '', subject = '', metric = '', value = '', source = ''] = order.map((index) => record[index]);
    keep(readRow(time, `${subject}.${metric}`, value, source), info.lines, samples, bad);
  }
  return { samples, bad };
}

type Read = Sample | Omit<BadLine, 'line'>;

function keep(read: Read | undefined, line: number, samples: Sample[], bad: BadLine[]): void {
  if (read === undefined) return;
  if ('what' in read) bad.push({ line, ...read });
  else samples.push(read);
}

function readRow(time: string, series: string, value: string, source: string): Read {
  const at = parseInstant(time);
  if (at === undefined)
    return { what: `${JSON.stringify(time)} is no instant`, expected: 'ISO-8601 such as 2026-07-17T20:07:00Z' };
  if (splitSeries(series) === undefined)
    return {
      what: `${JSON.stringify(series)} is no subject and metric`,
      expected: 'snake_case names such as akash,gpu_utilization',
    };
  const number = numberOf(value);
  if (number === undefined)
    return { what: `${JSON.stringify(value)} is no number`, expected: 'a plain decimal such as 0.4858' };
  return { series, at, value: number, source: sourceName(source) };
}

function numberOf(text: string): number | undefined {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

function sourceName(text: string): string {
  return text === '' ? 'history' : text;
}
