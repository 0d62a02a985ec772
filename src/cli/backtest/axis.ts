/** The dates above a timeline: as many as there is room for, at round instants. */
import { DAY, type Duration, HOUR, type Instant } from '../../core/time.ts';
import type { Span } from '../../triggers/replay/course.ts';

type Scale = {
  /** About how far two ticks lie apart. */
  readonly apart: Duration;
  /** Part of an ISO instant that a label shows. */
  readonly shown: readonly [start: number, end: number];
  /** The first tick at or after an instant. */
  readonly first: (at: Instant) => Instant;
};

const MONTH = 30 * DAY;

const SCALES: readonly Scale[] = [
  ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR].map((size) => regular(size, [5, 16])),
  ...[DAY, 2 * DAY, 7 * DAY, 14 * DAY].map((size) => regular(size, [0, 10])),
  ...[1, 2, 3, 6, 12, 24, 60, 120].map(monthly),
];

function regular(size: Duration, shown: Scale['shown']): Scale {
  return { apart: size, shown, first: (at) => Math.ceil(at / size) * size };
}

/** Every so many months, counted from the year 2000. */
function monthly(months: number): Scale {
  const monthOf = (at: Instant): number => (new Date(at).getUTCFullYear() - 2000) * 12 + new Date(at).getUTCMonth();
  const begin = (month: number): Instant => Date.UTC(2000, month);
  return {
    apart: months * MONTH,
    shown: [0, 7],
    first: (at) => {
      const month = monthOf(at);
      return begin(Math.ceil((begin(month) === at ? month : month + 1) / months) * months);
    },
  };
}

/** Two lines of so many columns: the labels, each above the column of its instant, and the ticks. */
export function axisLines({ from, to }: Span, columns: number): readonly [labels: string, ticks: string] {
  const width = (to - from) / columns;
  const room = ({ shown: [start, end], apart }: Scale): boolean => apart / width >= end - start + 2;
  const scale = SCALES.find(room) ?? (SCALES.at(-1) as Scale);
  const labels = Array<string>(columns).fill(' ');
  const ticks = Array<string>(columns).fill('─');
  let free = 0;
  for (let tick = scale.first(from); tick < to; tick = scale.first(tick + 1)) {
    const column = Math.min(columns - 1, Math.floor((tick - from) / width));
    ticks[column] = '┬';
    const label = new Date(tick)
      .toISOString()
      .slice(...scale.shown)
      .replace('T', ' ');
    if (column < free || column + label.length > columns) continue;
    labels.splice(column, label.length, ...label);
    free = column + label.length + 2;
  }
  return [labels.join('').trimEnd(), ticks.join('')];
}
