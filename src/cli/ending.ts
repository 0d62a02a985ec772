/** How a run ends: by a signal, or because a platform shut the bot out. */
import type { StartupError } from '../core/ports.ts';

export type Ending = { readonly comes: Promise<number>; readonly fail: (error: StartupError) => void };

/** Listens for SIGTERM and SIGINT from now on. */
export function ending(): Ending {
  const { promise, resolve, reject } = withResolvers<number>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(0));
  promise.catch(() => {});
  return { comes: promise, fail: reject };
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
