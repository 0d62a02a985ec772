/** A source that asks another server than the provider's own: a mirror, or a node of the owner's. */
import type { Request, Source } from '../core/ports.ts';

/**
 * The same source with every address moved to `base`: `https://api.example.com/v1/x?y` becomes `<base>/v1/x?y`.
 * A page that names the provider's own address is asked there too.
 */
export function rebased<T extends Source>(source: T, base: string, open: boolean): T {
  const from = new Map<string, Request>();

  function moved(request: Request): Request {
    const { pathname, search } = new URL(request.url);
    const url = `${base.replace(/\/+$/, '')}${pathname}${search}`;
    const there = { ...request, url, ...(open ? { private: true } : {}) };
    from.set(keyOf(there), request);
    return there;
  }

  /** What the source itself asked for. */
  const origin = (request: Request): Request => from.get(keyOf(request)) ?? request;
  const { next, backfill } = source;
  return {
    ...source,
    requests: () => source.requests().map(moved),
    ...(next === undefined
      ? {}
      : {
          next: (page, request) => {
            const following = next(page, origin(request));
            return following === null ? null : moved(following);
          },
        }),
    ...(backfill === undefined ? {} : { backfill: () => backfill().map(moved) }),
    parse: (reply, request, now) => source.parse(reply, origin(request), now),
  };
}

function keyOf({ url, body }: Request): string {
  return JSON.stringify([url, body ?? null]);
}
