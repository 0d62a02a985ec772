/** Long work in pieces, so that nothing else has to wait for it. */
import { inPart } from '../triggers/language/ration.ts';

/** Milliseconds of work after which timers and sockets get their turn. */
const BREATH = 8;

/** Call it between pieces of long work: no synchronous stretch comes near 50 ms. */
export function breather(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < BREATH) return;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  };
}

/** Figures of derived series worked out between two looks at the time, at first: a few milliseconds of work. */
const PIECE = 100;
/** By how much a piece is larger than the one before: also what leads back and forth gets done in the end. */
const GROWTH = 1.005;

/**
 * What a judgement comes to, worked out with pauses where derived series have much to catch up on, as after the
 * correction of an old figure. It is begun again after each pause, over what was recorded and observed by then; the last
 * attempt runs through without one.
 */
export async function inPieces<T>(judge: () => T, breathe: () => Promise<void> = breather()): Promise<T> {
  for (let piece = PIECE; ; piece *= GROWTH) {
    const whole = inPart(piece, judge);
    if (whole !== undefined) return whole.result;
    await breathe();
  }
}
