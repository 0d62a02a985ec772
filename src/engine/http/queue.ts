/** One thing at a time for each host; hosts do not wait for each other. */

export type Queue = {
  /** Runs `task` once all earlier tasks of `key` have ended. Undefined when the signal aborts before its turn. */
  run<T>(key: string, signal: AbortSignal, task: () => Promise<T>): Promise<T | undefined>;
};

export function createQueue(): Queue {
  const tails = new Map<string, Promise<unknown>>();

  function run<T>(key: string, signal: AbortSignal, task: () => Promise<T>): Promise<T | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    const turn = Promise.resolve(tails.get(key));
    return new Promise((resolve, reject) => {
      const leave = () => resolve(undefined);
      signal.addEventListener('abort', leave, { once: true });
      const done = turn.then(async () => {
        signal.removeEventListener('abort', leave);
        if (!signal.aborted) await task().then(resolve, reject);
        else leave();
      });
      tails.set(key, done);
      void done.then(() => tails.get(key) === done && tails.delete(key));
    });
  }

  return { run };
}
