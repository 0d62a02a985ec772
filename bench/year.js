/** A year's backtest as one whole process: its time and memory, against promtool on the same work, and how both grow. */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { asCsv, forPromtool, hourly, median, NETWORKS, windowRules } from './record.js';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const CONFIG = fileURLToPath(new URL('../config', import.meta.url));
/** Prometheus' own test runner for alerting rules. */
const PROMTOOL = 'promtool';
const HOURS = 8760;
const RULES = 12;
const ROUNDS = 5;
const MOST_SECONDS = 0.5;
const MOST_MEGABYTES = 200;
const LEAST_TIMES_FASTER = 50;
const MOST_GROWTH = 2.2;
/** Seconds that promtool 2.42 took for this work on the two cores for which the bound in seconds was set. */
const PROMTOOL_RECORDED = 22.8;

/** Makes a process tell its peak memory, in kilobytes, on its fourth file descriptor as it ends. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));",
)}`;

/** Runs `tierwatch backtest` once as a process of its own; what it told on its fourth file descriptor, if anything. */
function backtest({ csv, rules, config }, flags = []) {
  const args = [PROGRAM, 'backtest', '--history', csv, '--rules', rules, '--config', config, '--json'];
  const { status, output } = spawnSync(process.execPath, [...flags, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`the backtest ended with ${status}`);
  return String(output[3]);
}

/** From the start of the process to its end, in seconds. */
function secondsOf(work) {
  const start = performance.now();
  backtest(work);
  return (performance.now() - start) / 1000;
}

function megabytesOf(work) {
  return Number(backtest(work, ['--import', TELL_PEAK])) / 1024;
}

/** Writes what a backtest reads: hourly figures of some networks over some years, and rules. */
async function prepare(root, name, { networks = NETWORKS, years = 1, rules = RULES, config = CONFIG }) {
  const work = { csv: join(root, `${name}.csv`), rules: join(root, `${name}.yaml`), config };
  await writeFile(work.csv, asCsv(hourly(networks, ['sold_out_share'], years * HOURS)));
  await writeFile(work.rules, windowRules(rules));
  return work;
}

/** The shipped configuration with further networks. */
async function withNetworks(root, networks) {
  const dir = join(root, 'config');
  // Links are followed, so that nothing below is written through one into the original.
  await cp(CONFIG, dir, { recursive: true, dereference: true });
  const entries = networks.map((id) => `  - { id: ${id}, name: ${id}, tier: unrated, reason: for the bench }\n`);
  const file = join(dir, 'networks.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^networks:\n/m, `networks:\n${entries.join('')}`));
  return dir;
}

/** The year, and twice of each thing that can grow. */
async function prepareAll(root) {
  const more = NETWORKS.map((id) => `${id}_two`);
  const sizes = {
    year: {},
    years: { years: 2 },
    rules: { rules: 2 * RULES },
    networks: { networks: [...NETWORKS, ...more], config: await withNetworks(root, more) },
  };
  const works = [];
  for (const [name, size] of Object.entries(sizes)) works.push({ name, work: await prepare(root, name, size) });
  return works;
}

/** How long promtool takes for the same work, in seconds; undefined where it is not installed. */
async function promtool(root) {
  if (spawnSync(PROMTOOL, ['--version']).error !== undefined) return undefined;
  const { rules, test } = forPromtool(NETWORKS, hourly(NETWORKS, ['sold_out_share'], HOURS), RULES);
  await writeFile(join(root, 'rules.yml'), rules);
  await writeFile(join(root, 'test.yml'), test);
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(PROMTOOL, ['test', 'rules', 'test.yml'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`promtool ended with ${status}: ${stdout}${stderr}`);
  return (performance.now() - start) / 1000;
}

/** Prints the figures through `print`, a line at a time; gives true where all are within their bounds. */
export async function run(print) {
  const root = await mkdtemp(join(tmpdir(), 'tierwatch-bench-'));
  try {
    const works = await prepareAll(root);
    const times = works.map(() => []);
    // In turns, so that a busy machine slows all alike.
    for (let round = 0; round < ROUNDS; round++)
      for (const [index, { work }] of works.entries()) times[index].push(secondsOf(work));
    const [seconds, ...doubled] = times.map(median);
    const megabytes = megabytesOf(works[0].work);
    const theirs = await promtool(root);
    const faster = (theirs ?? PROMTOOL_RECORDED) / seconds;
    const evaluations = (HOURS * RULES * NETWORKS.length).toLocaleString('en');
    print(`tierwatch backtest, whole process: a year of ${NETWORKS.length} networks, hourly, ${RULES} rules`);
    // A slower machine, or a busy one, slows both: there the bound in seconds grows with promtool's time.
    const pace = Math.max(1, (theirs ?? PROMTOOL_RECORDED) / PROMTOOL_RECORDED);
    const scaled =
      pace === 1 ? '' : `, ${(seconds / pace).toFixed(2)} s at the pace at which promtool takes ${PROMTOOL_RECORDED} s`;
    print(`${evaluations} evaluations   ${seconds.toFixed(2)} s${scaled} (bound: ${MOST_SECONDS} s)`);
    print(`peak memory           ${megabytes.toFixed(0)} MB (bound: ${MOST_MEGABYTES} MB)`);
    print(
      theirs === undefined
        ? `promtool test rules   not installed (Debian: apt-get install prometheus); elsewhere it took ${PROMTOOL_RECORDED} s`
        : `promtool test rules   ${theirs.toFixed(1)} s`,
    );
    print(`times faster          ${faster.toFixed(0)} (bound: ${LEAST_TIMES_FASTER})`);
    const growth = doubled.map((longer) => longer / seconds);
    for (const [index, ratio] of growth.entries())
      print(
        `twice the ${works[index + 1].name.padEnd(8)}    ${ratio.toFixed(2)} times as long (bound: ${MOST_GROWTH})`,
      );
    return (
      seconds / pace < MOST_SECONDS &&
      megabytes < MOST_MEGABYTES &&
      faster >= LEAST_TIMES_FASTER &&
      growth.every((ratio) => ratio < MOST_GROWTH)
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await run((line) => process.stdout.write(`${line}\n`))) ? 0 : 1;
