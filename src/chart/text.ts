/** Texts of a picture: characters that may stand in it, and how wide they are. */

const SPACE = /[\t\n\v\f\r\u0085\u2028\u2029]/g;
/** What XML 1.0 forbids, what shows nothing or turns the direction of a text, and emoji, of which the font has none. */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\p{Emoji_Presentation}]/gu;

/** One line that XML may hold. Escaping is left to whoever writes the XML. */
export function printable(text: string): string {
  return text.replace(SPACE, ' ').replace(UNSHOWABLE, '').replace(/ {2,}/g, ' ').trim();
}

/** Advance widths of Inter SemiBold from U+0020 to U+007E, in hundredths of the font size. The regular one is narrower. */
const ADVANCES = [
  25, 32, 52, 64, 65, 100, 66, 33, 37, 37, 54, 67, 32, 47, 32, 38, 66, 42, 62, 64, 67, 61, 64, 58, 64, 64, 32, 33, 67,
  67, 67, 54, 100, 73, 66, 74, 72, 61, 59, 75, 75, 28, 58, 70, 57, 92, 76, 77, 65, 77, 65, 65, 66, 74, 73, 102, 72, 71,
  65, 37, 38, 37, 48, 47, 35, 57, 62, 58, 62, 59, 39, 63, 61, 26, 26, 57, 26, 90, 61, 61, 62, 62, 40, 55, 35, 61, 59,
  84, 57, 59, 57, 45, 36, 45, 67,
];
const ELLIPSIS = '…';

/** Pixels a text takes at a font size in pixels; for what is not ASCII an estimate. */
export function widthOf(text: string, size: number): number {
  let hundredths = 0;
  for (const character of text) hundredths += advanceOf(character);
  return (hundredths * size) / 100;
}

function advanceOf(character: string): number {
  if (character === ELLIPSIS) return 96;
  return ADVANCES[(character.codePointAt(0) ?? 0) - 0x20] ?? 68;
}

/** As much of a text as fits a width in pixels; what was cut is marked with `…`. Reads no further than it shows. */
export function clip(text: string, size: number, width: number): string {
  const fits = (hundredths: number) => (hundredths * size) / 100 <= width;
  let [taken, end, room] = [0, 0, 0];
  for (const character of text) {
    taken += advanceOf(character);
    end += character.length;
    if (!fits(taken)) return `${text.slice(0, room).trimEnd()}${ELLIPSIS}`;
    if (fits(taken + advanceOf(ELLIPSIS))) room = end;
  }
  return text;
}
