/** Raw text made safe to show: no invisible characters, clipped by code points, aligned by display width. */

const SPACE = /[\t\n\v\f\r\u0085\u2028\u2029\u2800\p{Zs}]+/gu;
/** Control, bidi and zero-width characters, fillers, variation selectors and tags: whatever shows nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** One line without characters that hide, reorder or stack up; white space becomes single spaces. */
export function plain(text: string): string {
  return text
    .replace(SPACE, ' ')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATE, '\u{FFFD}')
    .replace(STACKED_MARKS, '$1')
    .replace(/ {2,}/g, ' ');
}

/** At most `most` code points; what was cut is marked with `…`. Clip before escaping, never after. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const points = Array.from(text);
  if (points.length <= most) return text;
  return most < 1
    ? ''
    : `${points
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/** The number of code points. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;

/** Columns a text takes in a fixed-width font: East Asian wide characters and emoji take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

export type Column = { readonly title: string; readonly align: 'left' | 'right' };

/** Lines of a table whose columns line up: titles, a rule, the rows. Cells wider than `widest` are clipped. */
export function alignTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  widest = 48,
): readonly string[] {
  const cells = [columns.map((column) => column.title), ...rows].map((row) =>
    columns.map((_, at) => clipWidth(row[at] ?? '', widest)),
  );
  const widths = columns.map((_, at) => Math.max(0, ...cells.map((row) => widthOf(row[at] ?? ''))));
  const lines = cells.map((row) =>
    columns
      .map((column, at) => pad(row[at] ?? '', widths[at] ?? 0, column.align))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return lines.toSpliced(1, 0, rule);
}

/** Clipped to a display width; reads no further than it shows. */
export function clipWidth(text: string, widest: number): string {
  let width = 0;
  let room = 0;
  for (const { segment, index } of GRAPHEMES.segment(text)) {
    if (width < widest) room = index;
    width += WIDE.test(segment) ? 2 : 1;
    if (width > widest) return `${text.slice(0, room).trimEnd()}…`;
  }
  return text;
}

function pad(text: string, width: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? space + text : text + space;
}
