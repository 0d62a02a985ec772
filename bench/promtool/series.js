/** Random hourly series without a gap: a slow wave with noise on it, of several units. */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** No rule is judged before the longest window is full: what a window not yet full is worth is where the two part ways. */
export const START = 8 * DAY;
export const END = START + 10 * DAY;

/** What is measured: its middle, how far it swings, and how a figure of it is written in a rule. */
export const METRICS = {
  gpu_utilization: { unit: 'ratio', middle: 0.5, swing: 0.2, sign: '%' },
  revenue: { unit: 'usd/day', middle: 5000, swing: 2000, sign: '$' },
  token_price: { unit: 'usd/token', middle: 2.5, swing: 0.8, sign: '$' },
  h100_price: { unit: 'usd/gpu-hour', middle: 2, swing: 0.6, sign: '$' },
  gpus_leased: { unit: 'gpus', middle: 500, swing: 180, sign: '' },
  gpus_total: { unit: 'gpus', middle: 1000, swing: 250, sign: '' },
};

/** One value an hour from 0 to END, each with six decimals, all above 0; and the time one wave takes. */
export function series(metric, { between, toss }) {
  const { middle, swing } = METRICS[metric];
  const period = between(18 * HOUR, 10 * DAY);
  const phase = between(0, period);
  let noise = 0;
  const values = [];
  for (let at = 0; at <= END; at += HOUR) {
    noise = 0.9 * noise + between(-0.2, 0.2) * swing;
    const wave = swing * Math.sin((2 * Math.PI * (at + phase)) / period);
    const value = Math.max(middle + wave + noise, middle / (10 + toss()));
    values.push(Number(value.toFixed(6)));
  }
  return { values, period };
}
