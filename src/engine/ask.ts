/** Asks a source once: its requests fetched, all their pages, parsed and checked. */
import type { Catalogue } from '../core/metric.ts';
import type { Clock, Reading, Reply, Request, Source } from '../core/ports.ts';
import type { Duration } from '../core/time.ts';

/** What is needed of the HTTP client. */
export interface Fetch {
  fetch(
    request: Request,
    signal?: AbortSignal,
  ): Promise<
    | { readonly kind: 'ok'; readonly reply: Reply; readonly unchanged: boolean }
    | { readonly kind: 'failed'; readonly why: string; readonly retryAfter: Duration | null }
  >;
}

/** One request of a source and what it gave. `failed` is null where an answer came. */
export type Polled = { readonly request: Request; readonly reading: Reading; readonly failed: string | null };

/** Drops what cannot be true: out of the catalogue's range, unknown, from the future. */
export type Sane = (reading: Reading, catalogue: Catalogue, now: number) => Reading;

const NOTHING: Reading = { samples: [], articles: [], dropped: [] };
/** More pages than any provider has; one that names ever another next page is cut off. */
const MOST_PAGES = 50;

/** Asks a source once. Never rejects: a failure is part of the answer. */
export async function pollOnce(
  source: Source,
  http: Fetch,
  sane: Sane,
  catalogue: Catalogue,
  clock: Clock,
  signal?: AbortSignal,
  requests: readonly Request[] = source.requests(),
): Promise<readonly Polled[]> {
  return Promise.all(
    requests.map(async (request): Promise<Polled> => {
      const answer = await fetchPages(source, request, http, signal);
      if (answer.kind === 'failed') return { request, reading: NOTHING, failed: answer.why };
      const now = clock.now();
      return { request, reading: sane(source.parse(answer.reply, request, now), catalogue, now), failed: null };
    }),
  );
}

type Fetched = { readonly kind: 'ok'; readonly reply: Reply } | { readonly kind: 'failed'; readonly why: string };

/** All pages of an answer or none: part of a list would pass for the whole. */
async function fetchPages(source: Source, first: Request, http: Fetch, signal?: AbortSignal): Promise<Fetched> {
  const pages: Reply[] = [];
  const asked = new Set<string>();
  let request: Request | null = first;
  while (request !== null) {
    if (new URL(request.url).origin !== new URL(first.url).origin)
      return { kind: 'failed', why: `page ${pages.length + 1} is said to be at another host` };
    const key = JSON.stringify([request.url, request.body ?? null]);
    if (asked.has(key)) return { kind: 'failed', why: `page ${pages.length + 1} is said to be one that came before` };
    if (pages.length === MOST_PAGES) return { kind: 'failed', why: `has more than ${MOST_PAGES} pages` };
    asked.add(key);
    const answer = await http.fetch(request, signal);
    if (answer.kind === 'failed') return answer;
    pages.push(answer.reply);
    request = source.next?.(answer.reply, request) ?? null;
  }
  const [reply, ...further] = pages as [Reply, ...Reply[]];
  return { kind: 'ok', reply: further.length === 0 ? reply : { ...reply, further } };
}
