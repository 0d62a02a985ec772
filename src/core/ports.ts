/** The four doors to the world: Source, Store, Channel, Clock. */
import type { Destination, Platform } from './destination.ts';
import type { Event } from './events.ts';
import type { Message } from './message.ts';
import type { Article, Filed, NewsEvent, NewsType } from './news.ts';
import type { Sample, Series } from './series.ts';
import type { State } from './state.ts';
import type { Duration, Instant } from './time.ts';

export interface Clock {
  now(): Instant;
}

/** What a source wants fetched. GET unless a body is given. */
export type Request = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** May resolve to a private or loopback address; only from the operator's own file. */
  readonly private?: boolean;
};

/** An answer, already bounded in size, decompressed, with a 2xx status. */
export type Reply = {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  /** When the server says the body last changed (Last-Modified), for bodies that hold no time of their own; null where it does not say. */
  readonly modified: Instant | null;
  /** The pages after the first, in order, of an answer in pages: all of them, or the request has failed. */
  readonly further?: readonly Reply[];
};

/** A row or item that was not used, and why: shown by `tierwatch probe` and in the log, never a sample. */
export type Dropped = {
  readonly what: string;
  readonly reason: string;
  /** The figure was read, and cannot be true by the catalogue. */
  readonly outOfRange?: true;
};

export type Reading = {
  readonly samples: readonly Sample[];
  readonly articles: readonly Article[];
  readonly dropped: readonly Dropped[];
};

/**
 * A series that a source can give. `refresh` is how often the provider renews it: the series' usual step is that or the
 * source's pace, whichever is longer. Null: the provider dates its figures, and its pace is learnt from them.
 */
export type Given = { readonly id: string; readonly refresh: Duration | null };

/** Describes requests and parses replies. Pure: no I/O, no clock. `parse` and `next` never throw on a hostile body. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly homepage: string;
  /** How often to poll. */
  readonly every: Duration;
  readonly series: readonly Given[];
  /** Each endpoint once. */
  requests(): readonly Request[];
  /** The request of the page after this one; null after the last. Where it is missing, answers have one page. */
  next?(page: Reply, request: Request): Request | null;
  /** Asked once, before the first judgement: figures of the past, so that windows are covered from the start. */
  backfill?(): readonly Request[];
  parse(reply: Reply, request: Request, now: Instant): Reading;
}

/** What the judgement may read: samples and news up to the instant it asks for. */
export interface Evidence {
  /** The evidence that this one supposes something of: up to `until` both hold the same. What was worked out of it then serves here too. */
  readonly past?: { readonly evidence: Evidence; readonly until: Instant };
  /** Once given, the same object for good: what comes later appears in it. */
  series(id: string): Series | undefined;
  /** Mentions with `from < at <= to`, of any status, oldest first; of one network, or of all (the market too) where it is null. */
  news(type: NewsType, network: string | null, from: Instant, to: Instant): readonly NewsEvent[];
  /** Mentions of articles that admins marked as wrong, of any time; absent where nobody can mark one. Of networks as `news`. */
  wrong?(type: NewsType, network: string | null): readonly NewsEvent[];
}

/** The articles kept, as readers and admins look them up. */
export interface Archive {
  /** The article with this id, or known by this key. */
  find(key: string): Filed | undefined;
  /** Whether any article of this feed is kept that was not there before it was first read. */
  has(feed: string): boolean;
  /** The articles of a story, oldest first. */
  story(id: string): readonly Filed[];
  /** Articles that report something of this network (null: of any, and of the market), published after `from`, newest first. */
  reports(network: string | null, from: Instant): readonly Filed[];
}

/** What `observe` found new: repeats are not counted, corrections are. */
export type Observed = { readonly samples: readonly Sample[]; readonly articles: readonly Article[] };

/**
 * Keeps facts. `commit` resolves when the events are on disk, and only then moves `state()`; it rejects with nothing
 * changed. Commits are applied in the order they were called.
 */
export interface Store {
  state(): State;
  commit(events: readonly Event[]): Promise<void>;
  observe(samples: readonly Sample[], articles: readonly Article[]): Promise<Observed>;
  evidence(): Evidence;
  archive(): Archive;
  /** When a job last completed; undefined before its first run. Kept without fsync: losing it costs one extra run. */
  lastRun(job: string): Instant | undefined;
  ran(job: string, at: Instant): void;
  /** Drops samples and articles older than the retention. */
  expire(now: Instant): Promise<void>;
  /** Writes the snapshot and frees the lock. */
  close(): Promise<void>;
}

/** What became of a send. `never` is final for this chat; `unsubscribe` says that the chat is gone for good. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly message: string }
  | { readonly kind: 'later'; readonly after: Duration | null; readonly why: string }
  | { readonly kind: 'never'; readonly why: string; readonly unsubscribe: boolean }
  | { readonly kind: 'moved'; readonly to: Destination };

/** A way to chats. `start` rejects with a StartupError that names what to do when the token is refused. */
export interface Channel {
  readonly platform: Platform;
  start(): Promise<void>;
  /** `key` is the delivery's idempotency key; never rejects: a failure is an outcome. */
  send(to: Destination, message: Message, key: string): Promise<SendOutcome>;
  stop(): Promise<void>;
}

/** Who typed a command, as the platform vouches for it. */
export type Caller = {
  readonly platform: Platform;
  readonly user: string;
  readonly roles: readonly string[];
  readonly destination: Destination;
  /** A direct chat with one person. */
  readonly direct: boolean;
  /** May manage this server's channel or group. Always true in a direct chat. */
  readonly manages: boolean;
};

/** A command as it came in: typed after the name (Telegram, terminal), or picked as options (Discord). */
export type Invocation = {
  readonly command: string;
  readonly input:
    | { readonly kind: 'typed'; readonly text: string }
    | { readonly kind: 'picked'; readonly values: Readonly<Record<string, unknown>> };
  readonly caller: Caller;
  /** Telegram's update id: an update seen again after a crash is answered but not acted on twice. */
  readonly update: number | null;
};

/** What a channel calls for each command; never rejects. Null: nothing to answer (an update handled before). */
export type Answer = (
  invocation: Invocation,
) => Promise<{ readonly message: Message; readonly ephemeral: boolean } | null>;

/** Something a person must mend before a start can succeed. The message says what to do; no stack is shown. */
export class StartupError extends Error {
  override name = 'StartupError';
}

/** A platform that cannot be reached just now: nobody has to mend anything, and a later try may succeed. */
export class Unreachable extends StartupError {
  override name = 'Unreachable';
}
