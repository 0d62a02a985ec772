/** Progress on a terminal for whatever takes over two seconds. */
import { type Instant, toDay } from '../core/time.ts';
import type { Io } from './io.ts';

export type Progress = { at(now: Instant): void; done(): void };

/** Writes one line on the standard error, over itself; silent where there is no terminal. */
export function createProgress(io: Io, from: Instant, to: Instant, clock: () => number = Date.now): Progress {
  const started = clock();
  let shown = started + 1800;
  let wrote = false;
  return {
    at: (now) => {
      const wall = clock();
      if (io.columns === null || wall - shown < 200) return;
      shown = wall;
      wrote = true;
      const share = to === from ? 100 : Math.floor(((now - from) / (to - from)) * 100);
      io.err(`\r${String(share).padStart(3)}%  ${toDay(now)} `);
    },
    done: () => {
      if (wrote) io.err('\r                    \r');
    },
  };
}
