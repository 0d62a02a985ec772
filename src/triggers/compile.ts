/** Turns a rule as written into one that can be judged, or says everything that is wrong with it. */
import type { Ladder } from '../core/ladder.ts';
import type { Names } from '../core/names.ts';
import type { Rule } from '../core/rule.ts';

/** One mistake in a rule. `column` counts from 1 inside `field`'s text; null where the field as a whole is wrong. */
export type RuleError = {
  readonly field: 'when' | 'clear' | 'networks' | 'effect' | 'for';
  readonly column: number | null;
  /** What is wrong. */
  readonly what: string;
  /** What was expected. */
  readonly expected: string;
  /** What to do. */
  readonly todo: string;
};

export type CompiledRule = { readonly rule: Rule };

export type Compiled =
  | { readonly ok: true; readonly rule: CompiledRule }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

export declare function compileRule(rule: Rule, version: string, names: Names, ladder: Ladder): Compiled;
