/** The tables of metrics, written from the shipped `metrics.yaml`, and what unknown makes of `and`, `or` and `not`. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Config } from '../../src/config/config.ts';
import { Metrics } from '../../src/core/settings.ts';
import { formatDuration } from '../../src/core/time.ts';
import { formatValue } from '../../src/core/units.ts';
import { compileCondition } from '../../src/triggers/language/expression.ts';
import { tableOf } from './markdown.ts';
import { sampleScene } from './sample.ts';

const {
  metrics: given,
  derived: worked,
  gpus,
} = Metrics.parse(parse(readFileSync(new URL('../../config/metrics.yaml', import.meta.url), 'utf8')));

export function metrics(): string {
  const rows = given.map(({ id, unit, meaning, maxAge }) => [
    `\`${id}\``,
    unit,
    meaning,
    maxAge === undefined ? '' : formatDuration(maxAge),
  ]);
  const models = gpus.map((gpu) => `\`${gpu}\``).join(', ');
  const note = `\`<gpu>\` stands for one of ${models}: \`${gpus[0]}_price\`. *Good for* is empty where three usual steps do.`;
  return `${tableOf(['metric', 'unit', 'meaning', 'good for'], rows)}\n\n${note}`;
}

export function derived(): string {
  const rows = worked.map(({ id, unit, meaning, expression, limits }) => {
    const [low = '', high = ''] = limits?.map((limit) => formatValue(limit, unit)) ?? [];
    return [`\`${id}\``, unit, meaning, `\`${expression}\`${limits === undefined ? '' : `, from ${low} to ${high}`}`];
  });
  return tableOf(['metric', 'unit', 'meaning', 'worked out as'], rows);
}

const KNOWN = { true: 'now >= 2000-01-01', false: 'now < 2000-01-01', unknown: 'h200_price < $1' };

/** The rows in which something is unknown. */
export function kleene({ names }: Config): string {
  const truth = (condition: string): string => compileCondition(condition, names).truth(sampleScene());
  const rows = (['true', 'false', 'unknown'] as const).map((one) => [
    one,
    truth(KNOWN.unknown),
    truth(`${KNOWN[one]} and ${KNOWN.unknown}`),
    truth(`${KNOWN[one]} or ${KNOWN.unknown}`),
    truth(`not ${KNOWN[one]}`),
  ]);
  return tableOf(['a', 'b', '`a and b`', '`a or b`', '`not a`'], rows);
}
