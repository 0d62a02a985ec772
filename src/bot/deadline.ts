/** A bound on how long something may take, kept by the platform adapters. */

export const LATE = Symbol('late');

/** The promise's outcome, or `LATE` after so many milliseconds. A later rejection is swallowed. */
export async function within<T>(millis: number, promise: Promise<T>): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), millis);
  });
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
