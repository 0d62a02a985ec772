/** How fast samples are read and stored, and what a year of many series costs in memory and at the start. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { loadConfig } from '../dist/config/load.js';
import { parseHistory } from '../dist/sources/history.js';
import { sane } from '../dist/sources/sane.js';
import { openStore } from '../dist/store/open.js';
import { asCsv, hourly, median } from './record.js';

const CONFIG = fileURLToPath(new URL('../config', import.meta.url));
const OPEN = fileURLToPath(new URL('./intake-open.js', import.meta.url));
const METRICS = ['gpu_utilization', 'sold_out_share', 'h100_capacity', 'h200_capacity', 'b200_capacity', 'l4_capacity'];
const SUBJECTS = Array.from({ length: 25 }, (_, n) => `s${n}`);
const HOURS = 8760;
const STORED = 100_000;
const ROUNDS = 5;
const LEAST_A_SECOND = 200_000;
const MOST_MEGABYTES = 150;
const MOST_SECONDS = 2;
const NOW = Date.UTC(2026, 0, 2);

function opened(dir) {
  const report = (line) => process.stderr.write(`${line}\n`);
  return openStore({ dir, retention: 1e12, now: NOW, report });
}

/** Samples a second from the text of a file to synced files and memory, the usual checks in between. */
async function intake(root, samples, catalogue, round) {
  const text = asCsv(samples);
  const store = await opened(join(root, `intake-${round}`));
  const start = performance.now();
  const { samples: read, bad } = parseHistory(text);
  const checked = sane({ samples: read, articles: [], dropped: [] }, catalogue, NOW);
  const { samples: kept } = await store.observe(checked.samples, []);
  const rate = (samples.length / (performance.now() - start)) * 1000;
  await store.close();
  if (bad.length > 0 || kept.length !== samples.length) throw new Error('not all samples were stored');
  const before = performance.now();
  parse(text, { columns: true });
  return { rate, peer: (samples.length / (performance.now() - before)) * 1000 };
}

/** Prints the figures through `print`, a line at a time; gives true where all are within their bounds. */
export async function run(print) {
  const root = await mkdtemp(join(tmpdir(), 'tierwatch-bench-'));
  try {
    const loaded = await loadConfig(CONFIG, { polled: false });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const some = hourly(SUBJECTS.slice(0, 2), METRICS, HOURS).slice(0, STORED);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await intake(root, some, loaded.config.catalogue, round));
    const [rate, peer] = [median(rounds.map((one) => one.rate)), median(rounds.map((one) => one.peer))];
    print(
      `  ${STORED} samples read, checked and stored: ${Math.round(rate)} a second (at least ${LEAST_A_SECOND}); csv-parse alone reads ${Math.round(peer)}`,
    );

    const dir = join(root, 'year');
    const store = await opened(dir);
    for (const metric of METRICS) await store.observe(hourly(SUBJECTS, [metric], HOURS), []);
    await store.close();
    const opens = Array.from({ length: 3 }, () => {
      const { status, stdout } = spawnSync(process.execPath, [OPEN, dir], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`opening the store ended with ${status}`);
      return JSON.parse(stdout);
    });
    const seconds = median(opens.map((one) => one.seconds));
    const megabytes = median(opens.map((one) => one.megabytes));
    print(
      `  a year of hourly figures, ${METRICS.length * SUBJECTS.length} series: loads in ${seconds.toFixed(2)} s (at most ${MOST_SECONDS}), ${Math.round(megabytes)} MB for the whole process (at most ${MOST_MEGABYTES})`,
    );
    return rate >= LEAST_A_SECOND && seconds <= MOST_SECONDS && megabytes <= MOST_MEGABYTES;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await run((line) => console.log(line))) ? 0 : 1;
