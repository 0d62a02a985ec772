/** The values a random rule compares, each written twice: in the rule language and in PromQL. */
import { DAY, HOUR, METRICS } from './series.js';

const MINUTE = HOUR / 60;
const WINDOWS = [2 * HOUR, 3 * HOUR, 5.5 * HOUR, 12 * HOUR, DAY, 36 * HOUR, 3 * DAY, 7 * DAY];

/** A duration as rules are written, in whole minutes. */
export const inMinutes = (duration) => `${duration / MINUTE}m`;

/** `(t - w, t]` where Prometheus closes a range on both sides, as 2.x does: a millisecond less. */
const range = (window) => `[${window - 1}ms]`;
/** Three times the step: the newest sample is no older. A bare selector would give up after five minutes. */
const newest = (selector) => `last_over_time(${selector}${range(3 * HOUR)})`;
/** The newest sample at or before the start of the window. */
const base = (selector, window) => `last_over_time(${selector}${range(3 * HOUR)} offset ${window}ms)`;
const overTime = (fn) => (selector, window) => `${fn}_over_time(${selector}${range(window)})`;
const quantile = (selector, window, q) => `quantile_over_time(${q}, ${selector}${range(window)})`;

const aroundMiddle = ({ middle, swing }) => [middle, swing / 2];

/**
 * What can be asked of a series: in PromQL, and the middle and half-width of the thresholds that split its values.
 * All but `newest` are functions of the same name in the rule language; `sign` is what a threshold is written with
 * where that is not the metric's own.
 */
const QUESTIONS = {
  newest: { prom: newest, around: aroundMiddle },
  avg: { prom: overTime('avg'), around: aroundMiddle },
  median: { prom: (selector, window) => quantile(selector, window, 0.5), around: aroundMiddle },
  quantile: { prom: quantile, around: ({ middle, swing }, _, q) => [middle + (q - 0.5) * swing, swing / 2] },
  last: { prom: overTime('last'), around: aroundMiddle },
  min: { prom: overTime('min'), around: ({ middle, swing }) => [middle - swing / 2, swing / 2] },
  max: { prom: overTime('max'), around: ({ middle, swing }) => [middle + swing / 2, swing / 2] },
  sum: {
    prom: overTime('sum'),
    around: ({ middle, swing }, window) => [(middle * window) / HOUR, (swing * window) / HOUR / 2],
  },
  count: { prom: overTime('count'), around: (_, window) => [Math.floor(window / HOUR) + 0.5, 0.4], sign: '' },
  stddev: { prom: overTime('stddev'), around: ({ swing }) => [swing / 2, swing / 3] },
  slope: {
    prom: (selector, window) => `deriv(${selector}${range(window)}) * 86400`,
    around: ({ swing, period }) => [0, (swing * DAY) / period],
  },
  delta: {
    prom: (selector, window) => `(${newest(selector)} - ${base(selector, window)})`,
    around: ({ swing }) => [0, swing / 2],
  },
  change: {
    prom: (selector, window) => `(${newest(selector)} / ${base(selector, window)} - 1)`,
    around: ({ middle, swing }) => [0, swing / middle / 2],
    sign: '%',
  },
};
const ALL = Object.keys(QUESTIONS);

/**
 * A random question about a metric's series, one of `names`: both texts, and where thresholds for it may lie. `label`
 * is the selector's part in braces, `period` the time one wave of the series takes.
 */
export function term({ metric, label, period }, { pick }, names = ALL) {
  const [name, window, q] = [pick(names), pick(WINDOWS), pick([0.1, 0.25, 0.9, 0.95])];
  const question = QUESTIONS[name];
  const [centre, width] = question.around({ ...METRICS[metric], period }, window, q);
  const call = `${name}(${metric}, ${inMinutes(window)}${name === 'quantile' ? `, ${q}` : ''})`;
  return {
    ours: name === 'newest' ? metric : call,
    prom: question.prom(`${metric}${label}`, window, q),
    centre,
    width,
    sign: question.sign ?? METRICS[metric].sign,
  };
}

/**
 * A number as both sides write it. It ends in a 7 three decimals past the last of the figures, so that no figure, sum
 * or difference ties with it and the rounding of a last bit decides nothing.
 */
export function literal(value, sign) {
  const text = `${Math.abs(value).toFixed(8)}7`;
  const minus = value < 0 ? '-' : '';
  const percent = `${(Number(text) * 100).toFixed(7)}%`;
  return { ours: minus + (sign === '%' ? percent : sign + text), prom: minus + text };
}
