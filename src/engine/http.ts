/** Fetches what sources ask for: bounded in time and size, public addresses only, one request a host at a time. */
import { lookup as dnsLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { buildConnector, type Dispatcher } from 'undici';
import type { Clock, Reply, Request } from '../core/ports.ts';
import { type Duration, formatDuration, type Instant, SECOND } from '../core/time.ts';
import { AddressRefused, guardConnector } from './http/address.ts';
import { ACCEPT_ENCODING } from './http/body.ts';
import { withAny, within } from './http/deadline.ts';
import { type Answer, exchange, type Hop } from './http/exchange.ts';
import { createMemory, type Memory } from './http/memory.ts';
import { dnsNames, type Names } from './http/names.ts';
import { createDispatcher, hasProxies, mayAsk, type Proxies } from './http/proxy.ts';
import { createQueue, type Queue } from './http/queue.ts';
import { isRedirect, redirect, refusalOf } from './http/redirect.ts';
import { PORTS, refusedUnlessPrivate } from './http/refusal.ts';
import { backoff, isPassing, parseHttpDate, parseRetryAfter } from './http/retry.ts';
import { meaningOf, nameOf } from './http/wording.ts';

const MEBIBYTE = 1024 * 1024;

export type HttpOptions = {
  /** Names the bot and where to reach its owner. A source's own `user-agent` header goes before it. */
  readonly userAgent: string;
  readonly clock: Clock;
  /** Waits between attempts; rejects or resolves early on abort. */
  readonly sleep?: (duration: Duration, signal: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  readonly random?: () => number;
  /** Resolves names; by default the DNS, and for private requests the system, hosts file included. */
  readonly lookup?: LookupFunction;
  /** Proxies to go through, private requests included. Default: none. */
  readonly proxy?: Proxies;
  /** Ports that may be asked without `private`. */
  readonly ports?: readonly number[];
  /** For one attempt, body included. Default 20 s. */
  readonly deadline?: Duration;
  /** For all attempts and redirects of one fetch, time in the host's queue before the first not counted. Default 60 s. */
  readonly total?: Duration;
  /** Largest body, as sent and as decompressed, in bytes. Default 8 MiB. */
  readonly maxBytes?: number;
  /** Requests sent for one fetch before giving up, redirects not counted. Default 3. */
  readonly attempts?: number;
  /** Redirects followed. Default 5. */
  readonly redirects?: number;
  /** Bound of the first wait between attempts; doubles each time. Default 500 ms. */
  readonly pause?: Duration;
};

/** `permanent`: the same request would fail again until somebody changes something. */
export type FetchResult =
  | { readonly kind: 'ok'; readonly reply: Reply; readonly status: number; readonly unchanged: boolean }
  | {
      readonly kind: 'failed';
      readonly why: string;
      readonly retryAfter: Duration | null;
      readonly permanent: boolean;
    };

export type Http = {
  /** Never rejects: a failure is a result. `unchanged` means that the server confirmed the body given last time. */
  fetch(request: Request, signal?: AbortSignal): Promise<FetchResult>;
  /** Ends what is under way and frees all connections; later fetches fail. */
  close(): Promise<void>;
};

/** What every fetch of one client shares. */
type Shared = Required<Omit<HttpOptions, 'proxy'>> & {
  readonly guarded: Dispatcher;
  readonly open: Dispatcher;
  readonly isProxied: boolean;
  readonly names: Names;
  readonly queue: Queue;
  readonly memory: Memory;
};
/** What one fetch has left. */
type Budget = { attempts: number; redirects: number; ends: Instant | null };

type Failed = Extract<FetchResult, { kind: 'failed' }>;
/** An answer worth acting on, or why there is none. */
type Outcome = { readonly kind: 'answer'; readonly answer: Answer } | Failed;

export function createHttp(options: HttpOptions): Http {
  const shared = share(options);
  const closing = new AbortController();

  async function fetch(request: Request, signal?: AbortSignal): Promise<FetchResult> {
    if (!URL.canParse(request.url)) return failed('not fetched: the address is not a URL', true);
    const url = new URL(request.url);
    url.hash = '';
    const refusal = refusalOf(url);
    if (refusal !== null) return failed(`${nameOf(url)}: not fetched: ${refusal}`, true);
    const hop = {
      url,
      headers: lowerCased(request.headers),
      body: request.body ?? null,
      private: request.private === true,
    };
    const budget = { attempts: shared.attempts, redirects: shared.redirects, ends: null };
    const signals = signal === undefined ? [closing.signal] : [closing.signal, signal];
    return withAny(signals, (stop) => follow(shared, hop, budget, stop));
  }

  async function close(): Promise<void> {
    closing.abort();
    shared.names.close();
    await Promise.all([shared.guarded.destroy(), shared.open.destroy()]);
  }

  return { fetch, close };
}

function share(options: HttpOptions): Shared {
  const deadline = options.deadline ?? 20 * SECOND;
  const names = dnsNames();
  const lookup = options.lookup ?? names.lookup;
  const unguarded = buildConnector({ timeout: deadline, lookup: options.lookup ?? dnsLookup });
  return {
    userAgent: options.userAgent,
    clock: options.clock,
    sleep: options.sleep ?? ((duration, signal) => wait(duration, undefined, { signal })),
    random: options.random ?? Math.random,
    lookup,
    ports: options.ports ?? PORTS,
    deadline,
    total: options.total ?? 60 * SECOND,
    maxBytes: options.maxBytes ?? 8 * MEBIBYTE,
    attempts: options.attempts ?? 3,
    redirects: options.redirects ?? 5,
    pause: options.pause ?? SECOND / 2,
    // Two agents: a connection made for a private request must never serve a guarded one.
    guarded: createDispatcher(guardConnector(lookup, deadline), deadline, options.proxy),
    open: createDispatcher(unguarded, deadline, options.proxy),
    isProxied: hasProxies(options.proxy),
    names,
    queue: createQueue(),
    memory: createMemory(MEBIBYTE, 32 * MEBIBYTE),
  };
}

/** Follows redirects until something else comes back; each hop takes its turn at its own host. */
async function follow(shared: Shared, first: Hop, budget: Budget, stop: AbortSignal): Promise<FetchResult> {
  let hop = first;
  for (;;) {
    const at = nameOf(hop.url);
    const refusal = hop.private ? null : refusedUnlessPrivate(hop.url, shared.ports);
    if (refusal !== null) return failed(`${at}: refused, because ${refusal}`, true);
    const outcome = await shared.queue.run(hop.url.hostname, stop, () => attempt(shared, hop, budget, stop));
    if (outcome === undefined) return failed(`${at}: stopped`, false);
    if (outcome.kind === 'failed') return outcome;
    const { answer } = outcome;
    if (!isRedirect(answer.status)) return conclude(shared, hop, answer);
    if (budget.redirects === 0) return failed(`${at}: redirects more than ${shared.redirects} times`, true);
    budget.redirects -= 1;
    const next = redirect(hop, answer.status, answer.header('location'));
    if (!next.ok) return failed(`${at}: ${next.why}`, true);
    hop = next.hop;
  }
}

/** Sends one hop, again where that may help, until there is an answer or the budget is spent. */
async function attempt(shared: Shared, hop: Hop, budget: Budget, stop: AbortSignal): Promise<Outcome> {
  const { clock } = shared;
  budget.ends ??= clock.now() + shared.total;
  for (let tried = 1; ; tried++) {
    const left = budget.ends - clock.now();
    if (left <= 0) return failed(`${nameOf(hop.url)}: took longer than ${formatDuration(shared.total)} in all`, false);
    const outcome = await send(shared, hop, Math.min(shared.deadline, left), stop);
    if (outcome.kind === 'answer' && !isPassing(outcome.answer.status)) return outcome;
    const problem = outcome.kind === 'failed' ? outcome : statusProblem(shared, hop, outcome.answer);
    budget.attempts -= 1;
    if (problem.permanent || hop.body !== null || stop.aborted) return problem;
    if (budget.attempts <= 0) return tried === 1 ? problem : { ...problem, why: `${problem.why} (${tried} attempts)` };
    const pause = Math.max(problem.retryAfter ?? 0, backoff(tried, shared.pause, shared.random()));
    if (pause >= budget.ends - clock.now()) return problem;
    await shared.sleep(pause, stop).catch(() => {});
    if (stop.aborted) return failed(`${nameOf(hop.url)}: stopped`, false);
  }
}

async function send(shared: Shared, hop: Hop, limit: Duration, stop: AbortSignal): Promise<Outcome> {
  const ended = await within(limit, stop, (signal) => wire(shared, hop, signal));
  const at = nameOf(hop.url);
  switch (ended.kind) {
    case 'done':
      return { kind: 'answer', answer: ended.value };
    case 'late':
      return failed(`${at}: no complete answer within ${formatDuration(limit)}`, false);
    case 'stopped':
      return failed(`${at}: stopped`, false);
    case 'error': {
      const { why, permanent } = meaningOf(ended.error);
      return failed(`${at}: ${why}`, permanent);
    }
  }
}

/** A proxy connects in our place, past our guard: what it would be asked for is looked up first. */
async function wire(shared: Shared, hop: Hop, signal: AbortSignal): Promise<Answer> {
  const isTrusted = hop.private || !shared.isProxied;
  if (!isTrusted && !(await mayAsk(shared.lookup, hop.url, signal)))
    throw new AddressRefused('the name resolves to an address that is not public');
  const wired = { ...hop, headers: headersOf(shared, hop) };
  return exchange(hop.private ? shared.open : shared.guarded, wired, shared.maxBytes, signal);
}

/** Turns the last answer of a chain into a result, and remembers its body if the server gave validators. */
function conclude(shared: Shared, hop: Hop, answer: Answer): FetchResult {
  const { status, header, body } = answer;
  const key = keyOf(hop);
  const kept = hop.body === null ? shared.memory.get(key) : undefined;
  if (status === 304 && kept !== undefined) {
    const modified = parseHttpDate(kept.lastModified);
    return {
      kind: 'ok',
      reply: { bytes: kept.bytes, contentType: kept.contentType, modified },
      status,
      unchanged: true,
    };
  }
  if (body === null) return statusProblem(shared, hop, answer);
  if (!body.ok) return failed(`${nameOf(hop.url)}: ${body.why}`, body.permanent);
  const [etag, lastModified] = [header('etag'), header('last-modified')];
  const held = { bytes: body.bytes, contentType: header('content-type') };
  const storable = status === 200 && hop.body === null && !/\bno-store\b/i.test(header('cache-control') ?? '');
  if (storable && (etag !== null || lastModified !== null)) shared.memory.put(key, { ...held, etag, lastModified });
  else shared.memory.forget(key);
  return { kind: 'ok', reply: { ...held, modified: parseHttpDate(lastModified) }, status, unchanged: false };
}

function headersOf(shared: Shared, hop: Hop): Readonly<Record<string, string>> {
  const kept = hop.body === null ? shared.memory.get(keyOf(hop)) : undefined;
  return {
    'user-agent': shared.userAgent,
    ...(hop.body === null ? {} : { 'content-type': 'application/json' }),
    ...hop.headers,
    'accept-encoding': ACCEPT_ENCODING,
    ...(kept?.etag ? { 'if-none-match': kept.etag } : {}),
    ...(kept?.lastModified ? { 'if-modified-since': kept.lastModified } : {}),
  };
}

/** Answers kept for one caller's headers are not given to another's. */
function keyOf(hop: Hop): string {
  return JSON.stringify([hop.url.href, hop.private, Object.entries(hop.headers).sort()]);
}

function statusProblem(shared: Shared, hop: Hop, answer: Answer): Failed {
  const passing = isPassing(answer.status);
  const retryAfter = passing ? parseRetryAfter(answer.header('retry-after'), shared.clock.now()) : null;
  // 304 to a body forgotten meanwhile: the next request asks without conditions.
  const permanent = !passing && answer.status !== 304;
  return { kind: 'failed', why: `${nameOf(hop.url)}: answered ${answer.status}`, retryAfter, permanent };
}

function failed(why: string, permanent: boolean): Failed {
  return { kind: 'failed', why, retryAfter: null, permanent };
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
