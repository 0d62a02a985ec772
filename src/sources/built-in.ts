/** What a source that ships with Tierwatch says of itself, beside what it does. `docs/sources.md` is made of it. */
import type { Source } from '../core/ports.ts';
import type { Duration } from '../core/time.ts';

/** How sure we are of a provider's shapes and figures: of the shape only once two dated answers agreed. */
type Confidence = 'high' | 'medium' | 'low';

/** A key that the provider wants, from an environment variable (or a file named in `<variable>_FILE`). */
type Key = {
  /** `LAMBDA_API_KEY` */
  readonly variable: string;
  /** Where a key is to be had, for people. */
  readonly from: string;
  /** Without it the source is not asked. An optional one only raises the provider's limits. */
  readonly required: boolean;
};

export type Facts = {
  /** What the source tells, in a sentence. */
  readonly about: string;
  /** The licence of the data, or what the provider's terms say about programs that ask. */
  readonly terms: string;
  /** Null: anybody may ask. */
  readonly key: Key | null;
  /** What the provider allows, or is known to bear. */
  readonly limits: string;
  /** Asking more often than this gives nothing new, or is more than the provider bears. */
  readonly least: Duration;
  readonly confidence: Confidence;
  /** What a reader of the figures must know: whose account it is, what is left out. */
  readonly caveats: readonly string[];
};

export type BuiltInSource = Source & Facts;

export type Options = {
  /** Instead of the source's own pace. */
  readonly every?: Duration;
  /** The value of its key, where one is set. */
  readonly key?: string;
};

/** Makes a source; the facts are the same whatever the options. */
export type BuiltIn = (options: Options) => BuiltInSource;
