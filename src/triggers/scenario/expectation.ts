/** Holds what a scenario expects against what was seen. */
import type { Phase } from '../../core/events.ts';
import type { Scenario } from '../../core/rule.ts';
import { formatDuration, type Instant } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';

type Expectation = Scenario['expect'][number];

/** One expectation that did not hold. */
export type Failure = {
  /** "at 9d: expected firing, the rule is pending". */
  readonly what: string;
  /** Whether it is about the alert's words. */
  readonly words: boolean;
  /** What was seen then; null where the scenario itself cannot be run. */
  readonly seen: Sight | null;
};

/** What was there after a judgement. */
export type Sight = {
  readonly now: Instant;
  readonly phase: Phase;
  readonly tier: string;
  readonly watch: 'positive' | 'negative' | 'none';
  readonly when: Verdict;
  /** What would end the firing, where a rule that fires says so. */
  readonly clear: Verdict | null;
  /** The last alert as a subscriber reads it; null where none came yet. */
  readonly alert: string | null;
};

/** What does not hold of an expectation. */
export function unmet(expected: Expectation, seen: Sight): readonly Failure[] {
  const at = `at ${formatDuration(expected.at)}: expected`;
  const told =
    (words: boolean) =>
    (what: string): Failure => ({ what: `${at} ${what}`, words, seen });
  return [...unmetState(expected, seen).map(told(false)), ...unmetWords(expected, seen).map(told(true))];
}

function unmetState(expected: Expectation, seen: Sight): readonly string[] {
  const found: string[] = [];
  if (expected.phase !== undefined && expected.phase !== seen.phase)
    found.push(`${expected.phase}, the rule is ${seen.phase}`);
  if (expected.tier !== undefined && expected.tier !== seen.tier)
    found.push(`tier ${expected.tier}, it is ${seen.tier}`);
  if (expected.watch !== undefined && expected.watch !== seen.watch)
    found.push(`watch ${expected.watch}, it is ${seen.watch}`);
  if (expected.unknown !== undefined && expected.unknown !== (seen.when.truth === 'unknown'))
    found.push(`the condition to be ${expected.unknown ? 'unknown' : 'known'}, it is ${seen.when.truth}`);
  return found;
}

function unmetWords({ says, notSays }: Expectation, { alert }: Sight): readonly string[] {
  const last = alert === null ? 'no alert came yet' : 'the last alert reads otherwise';
  const absent = listed(says).filter((text) => alert?.includes(text) !== true);
  const present = listed(notSays).filter((text) => alert?.includes(text) === true);
  return [
    ...absent.map((text) => `the words ${JSON.stringify(text)}, ${last}`),
    ...present.map((text) => `no ${JSON.stringify(text)}, the last alert has these words`),
  ];
}

function listed(words: string | readonly string[] | undefined): readonly string[] {
  return typeof words === 'string' ? [words] : (words ?? []);
}
