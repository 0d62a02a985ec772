/** Every fact the journal keeps. A closed union: what is not here did not happen. */
import type { Change } from './change.ts';
import type { Destination, Platform } from './destination.ts';
import type { Addition, Mark } from './news.ts';
import type { Notice } from './notice.ts';
import type { Instant } from './time.ts';

export type Phase = 'inactive' | 'pending' | 'firing';

/**
 * Where a rule stands for one network.
 * `since` is when the phase began; unknown time pushes `held` (the start of the time that counts) forward.
 */
export type RuleState = {
  readonly version: string;
  readonly phase: Phase;
  readonly since: Instant;
  /** Start of the time counting toward `for` (pending) or `keepFiringFor` (firing and clearing); null when none runs. */
  readonly held: Instant | null;
  /** Since when the condition has been unknown; null when known. */
  readonly frozen: Instant | null;
};

export type Subscription = {
  readonly destination: Destination;
  readonly networks: 'all' | readonly string[];
  /** Platform user id of who asked. */
  readonly by: string;
  readonly at: Instant;
};

/** A message owed to a chat. Its id is the idempotency key: hash(changes or notice, destination). */
export type Delivery = {
  readonly id: string;
  readonly destination: Destination;
  /** Change ids; several only where one message sums up what happened during downtime, none for a notice. */
  readonly changes: readonly string[];
  /** The id of a notice to an admin. */
  readonly notice?: string;
  readonly at: Instant;
  readonly attempts: number;
  /** Not to be tried before. */
  readonly notBefore: Instant;
};

/**
 * How a source is. `late`: the last poll gave nothing, or nothing fresh, or a series that rules rest on is missing from it;
 * `dark`: nothing for three polls in a row; `disabled`: it lacks a key, or is switched off.
 */
export type SourceHealth = {
  readonly state: 'ok' | 'late' | 'dark' | 'disabled';
  readonly since: Instant;
  /** Null where it is ok. */
  readonly why: string | null;
};

/** Two sources of one series that lie too far apart to be both right: until they agree the series gets no figure. */
export type Dispute = { readonly since: Instant; readonly says: string };
/** A series whose dispute begins, or ends (null), and why in a sentence. */
export type DisputeTurn = { readonly series: string; readonly dispute: Dispute | null; readonly says: string };

export type Event =
  | {
      readonly kind: 'rule';
      readonly at: Instant;
      readonly rule: string;
      readonly network: string;
      readonly state: RuleState | null;
    }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'subscribed'; readonly subscription: Subscription }
  | {
      readonly kind: 'unsubscribed';
      readonly at: Instant;
      readonly destination: Destination;
      readonly by: string;
      readonly networks: 'all' | readonly string[];
    }
  | { readonly kind: 'owed'; readonly delivery: Delivery; readonly reason: string }
  | {
      readonly kind: 'suppressed';
      readonly at: Instant;
      readonly destination: Destination;
      readonly changes: readonly string[];
      readonly reason: string;
    }
  | { readonly kind: 'sent'; readonly at: Instant; readonly delivery: string; readonly message: string }
  | {
      readonly kind: 'deferred';
      readonly at: Instant;
      readonly delivery: string;
      readonly notBefore: Instant;
      readonly why: string;
    }
  | {
      readonly kind: 'refused';
      readonly at: Instant;
      readonly delivery: string;
      readonly why: string;
      readonly unsubscribe: boolean;
    }
  | { readonly kind: 'moved'; readonly at: Instant; readonly from: Destination; readonly to: Destination }
  /** Null: it is no longer configured. */
  | { readonly kind: 'source'; readonly source: string; readonly health: SourceHealth | null }
  /** Null: the sources agree again. */
  | { readonly kind: 'disputed'; readonly series: string; readonly dispute: Dispute | null }
  /** Most sources fail together: nothing is judged until they are back. Null: they are. */
  | { readonly kind: 'blind'; readonly since: Instant | null }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** An admin marked an article as wrong, or added a report. */
  | { readonly kind: 'marked'; readonly mark: Mark }
  | { readonly kind: 'unmarked'; readonly at: Instant; readonly article: string; readonly by: string }
  | { readonly kind: 'added'; readonly addition: Addition }
  | { readonly kind: 'handled'; readonly platform: Platform; readonly update: number };
