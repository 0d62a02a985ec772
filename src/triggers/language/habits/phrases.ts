/** Comparisons in words, and what other languages call our functions. */
import { type Advice, type Habit, operator } from './habit.ts';

/** What a function of another language is called here; undefined for any other name. */
export function functionHere(name: string): string | undefined {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

/** The same, of a function over time: `mean` is ours too, but over several series. */
export function overTimeHere(name: string): string | undefined {
  return name === 'mean' ? 'avg' : functionHere(name);
}

const FUNCTIONS: Readonly<Record<string, string>> = {
  average: 'avg',
  sma: 'avg',
  avg_over_time: 'avg',
  min_over_time: 'min',
  minimum: 'min',
  max_over_time: 'max',
  maximum: 'max',
  sum_over_time: 'sum',
  total: 'sum',
  median_over_time: 'median',
  count_over_time: 'count',
  stddev_over_time: 'stddev',
  stdev: 'stddev',
  std: 'stddev',
  quantile_over_time: 'quantile',
  percentile: 'quantile',
  last_over_time: 'last',
  latest: 'last',
  pct_change: 'change',
  increase: 'delta',
  difference: 'delta',
  deriv: 'slope',
  rate: 'slope',
  trend: 'slope',
};

/** Tried after `operand`, where only an operator may stand. */
export function phrases(operand: string): readonly Habit[] {
  const series = /^[a-z]\w*(?:\.\w+)?$/.test(operand) ? operand : 'gpu_utilization';
  const trend = (compared: string) => (written: string) =>
    [
      `"${written}" is no operator here`,
      'a comparison',
      `compare its change, such as change(${series}, 30d) ${compared}`,
    ] as const;
  return [
    [
      /for\s+(\d+\s*[a-z]+)/iy,
      (all, size) => [
        `"${all}" is no part of a condition`,
        `the field for: ${size}`,
        'take it out, and write it as the field `for` of the rule',
      ],
    ],
    [
      /(?:over|in|during|within)\s+(?:the\s+)?(?:last\s+|past\s+)?\d+\s*[a-z]+/iy,
      (all) => [`"${all}" stands outside a function`, 'a window inside one', `for example write avg(${series}, 7d)`],
    ],
    [
      /between\s+(\S+)\s+and\s+([^\s)]+)/iy,
      (all = '', low, high) => [
        `"${all.slice(0, 'between'.length)}" is no operator here`,
        'two comparisons',
        `write ${operand} >= ${low} and ${operand} <= ${high}`,
      ],
    ],
    [/(?:AND|OR)\b/y, smallLetters],
    [/(?:is|are)(?=\s*[<>=!])/iy, (all) => [`"${all}" means nothing here`, 'the operator alone', `leave ${all} out`]],
    [/is\s+(?:not\s+)?(?:null|missing|unknown|empty)\b/iy, absence],
    [/(?:is\s+)?(?:at\s+least|not\s+(?:below|less\s+than|under)|gte|ge)\b/iy, operator('>=')],
    [/(?:is\s+)?(?:at\s+most|not\s+(?:above|over|more\s+than)|lte|le)\b/iy, operator('<=')],
    [/(?:is\s+|are\s+)?(?:(?:less|lower|smaller|fewer)(?:\s+than)?|below|under|lt)\b/iy, operator('<')],
    [/(?:is\s+|are\s+)?(?:(?:more|greater|higher|larger|bigger)(?:\s+than)?|above|over|exceeds|gt)\b/iy, operator('>')],
    [/(?:is\s+not|isn't|not\s+equal\s+to|differs\s+from|ne)\b/iy, operator('!=')],
    [/(?:is\s+equal\s+to|equals|equal\s+to|is|are|eq)\b/iy, operator('==')],
    [
      /not\b/iy,
      () => ['"not" stands between two values', 'not before a comparison', 'write it before the whole comparison'],
    ],
    [/unless\b/iy, operator('and not')],
    [/but\b/iy, operator('and')],
    [
      /(?:by|without)\s*\(/iy,
      (all) => [
        `"${all}" groups series`,
        'an operator',
        'leave the grouping out: a rule is judged for each network by itself',
      ],
    ],
    [/(?:falls|fell|drops|dropped)\b/iy, trend('< -20%')],
    [/(?:rises|rose|grows|grew)\b/iy, trend('> 20%')],
  ];
}

/** `AND`, as in SQL. */
export function smallLetters(written = ''): Advice {
  const right = written.toLowerCase();
  return [`${written} is written in small letters`, right, `write ${right}`];
}

function absence(written: string): Advice {
  return [
    `"${written}" is not needed: without a figure a comparison is unknown, and never fires`,
    'a comparison',
    'leave it out, or ask for the age of the newest sample: age(gpu_utilization) > 1d',
  ];
}
