/** The one form of an address under which all its variants meet: tracking, AMP, mobile and redirecting ones. */
import normalizeUrl from 'normalize-url';

/** Parameters that say where a reader came from. What names the content (id, p, q, v, article …) is not among them. */
const TRACKING: readonly RegExp[] = [
  /^(?:utm|guce|itm|piwik|mtm|amp|hsa|vero|oly)_/i,
  /^(?:mc_(?:cid|eid|tc)|pk_(?:campaign|cid|content|cpn|kwd|keyword|medium|source)|wt_(?:mc|mc_id|mc_ev|zmc))$/i,
  /^at_(?:medium|campaign|campaign_type|creation|format|network|platform|recipient_\w+|send_date|variant|custom\d|link_\w+|ptr_\w+|bbc_team)$/i,
  /^(?:(?:fb|g|y|d|tw|tt)clid|msclkid|gclsrc|gbraid|wbraid|li_fat_id|epik)$/i,
  /^(?:igshid|igsh|ref_src|ref_url|referrer|cmp|cmpid|cmp_id|smid|smtyp|guccounter|ncid|sr_share|spm|xtor|usqp)$/i,
  /^(?:_hsenc|_hsmi|hsctatracking|mkt_tok|ocid|soc_src|soc_trk|s_cid|__twitter_impression|__s|taid|trk|trkcampaign)$/i,
];

/** Names that mean content elsewhere, and nothing on these sites. */
const TRACKING_AT: readonly { readonly host: RegExp; readonly names: RegExp }[] = [
  { host: /(?:^|\.)news\.google\.com$/, names: /^(?:oc|hl|gl|ceid)$/ },
  { host: /(?:^|\.)(?:youtube\.com|youtu\.be)$/, names: /^(?:si|feature|pp)$/ },
  { host: /(?:^|\.)(?:x|twitter)\.com$/, names: /^[st]$/ },
];

/** These tell the content or the way to it: their value decides, as in `source=rss-5f1c` or `mod=rss_markets`. */
const WAY = /^(?:source|src|from|via|partner|mod|feed|feedtype)$/i;
const BY_WAY = /^(?:rss|atom|feed|email|newsletter|twitter|social|friends_link|collection_|user_profile)/i;

/** A name of a release or branch as well: only these words, and the host of a site that links here, are tracking. */
const REF = /^ref$/i;
const BY_REF =
  /^(?:|rss|atom|feed|feedly|flipboard|home|homepage|email|mail|newsletter|twitter|tw|x|facebook|fb|linkedin|reddit|social|share|app|search|nav|footer|header|related|hn|hackernews|producthunt|(?:[a-z0-9-]+\.)+[a-z]{2,})$/i;

/** Parameters that ask for another layout of the same page. */
const LAYOUT: readonly (readonly [RegExp, RegExp])[] = [
  [/^amp$/i, /^(?:1|true|)$/i],
  [/^output(?:type)?$/i, /^amp$/i],
];

const GOOGLE = /^(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$/;

/** Pages that only lead on, where the address they lead to stands in a parameter. */
const WRAPPERS: readonly { readonly host: RegExp; readonly path: RegExp; readonly names: readonly string[] }[] = [
  { host: GOOGLE, path: /^\/url$/, names: ['q', 'url'] },
  { host: /^lm?\.facebook\.com$/, path: /^\/l\.php$/, names: ['u'] },
  { host: /^(?:www\.)?facebook\.com$/, path: /^\/(?:l\.php|flx\/warn\/?)$/, names: ['u'] },
  { host: /^l\.instagram\.com$/, path: /^\/?$/, names: ['u'] },
  { host: /^out\.reddit\.com$/, path: /^/, names: ['url'] },
  { host: /^(?:www\.)?youtube\.com$/, path: /^\/redirect$/, names: ['q'] },
  { host: /^(?:www\.)?linkedin\.com$/, path: /^\/(?:redir\/redirect|safety\/go)$/, names: ['url'] },
  { host: /^(?:html\.)?duckduckgo\.com$/, path: /^\/l\/?$/, names: ['uddg'] },
  { host: /^t\.umblr\.com$/, path: /^\/redirect$/, names: ['z'] },
  { host: /^slack-redir\.net$/, path: /^\/link$/, names: ['url'] },
  { host: /^vk\.com$/, path: /^\/away\.php$/, names: ['to'] },
  { host: /^steamcommunity\.com$/, path: /^\/linkfilter\/?$/, names: ['u', 'url'] },
];

/** Every real address is done after two; a made-up one may stop here. */
const MOST_STEPS = 8;
/** What may have more to remove; all other addresses are done after one step. */
const UNSETTLED = /amp|index\.|default\.|\/\/(?:www|m|mobile)\.|[%?]/i;
/** `www.`, and the hosts of mobile and AMP pages, in front of a host that stands without them: `m.co.uk` is one itself. */
const LAYOUT_HOST =
  /^(?:www|m|mobile|amp)\.(?!(?:ac|co|com|edu|go|gob|gov|gv|ne|net|nom|or|org)\.[a-z]{2}$)(?=[^.]+\.[^.])/;

/** The host without `www.` and what only says for which device. */
export function plainHost(host: string): string {
  let plain = host.toLowerCase().replace(/\.$/, '');
  while (LAYOUT_HOST.test(plain)) plain = plain.replace(LAYOUT_HOST, '');
  return plain;
}

/**
 * The canonical form of an absolute http(s) address, which is an address that can be asked in most cases, but is meant
 * for comparing. Giving the result again changes nothing. What is no such address comes back as it is.
 */
export function canonicalUrl(link: string): string {
  let canonical = link;
  // One step may bring to light what another one removes: a redirect in a redirect, an index behind `/amp/`.
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = simplified(canonical);
    if (next === canonical || !UNSETTLED.test(next)) return next;
    canonical = next;
  }
  return canonical;
}

function simplified(link: string): string {
  const given = httpUrl(link);
  if (given === undefined) return link;
  const url = innerOf(given) ?? given;
  url.hostname = plainHost(url.hostname);
  url.pathname = withoutAmp(url.pathname);
  withoutWays(url);
  try {
    return normalizeUrl(url.href, {
      forceHttps: true,
      stripHash: true,
      removeDirectoryIndex: [/^(?:index|default)\.(?:html?|php|aspx?)$/i],
      removeQueryParameters: false,
      emptyQueryValue: 'always',
    });
  } catch {
    return link;
  }
}

/** What a redirecting page leads to, or an AMP cache holds; undefined where the address is neither. */
function innerOf(url: URL): URL | undefined {
  const { hostname, pathname, searchParams } = url;
  const wrapper = WRAPPERS.find(({ host, path }) => host.test(hostname) && path.test(pathname));
  for (const name of wrapper?.names ?? []) {
    const target = httpUrl(searchParams.get(name) ?? '');
    if (target !== undefined) return target;
  }
  return ampCached(url);
}

/** `x-com.cdn.ampproject.org/c/s/x.com/…` and `google.com/amp/s/x.com/…`; without the `s` it was http. */
function ampCached({ hostname, pathname, search }: URL): URL | undefined {
  const isCache = /(?:^|\.)cdn\.ampproject\.org$/.test(hostname);
  const form = isCache ? /^\/(?:[a-z]\/)+(.+)$/ : GOOGLE.test(hostname) ? /^\/amp\/(?:s\/)?(.+)$/ : undefined;
  const target = form?.exec(pathname)?.[1];
  return target === undefined || !/^[^/]+\.[^/]+/.test(target) ? undefined : httpUrl(`https://${target}${search}`);
}

/** `/amp/…`, `…/amp`, `….amp` and `….amp.html` are the page without it. */
function withoutAmp(path: string): string {
  return path
    .replace(/\/amp\/*$/i, '/')
    .replace(/^\/+amp\/(?=.)/i, '/')
    .replace(/\.amp(?=\.html?$|$)/i, '');
}

/** All in one go: taking them out one by one looks at each as often as there are any. */
function withoutWays(url: URL): void {
  const elsewhere = TRACKING_AT.filter(({ host }) => host.test(url.hostname));
  const given = [...url.searchParams];
  const kept = given.filter(
    ([name, value]) =>
      !TRACKING.some((names) => names.test(name)) &&
      !elsewhere.some(({ names }) => names.test(name)) &&
      !(WAY.test(name) && BY_WAY.test(value)) &&
      !(REF.test(name) && BY_REF.test(value)) &&
      !LAYOUT.some(([names, values]) => names.test(name) && values.test(value)),
  );
  if (kept.length < given.length) url.search = String(new URLSearchParams(kept));
}

function httpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}
