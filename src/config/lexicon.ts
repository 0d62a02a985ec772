/** Reads `lexicon.yaml`, the words by which news is read; without one of the owner's the shipped one serves. */
import { join } from 'node:path';
import type { Network } from '../core/ladder.ts';
import { exampleMistakes, type LexiconMistake, phraseMistakes } from '../sources/news/lexicon/check.ts';
import { Lexicon } from '../sources/news/lexicon/schema.ts';
import { type Part, readPart } from './parts.ts';
import type { Problem } from './problem.ts';
import { SHIPPED } from './where.ts';
import type { YamlFile } from './yaml.ts';

const NAME = 'lexicon.yaml';

/** The lexicon of the directory, else the shipped one. */
export async function readLexicon(dir: string): Promise<Part<Lexicon>> {
  const own = await readPart(join(dir, NAME), Lexicon, 'optional');
  if (own.file !== null || own.problems.length > 0) return own;
  shipped ??= readPart(join(SHIPPED, NAME), Lexicon);
  return shipped;
}

/** It is large, and stays as it is while the program runs. */
let shipped: Promise<Part<Lexicon>> | undefined;

/** Phrases that cannot be read. The shipped file that serves in the place of the owner's is known to be sound. */
export function checkLexicon(dir: string, file: YamlFile, lexicon: Lexicon): readonly Problem[] {
  if (file.path !== join(dir, NAME)) return [];
  return phraseMistakes(lexicon).map((mistake) => problemOf(file, mistake));
}

/** Examples that are not read as their entries say: no reason to refuse the file, and nothing to tell where it is not the owner's. */
export function doubtLexicon(
  dir: string,
  file: YamlFile,
  lexicon: Lexicon,
  networks: readonly Network[],
): readonly Problem[] {
  if (file.path !== join(dir, NAME)) return [];
  return exampleMistakes(lexicon, networks).map((mistake) => problemOf(file, mistake));
}

function problemOf(file: YamlFile, { path, ...complaint }: LexiconMistake): Problem {
  return file.problem(path, complaint);
}
