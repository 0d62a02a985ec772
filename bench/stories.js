/** How fast a text is fingerprinted, and what filing one more article costs beside 100,000 others. */
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { createStories } from '../dist/core/stories.js';
import { printOf } from '../dist/sources/news/print.js';
import { dice } from './promtool/dice.js';
import { median } from './record.js';

const SIZES = [10_000, 100_000];
/** Articles filed with the clock running, behind each size. */
const PROBES = 2_000;
const MOST_MILLISECONDS = 2;
/** Ten times as many articles: a cost that grew with their number would be ten times as high. */
const MOST_RATIO = 10;
const DAY = 86_400_000;
const A_DAY = 250;
const START = Date.UTC(2025, 0, 1);
const TYPES = ['lab_training', 'new_entrant', 'capacity_crunch', 'capacity_catchup', 'utilization_report'];
const MARKET = new Set(['new_entrant', 'capacity_crunch', 'capacity_catchup']);
const NETWORKS = ['akash', 'render', 'bittensor', 'ionet', 'gensyn', 'nexus', 'other:gonka', 'other:cocoon'];
const LITTLE = 'the of in on a to for with from after as at by it its is are was has that this more than not'.split(
  ' ',
);
const SYLLABLES = 'ka lo mi ran tor ves qui den sha bel cor fin gal hul jor nax pel rus tam wex yor zin'.split(' ');

/** Articles as feeds bring them, in the order of time: most of their words are common ones, and every third retells a story. */
function writer(seed) {
  const { toss, pick } = dice(seed);
  const invent = () => Array.from({ length: 2 + Math.floor(toss() * 2) }, () => pick(SYLLABLES)).join('');
  const words = Array.from({ length: 6_000 }, invent);
  const names = Array.from({ length: 4_000 }, () => invent().replace(/^./, (letter) => letter.toUpperCase()));
  /** Few are frequent and most are rare, as in any language. */
  const rank = (list) => list[Math.floor(list.length * toss() ** 3)];
  const running = [];

  function story() {
    const type = pick(TYPES);
    const network = MARKET.has(type) && toss() < 0.7 ? null : pick(NETWORKS);
    const events = toss() < 0.07 ? [{ type, network, status: 'done' }] : [];
    const figure = pick([
      `${1 + Math.floor(toss() * 99)}%`,
      `$${(toss() * 9).toFixed(2)}`,
      `${Math.floor(toss() * 900)} million`,
    ]);
    return { events, tells: [rank(names), rank(names), rank(names), figure], text: null };
  }

  function sentence(length, tells) {
    const plain = Array.from({ length }, () => (toss() < 0.45 ? pick(LITTLE) : rank(words)));
    for (const each of tells) plain.splice(1 + Math.floor(toss() * plain.length), 0, each);
    return plain.join(' ');
  }

  return (number) => {
    const retold = running.length > 0 && toss() < 0.35;
    const told = retold ? pick(running) : story();
    if (!retold && running.push(told) > A_DAY) running.shift();
    const copied = retold && told.text !== null && toss() < 0.2;
    const [title, summary] = copied
      ? told.text
      : [sentence(9, told.tells.slice(0, 2)), sentence(48, [...told.tells, rank(names)])];
    told.text ??= [title, summary];
    return { id: `a${number}`, at: START + (number / A_DAY) * DAY, title, summary, events: told.events };
  };
}

/** Microseconds a fingerprint of about 400 characters. */
function printing(write) {
  const texts = Array.from({ length: 2_000 }, (_, number) => write(number));
  const rounds = Array.from({ length: 7 }, () => {
    const start = performance.now();
    for (const { title, summary } of texts) printOf(title, summary);
    return ((performance.now() - start) / texts.length) * 1000;
  });
  const letters = texts.reduce((sum, { title, summary }) => sum + title.length + summary.length, 0) / texts.length;
  return { microseconds: median(rounds), letters };
}

function printed({ id, at, title, summary, events }) {
  return { id, at, print: printOf(title, summary), events };
}

/** Prints the figures through `print`, a line at a time; gives true where all are within their bounds. */
export async function run(print) {
  const { microseconds, letters } = printing(writer(7));
  print(`One fingerprint of ${letters.toFixed(0)} characters: ${microseconds.toFixed(1)} µs`);
  const write = writer(1);
  const stories = createStories();
  const medians = [];
  let number = 0;
  print('One more article filed');
  print('articles   median      p99');
  for (const size of SIZES) {
    for (; number < size; number++) stories.add(printed(write(number)));
    const times = [];
    for (const end = size + PROBES; number < end; number++) {
      const item = printed(write(number));
      const start = performance.now();
      stories.add(item);
      times.push(performance.now() - start);
    }
    const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)];
    medians.push(median(times));
    print(`${String(size).padStart(8)}   ${median(times).toFixed(3)} ms   ${p99.toFixed(3)} ms`);
  }
  const ratio = medians[1] / medians[0];
  print(`bound: ${MOST_MILLISECONDS} ms; ratio 100k/10k ${ratio.toFixed(2)} (bound: ${MOST_RATIO})`);
  return medians.every((each) => each < MOST_MILLISECONDS) && ratio < MOST_RATIO;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await run((line) => process.stdout.write(`${line}\n`))) ? 0 : 1;
