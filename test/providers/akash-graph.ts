/** A graph of Akash's console API with what may be odd about one: a day there twice, days out of order, the running day. */
import { DAY, type Instant } from '../../src/core/time.ts';

/**
 * @param values by day, the last of them yesterday's
 * @param running the day that is not over, dated by midnight or by its newest block
 */
export function graphOf(
  now: Instant,
  values: readonly number[],
  running: { readonly date: Instant; readonly value: number },
) {
  const first = midnight(now) - values.length * DAY;
  const days = values.map((value, index) => ({ value, date: iso(first + index * DAY) }));
  const [oldest, ...others] = days;
  const snapshots = [oldest, ...others.toReversed(), { ...oldest }, { date: iso(running.date), value: running.value }];
  return { currentValue: running.value, compareValue: values.at(-1) ?? 0, snapshots };
}

export function midnight(now: Instant): Instant {
  return Math.floor(now / DAY) * DAY;
}

export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
