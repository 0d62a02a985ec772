/** How long one durable commit takes as the state grows, and how long a snapshot of it holds everything else up. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { openStore } from '../dist/store/open.js';
import { longestPause } from './longest-pause.js';

const SIZES = [1_000, 10_000, 100_000];
const COMMITS = 300;
const ROUNDS = 3;
const MOST_RATIO = 1.5;
const MOST_PAUSE = 50;
const NOW = Date.UTC(2026, 6, 1);

function subscribed(n) {
  const destination = { platform: 'telegram', chat: `-100${n}`, thread: null };
  return { kind: 'subscribed', subscription: { destination, networks: ['akash', 'render'], by: `${n}`, at: NOW } };
}

async function fill(store, from, to) {
  for (let n = from; n < to; n += 1000)
    await store.commit(Array.from({ length: Math.min(1000, to - n) }, (_, index) => subscribed(n + index)));
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Milliseconds of each commit: one subscription changes, written and synced. */
async function commitTimes(store, size) {
  const times = [];
  for (let n = 0; n < COMMITS; n++) {
    const event = subscribed((n * 7919) % size);
    const start = performance.now();
    await store.commit([event]);
    times.push(performance.now() - start);
  }
  return times;
}

async function opened(dir) {
  const options = {
    retention: Number.POSITIVE_INFINITY,
    now: NOW,
    report: (line) => process.stderr.write(`${line}\n`),
  };
  return openStore({ dir, ...options, snapshotEvery: Number.POSITIVE_INFINITY });
}

/** Prints the figures through `print`, a line at a time; gives true where all are within their bounds. */
export async function run(print) {
  const root = await mkdtemp(join(tmpdir(), 'tierwatch-bench-'));
  try {
    const stores = [];
    for (const size of SIZES) {
      const store = await opened(join(root, String(size)));
      await fill(store, 0, size);
      stores.push({ size, store, times: [] });
    }
    // In turns, so that a busy disk slows all sizes alike.
    for (let round = 0; round < ROUNDS; round++)
      for (const entry of stores) entry.times.push(...(await commitTimes(entry.store, entry.size)));
    const medians = stores.map(({ times }) => median(times));
    print('One durable commit (written and synced)');
    print('subscriptions   median');
    for (const [index, size] of SIZES.entries())
      print(`${String(size).padStart(13)}   ${medians[index].toFixed(3)} ms`);
    const ratio = medians[2] / medians[0];
    print(`ratio 100k/1k   ${ratio.toFixed(2)} (bound: ${MOST_RATIO})`);
    const start = performance.now();
    const pause = await longestPause(() => stores[2].store.close());
    const took = performance.now() - start;
    print(
      `snapshot 100k   ${took.toFixed(0)} ms in all, longest pause ${pause.toFixed(1)} ms (bound: ${MOST_PAUSE} ms)`,
    );
    for (const { store } of stores) await store.close();
    return ratio < MOST_RATIO && pause < MOST_PAUSE;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await run((line) => process.stdout.write(`${line}\n`))) ? 0 : 1;
