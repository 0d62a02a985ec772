/** Charts to draw: one of real prices, and what differs from it. */
import type { Chart } from '../../src/chart/chart.ts';
import { DAY, type Instant } from '../../src/core/time.ts';

export const FROM: Instant = Date.UTC(2025, 0, 6);
export const TO: Instant = FROM + 70 * DAY;

/** Google's H100 spot price in the weeks around its fall of March 2025. */
const PRICES = [4.42, 4.42, 4.42, 4.4, 4.4, 4.4, 4.4, 4.4, 2.55, 2.55, 2.55];

export function chart(changes: Partial<Chart> = {}): Chart {
  const read = PRICES.map((value, week) => ({ at: FROM + week * 7 * DAY, value }));
  return {
    title: 'H100 spot price below $3 · Google Cloud',
    subtitle: 'avg(h100_spot_price, 14d) < $3.00 for 7d',
    unit: 'usd/gpu-hour',
    from: FROM,
    to: TO,
    lines: [
      { name: 'h100_spot_price', role: 'series', points: read },
      { name: 'avg(h100_spot_price, 14d)', role: 'value', points: averages(read) },
      { name: 'threshold', role: 'threshold', points: constant(3) },
    ],
    bands: [
      { from: FROM, to: FROM + 7 * DAY, kind: 'unknown' },
      { from: FROM + 63 * DAY, to: FROM + 66 * DAY, kind: 'pending' },
      { from: FROM + 66 * DAY, to: TO, kind: 'firing' },
    ],
    footer: 'Cyclenerd/google-cloud-pricing-cost-calculator · 2025-01-06 to 2025-03-17',
    ...changes,
  };
}

/** A line that stays where it is. */
export function constant(value: number): Chart['lines'][number]['points'] {
  return [
    { at: FROM, value },
    { at: TO, value },
  ];
}

/** Of each reading and the one before; the first has none before it. */
function averages(
  points: readonly { readonly at: Instant; readonly value: number }[],
): Chart['lines'][number]['points'] {
  return points.map(({ at, value }, index) => {
    const before = points[index - 1]?.value;
    return { at, value: before === undefined ? null : (before + value) / 2 };
  });
}
