/** Periods that an answer leaves out: a list of days or months says nothing of the ones it has lost. */

/** How many of the periods from the first one given up to the running one, itself not counted, are not given. */
export function missing(periods: readonly number[], running: number): number {
  const closed = new Set(periods.filter((period) => period < running));
  const first = periods.reduce((least, period) => Math.min(least, period), running);
  return running - first - closed.size;
}
