/** Breaks text at the width of a terminal. */
import { clipWidth, plain, widthOf } from '../bot/plain.ts';

/** Lines of at most `width` columns, broken between words and made plain. A word that is longer stands alone, uncut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).trim().split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** The same, but no more than `most` lines, each within the width; what was left out is marked with `…`. */
export function wrapShort(text: string, width: number, most: number): readonly string[] {
  const lines = wrap(text, width);
  const shown = lines.slice(0, most).map((line) => clipWidth(line, width));
  const last = shown.at(-1);
  if (lines.length <= most || last === undefined) return shown;
  return shown.with(-1, clipWidth(`${last} ${lines[most]}`, width));
}
