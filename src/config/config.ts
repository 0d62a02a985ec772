/** The owner's files, checked: what every command starts from. */
import type { Catalogue } from '../core/metric.ts';
import type { Names } from '../core/names.ts';
import type { Scenario } from '../core/rule.ts';
import type { BuiltInSource, DeclaredSource, Feed, Networks, Settings } from '../core/settings.ts';
import type { Lexicon } from '../sources/news/lexicon/schema.ts';
import type { CompiledRule } from '../triggers/rule/compile.ts';

/** Entries that are switched off are kept: look at `enabled`. */
export type Config = {
  /** Absolute. */
  readonly dir: string;
  readonly settings: Settings;
  readonly networks: Networks;
  readonly names: Names;
  readonly catalogue: Catalogue;
  readonly sources: readonly (DeclaredSource | BuiltInSource)[];
  readonly feeds: readonly Feed[];
  /** The words by which news is read; null where they were left unread. */
  readonly lexicon: Lexicon | null;
  readonly rules: readonly CompiledRule[];
  readonly scenarios: readonly Scenario[];
};
