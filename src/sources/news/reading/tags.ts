/** The tags of an XML text in their order, whatever state the text is in, in time that grows as the text does. */
import { readAsides } from './asides.ts';
import { finder } from './finder.ts';

/** Told what is found. `from` is the place of a tag's `<`, `to` the one behind its `>`. */
export type Tags = {
  readonly open: (name: string, from: number, to: number, isEmpty: boolean) => void;
  readonly close: (name: string, from: number) => void;
  /** No XML could have it so. Reading goes on behind it with the likeliest meaning. */
  readonly broken: (what: string, at: number) => void;
};

const [TAB, SPACE, BANG, QUOTE, APOSTROPHE, SLASH, LESS, EQUALS, GREATER, QUESTION] = [
  9, 32, 33, 34, 39, 47, 60, 61, 62, 63,
];

/** Reads all tags; what begins like one and is none is stepped over. Names are as written. */
export function readTags(xml: string, tags: Tags): void {
  const next = {
    less: finder(xml, '<'),
    greater: finder(xml, '>'),
    quote: finder(xml, '"'),
    apostrophe: finder(xml, "'"),
  };
  const endOfAside = readAsides(xml, tags.broken);

  for (let at = next.less(0); at >= 0; at = next.less(at)) at = token(at);

  /** What begins with the `<` at this place is read; the place behind it is given. */
  function token(at: number): number {
    const code = xml.charCodeAt(at + 1);
    if (code === SLASH) return endTag(at);
    if (code === BANG || code === QUESTION) return endOfAside(at);
    if (isNameStart(code)) return startTag(at);
    tags.broken('"<" that begins no tag', at);
    return at + 1;
  }

  function startTag(at: number): number {
    const nameEnd = endOfName(at + 1);
    const end = endOfTag(nameEnd);
    if (xml.charCodeAt(end) === GREATER) {
      tags.open(xml.slice(at + 1, nameEnd), at, end + 1, xml.charCodeAt(end - 1) === SLASH);
      return end + 1;
    }
    tags.broken('a tag left open', at);
    return end;
  }

  function endOfName(from: number): number {
    let at = from;
    while (at < xml.length && !endsName(xml.charCodeAt(at))) at += 1;
    return at;
  }

  /** The place of the tag's `>`; where it was left open, of the next `<`, or the end of the text. */
  function endOfTag(from: number): number {
    let at = from;
    while (at < xml.length) {
      const code = xml.charCodeAt(at);
      if (code === GREATER || code === LESS) return at;
      at = code === QUOTE || code === APOSTROPHE ? endOfValue(at, code) : at + 1;
    }
    return at;
  }

  /**
   * The place behind the closing quote. A value may hold no `<`. One that does is taken as written where it holds no
   * `>` either; else the quote was forgotten, and the tag ends where it seems to.
   */
  function endOfValue(at: number, code: number): number {
    const end = code === QUOTE ? next.quote(at + 1) : next.apostrophe(at + 1);
    const less = next.less(at + 1);
    if (end >= 0 && (less < 0 || less > end)) return end + 1;
    tags.broken('an attribute without its closing quote', at);
    const greater = next.greater(at + 1);
    if (end >= 0 && (greater < 0 || greater > end)) return end + 1;
    return Math.min(...[greater, less, xml.length].filter((place) => place >= 0));
  }

  function endTag(at: number): number {
    const nameEnd = endOfName(at + 2);
    if (nameEnd === at + 2) {
      tags.broken('"</" that ends no element', at);
      return nameEnd;
    }
    const end = endOfTag(nameEnd);
    if (xml.charCodeAt(end) !== GREATER) tags.broken('an end tag left open', at);
    tags.close(xml.slice(at + 2, nameEnd), at);
    return xml.charCodeAt(end) === GREATER ? end + 1 : end;
  }
}

/** XML's names begin with a letter, `_` or `:`. Beyond ASCII nearly all are letters. */
function isNameStart(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || code === 95 || code === 58 || code >= 128;
}

function endsName(code: number): boolean {
  return (
    code === GREATER ||
    code === SLASH ||
    code === SPACE ||
    code === LESS ||
    code === EQUALS ||
    code === QUOTE ||
    code === APOSTROPHE ||
    (code >= TAB && code < 14)
  );
}
