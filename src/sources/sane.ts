/** Sets aside figures that cannot be true: unknown metrics, values out of range, instants still to come. */
import type { Catalogue, Metric } from '../core/metric.ts';
import type { Dropped, Reading } from '../core/ports.ts';
import { type Sample, splitSeries } from '../core/series.ts';
import type { Instant } from '../core/time.ts';
import { formatValue } from '../core/units.ts';
import { oddInstant } from './instant.ts';

/** The reading with every impossible sample moved to `dropped`, with its reason. */
export function sane(reading: Reading, catalogue: Catalogue, now: Instant): Reading {
  const dropped: Dropped[] = [...reading.dropped];
  const metrics = new Map<string, Metric | string>();
  const samples = reading.samples.filter((sample) => {
    // A year of one series asks for its metric once.
    const metric = metrics.get(sample.series) ?? metricOf(sample.series, catalogue);
    metrics.set(sample.series, metric);
    const odd = typeof metric === 'string' ? { reason: metric } : oddity(sample, metric, now);
    if (odd !== null) dropped.push({ what: sample.series, ...odd });
    return odd === null;
  });
  return { ...reading, samples, dropped };
}

/** The metric of a series, or why it has none. */
function metricOf(series: string, catalogue: Catalogue): Metric | string {
  const name = splitSeries(series);
  if (name === undefined) return 'is not named subject.metric';
  return catalogue.get(name.metric) ?? `${name.metric} is not in metrics.yaml`;
}

function oddity({ at, value }: Sample, metric: Metric, now: Instant): Omit<Dropped, 'what'> | null {
  if (!Number.isFinite(value)) return { reason: 'is not a finite number' };
  if (metric.range !== undefined && (value < metric.range[0] || value > metric.range[1])) {
    const [shown, least, most] = [value, ...metric.range].map((figure) => exact(figure, metric.unit));
    return { reason: `${shown} is outside ${least} to ${most}`, outOfRange: true };
  }
  const reason = oddInstant(at, now);
  return reason === null ? null : { reason };
}

/** With its unit where that reads well; formatting for people would round 1e308 to hundreds of digits. */
function exact(value: number, unit: string): string {
  return Math.abs(value) < 1e15 ? formatValue(value, unit) : String(value);
}
