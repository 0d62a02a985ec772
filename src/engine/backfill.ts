/** Asks sources once for figures of the past, so that windows are covered from the start. */
import type { Catalogue } from '../core/metric.ts';
import type { Clock, Dropped, Evidence, Request, Source, Store } from '../core/ports.ts';
import type { Sample, Series } from '../core/series.ts';
import { type Duration, formatDuration, type Instant, SECOND } from '../core/time.ts';
import { type Fetch, pollOnce, type Sane } from './ask.ts';
import { within } from './http/deadline.ts';
import type { Log } from './log.ts';

/** What follows a source's id where its samples are of its history. */
const HISTORY = ' history';

/** A start never waits longer for the past. */
const USUAL_LIMIT = 60 * SECOND;

export type Asking = {
  readonly http: Fetch;
  readonly sane: Sane;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
};

/** What a source said of the past: figures that can be true, those that cannot, and why requests failed. */
export type Past = {
  readonly samples: readonly Sample[];
  readonly dropped: readonly Dropped[];
  readonly failed: readonly string[];
};

/** Asks a source what it is asked in any poll. Never rejects: a failure is part of the answer. */
export function askToday(source: Source, asking: Asking): Promise<Past> {
  return ask(source, source.requests(), asking);
}

/**
 * Asks a source for its history, once and in full. Its samples name the source as `akash history`: they are none of those
 * that it is asked for again and again, and have another pace. Never rejects: a failure is part of the answer.
 */
export async function askHistory(source: Source, asking: Asking, signal?: AbortSignal): Promise<Past> {
  const past = await ask(source, source.backfill?.() ?? [], asking, signal);
  return { ...past, samples: past.samples.map((sample) => ({ ...sample, source: source.id + HISTORY })) };
}

async function ask(
  source: Source,
  requests: readonly Request[],
  { http, sane, catalogue, clock }: Asking,
  signal?: AbortSignal,
): Promise<Past> {
  const polled = await pollOnce(source, http, sane, catalogue, clock, signal, requests);
  return {
    samples: polled.flatMap(({ reading }) => reading.samples),
    dropped: polled.flatMap(({ reading }) => reading.dropped),
    failed: polled.flatMap(({ failed }) => failed ?? []),
  };
}

/**
 * Those before the first sample that is recorded of their series: a provider's history is another kind of figure than
 * what was seen live, and a series may hold one after the other, but never both at once. A history that a killed process
 * left half recorded goes on behind its own last sample, up to the first of anybody else.
 */
export function earlier(samples: readonly Sample[], evidence: Evidence): readonly Sample[] {
  const gaps = new Map<string, Gap>();
  return samples.filter(({ series, at, source }) => {
    const key = `${source} ${series}`;
    const gap = gaps.get(key) ?? gapOf(source, evidence.series(series));
    gaps.set(key, gap);
    return at < gap.first || (at > gap.from && at < gap.to);
  });
}

/** Before `first` nothing is recorded, and between `from` and `to` the same history breaks off. */
type Gap = { readonly first: Instant; readonly from: Instant; readonly to: Instant };

function gapOf(source: string, series: Series | undefined): Gap {
  const never = Number.POSITIVE_INFINITY;
  if (series === undefined || series.length === 0) return { first: never, from: never, to: never };
  const first = series.time(0);
  let own = 0;
  while (source.endsWith(HISTORY) && own < series.length && series.source(own) === source) own += 1;
  if (own === 0) return { first, from: never, to: never };
  return { first, from: series.time(own - 1), to: own < series.length ? series.time(own) : never };
}

/** The job under which a source's completed backfill is kept. */
export function backfillOf({ id }: Pick<Source, 'id'>): string {
  return `backfill ${id}`;
}

/**
 * Fills in the past of each source that can tell it and has not done so. One that fails, wholly or in part, keeps
 * nothing and is asked again at the next start: live figures would by then stand where the rest of it belongs. Never rejects
 * because of a source.
 * @param within for all together, in milliseconds; 60 s unless given
 */
export async function backfill(
  options: Asking & {
    readonly sources: readonly Source[];
    readonly store: Store;
    readonly log: Log;
    readonly within?: Duration;
    /** Ends it early. */
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  const { store, log, within: limit = USUAL_LIMIT, signal = new AbortController().signal } = options;
  const missing = options.sources.filter(
    (source) => source.backfill !== undefined && store.lastRun(backfillOf(source)) === undefined,
  );
  if (missing.length === 0) return;
  const told = new Map<Source, Past>();
  const ended = await within(limit, signal, (stop) =>
    Promise.all(missing.map(async (source) => told.set(source, await askHistory(source, options, stop)))),
  );
  if (ended.kind === 'error') throw ended.error;
  if (ended.kind === 'stopped') return;
  // In the order of the configuration, whoever answered first: where two tell one series, that must not depend on chance.
  for (const source of missing) {
    const past = told.get(source);
    const why = past === undefined ? `no complete answer within ${formatDuration(limit)}` : shortcoming(past);
    if (past === undefined || why !== null) {
      log.warn({ source: source.id, why }, 'no history yet; asked for it again at the next start');
      continue;
    }
    const { samples } = await store.observe(earlier(past.samples, store.evidence()), []);
    store.ran(backfillOf(source), options.clock.now());
    log.info({ source: source.id, samples: samples.length, dropped: past.dropped.length }, 'history filled in');
  }
}

/** Why an answer is no history; null where it is one. */
function shortcoming({ samples, dropped, failed }: Past): string | null {
  const [reason] = [...failed, ...(samples.length > 0 ? [] : dropped.map(({ what, reason }) => `${what}: ${reason}`))];
  return reason ?? (samples.length > 0 ? null : 'it answered, but with nothing usable');
}
