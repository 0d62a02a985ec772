// A process to be killed: commits and observes without end, and prints each number once it was acknowledged.
import { openStore } from '../../dist/store/open.js';

const [dir, mode] = process.argv.slice(2);
const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);

const store = await openStore({
  dir,
  retention: 9999 * 24 * HOUR,
  now: START,
  report: (line) => process.stderr.write(`${line}\n`),
  segmentBytes: 20_000,
  snapshotEvery: 20,
  snapshotDelay: 3,
});
process.stdout.write('open\n');

/** Two events a commit, so that half a commit would show. */
async function one(n) {
  const health = { state: 'ok', since: n, why: null };
  await store.commit([
    { kind: 'handled', platform: 'telegram', update: n },
    { kind: 'source', source: `s${n}`, health },
  ]);
  process.stdout.write(`c${n}\n`);
  await store.observe([{ series: 'akash.gpu_utilization', at: START + n * HOUR, value: n, source: 'child' }], []);
  process.stdout.write(`o${n}\n`);
}

if (mode === 'hold') setInterval(() => undefined, 1000);
else
  for (let n = (store.state().handled.get('telegram') ?? 0) + 1; ; n += 3)
    await Promise.all([one(n), one(n + 1), one(n + 2)]);
