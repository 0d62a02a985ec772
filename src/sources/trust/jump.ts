/** Tells a figure that leaps out of its series from one that moves as the series usually does. */
import type { Series } from '../../core/series.ts';
import { DAY } from '../../core/time.ts';

/** From where a figure leapt, and how many usual steps far; null where the series has stood still. */
export type Jump = { readonly from: number; readonly times: number | null };

/** The leap of a figure from those it may have come from, of which the nearest counts; null where it is none. */
export type Gauge = (value: number, from: readonly number[]) => Jump | null;

/** Where the catalogue says nothing. */
export const USUAL_LIMIT = 20;
/** Samples that tell the usual step, and how few tell none. */
const [MOST, LEAST] = [100, 10];
/** A move of a fifth is none to wonder at, however still the series stood: prices change in steps. */
const FLOOR = 0.2;
/** Below a fifth, or above five times the level, is one however wildly the series moves: a broken endpoint says 0. */
const [LOWEST, HIGHEST] = [0.2, 5];

/**
 * Measures leaps in a series. Finds none where too little is known of it.
 * @param limit usual steps that are no leap yet; 0 for a series in which nothing is one
 */
export function gaugeOf(series: Series | undefined, limit: number): Gauge {
  if (limit === 0 || series === undefined || series.length < LEAST) return () => null;
  if (series.step === null || series.step > DAY) return () => null;
  const usual = usualStep(series);
  return (value, from) => {
    const near = nearestTo(value, from);
    if (near === undefined) return null;
    const step = Math.abs(value - near);
    if (step <= FLOOR * Math.abs(near)) return null;
    if (step <= limit * (usual ?? 0) && !isBeyond(value, near)) return null;
    return { from: near, times: usual === null ? null : step / usual };
  };
}

/** From 0 every rise is infinite: there only the usual step tells. */
function isBeyond(value: number, level: number): boolean {
  return level !== 0 && (value / level < LOWEST || value / level > HIGHEST);
}

function nearestTo(value: number, figures: readonly number[]): number | undefined {
  let nearest = figures[0];
  for (const figure of figures) if (Math.abs(figure - value) < Math.abs((nearest as number) - value)) nearest = figure;
  return nearest;
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
