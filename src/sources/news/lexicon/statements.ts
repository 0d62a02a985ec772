/** An article as statements: the sentences in which something is said, the title first. */
import type { Span } from './match.ts';
import type { Token } from './tokens.ts';

/** A sentence ends at its mark where a capital, a figure or a quote follows; `U.S.` and `vs.` end none. */
const BOUNDARY =
  /(?<=(?<!\b(?:[A-Z]|vs|Inc|Corp|Ltd|Dr|Mr|Mrs|Ms|St|No|approx|e\.g|i\.e|al))\.["”’)\]]?|[!?…]["”’)\]]?)\s+(?=["“‘([]?[\p{Lu}\p{N}$€£])|\n+|\s+[•·]\s+/gu;

/** Beginnings and ends in the text of what stands between boundaries. */
function sentencesOf(text: string): readonly { readonly at: number; readonly end: number }[] {
  const list: { at: number; end: number }[] = [];
  let at = 0;
  for (const match of text.matchAll(BOUNDARY)) {
    if (match.index > at) list.push({ at, end: match.index });
    at = match.index + match[0].length;
  }
  if (at < text.length) list.push({ at, end: text.length });
  return list;
}

/** The statements as spans of the text's words; those without a word are left out. */
export function statementsOf(text: string, tokens: readonly Token[]): readonly Span[] {
  let from = 0;
  return sentencesOf(text).flatMap(({ end }) => {
    const first = from;
    while (from < tokens.length && (tokens[from] as Token).at < end) from++;
    return from > first ? [{ from: first, to: from }] : [];
  });
}

/** Title and summary as one text. A summary that goes on where the title was cut off stands for both. */
export function textOf(title: string, summary: string | null): string {
  if (summary === null || summary === '') return title;
  const head = title.replace(/[\s.…:]+$/, '');
  return summary.startsWith(head) && head.length > 20 ? summary : `${title}\n${summary}`;
}
