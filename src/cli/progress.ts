/** Progress on a terminal for whatever takes over two seconds. */
import { toDay } from '../core/time.ts';
import type { Io } from './io.ts';

export type Progress = { at(place: number): void; done(): void };

const WIDEST = 40;

/**
 * Writes one line on the standard error, over itself; silent where there is no terminal.
 * @param label what a place between `from` and `to` is called; the day of an instant unless given.
 */
export function createProgress(
  io: Pick<Io, 'columns' | 'err'>,
  from: number,
  to: number,
  label: (place: number) => string = toDay,
  clock: () => number = Date.now,
): Progress {
  const started = clock();
  let shown = started + 1800;
  let wrote = false;
  return {
    at: (place) => {
      if (io.columns === null) return;
      const wall = clock();
      if (wall - shown < 200) return;
      shown = wall;
      wrote = true;
      const share = to === from ? 100 : Math.floor(((place - from) / (to - from)) * 100);
      io.err(`\r${`${String(share).padStart(3)}%  ${label(place)}`.padEnd(WIDEST)}`);
    },
    done: () => {
      if (wrote) io.err(`\r${' '.repeat(WIDEST)}\r`);
    },
  };
}
