/** What the elements of an item say, in whichever of the XML formats it is. */
import { attributesOf, contentOf, markupOf } from './content.ts';
import type { Item } from './item.ts';
import { DATES, type Outline, type Part, type Piece } from './outline.ts';
import { standIn } from './title.ts';

const MOST_CATEGORIES = 20;

/** The items of the outline of this text, in its order. */
export function itemsOf(xml: string, { head, items }: Outline): readonly Item[] {
  const described = head.flatMap(({ parts }) => parts);
  const base = head.map((piece) => baseOf(xml, piece)).find((one) => one !== undefined) ?? pageOf(xml, described);
  return items.map((piece) => itemOf(xml, piece, base));
}

function itemOf(xml: string, piece: Piece, base: string | undefined): Item {
  const { parts } = piece;
  const text = (...names: readonly string[]): string | undefined => firstText(xml, parts, names);
  const summary = text('description', 'summary', 'content:encoded', 'content', 'dc:description');
  const source = parts.find(({ name }) => name === 'source');
  return {
    title: standIn(text('title', 'dc:title'), summary),
    summary,
    link: pageOf(xml, parts) ?? permalink(xml, parts),
    base: baseOf(xml, piece) ?? base,
    guid: text('guid', 'id') ?? attributesIn(xml, piece).get('rdf:about'),
    dates: datesOf(xml, parts),
    // RSS names the publisher in the element, with the address as an attribute; Atom has a whole feed's head there.
    source: source === undefined ? undefined : (childText(xml, source, 'title') ?? contentIn(xml, source)) || undefined,
    sourceUrl: source === undefined ? undefined : attributesIn(xml, source).get('url') || undefined,
    author: text('dc:creator') ?? authorOf(xml, parts),
    categories: categoriesOf(xml, parts),
  };
}

/** Of an element, or of the start tag of an item. */
type Tag = { readonly start: number; readonly from: number };

/** Atom's `xhtml` is markup as it stands; all else has it encoded, by references or CDATA. */
function contentIn(xml: string, part: Part): string {
  const isMarkup = attributesIn(xml, part).get('type')?.includes('xhtml') === true;
  return isMarkup ? markupOf(xml, part.from, part.to) : contentOf(xml, part.from, part.to);
}

function attributesIn(xml: string, tag: Tag): ReadonlyMap<string, string> {
  return attributesOf(xml, tag.start, tag.from);
}

function baseOf(xml: string, tag: Tag): string | undefined {
  return attributesIn(xml, tag).get('xml:base') || undefined;
}

/** The first text of the first of these names that has one. */
function firstText(xml: string, parts: readonly Part[], names: readonly string[]): string | undefined {
  for (const name of names)
    for (const part of parts) {
      const text = part.name === name ? contentIn(xml, part) : '';
      if (text !== '') return text;
    }
  return undefined;
}

function datesOf(xml: string, parts: readonly Part[]): readonly string[] {
  const dated = parts.filter(({ name }) => DATES.has(name));
  const ranked = dated.toSorted((a, b) => (DATES.get(a.name) ?? 0) - (DATES.get(b.name) ?? 0));
  return ranked.map((part) => contentIn(xml, part)).filter((text) => text !== '');
}

type Link = { readonly href: string; readonly rel: string; readonly type: string };

/**
 * The page that the links stand for. RSS writes the address inside the element; of Atom's it is the one that is
 * `alternate`, which is also what a link without `rel` means, and rather one of text than a file of another type.
 */
function pageOf(xml: string, parts: readonly Part[]): string | undefined {
  const links = parts
    .filter(({ name }) => name === 'link')
    .map((part) => linkOf(xml, part))
    .filter(({ href, rel }) => href !== '' && rel === 'alternate');
  return (links.find(({ type }) => type === '' || /^text\/|html/.test(type)) ?? links[0])?.href;
}

function linkOf(xml: string, part: Part): Link {
  const attributes = attributesIn(xml, part);
  return {
    href: attributes.get('href') ?? contentIn(xml, part),
    rel: (attributes.get('rel') ?? 'alternate').toLowerCase(),
    type: (attributes.get('type') ?? '').toLowerCase(),
  };
}

/** RSS 2.0: a guid is the item's link unless it says isPermaLink="false"; only whole addresses are believed. */
function permalink(xml: string, parts: readonly Part[]): string | undefined {
  const guid = parts.find(({ name }) => name === 'guid');
  if (guid === undefined || attributesIn(xml, guid).get('ispermalink')?.toLowerCase() === 'false') return undefined;
  const text = contentIn(xml, guid);
  return /^https?:/i.test(text) ? text : undefined;
}

function authorOf(xml: string, parts: readonly Part[]): string | undefined {
  const author = parts.find(({ name }) => name === 'author');
  return author === undefined ? undefined : (childText(xml, author, 'name') ?? contentIn(xml, author)) || undefined;
}

const CHILD = { name: /<(?:[\w.-]{1,40}:)?name(?=[\s>])[^<>]*>/i, title: /<(?:[\w.-]{1,40}:)?title(?=[\s>])[^<>]*>/i };

/** The text of the first child of that name, with any prefix. */
function childText(xml: string, part: Part, name: 'name' | 'title'): string | undefined {
  const start = CHILD[name].exec(xml.slice(part.from, part.to));
  if (start === null) return undefined;
  const from = part.from + start.index + start[0].length;
  const end = xml.indexOf('</', from);
  return contentOf(xml, from, end < 0 ? part.to : Math.min(end, part.to)) || undefined;
}

/** Atom has the word in `term` and, for people, in `label`; RSS in the element. */
function categoriesOf(xml: string, parts: readonly Part[]): readonly string[] {
  const all = parts.filter(({ name }) => name === 'category' || name === 'dc:subject').slice(0, MOST_CATEGORIES);
  return all
    .map((part) => {
      const attributes = attributesIn(xml, part);
      return attributes.get('label') ?? attributes.get('term') ?? contentIn(xml, part);
    })
    .filter((text) => text !== '');
}
