/** What the scenarios of a rule leave unproven: that it fires, that it keeps quiet, and what it does without data. */
import type { CompiledRule } from '../rule/compile.ts';
import type { ScenarioResult } from './scenario.ts';

/** What is missing, in words; nothing where the scenarios of the rule show all three. */
export function unproven(rule: CompiledRule, all: readonly ScenarioResult[]): readonly string[] {
  const results = all.filter(({ scenario }) => scenario.rule === rule.rule.id);
  const missing: string[] = [];
  if (!results.some(({ fired }) => fired)) missing.push('no scenario in which it fires');
  if (results.every(({ fired }) => fired)) missing.push('no scenario in which it never fires');
  // What reads no series knows its answer at any time: there is no data to miss, only news.
  const readsSeries = rule.networks.some((network) => rule.when.series(network).length > 0);
  if (readsSeries && !results.some(({ expectsUnknown }) => expectsUnknown))
    missing.push('no scenario with missing data, that expects a phase or a tier while the condition is unknown');
  if (!readsSeries && !results.some(({ scenario, fired }) => scenario.news.length === 0 && !fired))
    missing.push('no scenario without any news in which it never fires');
  return missing;
}
