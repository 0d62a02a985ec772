/** A write put off and gathered: asked for often, done once, never twice at the same time. */

export type Lazy = {
  /** Asks for the write within the delay. */
  soon(): void;
  /** Does what was asked for now, and resolves when it is done. */
  flush(): Promise<void>;
};

/** `delay` in milliseconds. A failed write goes to `failed`; the next request tries again. */
export function lazily(delay: number, write: () => Promise<void>, failed: (error: unknown) => void): Lazy {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  function start(): void {
    clearTimeout(timer);
    timer = undefined;
    running = running.then(write).catch(failed);
  }

  function soon(): void {
    if (timer !== undefined) return;
    timer = setTimeout(start, delay);
    timer.unref();
  }

  async function flush(): Promise<void> {
    if (timer !== undefined) start();
    await running;
  }

  return { soon, flush };
}
