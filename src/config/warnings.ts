/** What a sound configuration lacks to be of use: told, but no reason to refuse it. */
import { join } from 'node:path';
import type { Config } from './config.ts';
import { type Problem, wholeFile } from './problem.ts';

export function warningsFor(
  { dir, sources, feeds, rules }: Config,
  polled: boolean,
  hasRuleFiles: boolean,
): readonly Problem[] {
  const warnings: Problem[] = [];
  if (polled && !sources.some(({ enabled }) => enabled))
    warnings.push(nothing(dir, 'sources.yaml', 'no source is enabled: no figures will come in', 'a source'));
  if (polled && !feeds.some(({ enabled }) => enabled))
    warnings.push(nothing(dir, 'feeds.yaml', 'no feed is enabled: news() will count nothing', 'a feed'));
  if (!rules.some(({ rule }) => rule.enabled)) {
    const what = hasRuleFiles ? 'no rule is enabled: no tier will move' : 'there are no rules: no tier will move';
    warnings.push(nothing(dir, 'rules', what, 'a rule'));
  }
  return warnings;
}

function nothing(dir: string, name: string, what: string, wanted: string): Problem {
  return wholeFile(join(dir, name), {
    what,
    expected: `${wanted} that is enabled`,
    todo: `add ${wanted}, or leave it so`,
  });
}
