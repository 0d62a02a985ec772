/** Samples as text: the public history format, `time,subject,metric,value,source`, one row a line. */
import { instantReader, instantWriter } from '../core/instants.ts';
import type { Sample } from '../core/series.ts';
import { splitSeries } from '../core/series.ts';
import type { Instant } from '../core/time.ts';
import type { Column, Row } from './column.ts';
import type { LineReader } from './months.ts';
import type { Samples } from './samples.ts';

export const HEADER = 'time,subject,metric,value,source\n';

const QUOTE = '"';

/** Writes rows of samples, newline included; what neighbouring rows share is written out once. */
export function rowWriter(): (sample: Sample) => string {
  const instant = instantWriter();
  const names = new Map<string, string>();
  const sources = new Map<string, string>();
  return ({ series, at, value, source }) =>
    `${instant(at)},${known(names, series, (id) => id.replace('.', ','))},${value},${known(sources, source, quoted)}\n`;
}

function known(texts: Map<string, string>, text: string, write: (text: string) => string): string {
  const found = texts.get(text);
  if (found !== undefined) return found;
  const written = write(text);
  texts.set(text, written);
  return written;
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Reads whole lines into memory, piece by piece. Written as one pass with hand-made cuts: a year of hourly samples is a
 * million rows. Throws with the line's number and what is wrong with it. Rows before `horizon` are left out.
 */
export function csvReader(samples: Samples, horizon: Instant): LineReader {
  const rows = rowReader(samples, horizon);
  let line = 1;
  return {
    read(text) {
      if (line === 1 && !text.startsWith(HEADER)) throw new Error(`1: expected the header ${HEADER.trim()}`);
      let start = line === 1 ? HEADER.length : 0;
      if (line === 1) line = 2;
      for (; start < text.length; line++) {
        const end = text.indexOf('\n', start);
        const wrong = rows.read(text, start, text[end - 1] === '\r' ? end - 1 : end);
        if (wrong !== null) throw new Error(`${line}: ${wrong}`);
        start = end + 1;
      }
    },
    finish: rows.finish,
  };
}

/** Rows that come late are gathered and merged at the end, so that a file in any order is read in one pass. */
function rowReader(samples: Samples, horizon: Instant) {
  const columns = new Map<string, Column>();
  const late = new Map<Column, Row[]>();
  const readInstant = instantReader();

  function columnOf(pair: string): Column | undefined {
    const known = columns.get(pair);
    if (known !== undefined) return known;
    const id = pair.replace(',', '.');
    if (splitSeries(id) === undefined) return undefined;
    const fresh = Buffer.from(id).toString();
    const made = samples.columnOf(fresh);
    columns.set(fresh.replace('.', ','), made);
    return made;
  }

  /** Null, or what is wrong with the row between `start` and `end`. */
  function read(text: string, start: number, end: number): string | null {
    const a = text.indexOf(',', start);
    const b = text.indexOf(',', a + 1);
    const c = text.indexOf(',', b + 1);
    const d = text.indexOf(',', c + 1);
    if (a === -1 || b === -1 || c === -1 || d === -1 || d >= end) return 'expected five columns';
    const at = readInstant(text, start, a);
    if (at === undefined) return `${JSON.stringify(text.slice(start, a))} is no instant`;
    const target = columnOf(text.slice(a + 1, c));
    if (target === undefined) return `${JSON.stringify(text.slice(a + 1, c))} is no subject and metric`;
    const value = c + 1 === d ? Number.NaN : Number(text.slice(c + 1, d));
    if (!Number.isFinite(value)) return `${JSON.stringify(text.slice(c + 1, d))} is no finite number`;
    const source = unquoted(text.slice(d + 1, end));
    if (source === undefined) return 'the source is not quoted as CSV asks';
    if (at < horizon) return null;
    const row = { at, value, source: samples.sources.numberOf(source) };
    if (!target.push(row)) keepLate(target, row);
    return null;
  }

  function keepLate(target: Column, row: Row): void {
    const rows = late.get(target);
    if (rows === undefined) late.set(target, [row]);
    else rows.push(row);
  }

  function finish(): void {
    for (const [target, rows] of late) target.merge(rows);
  }

  return { read, finish };
}

/** Text without its CSV quotes; undefined where a quote stands where none may. */
function unquoted(text: string): string | undefined {
  if (!text.includes(QUOTE)) return text.includes(',') ? undefined : text;
  if (text.length < 2 || !text.startsWith(QUOTE) || !text.endsWith(QUOTE)) return undefined;
  const inner = text.slice(1, -1);
  return inner.replaceAll('""', '').includes(QUOTE) ? undefined : inner.replaceAll('""', QUOTE);
}
