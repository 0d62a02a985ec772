/** How long one live judgement takes, over a year of samples in a store on disk. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadConfig } from '../dist/config/load.js';
import { openStore } from '../dist/store/open.js';
import { tick } from '../dist/triggers/judge/tick.js';
import { bookOf } from '../dist/triggers/rule/book.js';
import { hourly, median, NETWORKS, windowRules } from './record.js';

const CONFIG = fileURLToPath(new URL('../config', import.meta.url));
const HOURS = 8760;
const RULES = 12;
/** Hours judged after the year, each as its samples come in. */
const JUDGED = 200;
const MOST_MILLISECONDS = 5;

async function book(root) {
  const file = join(root, 'rules.yaml');
  await writeFile(file, windowRules(RULES));
  const loaded = await loadConfig(CONFIG, { rulesFiles: [file], polled: false });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { rules, networks, settings } = loaded.config;
  return bookOf({ rules, networks: networks.networks, ladder: settings.ladder });
}

function opened(dir, now) {
  const report = (line) => process.stderr.write(`${line}\n`);
  return openStore({ dir, retention: Number.POSITIVE_INFINITY, now, report });
}

/** Prints the figures through `print`, a line at a time; gives true where all are within their bounds. */
export async function run(print) {
  const root = await mkdtemp(join(tmpdir(), 'tierwatch-bench-'));
  const dir = join(root, 'data');
  try {
    const samples = hourly(NETWORKS, ['sold_out_share'], HOURS + JUDGED);
    const instants = [...new Set(samples.map(({ at }) => at))];
    const at = (instant) => samples.filter((sample) => sample.at === instant);
    const past = instants[HOURS - 1];
    const filled = await opened(dir, past);
    await filled.observe(
      samples.filter((sample) => sample.at <= past),
      [],
    );
    await filled.close();

    const judged = await book(root);
    const store = await opened(dir, past);
    const times = [];
    for (const now of instants.slice(HOURS - 1)) {
      await store.observe(at(now), []);
      const start = performance.now();
      const { events } = tick(judged, store.state(), store.evidence(), now);
      times.push(performance.now() - start);
      if (events.length > 0) await store.commit(events);
    }
    await store.close();
    const [cold, ...warm] = times;
    const usual = median(warm);
    print(`One live judgement of ${RULES} rules for ${NETWORKS.length} networks over a year of hourly samples`);
    print(`the first after a start   ${cold.toFixed(2)} ms`);
    print(`median of the next ${JUDGED}    ${usual.toFixed(3)} ms (bound: ${MOST_MILLISECONDS} ms)`);
    return usual < MOST_MILLISECONDS;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await run((line) => process.stdout.write(`${line}\n`))) ? 0 : 1;
