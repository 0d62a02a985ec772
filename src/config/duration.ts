/** Writes a duration the way an owner would, to be read again without loss. */
import { DAY, type Duration, HOUR, MINUTE, SECOND } from '../core/time.ts';

/** One number in the largest unit that divides it: `14d`, `90m`, `10ms`. */
export function durationText(duration: Duration): string {
  const units: readonly [string, Duration][] = [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
    ['s', SECOND],
  ];
  if (duration === 0) return '0s';
  const [name, size] = units.find(([, each]) => duration % each === 0) ?? ['ms', 1];
  return `${duration / size}${name}`;
}
