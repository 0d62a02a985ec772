/** The text inside an element, and the attributes inside a tag. */
import { decodeHTMLStrict } from 'entities/decode';

const CDATA = '<![CDATA[';

/** Far more than is kept of any text, and than any tag of a feed has; what lies behind is never looked at. */
const LONGEST = 100_000;

/**
 * The text that lies in `xml` from one place to another, inside an element: references decoded, CDATA sections as they
 * stand, comments gone; tags stay, so that it is HTML. References that only HTML knows are decoded too, for feeds
 * write `&nbsp;` as if they were HTML.
 */
export function contentOf(xml: string, from: number, to: number): string {
  const inner = markupOf(xml, from, to);
  if (!inner.includes('<!')) return decoded(inner).trim();
  let text = '';
  let rest = 0;
  for (let at = inner.indexOf('<!'); at >= 0; at = inner.indexOf('<!', Math.max(rest, at + 2))) {
    const section = sectionAt(inner, at);
    if (section === undefined) continue;
    text += decoded(inner.slice(rest, at)) + section.text;
    rest = section.end;
  }
  const whole = text + decoded(inner.slice(rest));
  // Sections in sections are what some software makes of texts that had one already.
  return (whole.includes(CDATA) ? whole.replaceAll(CDATA, '').replaceAll(']]>', '') : whole).trim();
}

/** What lies there as it stands. */
export function markupOf(xml: string, from: number, to: number): string {
  return xml.slice(from, Math.min(to, from + LONGEST)).trim();
}

function decoded(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text;
}

/** The text of the comment or CDATA section that begins here, and its end. An unfinished section lasts to the end. */
function sectionAt(inner: string, at: number): { readonly text: string; readonly end: number } | undefined {
  if (inner.startsWith('<!--', at)) {
    const end = inner.indexOf('-->', at + 2);
    return { text: '', end: end < 0 ? at + 4 : end + 3 };
  }
  if (!inner.startsWith(CDATA, at)) return undefined;
  const end = inner.indexOf(']]>', at + CDATA.length);
  return { text: inner.slice(at + CDATA.length, end < 0 ? undefined : end), end: end < 0 ? inner.length : end + 3 };
}

// A name always matches, with its value or without: what cannot fail is not tried again from the next letter.
const ATTRIBUTE = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;
const NONE: ReadonlyMap<string, string> = new Map();

/** The attributes of the tag that lies between two places, by lower-case name, references decoded; the first of each. */
export function attributesOf(xml: string, from: number, to: number): ReadonlyMap<string, string> {
  const tag = xml.slice(from + 1, Math.min(to, from + LONGEST));
  if (!tag.includes('=')) return NONE;
  const found = new Map<string, string>();
  for (const [, written = '', double, single, bare] of tag.matchAll(ATTRIBUTE)) {
    const name = written.toLowerCase();
    const value = double ?? single ?? bare;
    if (value !== undefined && !found.has(name)) found.set(name, decoded(value).trim());
  }
  return found;
}
