/** How long the event loop stands still. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** The longest time, in milliseconds, during which nothing else could run while `act` did its work. */
export async function longestPause(act) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let last = performance.now();
  let longest = 0;
  const ticking = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  delay.enable();
  await act();
  delay.disable();
  clearInterval(ticking);
  return Math.max(longest, delay.max / 1e6, performance.now() - last);
}
