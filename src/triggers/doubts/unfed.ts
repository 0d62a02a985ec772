/** Rules that can never fire or never end because no source gives what they read. */
import { comparisonsOf } from '../language/comparisons.ts';
import type { Condition } from '../language/expression.ts';
import type { CompiledRule, RuleError } from '../rule/compile.ts';
import { type Fed, isKnowable } from './fed.ts';
import { canBe, type Knowable } from './possible.ts';

/**
 * Where sources are missing: the networks for which the rule can never fire, or else those for which it could never end.
 * Undefined where there are none. That it never fires for want of what nobody publishes is no doubt: no source could help.
 */
export function unfedDoubt(rule: CompiledRule, fed: Fed): RuleError | undefined {
  const { when, clear, networks, names } = rule;
  // What can never be true whatever the sources is told by itself.
  if (!canBe([[when, true]])) return undefined;
  const stuck = (condition: Condition, holds: boolean, given: Fed): readonly string[] =>
    canBe([[condition, holds]])
      ? networks.filter((network) => !canBe([[condition, holds]], knowable(network, given)))
      : [];
  const feedable: Fed = (series) => fed(series) || !names.unavailable.has(series);
  const hopeless = stuck(when, true, feedable);
  const dark = stuck(when, true, fed).filter((network) => !hopeless.includes(network));
  const unfed = (series: string): boolean => !fed(series);
  const findable = (series: string): boolean => unfed(series) && !names.unavailable.has(series);
  if (dark.length > 0) return missing(rule, 'when', dark, 'can never fire', fed, findable);
  const endless = stuck(clear ?? when, clear !== null, fed).filter((network) => !hopeless.includes(network));
  return endless.length === 0
    ? undefined
    : missing(rule, clear === null ? 'when' : 'clear', endless, 'could fire, but never end', fed, unfed);
}

/** Asked once of each comparison. */
function knowable(network: string, fed: Fed): Knowable {
  const known = new Map<Condition, boolean>();
  return (comparison) => {
    const answer = known.get(comparison) ?? isKnowable(comparison, network, fed);
    known.set(comparison, answer);
    return answer;
  };
}

function missing(
  { rule, networks, when, clear }: CompiledRule,
  field: 'when' | 'clear',
  stuck: readonly string[],
  what: string,
  fed: Fed,
  /** Of the series that are not fed, those to name. */
  named: (series: string) => boolean,
): RuleError {
  const condition = field === 'clear' && clear !== null ? clear : when;
  const series = new Set(
    stuck.flatMap((network) =>
      comparisonsOf(condition)
        .filter((one) => !isKnowable(one, network, fed))
        .flatMap((one) => one.series(network).filter(named)),
    ),
  );
  const every = stuck.length === networks.length;
  return {
    field,
    column: null,
    what: `${rule.id} ${what} for ${every && stuck.length > 1 ? 'any of its networks' : stuck.join(', ')}: no enabled source gives ${listed([...series], stuck)}`,
    expected: 'a source of each',
    todo: `add one to sources.yaml, or ${every ? 'switch the rule off' : 'leave these networks out of it'}`,
  };
}

/** Subjects named of one metric before the rest are counted. */
const SHOWN = 4;

/** "their emission, the revenue of gensyn, nexus": by metric, what all of the networks lack first. */
function listed(series: readonly string[], networks: readonly string[]): string {
  const theirs: string[] = [];
  const others: string[] = [];
  for (const metric of new Set(series.map((id) => id.slice(id.indexOf('.') + 1)))) {
    const subjects = series.filter((id) => id.endsWith(`.${metric}`)).map((id) => id.slice(0, -metric.length - 1));
    const all = networks.length > 1 && networks.every((network) => subjects.includes(network));
    if (all) theirs.push(metric);
    const rest = all ? subjects.filter((subject) => !networks.includes(subject)) : subjects;
    if (rest.length > 0) others.push(seriesOf(metric, rest));
  }
  return [...(theirs.length === 0 ? [] : [`their ${theirs.join(' and ')}`]), ...others].join(', ');
}

function seriesOf(metric: string, subjects: readonly string[]): string {
  const more = subjects.length - SHOWN;
  if (subjects.length <= 2) return subjects.map((subject) => `${subject}.${metric}`).join(', ');
  return `the ${metric} of ${subjects.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
