/** Who stands behind an address: the outlet, its owner, and how far it is trusted. */
import type { Article } from '../../core/news.ts';
import type { Feed, Outlet } from '../../core/settings.ts';
import { canonicalUrl, plainHost } from './address.ts';
import { httpLink } from './identity.ts';

/** Whose an article is. */
export type Voice = Pick<Article, 'outlet' | 'owner' | 'trust'>;

export type Outlets = {
  /**
   * Whose the page at an http(s) address is. One that nobody lists is taken for a press outlet that owns itself, all
   * hosts of its domain together. It is called by `name`, unless that is a listed outlet's, else by its host.
   */
  of(link: string, name?: string): Voice;
  /** The outlet of this name, in any case of letters; one that nobody lists owns itself. */
  named(name: string): Voice;
};

/** A listed host, with the path it is limited to. `isEach`: its subdomains are outlets of their own. */
type Place = { readonly path: readonly string[]; readonly isEach: boolean; readonly voice: Voice };

/**
 * The outlets a configuration knows: those of the table, then those of its feeds by the host they are fetched from.
 * Where the table names a host, or feeds of several owners share it, a feed says nothing about it.
 */
export function outletsOf(feeds: readonly Feed[], table: readonly Outlet[] = tableOf(feeds)): Outlets {
  const places = new Map<string, Place[]>();
  const names = new Map<string, Voice>();
  for (const { outlet, hosts, owner = outlet, trust } of table) {
    const voice = { outlet, owner, trust };
    names.set(keyOf(outlet), voice);
    for (const host of hosts) place(places, host, voice);
  }
  for (const [host, voice] of implied(feeds)) {
    if (!places.has(host)) place(places, host, voice);
    if (!names.has(keyOf(voice.outlet))) names.set(keyOf(voice.outlet), voice);
  }
  return {
    of: (link, name) => voiceOf(places, names, link, name),
    named: (name) => names.get(keyOf(name)) ?? unlisted(name, name),
  };
}

/** The table stands beside each search: that of the first is that of all. */
function tableOf(feeds: readonly Feed[]): readonly Outlet[] {
  return feeds.flatMap((feed) => ('search' in feed ? [feed.outlets] : []))[0] ?? [];
}

function place(places: Map<string, Place[]>, listed: string, voice: Voice): void {
  const isEach = listed.startsWith('*.');
  const [name = '', ...path] = listed.slice(isEach ? 2 : 0).split('/');
  const host = plainHost(name);
  places.set(host, [...(places.get(host) ?? []), { path, isEach, voice }]);
}

function implied(feeds: readonly Feed[]): ReadonlyMap<string, Voice> {
  const found = new Map<string, Voice>();
  const shared = new Set<string>();
  for (const feed of feeds) {
    if ('search' in feed) continue;
    const host = plainHost(new URL(feed.url).hostname);
    const { outlet, owner, trust } = feed;
    const known = found.get(host);
    if (known !== undefined && known.owner !== owner) shared.add(host);
    if (known === undefined) found.set(host, { outlet, owner, trust });
  }
  return new Map([...found].filter(([host]) => !shared.has(host)));
}

function voiceOf(
  places: ReadonlyMap<string, readonly Place[]>,
  names: ReadonlyMap<string, Voice>,
  link: string,
  name: string | undefined,
): Voice {
  const canonical = httpLink(canonicalUrl(link), undefined);
  if (canonical === null) return unlisted(name ?? link, name ?? link);
  const url = new URL(canonical);
  const path = url.pathname.split('/').filter((part) => part !== '');
  const labels = url.hostname.split('.');
  for (let from = 0; from < labels.length; from++) {
    const best = placeFor(places.get(labels.slice(from).join('.')) ?? [], path, from > 0);
    if (best?.isEach === true) return eachOf(labels.slice(from - 1).join('.'), best.voice);
    if (best !== undefined) return best.voice;
  }
  const isFree = name !== undefined && !names.has(keyOf(name));
  return unlisted(isFree ? name : url.hostname, domainOf(labels));
}

/** The place with the longest path that the address lies below. */
function placeFor(places: readonly Place[], path: readonly string[], isBelow: boolean): Place | undefined {
  return places
    .filter((one) => (isBelow || !one.isEach) && one.path.every((part, index) => part === path[index]))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
}

function eachOf(host: string, { trust }: Voice): Voice {
  return { outlet: host, owner: host, trust };
}

function unlisted(outlet: string, owner: string): Voice {
  return { outlet, owner, trust: 'press' };
}

/** Second levels under which domains are given out in many countries, as in `co.uk`. */
const SECOND_LEVEL = /^(?:ac|co|com|edu|go|gob|gov|gv|ne|net|nom|or|org)$/;

/** What somebody registered, as far as the name shows it: subdomains are free, and must not look like new owners. */
function domainOf(labels: readonly string[]): string {
  if (/^\d+$/.test(labels.at(-1) ?? '')) return labels.join('.');
  const isDeep = labels.at(-1)?.length === 2 && SECOND_LEVEL.test(labels.at(-2) ?? '');
  return labels.slice(isDeep ? -3 : -2).join('.');
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
