/** What the address of a guarded request gives away before anything is asked: a host inside, or an odd port. */
import { isIP } from 'node:net';
import { isPublic } from './address.ts';

/** Where public APIs and feeds answer. Databases, mail and consoles of machines answer elsewhere. */
export const PORTS: readonly number[] = [80, 443, 8080, 8443];

/**
 * Names that mean this machine or somebody's own network, whatever a name server says: RFC 6761 (localhost), RFC 6762
 * (local), RFC 8375 (home.arpa), ICANN's internal; and names without a dot, which only a search list completes.
 */
const INSIDE = /^[^.]+$|(^|\.)(localhost|local|internal|home\.arpa)$/i;

/** Why a URL is refused unless it is allowed to lead inside, as the end of a sentence; null where it tells nothing. */
export function refusedUnlessPrivate(url: URL, ports: readonly number[] = PORTS): string | null {
  if (isInside(hostOf(url))) return 'its address is not public';
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return ports.includes(port) ? null : `its port is none of ${listed(ports)}`;
}

/** A name without the dot at its end, or an IP literal without brackets: of IPv4 four decimal numbers, however it was spelled. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isInside(host: string): boolean {
  return isIP(host) === 0 ? INSIDE.test(host) : !isPublic(host);
}

function listed(ports: readonly number[]): string {
  return [ports.slice(0, -1).join(', '), ...ports.slice(-1)].filter((text) => text !== '').join(' and ');
}
