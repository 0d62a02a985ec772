/** Words for failures: which address, what happened; never a query, a header value or a library's message. */
import { AddressRefused } from './address.ts';
import { ProxyFailed } from './proxy.ts';
import { isPassing } from './retry.ts';

/** Host and path; a query is only hinted at, because keys live there. */
export function nameOf(url: URL): string {
  const path = url.pathname.length > 120 ? `${url.pathname.slice(0, 119)}…` : url.pathname;
  return `${url.host}${path}${url.search === '' ? '' : '?…'}`;
}

const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name could not be resolved just now',
  ETIMEDOUT: 'the connection took too long',
  UND_ERR_CONNECT_TIMEOUT: 'the connection took too long',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  UND_ERR_HEADERS_OVERFLOW: 'the answer has too many headers',
  UND_ERR_INVALID_ARG: 'the request has a header or address that HTTP does not allow',
};
/** A person must act before these change. */
const LASTING = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_HEADERS_OVERFLOW']);

type Meaning = { readonly why: string; readonly permanent: boolean };

/** What a failed request means, and whether trying the same again could help. */
export function meaningOf(error: unknown): Meaning {
  if (error instanceof AddressRefused) return { why: 'refused, because its address is not public', permanent: true };
  const status = proxyStatusOf(error);
  if (status !== null) return refusedByProxy(status);
  if (error instanceof ProxyFailed) {
    const { why, permanent } = meaningOf(error.cause);
    return { why: `on the way through the proxy ${why}`, permanent };
  }
  const code = codeOf(error);
  if (/^HPE_/.test(code)) return { why: 'the answer is not HTTP', permanent: false };
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code))
    return { why: `the TLS certificate is not valid (${code})`, permanent: true };
  return { why: MEANINGS[code] ?? `the request failed (${code})`, permanent: LASTING.has(code) };
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'unknown error';
}

/** What a proxy answered instead of connecting, or to a request that it did not pass on; null where it was not that. */
function proxyStatusOf(error: unknown): number | null {
  const said = error instanceof ProxyFailed ? error.cause : error;
  const match = /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(
    said instanceof Error ? said.message : '',
  );
  return match === null ? null : Number(match[1]);
}

function refusedByProxy(status: number): Meaning {
  if (status === 407) return { why: 'the proxy wants another user name and password (407)', permanent: true };
  return { why: `the proxy answered ${status} and did not connect`, permanent: !isPassing(status) };
}
