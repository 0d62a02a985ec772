/** The items of a feed, whatever its format: RSS, Atom, RDF or JSON Feed, read by feedsmith, guarded against its traps. */
import {
  type AnyFeed,
  type AtomFeed,
  DetectError,
  type JsonFeed,
  MalformedError,
  ParseError,
  parseFeed,
  parseJsonFeed,
  type RdfFeed,
  type RssFeed,
} from 'feedsmith';

/** One item, raw: texts may hold markup, links may be relative, dates are as written. */
export type Item = {
  readonly title: string | undefined;
  readonly summary: string | undefined;
  readonly link: string | undefined;
  /** What relative links of this item lead off from. */
  readonly base: string | undefined;
  readonly guid: string | undefined;
  /** Best first. */
  readonly dates: readonly (string | undefined)[];
};

export type ReadFeed =
  | { readonly kind: 'items'; readonly items: readonly Item[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads a whole body. Never throws: what is no feed is refused with the reason. */
export function readItems(body: string): ReadFeed {
  const text = body.trimStart();
  const objection = objectionTo(text);
  if (objection !== undefined) return { kind: 'refused', reason: objection };
  try {
    return { kind: 'items', items: itemsOf(text.startsWith('{') ? jsonFeed(text) : parseFeed(harmless(text))) };
  } catch (error) {
    return { kind: 'refused', reason: refusal(error, text) };
  }
}

function objectionTo(text: string): string | undefined {
  if (text === '') return 'empty body';
  if (/^(?:<!doctype html|<html)[\s>]/i.test(text)) return 'an HTML page, not a feed';
  if (text.slice(0, 1000).includes('\u0000')) return 'binary data, not text';
  if (declaresEntities(text)) return 'declares XML entities (<!ENTITY>), refused';
  return undefined;
}

/** Feedsmith leaves declared entities alone (processEntities: false); they are refused so that it need not stay so. */
function declaresEntities(text: string): boolean {
  const start = text.search(/<!doctype/i);
  if (start < 0) return false;
  const root = text.slice(start).search(/<[a-z]/i);
  return /<!entity/i.test(root < 0 ? text.slice(start) : text.slice(start, start + root));
}

/**
 * Renames `<length>` elements. Feedsmith 3.0.1 takes any single element that has a `length` child for an array of
 * that length (`parseArray` in common/utils): one item saying 4294967295 would take all memory.
 */
function harmless(xml: string): string {
  return xml.replace(/<(\/?)((?:[^\s<>/:]+:)?)length(?=[\s/>])/gi, '<$1$2x-length');
}

/**
 * JSON has the same trap; no member of a JSON Feed is called `length`. A list of items, which may be empty,
 * is what makes it a feed: Feedsmith is content without.
 */
function jsonFeed(text: string): AnyFeed {
  const json: unknown = JSON.parse(text, (key, value: unknown) => (key.toLowerCase() === 'length' ? undefined : value));
  if (!hasItems(json)) throw new DetectError('no items');
  return { format: 'json', feed: parseJsonFeed(json) };
}

function hasItems(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'items' in json && json.items !== null;
}

function refusal(error: unknown, text: string): string {
  if (error instanceof SyntaxError) return 'broken JSON';
  if (!(error instanceof MalformedError) && /<(?:html|body)[\s>]/i.test(text)) return 'an HTML page, not a feed';
  if (error instanceof ParseError) return 'a feed with nothing in it';
  if (error instanceof DetectError)
    return text.startsWith('<') || text.startsWith('{') ? 'not RSS, Atom, RDF or JSON Feed' : 'neither XML nor JSON';
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message.slice(0, 120)}` : '';
  return `broken ${text.startsWith('{') ? 'JSON Feed' : 'XML'}${cause}`;
}

function itemsOf({ format, feed }: AnyFeed): Item[] {
  switch (format) {
    case 'rss':
      return (feed.items ?? []).map((item) => fromRss(item, feed.link));
    case 'atom':
      return (feed.entries ?? []).map((entry) => fromAtom(entry, feed.xml?.base ?? alternate(feed.links)));
    case 'rdf':
      return (feed.items ?? []).map((item) => fromRdf(item, feed.link));
    case 'json':
      return (feed.items ?? []).map((item) => fromJson(item, feed.home_page_url));
  }
}

function fromRss(item: RssFeed.Item<string>, base: string | undefined): Item {
  const permalink = item.guid?.isPermaLink === false ? undefined : item.guid?.value;
  return {
    title: item.title ?? item.dc?.titles?.[0],
    summary: item.description ?? item.content?.encoded,
    // RSS 2.0: a guid is the item's link unless it says isPermaLink="false"; only whole addresses are believed.
    link: item.link ?? alternate(item.atom?.links) ?? (permalink?.startsWith('http') ? permalink : undefined),
    base: item.xml?.base ?? base,
    guid: item.guid?.value,
    dates: [item.pubDate, item.dc?.dates?.[0], item.atom?.published, item.atom?.updated],
  };
}

function fromAtom(entry: AtomFeed.Entry<string>, base: string | undefined): Item {
  return {
    title: entry.title?.value,
    summary: entry.summary?.value ?? entry.content?.value,
    link: alternate(entry.links),
    base: entry.xml?.base ?? base,
    guid: entry.id,
    dates: [entry.published, entry.updated, entry.dc?.dates?.[0]],
  };
}

function fromRdf(item: RdfFeed.Item<string>, base: string | undefined): Item {
  return {
    title: item.title ?? item.dc?.titles?.[0],
    summary: item.description ?? item.content?.encoded,
    link: item.link,
    base: item.xml?.base ?? base,
    guid: item.rdf?.about,
    dates: [item.dc?.dates?.[0]],
  };
}

function fromJson(item: JsonFeed.Item<string>, base: string | undefined): Item {
  return {
    title: item.title,
    summary: item.summary ?? item.content_text ?? item.content_html,
    link: item.url ?? item.external_url,
    base,
    guid: item.id,
    dates: [item.date_published, item.date_modified],
  };
}

type Link = { readonly href?: string | undefined; readonly rel?: string | undefined };

/** The page a list of Atom links stands for: `alternate`, which is also what a link without `rel` means. */
function alternate(links: readonly Link[] | undefined): string | undefined {
  return links?.find(({ rel, href }) => href !== undefined && (rel === undefined || rel === 'alternate'))?.href;
}
