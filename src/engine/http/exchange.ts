/** One request and its answer: no retry, no redirect followed; every body read or dumped. */
import type { Dispatcher } from 'undici';
import { readBody } from './body.ts';

/** One request of a chain, as it goes over the wire. */
export type Hop = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Sent without the address guard. */
  readonly private: boolean;
};

/** What came back. Header values are the first of their name, null where missing. */
export type Answer = {
  readonly status: number;
  readonly header: (name: string) => string | null;
  /** Null where the body was not wanted: a redirect, an error, not modified. */
  readonly body: Awaited<ReturnType<typeof readBody>> | null;
};

/** Rejects with undici's error, AddressRefused, or on abort. */
export async function exchange(
  dispatcher: Dispatcher,
  hop: Hop,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Answer> {
  const { statusCode, headers, body } = await dispatcher.request({
    origin: hop.url.origin,
    path: hop.url.pathname + hop.url.search,
    method: hop.body === null ? 'GET' : 'POST',
    headers: hop.headers,
    body: hop.body,
    signal,
  });
  // A body cut off on purpose (too large, out of time) says so through an error event nobody else listens to.
  body.on('error', () => {});
  const header = (name: string) => [headers[name] ?? null].flat()[0] ?? null;
  if (statusCode >= 200 && statusCode < 300) {
    const read = await readBody(body, header('content-encoding') ?? '', maxBytes);
    return { status: statusCode, header, body: read };
  }
  await body.dump({ limit: 64 * 1024, signal }).catch(() => {});
  if (signal.aborted) throw signal.reason;
  return { status: statusCode, header, body: null };
}
