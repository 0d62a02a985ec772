/** Plain thresholds against json-rules-engine: the same rules over the same facts, with the same verdicts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Engine } from 'json-rules-engine';
import { loadConfig } from '../dist/config/load.js';
import { recorded } from '../dist/triggers/replay/recorded.js';
import { replay } from '../dist/triggers/replay/replay.js';
import { bookOf } from '../dist/triggers/rule/book.js';
import { hourly, median, NETWORKS } from './record.js';

const CONFIG = fileURLToPath(new URL('../config', import.meta.url));
const HOURS = 2000;
const ROUNDS = 7;
const LEAST_TIMES_FASTER = 20;
const METRICS = ['sold_out_share', 'h100_capacity', 'a100_capacity'];
const THRESHOLDS = [10, 20, 40, 50];
const RULES = METRICS.flatMap((metric) => THRESHOLDS.map((percent) => ({ metric, percent })));

/** Our rules, without `for`: true once the newest sample is below the threshold. */
async function judgement(root) {
  const file = join(root, 'rules.yaml');
  const rules = RULES.map(
    ({ metric, percent }) => `  - { id: ${metric}-${percent}, networks: all, when: ${metric} < ${percent}% }\n`,
  );
  await writeFile(file, `rules:\n${rules.join('')}`);
  const loaded = await loadConfig(CONFIG, { rulesFiles: [file], polled: false });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { networks, settings } = loaded.config;
  const judged = networks.networks.filter(({ id }) => NETWORKS.includes(id));
  return bookOf({ rules: loaded.config.rules, networks: judged, ladder: settings.ladder });
}

/** The other engine as its manual builds it: once, each fact handed over at the run. */
function engine() {
  return new Engine(
    RULES.map(({ metric, percent }) => ({
      conditions: { all: [{ fact: metric, operator: 'lessThan', value: percent / 100 }] },
      event: { type: `${metric}-${percent}` },
    })),
  );
}

/** The facts of every hour and network, laid out before any clock runs. */
function factsOf(samples) {
  const facts = new Map();
  for (const { series, at, value } of samples) {
    const [network, metric] = series.split('.');
    const key = `${at} ${network}`;
    if (!facts.has(key)) facts.set(key, {});
    facts.get(key)[metric] = value;
  }
  return [...facts.values()];
}

/** Judges every hour; rules that begin or cease to hold are explained. Tells `seen`, if given, of each evaluation. */
function ours(book, evidence, instants, seen) {
  for (const _ of replay(book, evidence, instants, seen));
}

/** Judges every hour; gives how many rules held. */
async function theirs(built, facts) {
  let held = 0;
  for (const each of facts) held += (await built.run(each)).events.length;
  return held;
}

async function milliseconds(act) {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** Prints the figures through `print`, a line at a time; gives true where all are within their bounds. */
export async function run(print) {
  const root = await mkdtemp(join(tmpdir(), 'tierwatch-bench-'));
  try {
    const samples = hourly(NETWORKS, METRICS, HOURS);
    const instants = [...new Set(samples.map(({ at }) => at))];
    const [book, evidence, built, facts] = [await judgement(root), recorded(samples), engine(), factsOf(samples)];
    let held = 0;
    ours(book, evidence, instants, (_, truth) => {
      if (truth === 'true') held += 1;
    });
    const alike = held === (await theirs(built, facts));
    const times = { ours: [], theirs: [] };
    // In turns, so that a busy machine slows both alike.
    for (let round = 0; round < ROUNDS; round++) {
      times.ours.push(await milliseconds(() => ours(book, evidence, instants)));
      times.theirs.push(await milliseconds(() => theirs(built, facts)));
    }
    const evaluations = HOURS * NETWORKS.length * RULES.length;
    const [mine, other] = [times.ours, times.theirs].map((list) => (median(list) / evaluations) * 1e6);
    const ratio = other / mine;
    print(
      `${evaluations.toLocaleString('en')} evaluations of \`metric < threshold\`, ${held.toLocaleString('en')} hold`,
    );
    print(`tierwatch           ${mine.toFixed(0)} ns each`);
    print(`json-rules-engine   ${other.toFixed(0)} ns each${alike ? '' : ', with other verdicts'}`);
    print(`times faster        ${ratio.toFixed(0)} (bound: ${LEAST_TIMES_FASTER})`);
    return alike && ratio >= LEAST_TIMES_FASTER;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await run((line) => process.stdout.write(`${line}\n`))) ? 0 : 1;
