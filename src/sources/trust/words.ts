/** The reasons for which a figure is not recorded. */
import type { Dropped } from '../../core/ports.ts';
import type { Sample } from '../../core/series.ts';
import { toMinute } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import type { Jump } from './jump.ts';
import type { Leap } from './leaps.ts';

/** A leap that nothing bears out yet. */
export function holdingOf({ sample, jump }: Leap, unit: string): Dropped {
  return dropped(sample, `jumped ${far(sample, jump, unit)}; held until the next reading confirms it`);
}

/** A past figure given anew, far from the recorded one. */
export function correctionOf({ sample, jump }: Leap, unit: string): Dropped {
  const reason = `at ${toMinute(sample.at)} is given anew, moved ${far(sample, jump, unit)}; held until it is given again a usual step later`;
  return dropped(sample, reason);
}

/** A leap that the next figure does not bear out. */
export function refutedOf({ held, next, unit }: { held: Sample; next: Sample; unit: string }): Dropped {
  return dropped(held, `${dated(held, unit)} is not confirmed: the next figure is ${formatValue(next.value, unit)}`);
}

/** A leap that the figures around it do not bear out. */
export function betweenOf({ sample }: Leap, unit: string): Dropped {
  return dropped(sample, `${dated(sample, unit)} was not confirmed: the figures before and after it are far from it`);
}

/** A reading in which many figures leap: the newest of them speaks for all. */
export function wholeOf(leaps: readonly Leap[], unit: string): Dropped {
  const { sample, jump } = leaps.at(-1) as Leap;
  const shown = `the last, at ${toMinute(sample.at)}, ${far(sample, jump, unit)}`;
  return dropped(
    sample,
    `${leaps.length} figures of one reading jumped, ${shown}; all of it is held until a later one confirms it`,
  );
}

function dropped({ series }: Sample, reason: string): Dropped {
  return { what: series, reason };
}

function dated({ value, at }: Sample, unit: string): string {
  return `${formatValue(value, unit)} at ${toMinute(at)}`;
}

function far({ value }: Sample, { from, times }: Jump, unit: string): string {
  const shown = times === null ? 'having stood still' : `${roughly(times)} times its usual step`;
  return `from ${formatValue(from, unit)} to ${formatValue(value, unit)}, ${shown}`;
}

function roughly(times: number): string {
  return times < 10 ? times.toFixed(1) : String(Math.round(times));
}
