/** Somebody else's text made plain: no tags, no references, nothing invisible, one line, of bounded length. */
import { decodeHTMLStrict } from 'entities/decode';

/** Far more than is kept, so that markup before the words costs nothing; what lies behind is never looked at. */
const READ = 40_000;

/** A tag with quotes that are closed; else with any. Neither reaches beyond the next `<`: each is looked at once. */
const TAG = /<[a-z/!?](?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|[^<>]*(?:>|$))/gi;
/** Comments, and elements whose content is no text. */
const SILENT = /<!--|<(script|style|template|noscript|iframe|svg)(?=[\s/>])/gi;
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cf}\p{Cs}\p{Co}\uFFFC]|(?!\s)\p{Cc}/gu;
/** Letters of no script need more marks above and below; towers of them run over the lines around. */
const TOWERS = /^\p{M}+|(\p{M}{5})\p{M}+/gu;
/** Blanks of all kinds, with the one of Braille, which is none by its properties. */
const BLANKS = /[\s\u2800]+/g;

/**
 * Windows-1252 from 0x80 to 0x9F. These control characters mean its quotes and dashes: publishers mislabel them, and
 * Node 20's own windows-1252 decoder leaves them as they are.
 */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Plain text of at most `limit` code points, an ellipsis included where it was cut.
 * Tags go before references are decoded, and those once: `&amp;lt;b&amp;gt;` is text about a tag, not a tag.
 */
export function plain(markup: string, limit: number): string {
  const text = decodeHTMLStrict(withoutSilent(markup.slice(0, READ)).replace(TAG, ' '))
    .replace(/[\u0080-\u009f]/g, (letter) => WINDOWS_1252[letter.charCodeAt(0) - 0x80] ?? '')
    .replace(INVISIBLE, '')
    .replace(BLANKS, ' ')
    .trim()
    .replace(TOWERS, '$1');
  return clip(text, limit);
}

/**
 * At most `limit` code points. Always a copy: a slice of a body, which is what texts read from one are, would keep the
 * whole body in memory for as long as the text is kept.
 */
export function clip(text: string, limit: number): string {
  const points = [...text.slice(0, 2 * limit + 2)];
  if (points.length <= limit) return points.join('');
  return `${points
    .slice(0, limit - 1)
    .join('')
    .trimEnd()}…`;
}

/** Cuts comments and silent elements, contents included, in one pass; an unclosed one takes the rest along. */
function withoutSilent(markup: string): string {
  let text = '';
  let from = 0;
  SILENT.lastIndex = 0;
  for (let match = SILENT.exec(markup); match !== null; match = SILENT.exec(markup)) {
    text += `${markup.slice(from, match.index)} `;
    const closing = match[1] === undefined ? /-->/g : new RegExp(`</${match[1]}(?![a-z])[^<>]*>?`, 'gi');
    closing.lastIndex = SILENT.lastIndex;
    if (!closing.test(markup)) return text;
    from = closing.lastIndex;
    SILENT.lastIndex = from;
  }
  return text + markup.slice(from);
}
