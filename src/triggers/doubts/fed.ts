/** Whether a comparison can be known when only some series are given. */
import type { Evidence } from '../../core/ports.ts';
import type { Series } from '../../core/series.ts';
import { DAY, type Duration, MINUTE } from '../../core/time.ts';
import type { Condition } from '../language/expression.ts';

/** Whether anybody gives this series. */
export type Fed = (series: string) => boolean;

/**
 * A group is known while most of its members that ever reported are: which of the missing series matter is asked of the
 * comparison itself, over made-up figures of the given ones.
 */
export function isKnowable(comparison: Condition, network: string, fed: Fed): boolean {
  const series = comparison.series(network);
  const given = series.filter(fed);
  if (given.length === series.length) return true;
  if (given.length === 0) return false;
  const evidence = madeUp(fed, comparison.longest);
  return comparison.truth({ network, now: NOW, evidence }) !== 'unknown';
}

/** Any instant: there is no other evidence than what is made up. */
const NOW = 20_000 * DAY;

/** As many samples as fill the longest window twice, close enough for the short ones beside it. */
function madeUp(fed: Fed, longest: Duration): Evidence {
  const step = Math.min(DAY, Math.max(longest / 64, MINUTE));
  const length = Math.ceil((2 * longest) / step) + 8;
  const known = new Map<string, Series>();
  return {
    series: (id) => {
      if (!fed(id)) return undefined;
      const made = known.get(id) ?? figures(id, length, step, known.size);
      known.set(id, made);
      return made;
    },
    news: () => [],
  };
}

/** Each series has figures of its own, and no two of them are the same: a difference in a divisor is not 0 by chance. */
function figures(id: string, length: number, step: Duration, place: number): Series {
  return {
    id,
    length,
    revision: 0,
    step,
    time: (index) => NOW - (length - 1 - index) * step,
    value: (index) => 0.1 + 0.37 * place + index / (7 * length),
    source: () => '',
  };
}
