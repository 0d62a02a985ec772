/** Reads a scenario's series: promtool's notation, one value a step. */

/** Longer scripts are refused. */
const MOST_VALUES = 10_000;

const WORD = /^(?:(_)|(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:([+-])(-?(?:\d+\.?\d*|\.\d+)))?)(?:x(\d+))?$/i;

/**
 * `0.3`, `0.3x4` (five times), `0.25+-0.01x10` (eleven falling values), `_` (missing), `_x3` (three missing).
 * Null stands for missing; a text says what cannot be read.
 */
export function parseScript(script: string): readonly (number | null)[] | string {
  const values: (number | null)[] = [];
  for (const word of script.split(/\s+/).filter((part) => part !== '')) {
    const match = WORD.exec(word);
    if (match === null) return `cannot read ${JSON.stringify(word)}, expected e.g. 0.3 0.3x4 0.25+-0.01x10 _ _x3`;
    const [, gap, first, sign, increment, times] = match;
    const count = gap === undefined ? Number(times ?? 0) + 1 : Number(times ?? 1);
    if (values.length + count > MOST_VALUES) return `more than ${MOST_VALUES} values`;
    const by = Number(increment ?? 0) * (sign === '-' ? -1 : 1);
    for (let i = 0; i < count; i++) values.push(gap === undefined ? Number(first) + by * i : null);
  }
  return values;
}
