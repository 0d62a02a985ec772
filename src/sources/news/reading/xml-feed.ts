/** RSS, RDF and Atom: read strictly, and where that fails forgivingly. */
import { decodeHTMLStrict } from 'entities/decode';
import { readForgivingly } from './forgiving.ts';
import type { ReadFeed } from './item.ts';
import { createBuilder, type Outline } from './outline.ts';
import { Objection, readStrictly } from './strict.ts';
import { itemsOf } from './xml-item.ts';

/**
 * The items of a text that begins, somewhere, a feed in XML. What only strict reading could tell is not told: broken
 * XML with items in it gives them, and says what was wrong. Never throws.
 */
export function readXmlFeed(xml: string): ReadFeed {
  if (declaresEntities(xml)) return { kind: 'refused', reason: 'declares XML entities (<!ENTITY>), refused' };
  const { text, outline, forgiven } = outlineOf(xml);
  const reason = outline.items.length === 0 ? refusal(text, outline, forgiven) : undefined;
  return reason === undefined
    ? { kind: 'items', items: itemsOf(text, outline), left: outline.left, forgiven }
    : { kind: 'refused', reason };
}

type Read = { readonly text: string; readonly outline: Outline; readonly forgiven: string | null };

function outlineOf(xml: string): Read {
  const strict = createBuilder();
  try {
    readStrictly(xml, strict);
    return { text: xml, outline: strict.outline(), forgiven: null };
  } catch (error) {
    if (!(error instanceof Objection)) throw error;
    const forgiving = createBuilder();
    const text = readForgivingly(xml, forgiving);
    return { text, outline: forgiving.outline(), forgiven: error.message };
  }
}

/** Why there are no items; undefined where a feed just has none. */
function refusal(xml: string, { head }: Outline, objection: string | null): string | undefined {
  if (/^<!doctype html|<html[\s>]|^<(?:head|body)[\s>]/i.test(xml)) return 'an HTML page, not a feed';
  if (head.length === 0) return xml.startsWith('<') ? 'not RSS, Atom, RDF or JSON Feed' : 'neither XML nor JSON';
  if (objection !== null) return `broken XML: ${objection}`;
  return head.every(({ parts }) => parts.length === 0) ? 'a feed with nothing in it' : undefined;
}

/**
 * Whether the document type declares entities of its own. None is ever expanded here, nor is anything fetched; who
 * sends them is up to no good, unless they are those of HTML, which mean what HTML says. They stand before the first tag.
 */
function declaresEntities(xml: string): boolean {
  const prolog = xml.slice(0, Math.max(0, xml.search(/<[a-z_:]/i)));
  for (const [, name = ''] of prolog.matchAll(/<!entity\s+([^\s%"'<>]+)/gi))
    if (decodeHTMLStrict(`&${name};`) === `&${name};`) return true;
  return false;
}
