/** The answer of a probe as an aligned table: one for all sources where there is room, else one for each. */
import { clipWidth, widthOf } from '../../bot/plain.ts';
import { formatDuration, type Instant } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import { wrap } from '../wrap.ts';
import { type Group, NOT_IN_ANSWER, type Row, type SeriesRow } from './rows.ts';

/** The verdict and its reason fill what the other columns leave. */
type Cells = {
  readonly series: string;
  readonly value: string;
  readonly age: string;
  readonly verdict: string;
  /** Of a feed, or of a source that is not asked: there is never a figure. */
  readonly isPlain?: true;
};
type Line = { readonly cells: Cells } | { readonly note: string };

const NONE = '–';
/** Verdicts are not put beside the figures where less than this is left for them. */
const LEAST_VERDICT = 28;
/** More series than this without a figure, for one and the same reason, share a line. */
const MOST_ALIKE = 3;
const MOST_NAMED = 8;

/** @param width columns, or infinite where the output is no terminal */
export function tableLines(groups: readonly Group[], now: Instant, width: number): readonly string[] {
  const listed = groups.map(({ source, rows }) => ({ source, lines: linesOf(rows, now) }));
  const sourceWidth = Math.max(...listed.map(({ source }) => widthOf(source)), widthOf('Source'));
  const columns = columnsOf(listed.flatMap(({ lines }) => lines));
  const left = sourceWidth + 2 + columns.series + 2 + columns.value + 2 + columns.age + 2;
  if (width - left < LEAST_VERDICT) return listed.flatMap((group) => narrow(group, width));
  const titles: Cells = { series: 'Series', value: 'Value', age: 'Age', verdict: 'Verdict' };
  const head = `${pad('Source', sourceWidth)}  ${figures(titles, columns)}  ${titles.verdict}`;
  const body = listed.flatMap(({ source, lines }) =>
    lines.flatMap((line) => {
      const lead = `${pad(source, sourceWidth)}  `;
      if ('note' in line) return hanging(lead, line.note, width);
      return hanging(`${lead}${figures(line.cells, columns)}  `, line.cells.verdict, width);
    }),
  );
  return [head, '─'.repeat(Math.min(width, left + LEAST_VERDICT)), ...body];
}

/** The source stands above its rows, and a reason below its row. */
function narrow({ source, lines }: { readonly source: string; readonly lines: readonly Line[] }, width: number) {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && 'cells' in only && only.cells.isPlain)
    return hanging(
      `${source}  `,
      [only.cells.series, only.cells.verdict].filter((text) => text !== NONE).join(', '),
      width,
    );
  const wide = columnsOf(lines);
  const word = Math.max(...lines.map((line) => ('note' in line ? 0 : widthOf(split(line.cells.verdict)[0] ?? ''))));
  const columns = { ...wide, series: Math.max(12, Math.min(wide.series, width - wide.value - wide.age - word - 8)) };
  const body = lines.flatMap((line) => {
    if ('note' in line) return hanging('    ', line.note, width);
    const [word = '', reason] = split(line.cells.verdict);
    const row = clipWidth(`  ${figures(line.cells, columns)}  ${word}`, width);
    return reason === undefined ? [row] : [row, ...hanging('    ', reason, width)];
  });
  return [source, ...body];
}

/** The word, and what comes after the colon. */
function split(verdict: string): readonly string[] {
  const at = verdict.indexOf(': ');
  return at === -1 ? [verdict] : [verdict.slice(0, at), verdict.slice(at + 2)];
}

type Columns = { readonly series: number; readonly value: number; readonly age: number };

function columnsOf(lines: readonly Line[]): Columns {
  const cells = lines.flatMap((line) => ('note' in line ? [] : [line.cells]));
  const widest = (title: string, of: (one: Cells) => string) =>
    Math.max(widthOf(title), ...cells.map((one) => widthOf(of(one))));
  return {
    series: widest('Series', ({ series }) => series),
    value: widest('Value', ({ value }) => value),
    age: widest('Age', ({ age }) => age),
  };
}

function figures({ series, value, age }: Cells, columns: Columns): string {
  return `${pad(clipWidth(series, columns.series), columns.series)}  ${padLeft(value, columns.value)}  ${pad(age, columns.age)}`;
}

/** The text after the lead, continued beneath where it began. */
function hanging(lead: string, text: string, width: number): readonly string[] {
  const indent = ' '.repeat(widthOf(lead));
  return wrap(text, Math.max(LEAST_VERDICT / 2, width - widthOf(lead))).map((line, at) =>
    `${at === 0 ? lead : indent}${line}`.trimEnd(),
  );
}

/** Line by line; what an answer does not mention comes last, in one. */
function linesOf(rows: readonly Row[], now: Instant): readonly Line[] {
  const lines: Line[] = [];
  const told = new Set<string>();
  const missing = rows.filter(({ reason }) => reason === NOT_IN_ANSWER);
  for (const row of rows) {
    const alike = rows.filter((other) => isAlike(row, other));
    if (missing.includes(row) || (alike.length > 0 && told.has(alikeKey(row)))) continue;
    if ('feed' in row || row.verdict === 'disabled')
      lines.push({ cells: { ...plainCells(row), value: NONE, age: NONE, isPlain: true } });
    else lines.push(figureLine(row, now));
    if (alike.length <= MOST_ALIKE) continue;
    told.add(alikeKey(row));
    lines.push({ note: noteOf(alike.slice(1), 'for the same reason') });
  }
  return missing.length === 0 ? lines : [...lines, { note: noteOf(missing, 'not in this answer') }];
}

function plainCells(row: Row): Pick<Cells, 'series' | 'verdict'> {
  const isFeed = 'feed' in row && row.verdict !== 'disabled';
  const more = isFeed && row.verdict === 'ok' && row.dropped > 0 ? `, ${row.dropped} dropped` : '';
  return {
    series: isFeed ? `${row.items} item${row.items === 1 ? '' : 's'}` : NONE,
    verdict: `${row.verdict}${row.reason === null ? '' : `: ${row.reason}`}${more}`,
  };
}

function alikeKey({ verdict, reason }: Row): string {
  return `${verdict} ${reason}`;
}

/** Both are series without a figure, and for the same reason. */
function isAlike(row: Row, other: Row): boolean {
  const isBare = (one: Row): boolean => !('feed' in one) && one.series !== null && one.value === null;
  return isBare(row) && isBare(other) && alikeKey(other) === alikeKey(row);
}

function noteOf(rows: readonly Row[], what: string): string {
  const names = rows.flatMap((row) => ('series' in row && row.series !== null ? [row.series] : []));
  const named = [...names.slice(0, MOST_NAMED), ...(names.length > MOST_NAMED ? ['…'] : [])].join(', ');
  return `${names.length} more ${what}: ${named}`;
}

function figureLine({ series, value, unit, at, verdict, reason, older }: SeriesRow, now: Instant): Line {
  const more = older === 0 ? '' : ` (+ ${older} older)`;
  return {
    cells: {
      series: series ?? NONE,
      value: value === null ? NONE : formatValue(value, unit ?? ''),
      age: at === null ? NONE : `${formatDuration(Math.max(0, now - at))} old`,
      verdict: reason === null ? `${verdict}${more}` : `${verdict}: ${reason}${more}`,
    },
  };
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}
