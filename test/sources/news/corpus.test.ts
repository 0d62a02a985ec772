/** Labelled news and real feed files, where they lie beside the project: precision is held, recall is told. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { classify } from '../../../src/sources/news/classify.ts';
import { NETWORKS, read } from './networks.ts';

const CORPUS = '../shared/data/news';
const present = existsSync(join(CORPUS, 'dev.jsonl'));
if (!present) console.log(`skipped: no labelled news at ${CORPUS}`);

const Labelled = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string().nullable(),
  events: z.array(z.object({ type: z.string(), network: z.string().nullable(), status: z.string() })),
  doubtful: z.boolean().default(false),
});
type Mention = { readonly type: string; readonly network: string | null; readonly status: string };

function isFact({ status }: Mention): boolean {
  return status === 'done' || status === 'in_progress';
}

/** Mentions of one type that state a fact, against the labels: type, network, and that it is one. */
function score(type: string): {
  readonly precision: number;
  readonly recall: number;
  readonly wrong: readonly string[];
} {
  const lines = readFileSync(join(CORPUS, 'dev.jsonl'), 'utf8').trim().split('\n');
  const items = lines.map((line) => Labelled.parse(JSON.parse(line))).filter(({ doubtful }) => !doubtful);
  let [hits, labels] = [0, 0];
  const wrong: string[] = [];
  for (const item of items) {
    const ofType = (mention: Mention): boolean => mention.type === type && isFact(mention);
    const labelled = item.events.filter(ofType);
    labels += labelled.length;
    for (const { network, status } of classify(item, NETWORKS).filter(ofType))
      if (labelled.some((label) => label.network === network)) hits += 1;
      else wrong.push(`${item.id} ${network} ${status}: ${item.title}`);
  }
  return { precision: hits / (hits + wrong.length), recall: hits / labels, wrong };
}

test.skipIf(!present)('what is called a finished or running training run is one, nine times in ten', () => {
  const { precision, recall, wrong } = score('lab_training');
  console.log(`lab_training: precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`, wrong);
  expect(precision).toBeGreaterThanOrEqual(0.9);
  expect(recall).toBeGreaterThanOrEqual(0.6);
});

test.skipIf(!present).each(['new_entrant', 'capacity_catchup', 'capacity_crunch', 'utilization_report'])(
  '%s is precise',
  (type) => {
    const { precision, recall, wrong } = score(type);
    console.log(`${type}: precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`, wrong);
    expect(precision).toBeGreaterThanOrEqual(0.9);
  },
);

test.skipIf(!present)('every real feed file is read or refused with a reason', () => {
  const files = readdirSync(join(CORPUS, 'feeds-raw')).filter((name) => !name.endsWith('.md'));
  const refused: string[] = [];
  let articles = 0;
  for (const name of files) {
    const reading = read(new Uint8Array(readFileSync(join(CORPUS, 'feeds-raw', name))));
    articles += reading.articles.length;
    if (reading.articles.length === 0) refused.push(`${name}: ${reading.dropped[0]?.reason ?? 'no items'}`);
    expect(reading.articles.every(({ title }) => title !== '' && !/[\p{Cc}\p{Cf}]/u.test(title))).toBe(true);
  }
  console.log(`${files.length - refused.length} of ${files.length} files gave ${articles} articles; without:`, refused);
  expect(files.length - refused.length).toBeGreaterThan(files.length * 0.8);
});
