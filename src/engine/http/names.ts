/**
 * Looks names up in the DNS without Node's thread pool: a slow name server would otherwise hold up the disk, which needs
 * the same few threads, and the end of the process. The hosts file is not read.
 */
import { type LookupAddress, Resolver } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type Duration, SECOND } from '../../core/time.ts';

export type Names = {
  readonly lookup: LookupFunction;
  /** Ends what is under way. */
  close(): void;
};

/** https://www.rfc-editor.org/rfc/rfc6761#section-6.3: these names never reach the DNS. */
const LOOPBACK = /(^|\.)localhost\.?$/i;

type Answer = { readonly error: NodeJS.ErrnoException | null; readonly addresses: readonly LookupAddress[] };

/** IPv4 addresses come first; one family failing is no failure. Errors are ENOTFOUND (no such name) or EAI_AGAIN. */
export function dnsNames(timeout: Duration = 3 * SECOND, servers?: readonly string[]): Names {
  const resolver = new Resolver({ timeout, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);

  function ask(name: string, family: 4 | 6): Promise<Answer> {
    return new Promise((resolve) => {
      const done = (error: NodeJS.ErrnoException | null, found?: readonly string[]): void =>
        resolve({ error, addresses: (found ?? []).map((address) => ({ address, family })) });
      if (family === 4) resolver.resolve4(name, done);
      else resolver.resolve6(name, done);
    });
  }

  async function find(name: string): Promise<Answer> {
    if (LOOPBACK.test(name)) return { error: null, addresses: [{ address: '127.0.0.1', family: 4 }] };
    const answers = await Promise.all([ask(name, 4), ask(name, 6)]);
    const addresses = answers.flatMap((answer) => answer.addresses);
    const lasting = answers.every(({ error }) => error?.code === 'ENOTFOUND' || error?.code === 'ENODATA');
    const error: NodeJS.ErrnoException = new Error('the name could not be resolved');
    error.code = lasting ? 'ENOTFOUND' : 'EAI_AGAIN';
    return addresses.length > 0 ? { error: null, addresses } : { error, addresses: [] };
  }

  return {
    lookup: (name, options, callback) => {
      void find(name).then(({ error, addresses }) => {
        const [first] = addresses;
        if (options.all === true) callback(error, [...addresses]);
        else callback(error, first?.address ?? '', first?.family);
      });
    },
    close: () => resolver.cancel(),
  };
}
