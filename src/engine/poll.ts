/** Fetches what a source asks for, parses it, and keeps what can be trusted. One source failing stops no other. */
import type { Dispute, DisputeTurn } from '../core/events.ts';
import type { Catalogue } from '../core/metric.ts';
import type { Clock, Dropped, Evidence, Reading, Reply, Request, Source, Store } from '../core/ports.ts';
import type { Sample } from '../core/series.ts';
import type { Duration, Instant } from '../core/time.ts';
import { outcomeOf } from './health/course.ts';
import { missingOf } from './health/series.ts';
import type { Health } from './health.ts';
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

/** Holds what came from a source against what is recorded and what other sources say. Has a memory of its own. */
export interface Trust {
  /** Weighs one poll, also one that gave nothing. */
  weigh(
    source: Source,
    samples: readonly Sample[],
    known: { readonly evidence: Evidence; readonly disputes: { get(series: string): Dispute | undefined } },
    now: Instant,
  ): {
    /** May be recorded. */
    readonly samples: readonly Sample[];
    readonly dropped: readonly Dropped[];
    readonly turns: readonly DisputeTurn[];
    /** Past figures that are given anew, by series. */
    readonly corrected: ReadonlyMap<string, number>;
  };
  /** How long a figure of a source stays good. */
  maxAge(source: Source, series: string, evidence: Evidence): Duration;
}

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

export interface Poll {
  run(source: Source, signal: AbortSignal): Promise<void>;
}

export function createPoll(options: {
  readonly http: Fetch;
  readonly sane: Sane;
  readonly trust: Trust;
  readonly catalogue: Catalogue;
  readonly store: Store;
  readonly health: Health;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when there is something new to judge. */
  readonly arrived: () => void;
  /** Series that rules rest on: only of these is it said that one died in a living source. Without it of all. */
  readonly matters?: (series: string) => boolean;
}): Poll {
  const { store, trust, clock, log, matters = () => true } = options;
  /** By source, what was said of its last poll: what is the same each time is said once. */
  const told = new Map<string, ReadonlySet<string>>();

  async function run(source: Source, signal: AbortSignal): Promise<void> {
    const polled = await pollOnce(source, options.http, options.sane, options.catalogue, clock, signal);
    if (signal.aborted) return;
    const now = clock.now();
    const known = { evidence: store.evidence(), disputes: store.state().disputes };
    const given = polled.flatMap(({ reading }) => reading.samples);
    const weighed = trust.weigh(source, given, known, now);
    tell(source, polled, weighed.dropped);
    const articles = polled.flatMap(({ reading }) => reading.articles);
    const observed = await store.observe(weighed.samples, articles);
    for (const [series, figures] of weighed.corrected)
      log.info({ source: source.id }, `${figures} past figure${figures === 1 ? '' : 's'} of ${series} corrected`);
    const fields = { source: source.id, samples: observed.samples.length, articles: observed.articles.length };
    log.debug(fields, 'polled');
    // The pace of figures that their provider dates is known only once they are recorded.
    const evidence = store.evidence();
    const maxAge = (series: string): Duration => trust.maxAge(source, series, evidence);
    const missing = missingOf(source, given, maxAge, evidence, now).filter(({ series }) => matters(series));
    const outcome = outcomeOf(source, polled, maxAge, missing, now);
    const sighted = await options.health.polled(source, outcome, weighed.turns);
    if (sighted || fields.samples + fields.articles > 0) options.arrived();
  }

  /** Warns of what is new since the last poll; the rest is a detail. */
  function tell(source: Source, polled: readonly Polled[], doubted: readonly Dropped[]): void {
    const before = told.get(source.id);
    const lines = new Set<string>();
    const say = (fields: Readonly<Record<string, unknown>>, text: string): void => {
      const line = `${text} ${JSON.stringify(fields)}`;
      lines.add(line);
      log[before?.has(line) === true ? 'debug' : 'warn']({ source: source.id, ...fields }, text);
    };
    for (const { request, reading, failed } of polled) {
      if (failed !== null) say({ why: failed }, 'not fetched');
      for (const { what, reason } of summarize(reading.dropped))
        say({ what, reason, path: pathOf(request.url) }, 'dropped');
    }
    for (const { what, reason } of summarize(doubted)) say({ what, reason }, 'dropped');
    told.set(source.id, lines);
  }

  return { run };
}

/** A feed that lost a thousand items says so in a few lines. */
function summarize(dropped: readonly Dropped[]): readonly Dropped[] {
  const shown = dropped.slice(0, 10);
  const rest = dropped.length - shown.length;
  return rest === 0 ? shown : [...shown, { what: `${rest} more`, reason: 'as above' }];
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host + new URL(url).pathname : 'an unreadable URL';
}
