/** The lines of a picture: how each is drawn, by its role. */
import type { LineSeriesOption } from 'echarts/charts';
import type { Line, Point } from './shape.ts';
import { SERIES, THRESHOLD, VALUE } from './style.ts';

export type Stroke = {
  readonly stroke: string;
  readonly lineWidth: number;
  readonly lineDash: number[] | 'solid';
  readonly z: number;
};

/** One stroke a line: what was read goes behind, and each of several in a colour of its own. */
export function strokesOf(lines: readonly Line[]): readonly Stroke[] {
  let read = 0;
  return lines.map(({ role }): Stroke => {
    if (role === 'value') return { stroke: VALUE, lineWidth: 6, lineDash: 'solid', z: 5 };
    if (role === 'threshold') return { stroke: THRESHOLD, lineWidth: 4, lineDash: [16, 9], z: 6 };
    return { stroke: SERIES[read++ % SERIES.length] as string, lineWidth: 3.5, lineDash: 'solid', z: 3 };
  });
}

/** So few readings are shown one by one, lest a line pretend to know what lies between them. */
const FEW = 40;

/** A line as a series of ECharts; unknown points are gaps. */
export function seriesOf({ role, points }: Line, { stroke, lineWidth, lineDash, z }: Stroke): LineSeriesOption {
  const few = role === 'series' && points.length <= FEW;
  const dot = { symbol: 'circle', symbolSize: lineWidth * 3 };
  return {
    type: 'line',
    z,
    clip: false,
    connectNulls: false,
    symbol: 'none',
    showAllSymbol: true,
    emphasis: { disabled: true },
    lineStyle: {
      color: stroke,
      width: lineWidth,
      type: lineDash,
      cap: lineDash === 'solid' ? 'round' : 'butt',
      join: 'round',
    },
    itemStyle: { color: stroke },
    data: points.map(({ at, value }, index) =>
      value !== null && (few || isAlone(points, index)) ? { value: [at, value], ...dot } : [at, value ?? '-'],
    ),
  };
}

/** Between two unknown points there is no line to see a value by. */
function isAlone(points: readonly Point[], index: number): boolean {
  return (points[index - 1]?.value ?? null) === null && (points[index + 1]?.value ?? null) === null;
}
