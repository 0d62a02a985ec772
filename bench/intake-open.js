/** Opens a data directory and prints as JSON how long that took and how much memory the process held at most. */
import { performance } from 'node:perf_hooks';
import { openStore } from '../dist/store/open.js';

const start = performance.now();
const store = await openStore({
  dir: process.argv[2],
  retention: 1e12,
  now: Date.UTC(2026, 0, 2),
  report: (line) => process.stderr.write(`${line}\n`),
});
const seconds = (performance.now() - start) / 1000;
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ seconds, megabytes: peak, now: process.memoryUsage().rss / 1024 / 1024 }));
await store.close();
