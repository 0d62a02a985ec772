/** A title for items that have none. */
import { plain } from './text.ts';

/** As long as a headline can be. */
const LENGTH = 100;
/** True of nearly all titles, and quicker to tell than what is left of one without its markup. */
const STARTS_WITH_WORDS = /^[^<&]*[\p{L}\p{N}]/u;

/**
 * The title, where there is anything to read in it; else the beginning of the summary, cut at the end of a word.
 * Like any title it is markup, so what is text in the summary is text here.
 */
export function standIn(title: string | undefined, summary: string | undefined): string | undefined {
  if (title !== undefined && (STARTS_WITH_WORDS.test(title) || plain(title, LENGTH) !== '')) return title;
  const text = plain(summary ?? '', 2 * LENGTH);
  if (text === '') return title;
  return beginning(text).replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

function beginning(text: string): string {
  const points = [...text];
  if (points.length <= LENGTH) return text;
  const cut = points.slice(0, LENGTH).join('');
  const word = cut.search(/\s+\S*$/u);
  // A text without blanks, as in Japanese, is cut where it has to be.
  return `${word > LENGTH / 2 ? cut.slice(0, word) : cut}…`;
}
