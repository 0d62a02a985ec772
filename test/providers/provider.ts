/** What a provider answers, for the server that stands in for all of them and for the suite that spoils their bodies. */
import type { Instant } from '../../src/core/time.ts';

/** One endpoint, as its source asks it. */
export type Route = {
  /** As in the source's request, without the scheme: `api.example.com/v1/things?limit=5`. */
  readonly url: string;
  /** Of several questions to one address: text that the body of a POST holds. */
  readonly asks?: string;
  /** A JSON value, or text as it goes over the wire. */
  readonly body: unknown;
  /** Default: application/json for a JSON value, text/plain for text. */
  readonly type?: string;
  /** When the server says that the body last changed. */
  readonly modified?: Instant;
  /** A header that must be there for this answer; without it the server answers 401. */
  readonly needs?: readonly [name: string, value: string];
};

export type Provider = {
  /** The source's id. */
  readonly source: string;
  /** The key it is given, where it takes one. */
  readonly key?: string;
  /** Documented shapes with their traps, dated around `now`. */
  routes(now: Instant): readonly Route[];
  /** What the source makes of them at `now`: every sample, by series. */
  readonly gives: Readonly<Record<string, number>>;
  /** For the hostile suite: keys whose text only names a row, so that another name makes it somebody else's row without a word. */
  readonly names?: readonly string[];
  /** For the hostile suite: keys that the source never reads, so that spoiling them changes nothing. */
  readonly unread?: readonly string[];
};
