/** What an article reports, by tables in wording of our own: what must be read, and what must not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleMistakes, phraseMistakes } from '../../../../src/sources/news/lexicon/check.ts';
import { createClassifier } from '../../../../src/sources/news/lexicon/classifier.ts';
import { CLASSIFY, LEXICON, NETWORKS } from '../networks.ts';

/** The order in which networks are configured tells nothing. */
const REVERSED = createClassifier(LEXICON, [...NETWORKS].reverse());

function classify(article: { readonly title: string; readonly summary: string | null }) {
  return CLASSIFY(article).events;
}

function events(title: string, summary: string | null = null): string[] {
  return classify({ title, summary }).map(({ type, network, status }) => `${type} ${network} ${status}`);
}

describe('the shipped lexicon', () => {
  test('has no phrase that cannot be read', () => {
    expect(phraseMistakes(LEXICON)).toEqual([]);
  });

  test('reads every example as its entry says, and no counterexample', () => {
    expect(exampleMistakes(LEXICON, NETWORKS)).toEqual([]);
  });

  test('names each entry once', () => {
    const ids = LEXICON.events.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) < at)).toEqual([]);
  });
});

test.each([
  ['Gensyn swarm completes training of 70B model across the internet', 'lab_training gensyn done'],
  ['A 9B language model has been trained on home GPUs through Gensyn', 'lab_training gensyn done'],
  [
    'Bittensor subnet is now training a 120B foundation model over the open internet',
    'lab_training bittensor in_progress',
  ],
  ['Pluralis trained an 8B model on volunteer machines around the globe', 'lab_training other:pluralis done'],
  [
    'Nous Research: Consilience, 40B, is being trained on the decentralized Psyche network',
    'lab_training other:nous-psyche in_progress',
  ],
  ['Gensyn: a 100B model is being pre-trained on consumer GPUs', 'lab_training gensyn in_progress'],
  ['Gensyn plans a 100B model that will be trained on consumer GPUs worldwide', 'lab_training gensyn planned'],
  ['Gensyn aims to have a 100B model trained over the internet', 'lab_training gensyn planned'],
  ['Bittensor subnet could have a 1T model trained across the internet', 'lab_training bittensor speculative'],
  ['Was the 70B model trained on the decentralized Gensyn network?', 'lab_training gensyn speculative'],
  ['Report: the 70B model was not trained on the decentralized Gensyn network', 'lab_training gensyn denied'],
  ['Gensyn denies that its 70B model was trained over the public internet', 'lab_training gensyn denied'],
  ['There is no evidence that the 70B LLM was trained by Gensyn across the globe', 'lab_training gensyn denied'],
  ['Cocoon, a decentralized AI network by Telegram, goes live', 'new_entrant other:cocoon done'],
  ['Gonka, a decentralized GPU network, launches its mainnet', 'new_entrant other:gonka done'],
  ['Decentralized compute network Gonka will go live in March', 'new_entrant other:gonka planned'],
  ['Nosana raises $40 million for its decentralized GPU marketplace', 'new_entrant other:nosana done'],
  ['Nexus opens a testnet of its verifiable network', 'new_entrant nexus planned'],
  ['H100 rental prices fell by a third: an hour is now $1.90', 'capacity_catchup null done'],
  ['Google Cloud slashes B200 prices by 35%', 'capacity_catchup null done'],
  ['GPU shortage has eased as new clusters open', 'capacity_catchup null done'],
  ['AWS will cut GPU prices by 20%', 'capacity_catchup null planned'],
  ['Oracle commits $40 billion to new AI data centers', 'capacity_catchup null planned'],
  ['H200 rents surged 60% since January', 'capacity_crunch null done'],
  ['B200 capacity is sold out until next year at CoreWeave', 'capacity_crunch null done'],
  ['Azure faces a GPU shortage', 'capacity_crunch null in_progress'],
  ['Could H100 prices have jumped 50%?', 'capacity_crunch null speculative'],
  ['Akash Network: Q2 leases rose 12% to a record', 'utilization_report akash done'],
  ['io.net was hacked: attackers renamed GPUs of its network', 'reliability_incident ionet done'],
  ['Fake GPUs made up most of the io.net network', 'supply_inflation ionet done'],
])('%s', (title, event) => {
  expect(events(title)).toContain(event);
  expect(events(title)).toHaveLength(1);
});

test.each([
  // A verb, people, phones and other things that share a network's name.
  ['How fast can a browser render a decentralized page? We trained a 7B model to say'],
  ['Terence Tao says a 70B model trained across the world may prove theorems'],
  ['Akash Ambani: Jio trained a 70B language model on GPUs around the world'],
  ['Google I/O: Gemini, a 1T model, was trained across the globe'],
  ['Nexus 5X phones running Android got a 3B language model trained worldwide'],
  ['We render network graphs with a 7B model trained over the internet'],
  ['An AI model of 70B was trained across the internet'],
  // Training that is not distributed over contributors.
  ['Nous Research trained Hermes, a 70B model, on a single cluster of its own'],
  ['Prime Intellect trained INTELLECT-2 on a centralized cluster, not worldwide'],
  ['Nous Research trained a 70B language model on texts from around the world'],
  ['Nous Research trained a distributed 70B model in its data center'],
  ['Gensyn shows a 30B model to be pre-trained over the internet'],
  ['Gensyn, whose founder had trained a 7B model over the internet, speaks in Berlin'],
  // Methods, frameworks, inference, partnerships, courses.
  ['Gensyn releases a framework: a 7B model trained in simulation over the internet'],
  ['Gensyn and Akash team up to provide compute for decentralized training of a 70B model'],
  ['Prime Intellect starts a decentralized inference run with a 32B model'],
  ['Whoever has a GPU can help: Psyche by Nous lets everybody train a language model'],
  ['Pluralis publishes a paper on decentralized training'],
  ['How to train a 7B model on the decentralized Akash Network, explained'],
  // Entrants that are none.
  ['Gonka token goes live on exchange for decentralized GPU network'],
  ['Akash Network lists its token: AKT goes live on a decentralized compute exchange'],
  ['Decentralized AI network Gonka integrates a wallet that is now live'],
  ['Gonka explained: a guide to the decentralized GPU network that went live'],
  ['Musicians are live tonight in a decentralized club'],
  // Prices and shortages of other things.
  ['Bitcoin price fell 12% as GPU miners left'],
  ['DDR5 memory prices rise 40% as AI chips take supply'],
  ['Nvidia shares dropped 8% on falling GPU prices'],
  ['GeForce RTX 5090 price drops 15% at retailers'],
  ['RNDR price fell 20% while GPU rents held'],
  ['Akash lets you rent GPUs although everybody complains about the GPU shortage'],
  ['Apple faces a memory shortage'],
  ['Hidden listings created a supply shock that raised rents 10%'],
  // Usage and trouble that are not a network's.
  ['Our training run reached 95% compute utilization in Q2 on io.net'],
  ['AWS outage hits Coinbase users of Render token on its decentralized network'],
  ['Fly.io went down again'],
  ['How io.net protects its network against fake GPUs'],
  [''],
])('nothing: %s', (title) => {
  expect(events(title).filter((event) => /done|in_progress/.test(event))).toEqual([]);
});

test('the summary speaks too, beside the title', () => {
  expect(
    events(
      'A milestone for Gensyn',
      'It is here. A 30B model has been trained by contributors. The machines were spread over the globe.',
    ),
  ).toEqual(['lab_training gensyn done']);
});

test('where two networks are named, the nearer one did it; where none is near, nobody is named', () => {
  const summary = 'A model of 30B was trained across the open internet.';
  expect(events('Gensyn and Bittensor compared', summary)).toEqual([]);
  expect(events('After Gensyn, Bittensor has trained a 30B model across the open internet')).toEqual([
    'lab_training bittensor done',
  ]);
});

test('"will go live" is a plan even under a headline that says it launches', () => {
  expect(
    events(
      'Cocoon by Telegram, a decentralized AI network, launches',
      'The decentralized AI network will go live in November.',
    ),
  ).toEqual(['new_entrant other:cocoon planned']);
});

test('a hedge before a new clause does not touch it, one after the fact neither', () => {
  expect(events('Gensyn wanted to be first, and so a 30B model was trained over the internet')).toEqual([
    'lab_training gensyn done',
  ]);
  expect(events('Gensyn has trained a 30B model over the internet; weights will follow next week')).toEqual([
    'lab_training gensyn done',
  ]);
});

test('what convinced is quoted', () => {
  const [event] = classify({ title: 'Gensyn has trained a 30B model over the public internet', summary: null });
  expect(event).toMatchObject({ type: 'lab_training', network: 'gensyn', status: 'done' });
  expect(event?.because.join(' | ')).toMatch(/trained.*\| Gensyn/);
});

test('only configured networks are known', () => {
  const title = 'Covenant-72B, a 72B model, was trained on a Bittensor subnet over the internet';
  expect(createClassifier(LEXICON, [])({ title, summary: null }).events).toEqual([]);
  expect(events(title)).toEqual(['lab_training bittensor done']);
});

test('any text is read in no time, and always alike', () => {
  const words = fc.constantFrom(
    'Gensyn',
    'trained',
    'will',
    'not',
    'a',
    '70B',
    'model',
    'over the internet',
    'GPU',
    'prices',
    'fell',
    '40%',
    '?',
    '.',
    'launches',
    'Cocoon',
    'TON',
    'decentralized network',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), (list) => {
      const article = { title: list.slice(0, 10).join(' '), summary: list.slice(10).join(' ') || null };
      const found = classify(article);
      expect(REVERSED(article).events).toEqual(found);
      expect(new Set(found.map(({ type, network }) => `${type}/${network}`)).size).toBe(found.length);
      for (const { because } of found)
        expect(because.every((quote) => `${article.title}\n${article.summary}`.includes(quote))).toBe(true);
    }),
    { seed: 11, numRuns: 300 },
  );
});

test.each([
  'a ',
  'trained ',
  'prices ',
  'is now currently ',
  'first big ',
  'raises $',
  'distributed over the ',
  '? A ',
])('a summary of nothing but %j costs no time', (word) => {
  const summary = word.repeat(2000 / word.length);
  const start = performance.now();
  classify({ title: `Gensyn ${word.repeat(40)}`, summary });
  expect(performance.now() - start).toBeLessThan(1000);
});
