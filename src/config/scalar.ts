/** Finds where a character of a YAML text stands in the file, through quotes, escapes and folded lines. */
import { Scalar } from 'yaml';

/**
 * The offset in `source` of `column` (from 1) of a scalar's value. It walks the written form and the value together:
 * what the writing has more of (indentation, a folded line break, a doubled quote) is skipped.
 */
export function offsetInside(scalar: Scalar, source: string, column: number): number | undefined {
  if (typeof scalar.value !== 'string' || !scalar.range) return undefined;
  const [from, end] = scalar.range;
  let at = from + opening(scalar, source, from);
  for (let index = 0; index < column - 1 && index < scalar.value.length; index++) {
    at = skipIndent(scalar.value[index], source, at, end);
    at += written(scalar, source, at);
  }
  return Math.min(skipIndent(scalar.value[column - 1], source, at, end), end);
}

/** How much precedes the text: a quote, or the header line of a block. */
function opening(scalar: Scalar, source: string, from: number): number {
  switch (scalar.type) {
    case Scalar.QUOTE_DOUBLE:
    case Scalar.QUOTE_SINGLE:
      return 1;
    case Scalar.BLOCK_FOLDED:
    case Scalar.BLOCK_LITERAL:
      return source.indexOf('\n', from) + 1 - from;
    default:
      return 0;
  }
}

/** Moves over white space that the value does not have at this point. */
function skipIndent(wanted: string | undefined, source: string, at: number, end: number): number {
  if (wanted === undefined || /\s/.test(wanted)) return at;
  let next = at;
  while (next < end && /\s/.test(source[next] ?? '')) next++;
  return next;
}

/** How many characters of the file make one of the value. */
function written(scalar: Scalar, source: string, at: number): number {
  if (scalar.type === Scalar.QUOTE_SINGLE && source.startsWith("''", at)) return 2;
  if (scalar.type !== Scalar.QUOTE_DOUBLE || source[at] !== '\\') return 1;
  return { x: 4, u: 6, U: 10 }[source[at + 1] ?? ''] ?? 2;
}
