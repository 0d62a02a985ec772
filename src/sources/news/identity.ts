/** When two items are the same item: by canonical link, else by the feed's own guid, else by title. */
import { createHash } from 'node:crypto';

const TRACKING = /^(?:utm_.*|fbclid|gclid|msclkid|mc_cid|mc_eid|igshid)$/i;
const LONGEST_LINK = 2048;

/** An absolute http(s) link without credentials, or null: `javascript:`, `data:` and broken ones are no links. */
export function httpLink(href: string | undefined, base: string | undefined): string | null {
  if (href === undefined || href.trim() === '') return null;
  const url = parseUrl(href.trim(), base);
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.username = '';
  url.password = '';
  return url.href.length > LONGEST_LINK ? null : url.href;
}

/** The link without what changes from reader to reader: tracking parameters, fragment, case of the host, last slash. */
export function canonicalLink(link: string): string {
  const url = parseUrl(link, undefined);
  if (url === undefined) return link;
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url.href.replace(/\/(?=$|\?)/, '');
}

/**
 * Stable across polls, and the same in every feed that carries the link. A link to a site's front page names no item:
 * then, and without a link, the feed with the guid, else with the title, decides.
 */
export function articleId(item: {
  readonly feed: string;
  readonly link: string | null;
  readonly guid: string | undefined;
  readonly title: string;
}): string {
  const link = item.link === null ? undefined : canonicalLink(item.link);
  if (link !== undefined && !isFrontPage(link)) return hash(['link', link]);
  return item.guid === undefined ? hash(['title', item.feed, item.title]) : hash(['guid', item.feed, item.guid]);
}

function isFrontPage(link: string): boolean {
  return /^https?:\/\/[^/?]*$/.test(link);
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
