/** Where a redirect may lead, and what of the request goes along. */
import type { Hop } from './exchange.ts';

export type Next = { readonly ok: true; readonly hop: Hop } | { readonly ok: false; readonly why: string };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * The hop a redirect asks for. Leaving the origin drops the caller's headers and the permission to reach private
 * addresses, for good. A body goes along only with 307 and 308 and only within the origin; https never becomes http.
 */
export function redirect(from: Hop, status: number, location: string | null): Next {
  if (location === null) return { ok: false, why: 'redirects without saying where' };
  if (!URL.canParse(location, from.url.href)) return { ok: false, why: 'redirects to something that is no address' };
  const url = new URL(location, from.url);
  const refusal = refusalOf(url);
  if (refusal !== null) return { ok: false, why: `redirects to ${refusal}` };
  if (from.url.protocol === 'https:' && url.protocol === 'http:')
    return { ok: false, why: 'redirects from https to http' };
  const same = url.origin === from.url.origin;
  const body = status === 307 || status === 308 ? from.body : null;
  if (body !== null && !same) return { ok: false, why: 'redirects a request with a body to another host' };
  return { ok: true, hop: { url, headers: same ? from.headers : {}, body, private: same && from.private } };
}

/** Why an address is not asked at all; null where nothing speaks against it. */
export function refusalOf(url: URL): string | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'an address that is neither http nor https';
  return url.username === '' && url.password === '' ? null : 'an address with a user name or password in it';
}
