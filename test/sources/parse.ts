/** A source and its provider brought together without a network: routes answered in order, pages followed. */
import type { Reading, Reply, Request, Source } from '../../src/core/ports.ts';
import type { Instant } from '../../src/core/time.ts';
import type { Provider, Route } from '../providers/provider.ts';

export function replyTo(body: string | Uint8Array, route?: Route): Reply {
  return {
    bytes: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    contentType: route?.type ?? 'application/json',
    modified: route?.modified ?? null,
  };
}

export function textOf({ body }: Route): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** The route that answers a request, as the provider's server would choose it. */
export function routeOf(provider: Provider, request: Request, now: Instant): Route {
  const asked = new URL(request.url);
  const found = provider.routes(now).find(({ url, asks }) => {
    const own = new URL(`https://${url}`);
    return (
      own.host === asked.host &&
      own.pathname + own.search === asked.pathname + asked.search &&
      (asks === undefined || request.body?.includes(asks) === true)
    );
  });
  if (found === undefined) throw new Error(`${provider.source} has no route for ${request.url}`);
  return found;
}

/** The answer to a request, all its pages. */
export function answerTo(source: Source, provider: Provider, request: Request, now: Instant): Reply {
  const pages: Reply[] = [];
  let next: Request | null = request;
  while (next !== null && pages.length < 60) {
    const route = routeOf(provider, next, now);
    const page = replyTo(textOf(route), route);
    pages.push(page);
    next = source.next?.(page, next) ?? null;
  }
  const [first, ...further] = pages as [Reply, ...Reply[]];
  return further.length === 0 ? first : { ...first, further };
}

/** What a source makes of everything its provider answers. */
export function readingOf(source: Source, provider: Provider, now: Instant): readonly Reading[] {
  return source.requests().map((request) => source.parse(answerTo(source, provider, request, now), request, now));
}

/** The newest sample of each series. */
export function newestOf(readings: readonly Reading[]): Record<string, number> {
  const newest = new Map<string, { at: Instant; value: number }>();
  for (const { series, at, value } of readings.flatMap(({ samples }) => samples))
    if (at >= (newest.get(series)?.at ?? Number.NEGATIVE_INFINITY)) newest.set(series, { at, value });
  return Object.fromEntries([...newest].map(([series, { value }]) => [series, value]).sort());
}
