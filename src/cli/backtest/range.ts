/** When a backtest judges: from the first sample to the last, every hour, unless told otherwise. */
import type { Sample } from '../../core/series.ts';
import {
  type Duration,
  formatDuration,
  HOUR,
  type Instant,
  parseDuration,
  parseInstant,
  toIso,
} from '../../core/time.ts';
import type { Range } from '../../triggers/replay/course.ts';
import { UsageError } from '../io.ts';

export type RangeOptions = { readonly from?: string; readonly to?: string; readonly step?: string };

/** More evaluations than this are refused: a mistyped step, not a wish. */
const MOST_STEPS = 2_000_000;

/** Without --from and --to the first sample is rounded down to a whole step, and the last one up. */
export function rangeOf(options: RangeOptions, samples: readonly Sample[]): Range {
  const step = options.step === undefined ? HOUR : parseDuration(options.step);
  if (step === undefined || step <= 0)
    throw new UsageError(`--step ${options.step}: expected a duration such as 1h or 24h`);
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { at } of samples) {
    if (at < first) first = at;
    if (at > last) last = at;
  }
  const from = instantOf('--from', options.from) ?? Math.floor(first / step) * step;
  const to = instantOf('--to', options.to) ?? Math.ceil(last / step) * step;
  if (!Number.isFinite(from) || !Number.isFinite(to))
    throw new UsageError('the history holds no samples: nothing to judge');
  if (to < from) throw new UsageError(`--to ${toIso(to)} lies before --from ${toIso(from)}`);
  checkSteps(from, to, step);
  return { from, to, step };
}

/** Refuses a step that would take hours to walk. */
export function checkSteps(from: Instant, to: Instant, step: Duration): void {
  if ((to - from) / step > MOST_STEPS)
    throw new UsageError(`--step ${formatDuration(step)} gives more than ${MOST_STEPS} evaluations: widen it`);
}

function instantOf(option: string, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined)
    throw new UsageError(`${option} ${text}: expected a date such as 2026-07-17 or 2026-07-17T20:00:00Z`);
  return instant;
}
