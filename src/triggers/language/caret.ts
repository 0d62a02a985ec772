/** Shows a place in a text: the line it stands in, and carets beneath what is wrong there. */

/** Shown around a place where its line is longer; in columns of a fixed-width font. */
const WIDEST = 100;
/** Of those, at most so many before the place: what follows it tells more. */
const BEFORE = 60;

/** What would move the cursor, hide, or turn the writing direction; variation selectors and joiners too. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;
/** A name, a figure, a date, or an operator of several characters. */
const WORD =
  /-?\$?[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_]|[.-](?=[\p{L}\p{N}_])|(?<=\p{N})[,:](?=\p{N}))*%?|[<>=!]{2,3}|&&|\|\|/uy;

type Cell = { readonly shown: string; readonly width: number; readonly marked: boolean };

/**
 * Two lines for a fixed-width font, however long the text: its line with the place, cut to fit, and the carets.
 * A tab reads as a space, or as → where it is meant, and what shows nothing as ·, so that the carets stand where they should on every screen.
 * @param column from 1, in UTF-16 code units, over all lines of the text; one past the end is its end.
 * @param after the column after what is wrong; left out, the word is.
 */
export function caret(text: string, column: number, after?: number | null): string {
  const place = Math.min(Math.max(column, 1), text.length + 1) - 1;
  const length = typeof after === 'number' ? after - column : wordLength(text, place);
  const end = place + Math.min(Math.max(length, 1), WIDEST - BEFORE);
  const all = cells(text, place, end);
  const at = all.findIndex(({ marked }) => marked);
  const [before, from] = [all.slice(0, at), all.slice(at)];
  const room = Math.max(BEFORE, WIDEST - widthOf(from));
  const head = cut(before.toReversed(), room).toReversed();
  const tail = cut(from, WIDEST - widthOf(head));
  const line = [...head, ...tail].map(({ shown }) => shown).join('');
  const carets = widthOf(tail.filter(({ marked }) => marked));
  return `${line.trimEnd()}\n${' '.repeat(widthOf(head))}${'^'.repeat(Math.max(carets, 1))}`;
}

function wordLength(text: string, place: number): number {
  WORD.lastIndex = place;
  return WORD.exec(text.slice(0, place + WIDEST))?.[0].length ?? 1;
}

/** The line's characters, no more of them than could be shown, without the blanks that it is indented with. */
function cells(text: string, place: number, end: number): readonly Cell[] {
  const from = Math.max(text.lastIndexOf('\n', place - 1) + 1, place - 2 * WIDEST);
  const next = text.indexOf('\n', place);
  const to = Math.min(next < 0 ? text.length : next, place + 2 * WIDEST);
  const found: Cell[] = [];
  let index = place === 0 ? 0 : from;
  for (const character of text.slice(index, to)) {
    const marked = index >= place && index < end;
    index += character.length;
    if (found.length > 0 || marked || !/\s/.test(character)) found.push(cellOf(character, marked));
  }
  // The end of the line is a place too.
  return found.some(({ marked }) => marked) ? found : [...found, { shown: ' ', width: 1, marked: true }];
}

function cellOf(character: string, marked: boolean): Cell {
  if (character === '\t') return { shown: marked ? '→' : ' ', width: 1, marked };
  if (UNSEEN.test(character)) return { shown: '·', width: 1, marked };
  return { shown: character, width: /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1, marked };
}

/** As many of the cells as the width has room for, the last of them a … where some are left out. */
function cut(cells: readonly Cell[], width: number): readonly Cell[] {
  if (widthOf(cells) <= width) return cells;
  const kept: Cell[] = [];
  let used = 1;
  for (const cell of cells) {
    used += cell.width;
    if (used > width) break;
    kept.push(cell);
  }
  return [...kept, { shown: '…', width: 1, marked: false }];
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
