/** Labelled news and real feed files, where they lie beside the project: precision is held, recall is told. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readItem } from '../../../src/cli/classify/item.ts';
import { scoreOf } from '../../../src/cli/classify/score.ts';
import { scoreLines } from '../../../src/cli/classify/table.ts';
import { createStories } from '../../../src/core/stories.ts';
import { printOf } from '../../../src/sources/news/print.ts';
import { CLASSIFY, read } from './networks.ts';

const CORPUS = '../shared/data/news';
const present = existsSync(join(CORPUS, 'dev.jsonl'));
if (!present) console.log(`skipped: no labelled news at ${CORPUS}`);

/** What the score of the whole labelled set may not fall under. */
const LEAST: Readonly<Record<string, { readonly precision: number; readonly storyRecall: number }>> = {
  lab_training: { precision: 0.95, storyRecall: 0.85 },
  new_entrant: { precision: 0.85, storyRecall: 0.65 },
  capacity_catchup: { precision: 0.85, storyRecall: 0.65 },
  capacity_crunch: { precision: 0.85, storyRecall: 0.65 },
  utilization_report: { precision: 0.85, storyRecall: 0.65 },
  reliability_incident: { precision: 0.85, storyRecall: 0.65 },
};

test.skipIf(!present)('the labelled set is read precisely, and most of its stories are found', () => {
  const items = readFileSync(join(CORPUS, 'dev.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => readItem(line))
    .flatMap((item) => ('problem' in item || item.label === null ? [] : [{ ...item, label: item.label }]));
  const stories = createStories();
  const filed = items.map((item) => {
    const { events } = CLASSIFY(item);
    const one = { id: item.id, at: item.published, print: printOf(item.title, item.summary), events };
    stories.add(one);
    return one;
  });
  const findings = new Map(filed.map((one) => [one.id, { id: one.id, events: one.events, story: stories.place(one) }]));
  const score = scoreOf(
    items.map(({ label }) => label),
    findings,
  );
  console.log(scoreLines(score).join('\n'));
  for (const { type, precision, storyRecall } of score.types) {
    const least = LEAST[type];
    if (least === undefined) continue;
    expect(precision, `precision of ${type}`).toBeGreaterThanOrEqual(least.precision);
    expect(storyRecall, `stories of ${type}`).toBeGreaterThanOrEqual(least.storyRecall);
  }
  expect(score.networks).toBeGreaterThanOrEqual(0.95);
  expect(score.falseAlarms).toBeLessThan(0.03);
  expect(score.pairs.f1).toBeGreaterThanOrEqual(0.8);
});

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
