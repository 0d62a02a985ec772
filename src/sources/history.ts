/** Recorded history: CSV `time,subject,metric,value,source`, ISO-8601 UTC, values in the catalogue's units. */
import { CsvError, parse } from 'csv-parse/sync';
import { type Sample, splitSeries } from '../core/series.ts';
import { parseInstant } from '../core/time.ts';

/** A line that cannot be used, and why. Lines count from 1; 0 means the file as a whole. */
type BadLine = { readonly line: number; readonly what: string; readonly expected: string };
export type History = { readonly samples: readonly Sample[]; readonly bad: readonly BadLine[] };

type Row = { readonly info: { readonly lines: number }; readonly record: readonly string[] };

const COLUMNS = ['time', 'subject', 'metric', 'value', 'source'];

/** Samples of a history file in file order, and every line that is none. Never throws. */
export function parseHistory(text: string): History {
  const nothing = text.trim() === '' ? 'the file is empty' : text.includes('\0') ? 'the file is binary' : undefined;
  if (nothing !== undefined)
    return { samples: [], bad: [{ line: 0, what: nothing, expected: `CSV with the columns ${COLUMNS.join(',')}` }] };
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
    const [time, subject, metric, value, source] = order.map((index) => record[index] ?? '');
    const sample = readRow(time ?? '', `${subject}.${metric}`, value ?? '', source ?? '');
    if ('what' in sample) bad.push({ line: info.lines, ...sample });
    else samples.push(sample);
  }
  return { samples, bad };
}

function readRow(time: string, series: string, value: string, source: string): Sample | Omit<BadLine, 'line'> {
  const at = parseInstant(time);
  if (at === undefined)
    return { what: `${JSON.stringify(time)} is no instant`, expected: 'ISO-8601 such as 2026-07-17T20:07:00Z' };
  if (splitSeries(series) === undefined)
    return {
      what: `${JSON.stringify(series)} is no subject and metric`,
      expected: 'snake_case names such as akash,gpu_utilization',
    };
  const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isFinite(number))
    return { what: `${JSON.stringify(value)} is no number`, expected: 'a plain decimal such as 0.4858' };
  return { series, at, value: number, source: source === '' ? 'history' : source };
}
