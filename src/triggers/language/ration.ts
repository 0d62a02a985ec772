/** Bounds how much of what derived series have been is worked out at a time, so that long work can be done in pieces. */

class RationSpent extends Error {
  override name = 'RationSpent';
}

type Ration = { left: number };

/** Of the call of `inPart` that runs now; whatever that does is over before anything else runs. */
let current: Ration | null = null;

/**
 * Runs `act` while all derived series together work out at most `most` further figures of their past. Undefined where
 * these do not suffice: then it was broken off, for it would have rested on series that are not complete. What was worked
 * out is kept, so that the next call goes on from there.
 * @param most more than derived series are nested in each other, or no number of calls suffices
 */
export function inPart<T>(most: number, act: () => T): { readonly result: T } | undefined {
  const outer = current;
  current = { left: most };
  try {
    return { result: act() };
  } catch (error) {
    if (error instanceof RationSpent) return undefined;
    throw error;
  } finally {
    current = outer;
  }
}

/** Takes a figure from the ration. Throws where none is left: all that it was wanted for is broken off with it. */
export function takeRation(): void {
  if (current === null) return;
  if (current.left <= 0) throw new RationSpent();
  current.left -= 1;
}
