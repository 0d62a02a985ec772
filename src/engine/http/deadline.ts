/** Runs something that must end in time, or when somebody else has had enough. */
import { setMaxListeners } from 'node:events';
import type { Duration } from '../../core/time.ts';

/** How it ended: by itself, with an error, out of time, or stopped from outside. */
export type Ended<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'late' }
  | { readonly kind: 'stopped' };

/**
 * Gives `run` a signal that aborts after `limit` ms or with `outer`, and does not wait for it beyond that: a request
 * that still waits for its connection hears of an abort only once it is connected.
 */
export async function within<T>(
  limit: Duration,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<Ended<T>> {
  if (outer.aborted) return { kind: 'stopped' };
  const controller = new AbortController();
  const stop = () => controller.abort();
  outer.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, limit);
  const cut = new Promise<Ended<T>>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve({ kind: outer.aborted ? 'stopped' : 'late' }));
  });
  const ran = run(controller.signal).then(
    (value): Ended<T> => ({ kind: 'done', value }),
    (error: unknown) => (controller.signal.aborted ? cut : ({ kind: 'error', error } as const)),
  );
  try {
    return await Promise.race([cut, ran]);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', stop);
  }
}

/** Runs with a signal that aborts with any of `signals`. AbortSignal.any would keep every fetch alive with its longest. */
export async function withAny<T>(
  signals: readonly AbortSignal[],
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of signals) {
    // Shared by all fetches of a client or a job: more than the ten listeners that Node takes for a leak.
    setMaxListeners(0, signal);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  }
  try {
    return await run(controller.signal);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', stop);
  }
}
