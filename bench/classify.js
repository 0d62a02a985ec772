/** How many articles are classified a second on one core, against cutting their texts into words. */
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { createClassifier } from '../dist/sources/news/lexicon/classifier.js';
import { articles, shipped } from './articles.js';
import { median } from './record.js';

const COUNT = 5000;
const ROUNDS = 7;
const LEAST_A_SECOND = 5000;

function rate(work, list) {
  const start = performance.now();
  for (const article of list) work(article);
  return (list.length / (performance.now() - start)) * 1000;
}

/** Prints the figures through `print`, a line at a time; gives true where all are within their bounds. */
export async function run(print) {
  const { lexicon, networks } = await shipped();
  const classify = createClassifier(lexicon, networks);
  const list = articles(COUNT, lexicon);
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const cut = ({ title, summary }) => [...segmenter.segment(`${title}\n${summary}`)].length;
  rate(classify, list);
  const rounds = Array.from({ length: ROUNDS }, () => ({ own: rate(classify, list), peer: rate(cut, list) }));
  const [own, peer] = [median(rounds.map((one) => one.own)), median(rounds.map((one) => one.peer))];
  print(
    `  ${COUNT} articles classified by ${lexicon.events.length} entries: ${Math.round(own)} a second (at least ${LEAST_A_SECOND}); Intl.Segmenter alone cuts ${Math.round(peer)} into words`,
  );
  return own >= LEAST_A_SECOND;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await run((line) => console.log(line))) ? 0 : 1;
