/** The axes: time below, in UTC; values at the right, where a line's newest is. */
import { dateTicks } from './dates.ts';
import { type Box, type Piece, text } from './elements.ts';
import { heightOf, isCovered, type Mark } from './marks.ts';
import type { Scale } from './scale.ts';
import type { Chart } from './shape.ts';
import { BESIDE, FONT, GREY, GRID, SMALL, TEXT, WIDTH } from './style.ts';
import { widthOf } from './text.ts';

const LABEL = { color: GREY, fontSize: TEXT, fontFamily: FONT, fontWeight: 400 } as const;

/** Round dates, each written from its tick on; one that would reach into the values' labels is left out. */
export function timeAxis({ from, to }: Pick<Chart, 'from' | 'to'>, plot: Box): object {
  const ticks = dateTicks(from, to);
  const place = (at: number) => ((at - from) / (to - from)) * plot.width;
  const shown = ticks.filter(({ at, label }) => place(at) + widthOf(label, TEXT) <= plot.width);
  const labels = new Map(shown.map(({ at, label }) => [at, label]));
  return {
    type: 'value',
    min: from,
    max: to,
    splitLine: { show: false },
    axisLine: { onZero: false, lineStyle: { color: GREY, width: 2 } },
    axisTick: { customValues: ticks.map(({ at }) => at), length: 34, lineStyle: { color: GREY, width: 2 } },
    axisLabel: {
      ...LABEL,
      customValues: [...labels.keys()],
      formatter: (at: number) => labels.get(at) ?? '',
      align: 'left',
      padding: [0, 0, 0, 8],
      margin: 12,
    },
  };
}

/** Values without a scale have neither ticks nor labels. */
export function valueAxis(scale: Scale | null, plot: Box, marks: readonly Mark[]): object {
  const label = (value: number) =>
    scale === null || isCovered(marks, heightOf(value, scale, plot)) ? '' : scale.label(value);
  return {
    type: 'value',
    position: 'right',
    ...(scale === null ? { min: 0, max: 1 } : { min: scale.min, max: scale.max, interval: scale.step }),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: scale !== null, lineStyle: { color: GRID, width: 2 } },
    axisLabel: { ...LABEL, show: scale !== null, margin: BESIDE, formatter: label },
  };
}

const ZONE = 'UTC';

/** What the dates are in, below the values' labels. */
export function zoneOf(plot: Box): Piece {
  return text(ZONE, plot.left + plot.width + BESIDE, plot.top + plot.height + 34, { color: GREY, size: SMALL });
}

/** The unit, once, above the labels. */
export function unitOf(scale: Scale | null, plot: Box): readonly Piece[] {
  if (scale === null || scale.unit === '') return [];
  return [text(scale.unit, WIDTH - 2 * BESIDE, plot.top - 36, { color: GREY, align: 'right' })];
}

/** The room the labels and the thresholds' values need at the right. */
export function roomBeside(scale: Scale | null, values: readonly number[]): number {
  const labels = scale === null ? [] : [...scale.ticks, ...values].map(scale.label);
  return Math.max(widthOf(ZONE, SMALL), ...labels.map((label) => widthOf(label, TEXT))) + 4 * BESIDE;
}
