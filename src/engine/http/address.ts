/** Tells public addresses from those inside somebody's network, and refuses to connect to the latter. */
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** A connection that was not made: the address is loopback, private, link-local or otherwise not public. */
export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

/** The only IPv6 block handed out for the public internet (IANA): anything else is refused, known range or not. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP literal is on the public internet. IPv4-mapped, NAT64, 6to4 and Teredo forms are not: they could
 * carry a private IPv4 address. Nor is an address with a zone id, which means one link of this machine, nor text that
 * is no IP literal.
 */
export function isPublic(address: string): boolean {
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6);
}

/** A lookup that fails with AddressRefused when any address of the name is not public. */
export function guardLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, address, family) => {
      if (error !== null) return callback(error, address, family);
      const addresses = typeof address === 'string' ? [address] : address.map((entry) => entry.address);
      if (addresses.length > 0 && addresses.every(isPublic)) return callback(null, address, family);
      callback(new AddressRefused('the name resolves to an address that is not public'), address, family);
    });
  };
}

/**
 * A connector that reaches public addresses only: literals are checked before connecting (net.connect asks no lookup
 * for them), names while resolving, and the peer once connected.
 */
export function guardConnector(lookup: LookupFunction, timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: guardLookup(lookup) });
  return (options, callback) => {
    if (isIP(options.hostname) !== 0 && !isPublic(options.hostname)) {
      queueMicrotask(() => callback(new AddressRefused('the address is not public'), null));
      return;
    }
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error !== null) return callback(error, null);
      if (isPublic(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(new AddressRefused('the peer is not public'), null);
    });
  };
}
