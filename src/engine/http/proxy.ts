/** The ways out: straight, or through the proxies that the operator names. */
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type buildConnector, Client, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { type Duration, SECOND } from '../../core/time.ts';
import { isPublic } from './address.ts';
import { within } from './deadline.ts';
import { hostOf } from './refusal.ts';

/**
 * URLs of the proxies for http and for https targets, user name and password in them; without one for https, that for
 * http serves both. `none` lists hosts that are asked straight, as in NO_PROXY: `example.org,.example.net:8080` or `*`.
 */
export type Proxies = { readonly http?: string; readonly https?: string; readonly none?: string };

/**
 * The proxy could not be reached or did not let us through. It has no code of its own: for a cut connection undici would
 * begin anew at once, and for ever.
 */
export class ProxyFailed extends Error {
  override name = 'ProxyFailed';
}

export function hasProxies(proxies: Proxies | undefined): proxies is Proxies {
  return Boolean(proxies?.http) || Boolean(proxies?.https);
}

/** Sends requests with one connection an origin; `connect` makes those that lead through no proxy. */
export function createDispatcher(
  connect: buildConnector.connector,
  deadline: Duration,
  proxies: Proxies | undefined,
): Dispatcher {
  const timeouts = { headersTimeout: deadline, bodyTimeout: deadline };
  if (!hasProxies(proxies)) return new Agent({ ...timeouts, connections: 1, connect });
  return new EnvHttpProxyAgent({
    ...timeouts,
    connections: 1,
    connect,
    // What is not set must not be looked for in the environment.
    httpProxy: proxies.http ?? '',
    httpsProxy: proxies.https ?? '',
    noProxy: proxies.none ?? '',
    // Plain http is forwarded, not tunnelled: many proxies connect through to port 443 only.
    proxyTunnel: false,
    clientFactory: (url, options) => new Pool(url, { ...timeouts, ...through(options) }),
    factory: (origin, options) =>
      new Client(origin, { ...timeouts, ...(connectorOf(options) === connect ? options : through(options)) }),
  });
}

type WithConnector = { readonly connect?: buildConnector.connector };

function connectorOf(options: object): buildConnector.connector | undefined {
  return (options as WithConnector).connect;
}

/** The same, with everything that goes wrong on the way named as the proxy's. */
function through(options: object): WithConnector {
  const connect = connectorOf(options);
  if (connect === undefined) return options;
  return {
    ...options,
    connect: (target, callback) =>
      connect(target, (...[error, socket]) => {
        if (error === null) callback(null, socket);
        else callback(error instanceof ProxyFailed ? error : new ProxyFailed('', { cause: error }), null);
      }),
  };
}

/** How long our own name server may think about a name before the proxy's word counts. */
const LOOKUP_WITHIN = 5 * SECOND;

/**
 * Whether a proxy may be asked for a host: not where an address of it that we know is not public. Where our own name
 * server knows none the proxy decides: behind many proxies the names of the world cannot be looked up at all.
 */
export async function mayAsk(lookup: LookupFunction, url: URL, stop: AbortSignal): Promise<boolean> {
  const host = hostOf(url);
  if (isIP(host) !== 0) return isPublic(host);
  const looked = await within(LOOKUP_WITHIN, stop, () => addressesOf(lookup, host));
  return looked.kind !== 'done' || looked.value.every(isPublic);
}

function addressesOf(lookup: LookupFunction, name: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    lookup(name, { all: true }, (error, found) => {
      if (error !== null) reject(error);
      else resolve(typeof found === 'string' ? [found] : found.map(({ address }) => address));
    });
  });
}
