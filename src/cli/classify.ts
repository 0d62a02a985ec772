/** `tierwatch classify`: what articles report, by the lexicon, and which of them tell one story. */
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { loadConfig } from '../config/load.ts';
import { printProblem } from '../config/problem.ts';
import { configDirectory } from '../config/where.ts';
import { createStories } from '../core/stories.ts';
import { type Classify, createClassifier } from '../sources/news/lexicon/classifier.ts';
import { printOf } from '../sources/news/print.ts';
import { type Item, readItem } from './classify/item.ts';
import { scoreOf } from './classify/score.ts';
import { type Classified, jsonLine, textLines } from './classify/show.ts';
import { scoreLines } from './classify/table.ts';
import { type Io, UsageError } from './io.ts';
import { createProgress } from './progress.ts';
import { terminalOf } from './terminal.ts';

export type ClassifyOptions = {
  readonly config?: string;
  /** JSON lines; `-` or nothing reads the standard input. */
  readonly file?: string;
  readonly json?: boolean;
  /** Scores the labels instead of printing what was read. */
  readonly score?: boolean;
};

const MOST_PROBLEMS = 1000;

/** Gives the exit code: 1 where a line could not be read; the others are classified all the same. */
export async function runClassify(options: ClassifyOptions, io: Io): Promise<number> {
  const classify = await classifierFor(options.config, io);
  if (classify === undefined) return 1;
  const { items, bad } = await readItems(options.file ?? '-', io);
  const classified = classifyAll(items, classify, io);
  if (options.score === true) tellScore(classified, options, io);
  else tell(classified, options, io);
  return bad === 0 ? 0 : 1;
}

async function classifierFor(config: string | undefined, io: Io): Promise<Classify | undefined> {
  const loaded = await loadConfig(configDirectory(config, io.env, io.cwd).dir, { polled: false, lexicon: true });
  const problems = loaded.ok ? [] : loaded.problems;
  for (const problem of problems) io.err(`${printProblem(problem, io.cwd)}\n`);
  if (!loaded.ok || loaded.config.lexicon === null) return undefined;
  return createClassifier(loaded.config.lexicon, loaded.config.networks.networks);
}

async function readItems(file: string, io: Io): Promise<{ readonly items: readonly Item[]; readonly bad: number }> {
  const items: Item[] = [];
  const lines = new Map<string, number>();
  const name = file === '-' ? 'standard input' : file;
  const input = file === '-' ? process.stdin : createReadStream(resolve(io.cwd, file));
  let [number, bad] = [0, 0];
  const refuse = (problem: string): void => {
    bad += 1;
    if (bad <= MOST_PROBLEMS) io.err(`${name}:${number}: ${problem}\n`);
  };
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      const text = number === 1 ? line.replace(/^\ufeff/, '') : line;
      if (text.trim() === '') continue;
      const item = readItem(text);
      if ('problem' in item) refuse(item.problem);
      else if (lines.has(item.id))
        refuse(
          `id ${JSON.stringify(item.id)} was on line ${lines.get(item.id)}; expected each id once; give it another`,
        );
      else {
        lines.set(item.id, number);
        items.push(item);
      }
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new UsageError(`${file} cannot be read (${code}); name a file of JSON lines, or - for the standard input`);
  }
  if (bad > MOST_PROBLEMS) io.err(`${bad - MOST_PROBLEMS} more such lines\n`);
  return { items, bad };
}

/** The story of an article may only be known after later ones. */
function classifyAll(items: readonly Item[], classify: Classify, io: Io): readonly Classified[] {
  const stories = createStories();
  const progress = createProgress(io, 0, items.length, (place) => `${place} articles`);
  const told = items.map((item, at) => {
    progress.at(at);
    const read = classify(item);
    const print = printOf(item.title, item.summary);
    const filed = { id: item.id, at: item.published, print, events: read.events };
    stories.add(filed);
    return { item, read, filed };
  });
  progress.done();
  return told.map(({ item, read, filed }) => ({ item, read, story: stories.place(filed) }));
}

function tell(classified: readonly Classified[], options: ClassifyOptions, io: Io): void {
  if (options.json === true) {
    for (const each of classified) io.out(jsonLine(each));
    return;
  }
  const sizes = new Map<string, number>();
  for (const { story } of classified) sizes.set(story, (sizes.get(story) ?? 0) + 1);
  const terminal = terminalOf(io);
  for (const each of classified) io.out(`${textLines(each, (sizes.get(each.story) ?? 1) - 1, terminal).join('\n')}\n`);
}

function tellScore(classified: readonly Classified[], options: ClassifyOptions, io: Io): void {
  const labels = classified.flatMap(({ item }) => (item.label === null ? [] : [item.label]));
  if (labels.length === 0)
    throw new UsageError('no line has labels: a score needs "events" with type, network and status in each line');
  const findings = new Map(
    classified.map(({ item, read, story }) => [item.id, { id: item.id, events: read.events, story }]),
  );
  const score = scoreOf(labels, findings);
  io.out(options.json === true ? `${JSON.stringify(score)}\n` : `${scoreLines(score).join('\n')}\n`);
}
