/** Fetches what a source asks for, parses it, and keeps what is sane. One source failing stops no other. */
import type { SourceHealth } from '../core/events.ts';
import type { Catalogue } from '../core/metric.ts';
import type { Clock, Dropped, Observed, Reading, Reply, Request, Source, Store } from '../core/ports.ts';
import type { Duration } from '../core/time.ts';
import type { Log } from './log.ts';

/** What the poller needs of the HTTP client. */
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
/** A source that gave nothing this many times in a row has gone dark. */
const DARK_AFTER = 3;

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

export interface Poll {
  run(source: Source, signal: AbortSignal): Promise<void>;
}

export function createPoll(options: {
  readonly http: Fetch;
  readonly sane: Sane;
  readonly catalogue: Catalogue;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when something new was stored. */
  readonly arrived: (observed: Observed) => void;
}): Poll {
  const { store, clock, log } = options;
  const empty = new Map<string, number>();

  async function health(source: Source, polled: readonly Polled[]): Promise<void> {
    const gave = polled.some(({ reading }) => reading.samples.length + reading.articles.length > 0);
    const failures = gave ? 0 : (empty.get(source.id) ?? 0) + 1;
    empty.set(source.id, failures);
    const before = store.state().sources.get(source.id)?.state;
    const after = failures === 0 ? 'ok' : failures >= DARK_AFTER ? 'dark' : (before ?? 'ok');
    if (after === before) return;
    const why = after === 'ok' ? null : reasonOf(polled);
    const now: SourceHealth = { state: after, since: clock.now(), why };
    await store.commit([{ kind: 'source', source: source.id, health: now }]);
    if (after === 'dark') log.warn({ source: source.id, why }, 'source gone dark; what rests on it becomes unknown');
    else if (before === 'dark') log.info({ source: source.id }, 'source is back');
  }

  return {
    run: async (source, signal) => {
      const polled = await pollOnce(source, options.http, options.sane, options.catalogue, clock, signal);
      if (signal.aborted) return;
      for (const { request, reading, failed } of polled) {
        if (failed !== null) log.warn({ source: source.id, why: failed }, 'not fetched');
        for (const { what, reason } of summarize(reading.dropped))
          log.warn({ source: source.id, what, reason, path: pathOf(request.url) }, 'dropped');
      }
      const observed = await store.observe(
        polled.flatMap(({ reading }) => reading.samples),
        polled.flatMap(({ reading }) => reading.articles),
      );
      const fields = { source: source.id, samples: observed.samples.length, articles: observed.articles.length };
      log.debug(fields, 'polled');
      if (fields.samples + fields.articles > 0) options.arrived(observed);
      await health(source, polled);
    },
  };
}

/** A feed that lost a thousand items says so in a few lines. */
function summarize(dropped: readonly Dropped[]): readonly Dropped[] {
  const shown = dropped.slice(0, 10);
  const rest = dropped.length - shown.length;
  return rest === 0 ? shown : [...shown, { what: `${rest} more`, reason: 'as above' }];
}

function reasonOf(polled: readonly Polled[]): string {
  const reasons = polled.flatMap(({ failed, reading }) => [
    ...(failed === null ? [] : [failed]),
    ...reading.dropped.slice(0, 1).map(({ what, reason }) => `${what}: ${reason}`),
  ]);
  return [...new Set(reasons)].slice(0, 3).join('; ') || 'it answered, but with nothing usable';
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host + new URL(url).pathname : 'an unreadable URL';
}
