/** When two items are the same item: by link, by the feed's own guid, or by what they say. */
import { createHash } from 'node:crypto';
import { canonicalUrl } from './address.ts';

/** What an item is known by. */
export type Marks = {
  readonly feed: string;
  readonly outlet: string;
  readonly link: string | null;
  readonly guid: string | undefined;
  readonly title: string;
  readonly summary: string | null;
};

const LONGEST_LINK = 2048;
/** How much of the summary tells a text: feeds cut it at different lengths. */
const SUMMARY_START = 160;
/** In letters; 'Read more' and 'Comments' stand below every item. */
const TELLING_SUMMARY = 40;
/** A title without a summary names one item only where it is longer than 'Weekly update' and its like. */
const TELLING_TITLE = 24;

/** An absolute http(s) link without credentials, or null: `javascript:`, `data:` and broken ones are no links. */
export function httpLink(href: string | undefined, base: string | undefined): string | null {
  if (href === undefined || href.trim() === '') return null;
  const url = parseUrl(href.trim(), base);
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.username = '';
  url.password = '';
  return url.href.length > LONGEST_LINK ? null : url.href;
}

/**
 * Stable across polls, and the same in every feed that carries the link. A link to a site's front page names no item:
 * then, and without a link, the feed with the guid, else with the title, decides.
 */
export function articleId(item: Pick<Marks, 'feed' | 'link' | 'guid' | 'title'>): string {
  const link = item.link === null ? undefined : recordedLink(item.link);
  const part = item.link === null ? '' : partOf(item.link);
  if (link !== undefined && (part !== '' || !isFrontPage(link))) return hash(['link', link + part]);
  return item.guid === undefined ? hash(['title', item.feed, item.title]) : guidKey(item.feed, item.guid);
}

/**
 * The other names of an item: an item that shares one of them, or the id, is the same. The link in its canonical form,
 * the guid within the feed, and the text within the feed and outlet.
 */
export function keysOf(item: Marks): readonly string[] {
  const link = item.link === null ? undefined : linkKey(item.link);
  const keys = [
    ...(link === undefined ? [] : [link]),
    ...(item.guid === undefined ? [] : [guidKey(item.feed, item.guid)]),
    ...contentKeys(item),
  ];
  const id = articleId(item);
  return [...new Set(keys)].filter((key) => key !== id);
}

/** The name that the canonical form of a link gives; undefined where it leads to a site's front page. */
export function linkKey(link: string): string | undefined {
  const [canonical, part] = [canonicalUrl(link), partOf(link)];
  return part === '' && isFrontPage(canonical) ? undefined : hash(['link', canonical + part]);
}

/** The id of an article that counts, in place of one that is known and does not: one for all feeds that bring it. */
export function countedId(known: string): string {
  return hash(['counted', known]);
}

/** Fragments that every page has, or that say where a reader came from. */
const NO_PART =
  /^#(?:$|top$|main$|content$|comments?$|respond$|disqus|reply|more-\d|utm_|xtor|ref|echobox|:~:|[^=]*=)/i;

/** A page of releases or incidents names each by a fragment: `#nov-20`. Empty where the link means the whole page. */
function partOf(link: string): string {
  const fragment = parseUrl(link, undefined)?.hash ?? '';
  return NO_PART.test(fragment) ? '' : fragment;
}

/** Empty where the text is too short to tell one item from the next. */
function contentKeys({ feed, outlet, title, summary }: Marks): readonly string[] {
  const words = plainWords(title);
  const told = plainWords(summary ?? '');
  const start = told.length < TELLING_SUMMARY ? '' : told.slice(0, SUMMARY_START);
  if (start === '' && words.length < TELLING_TITLE) return [];
  return [`text-${hash(['text', feed, outlet, words, start])}`];
}

/** Whether a key is of the text: what only this tells to be the same stands at another address. */
export function isTextKey(key: string): boolean {
  return key.startsWith('text-');
}

/** Letters and digits only: quotes, dashes, case and spaces change when a site is rebuilt. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** In ids only. They are recorded, so this form stays as it is for good; what it misses the keys find. */
const RECORDED_TRACKING = /^(?:utm_.*|fbclid|gclid|msclkid|mc_cid|mc_eid|igshid)$/i;

function recordedLink(link: string): string {
  const url = parseUrl(link, undefined);
  if (url === undefined) return link;
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (RECORDED_TRACKING.test(name)) url.searchParams.delete(name);
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url.href.replace(/\/(?=$|\?)/, '');
}

function isFrontPage(link: string): boolean {
  return /^https?:\/\/[^/?]*$/.test(link);
}

function guidKey(feed: string, guid: string): string {
  return hash(['guid', feed, guid]);
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24);
}

function parseUrl(text: string, base: string | undefined): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
