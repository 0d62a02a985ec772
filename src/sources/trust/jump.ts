/** Tells a figure that leaps out of its series from one that moves as the series usually does. */
import type { Series } from '../../core/series.ts';
import { DAY } from '../../core/time.ts';

/** From where a figure leapt, and how many usual steps far; null where the series has stood still. */
export type Jump = { readonly from: number; readonly times: number | null };

/** Where the catalogue says nothing. */
export const USUAL_LIMIT = 20;
/** Samples that tell the usual step, and how few tell none. */
const [MOST, LEAST] = [100, 10];
/** A move of a fifth is none to wonder at, however still the series stood: prices change in steps. */
const FLOOR = 0.2;

/**
 * The leap of a new newest figure; null where it is none, or where too little is known of the series.
 * @param from figures it may have come from: the nearest counts
 * @param limit usual steps that are no leap yet; 0 for a series in which nothing is one
 */
export function jumpOf(value: number, from: readonly number[], series: Series | undefined, limit: number): Jump | null {
  if (limit === 0 || series === undefined || series.length < LEAST) return null;
  if (series.step === null || series.step > DAY) return null;
  const near = nearestTo(value, from);
  if (near === undefined) return null;
  const step = Math.abs(value - near);
  const usual = usualStep(series);
  if (step <= Math.max(limit * (usual ?? 0), FLOOR * Math.abs(near))) return null;
  return { from: near, times: usual === null ? null : step / usual };
}

function nearestTo(value: number, figures: readonly number[]): number | undefined {
  return figures.toSorted((a, b) => Math.abs(a - value) - Math.abs(b - value))[0];
}

/** The median distance between neighbours that differ, of the last samples; null where none differ. */
function usualStep(series: Series): number | null {
  const first = Math.max(0, series.length - MOST);
  const steps: number[] = [];
  for (let index = first + 1; index < series.length; index++) {
    const step = Math.abs(series.value(index) - series.value(index - 1));
    if (step > 0) steps.push(step);
  }
  if (steps.length === 0) return null;
  steps.sort((a, b) => a - b);
  const middle = Math.floor(steps.length / 2);
  const upper = steps[middle] as number;
  return steps.length % 2 === 1 ? upper : ((steps[middle - 1] as number) + upper) / 2;
}
