/** Turns a rule as written into one that can be judged, or says everything that is wrong with it. */
import { type Ladder, rankOf } from '../../core/ladder.ts';
import type { Names } from '../../core/names.ts';
import { nearest } from '../../core/nearest.ts';
import type { Rule } from '../../core/rule.ts';
import { ExpressionError } from '../language/error.ts';
import { type Condition, compileCondition } from '../language/expression.ts';
import { needsEnd, uncorroborated } from './corroborated.ts';
import { movesTier, pull } from './tiers.ts';

/** One mistake in a rule. `column` counts from 1 inside `field`'s text; null where the field as a whole is wrong. */
export type RuleError = {
  readonly field: 'when' | 'clear' | 'networks' | 'effect' | 'for';
  /** Which entry of an effect is meant. */
  readonly key?: 'cap' | 'expires';
  readonly column: number | null;
  /** What is wrong. */
  readonly what: string;
  /** What was expected. */
  readonly expected: string;
  /** What to do. */
  readonly todo: string;
  /** The mistake stands in metrics.yaml, in what the rule reads, and is told there. */
  readonly elsewhere?: boolean;
};

export type CompiledRule = {
  readonly rule: Rule;
  /** Changes with what the rule means, not with its title. */
  readonly version: string;
  readonly title: string;
  /** In the order of their ids, so that the order in a file changes nothing. */
  readonly networks: readonly string[];
  readonly when: Condition;
  /** Null: the rule clears when `when` no longer holds. */
  readonly clear: Condition | null;
  /** What its expressions' names mean. */
  readonly names: Names;
};

export type Compiled =
  | { readonly ok: true; readonly rule: CompiledRule }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

/** Compiles a rule against the names and the ladder it may use; all of its mistakes at once. */
export function compileRule(rule: Rule, version: string, names: Names, ladder: Ladder): Compiled {
  const errors: RuleError[] = [...unknownNetworks(rule, names), ...unknownCap(rule, ladder), ...loneExpiry(rule)];
  const condition = (field: 'when' | 'clear', text: string): Condition | null => {
    try {
      const compiled = compileCondition(text, names);
      errors.push(...unproven(rule, field, text));
      return compiled;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const { column, message, expected, todo, elsewhere } = error;
      errors.push({ field, column, what: message, expected, todo, elsewhere });
      return null;
    }
  };
  const when = condition('when', rule.when);
  const clear = rule.clear === undefined ? null : condition('clear', rule.clear);
  if (errors.length > 0 || when === null) return { ok: false, errors };
  const networks = [...new Set(rule.networks === 'all' ? names.networks : rule.networks)].sort();
  return { ok: true, rule: { rule, version, title: rule.title ?? rule.when, networks, when, clear, names } };
}

/** Where one report, a plan or a rumour could move a tier, or set a watch that nothing ends. */
function unproven({ effect }: Rule, field: 'when' | 'clear', text: string): readonly RuleError[] {
  if (movesTier(effect)) {
    const watch = pull(effect) === 'down' ? 'negative' : 'positive';
    return uncorroborated(text, watch).map((flaw) => ({ field, ...flaw }));
  }
  if (effect.watch === undefined || effect.expires !== undefined || field === 'clear') return [];
  const flaw = needsEnd(text, effect.watch);
  return flaw === undefined ? [] : [{ field, ...flaw }];
}

function loneExpiry({ effect }: Rule): readonly RuleError[] {
  if (effect.expires === undefined || (effect.watch !== undefined && effect.expires > 0)) return [];
  return [{ field: 'effect', key: 'expires', column: null, ...(effect.watch === undefined ? NO_WATCH : NO_TIME) }];
}

const NO_WATCH = {
  what: 'expires is there, and no watch that could expire',
  expected: 'watch: negative or watch: positive beside it',
  todo: 'add the watch, or remove expires',
};
const NO_TIME = {
  what: 'a watch that expires after no time is never set',
  expected: 'a duration such as 15m, 36h or 14d',
  todo: 'write how long it may stand, or remove expires',
};

function unknownNetworks(rule: Rule, names: Names): readonly RuleError[] {
  if (rule.networks === 'all') return [];
  return rule.networks
    .filter((network) => !names.networks.includes(network))
    .map((network) => {
      const close = nearest(network, names.networks);
      return {
        field: 'networks',
        column: null,
        what: `unknown network ${JSON.stringify(network)}`,
        expected: `all, or some of ${names.networks.join(', ')}`,
        todo: close === undefined ? 'name it in networks.yaml, or pick a known one' : `did you mean ${close}?`,
      };
    });
}

function unknownCap(rule: Rule, ladder: Ladder): readonly RuleError[] {
  const { cap } = rule.effect;
  if (cap === undefined || rankOf(ladder, cap) >= 0) return [];
  const tiers = ladder.map((tier) => tier.id);
  const close = nearest(cap, tiers);
  return [
    {
      field: 'effect',
      key: 'cap',
      column: null,
      what: `tier ${JSON.stringify(cap)} is not on the ladder`,
      expected: tiers.join(', '),
      todo: close === undefined ? 'pick a tier of the ladder in tierwatch.yaml' : `did you mean ${close}?`,
    },
  ];
}
