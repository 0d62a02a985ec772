/** Articles for the benchmarks: the lexicon's own examples among headlines of other things, as feeds mix them. */
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../dist/config/load.js';

const CONFIG = fileURLToPath(new URL('../config', import.meta.url));

const OTHER_TITLES = [
  'Phone maker shows a foldable screen that survives the washing machine',
  'How to write a compiler in a weekend',
  'Regulator opens inquiry into ride hailing fees in four cities',
  'Show HN: A spreadsheet that runs in the terminal',
  'Researchers map the wiring of a fruit fly',
  'Token slides 4% as traders wait for the central bank',
  'The best laptops for students this autumn',
  'Stadium reopens after two years of work on its roof',
  'Data center plans meet protest in a village of 300',
  'A decentralized way to share recipes between restaurants',
];
const OTHER_TEXT =
  'The company said on Tuesday that the change affects customers in twelve countries. Analysts had expected less, and the shares moved little. A spokeswoman declined to say when the next step would follow; people close to the matter spoke of weeks.';

/** The shipped lexicon and networks. */
export async function shipped() {
  const loaded = await loadConfig(CONFIG, { polled: false, lexicon: true });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { lexicon: loaded.config.lexicon, networks: loaded.config.networks.networks };
}

/** As many articles as asked for, each with a title and a summary of about 300 characters; one in three tells an event. */
export function articles(count, lexicon) {
  const told = lexicon.events.flatMap(({ examples, counterexamples = [] }) => [...examples, ...counterexamples]);
  return Array.from({ length: count }, (_, at) => {
    const [title = '', ...rest] =
      at % 3 === 0 ? told[(at / 3) % told.length].split('\n') : [OTHER_TITLES[at % OTHER_TITLES.length]];
    return { title: `${title} (${at})`, summary: [...rest, OTHER_TEXT].join(' ') };
  });
}
