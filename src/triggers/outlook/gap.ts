/** The gap between the two sides of a comparison, as a number and in words. */
import type { Gap } from '../../core/standing.ts';
import { DAY, formatDuration } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import type { Comparison, Verdict } from '../../core/verdict.ts';

/** Of a comparison that was judged; where a side is unknown, why. */
export function gapOf({ comparison, expression, truth, readings }: Verdict): Gap {
  if (comparison === undefined || comparison.left === null || comparison.right === null) {
    const reasons = readings.flatMap((reading) =>
      reading.kind === 'series' && reading.missing !== null ? [`${reading.series}: ${reading.missing}`] : [],
    );
    const missing = reasons.length === 0 ? ['a division by zero'] : [...new Set(reasons)];
    const rest = { value: null, unit: comparison?.unit ?? '', relative: null, missing };
    return { expression, truth, ...rest, says: `unknown: ${missing.join('; ')}` };
  }
  const { left, right, unit } = comparison;
  const value = left - right;
  const relative = Math.abs(value) / scaleOf(right, unit);
  return { expression, truth, value, unit, relative, missing: [], says: words(comparison, left, right) };
}

/** What a gap is measured against: a year for dates, one unit where the threshold is 0. */
function scaleOf(right: number, unit: string): number {
  if (unit === 'instant') return 365 * DAY;
  if (right !== 0) return Math.abs(right);
  return unit === 'duration' ? DAY : 1;
}

/** Digits are added until what differs also reads differently; no more than this. */
const MOST_DIGITS = 6;

function words({ op, unit }: Comparison, left: number, right: number): string {
  if (unit === 'instant') return dates(left, right);
  if (left === right) return `${formatValue(left, unit)}, exactly at the threshold`;
  let extra = 0;
  while (extra < MOST_DIGITS && alike(left, right, unit, extra)) extra += 1;
  const lacks = left < right && op.startsWith('>') && (unit === 'count' || unit === 'gpus');
  const relation = lacks ? 'short of' : left > right ? 'above' : 'below';
  const [from, to] = [formatValue(left, unit, extra), formatValue(right, unit, extra)];
  return `${from}, ${size(Math.abs(left - right), unit, extra)} ${relation} ${to}`;
}

function alike(left: number, right: number, unit: string, extra: number): boolean {
  const gap = Math.abs(left - right);
  return (
    formatValue(left, unit, extra) === formatValue(right, unit, extra) ||
    size(gap, unit, extra) === size(0, unit, extra)
  );
}

/** A gap of ratios is told in points: 24% is 4 points above 20%, and a fifth more. */
function size(gap: number, unit: string, extra: number): string {
  const text = formatValue(gap, unit, extra);
  return text.replace(/^1%/, '1 point').replace('%', ' points');
}

function dates(left: number, right: number): string {
  const apart = Math.abs(left - right);
  if (apart === 0) return `exactly ${formatValue(right, 'instant')}`;
  const days = Math.ceil(apart / DAY);
  const long = apart < DAY ? formatDuration(apart) : `${days} day${days === 1 ? '' : 's'}`;
  return `${long} ${left < right ? 'before' : 'after'} ${formatValue(right, 'instant')}`;
}
