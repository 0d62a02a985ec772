/** Reads the files of the owner's directory, each for itself. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { codeOf, readText } from './file.ts';
import { judge } from './issues.ts';
import { type Problem, wholeFile } from './problem.ts';
import { type RuleText, readRules } from './rules.ts';
import { parseYaml, type YamlFile } from './yaml.ts';

/** What one file gave: its value where it is sound, else the problems; neither where it is optional and missing. */
export type Part<T> = {
  readonly file: YamlFile | null;
  readonly value: T | null;
  readonly problems: readonly Problem[];
};

/** Why this cannot be the owner's directory, or null. */
export async function checkDirectory(dir: string): Promise<Problem | null> {
  try {
    if ((await stat(dir)).isDirectory()) return null;
    const todo = 'name the directory, not a file in it';
    return wholeFile(dir, { what: 'this is no directory', expected: 'the directory with tierwatch.yaml', todo });
  } catch (error) {
    return wholeFile(dir, {
      what: `the configuration directory cannot be opened (${codeOf(error)})`,
      expected: 'a directory with tierwatch.yaml',
      todo: 'check --config and TIERWATCH_CONFIG, or copy the shipped config directory there',
    });
  }
}

/** A file judged by its schema. */
export async function readPart<S extends z.ZodType>(
  path: string,
  schema: S,
  need?: 'optional',
): Promise<Part<z.output<S>>> {
  const { file, problems } = await readYaml(path, need);
  return file === null ? { file, value: null, problems } : { file, ...judge(file, schema) };
}

export async function readRuleFile(path: string): Promise<Part<RuleText>> {
  const { file, problems } = await readYaml(path);
  if (file === null) return { file, value: null, problems };
  const value = readRules(file);
  return { file, value, problems: value.problems };
}

async function readYaml(path: string, need?: 'optional'): Promise<Pick<Part<never>, 'file' | 'problems'>> {
  const text = await readText(path);
  if (text.kind === 'refused') return { file: null, problems: [text.problem] };
  if (text.kind === 'missing') return { file: null, problems: need === 'optional' ? [] : [missing(path)] };
  const parsed = parseYaml(path, text.text);
  return parsed.ok ? { file: parsed.file, problems: [] } : { file: null, problems: parsed.problems };
}

function missing(path: string): Problem {
  const todo = 'create it; the shipped config directory has an example';
  return wholeFile(path, { what: 'the file is missing', expected: 'a YAML file', todo });
}

/** The rule files in the order of their names. */
export async function findRuleFiles(
  dir: string,
  given: readonly string[] | undefined,
): Promise<{ readonly paths: readonly string[]; readonly problems: readonly Problem[] }> {
  if (given !== undefined) return { paths: given.map((path) => resolve(path)), problems: [] };
  const rules = join(dir, 'rules');
  try {
    const entries = await readdir(rules);
    const paths = entries.filter((name) => /^[^.].*\.ya?ml$/.test(name)).toSorted();
    return { paths: paths.map((name) => join(rules, name)), problems: [] };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { paths: [], problems: [] };
    const what = code === 'ENOTDIR' ? 'rules is a file' : `rules cannot be read (${code})`;
    const todo = code === 'ENOTDIR' ? 'move it to rules/rules.yaml' : 'check its owner and permissions';
    return { paths: [], problems: [wholeFile(rules, { what, expected: 'a directory of rule files', todo })] };
  }
}
