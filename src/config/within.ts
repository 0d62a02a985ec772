/** Complains about durations too short or too long to work. */
import type { Duration } from '../core/time.ts';
import { durationText } from './duration.ts';
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

/** No problem where `least <= duration <= most`. */
export function within(
  file: YamlFile,
  path: Path,
  duration: Duration,
  least: Duration,
  most: Duration,
): readonly Problem[] {
  if (duration >= least && duration <= most) return [];
  const [what, bound] = duration < least ? ['too short', least] : ['too long', most];
  const complaint = {
    what: `${String(path.at(-1))} is ${what} (${durationText(duration)})`,
    expected: `between ${durationText(least)} and ${durationText(most)}`,
    todo: `write ${durationText(bound)} or ${duration < least ? 'more' : 'less'}`,
  };
  return [file.problem(path, complaint)];
}
