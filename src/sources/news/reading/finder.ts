/** Searching a text over and over without reading any of it twice. */

/**
 * Where `needle` next stands in `text`, at or after a place; -1 where it does not. Places must be asked for in rising
 * order: then all answers together cost one walk over the text, also when the needle is asked for and never there.
 */
export function finder(text: string, needle: string): (from: number) => number {
  let found = -2;
  return (from) => {
    if (found !== -1 && found < from) found = text.indexOf(needle, from);
    return found;
  };
}
