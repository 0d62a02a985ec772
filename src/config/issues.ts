/** Judges a file's value by its schema and words every mistake for its owner. */
import { z } from 'zod';
import { DurationText } from '../core/time.ts';
import { didYouMean } from './advice.ts';
import type { Complaint, Problem } from './problem.ts';
import { bare, branchFor, knownKeys, meantAt, nameOf, type Schema, schemaAt, valueAt } from './shape.ts';
import type { Path, YamlFile } from './yaml.ts';

type Issue = z.core.$ZodIssue;

/** The file's value as the schema gives it, or every mistake in it. */
export function judge<S extends Schema>(
  file: YamlFile,
  schema: S,
): { readonly value: z.output<S> | null; readonly problems: readonly Problem[] } {
  const input = file.value;
  const result = z.safeParse(schema, input);
  if (result.success) return { value: result.data, problems: [] };
  const problems = issuesOf(schema, input, result.error.issues).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => file.problem([...issue.path, key], unknownKey(schema, input, issue.path, key), 'key'))
      : [file.problem(issue.path, complain(schema, input, issue))],
  );
  return { value: null, problems };
}

/** Below a union, zod's own choice of branch is replaced by the one the owner meant. */
function issuesOf(schema: Schema, input: unknown, issues: readonly Issue[]): readonly Issue[] {
  const unions = new Map<string, readonly Issue[]>();
  const plain: Issue[] = [];
  for (const issue of issues) {
    const at = unionAbove(schema, input, issue.path);
    if (at === undefined) {
      plain.push(issue);
      continue;
    }
    const key = JSON.stringify(at.path);
    if (unions.has(key)) continue;
    const value = valueAt(input, at.path);
    const inside = z.safeParse(at.branch, value).error?.issues ?? [];
    unions.set(
      key,
      issuesOf(at.branch, value, inside).map((each) => ({ ...each, path: [...at.path, ...each.path] })),
    );
  }
  return withoutEchoes([...plain, ...[...unions.values()].flat()]);
}

/** A mapping whose only key is misspelled also lacks a key: the misspelling says enough. */
function withoutEchoes(issues: readonly Issue[]): readonly Issue[] {
  const misspelled = new Set(
    issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => JSON.stringify(path)),
  );
  return issues.filter(({ code, path }) => code !== 'custom' || !misspelled.has(JSON.stringify(path)));
}

function unionAbove(schema: Schema, input: unknown, path: Path): { path: Path; branch: Schema } | undefined {
  for (let length = 0; length <= path.length; length++) {
    const start = path.slice(0, length);
    const here = schemaAt(schema, input, start);
    const union = here === undefined ? undefined : bare(here);
    if (!(union instanceof z.core.$ZodUnion)) continue;
    const branch = branchFor(union, valueAt(input, start));
    return branch === undefined ? undefined : { path: start, branch };
  }
  return undefined;
}

function unknownKey(schema: Schema, input: unknown, path: Path, key: string): Complaint {
  const known = knownKeys(meantAt(schema, input, path));
  return {
    what: `unknown key ${quote(key)}`,
    expected: `one of ${known.join(', ')}`,
    todo: didYouMean(key, known, 'remove it'),
  };
}

function complain(schema: Schema, input: unknown, issue: Issue): Complaint {
  const value = valueAt(input, issue.path);
  const asked = schemaAt(schema, input, issue.path);
  const own = issue.message.startsWith('expected ') ? issue.message.slice('expected '.length) : undefined;
  const expected = own ?? size(issue) ?? nameOf(asked);
  const name = pathName(issue.path);
  if (value === undefined) return { what: `${name} is missing`, expected, todo: `add ${name}` };
  if (value === null) return { what: `${name} is empty`, expected, todo: `write a value after ${name}, or remove it` };
  return {
    what: `${name} is ${show(value)}`,
    expected,
    todo: remedy(meantAt(schema, input, issue.path), value, issue, name),
  };
}

function size(issue: Issue): string | undefined {
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return undefined;
  const [bound, limit] = issue.code === 'too_small' ? ['at least', issue.minimum] : ['at most', issue.maximum];
  if (issue.origin === 'string')
    return limit === 1 && bound === 'at least' ? 'some text' : `${bound} ${limit} characters`;
  if (issue.origin === 'array') return `${bound} ${limit} ${Number(limit) === 1 ? 'entry' : 'entries'}`;
  return `a number of ${bound} ${limit}`;
}

function remedy(schema: Schema | undefined, value: unknown, issue: Issue, name: string): string {
  const asked = schema === undefined ? undefined : bare(schema);
  if (asked === bare(DurationText)) return 'write a number and its unit without a space, such as 15m';
  if (asked instanceof z.core.$ZodURL) return 'write the whole address, https:// included';
  if (asked instanceof z.core.$ZodEnum)
    return didYouMean(String(value), Object.values(asked._zod.def.entries).map(String), 'choose one of them');
  if (issue.code === 'too_small' && Array.isArray(value)) return `add what is missing to ${name}`;
  if (issue.code === 'too_big') return issue.origin === 'string' ? `shorten ${name}` : `make ${name} smaller`;
  if (issue.code === 'too_small' && typeof value === 'number') return `write ${issue.minimum} or more`;
  if (asked instanceof z.core.$ZodBoolean) return 'write true or false';
  if (asked instanceof z.core.$ZodLiteral) return `write ${nameOf(asked)}, or remove ${name}`;
  if (asked instanceof z.core.$ZodNumber && typeof value === 'number') return 'write a whole number';
  if (asked instanceof z.core.$ZodString)
    return typeof value === 'string' ? retype(value, issue, name) : unquoted(value);
  if (asked instanceof z.core.$ZodNumber && typeof value === 'string')
    return 'write the number alone, without quotes or unit';
  if (accepts(asked, z.core.$ZodArray) && isPlain(value)) return `write a list: [${value}]`;
  if (accepts(asked, z.core.$ZodObject) && !isMapping(value)) return 'write its keys on the lines below, indented';
  return `correct ${name}`;
}

function accepts(schema: Schema | undefined, kind: typeof z.core.$ZodArray | typeof z.core.$ZodObject): boolean {
  if (schema instanceof z.core.$ZodUnion) return schema._zod.def.options.some((option) => accepts(bare(option), kind));
  return schema instanceof kind;
}

function unquoted(value: unknown): string {
  return isPlain(value) ? 'put it in quotes' : 'write one text';
}

/** An id is proposed in the letters an id may have; any other text must be written anew. */
function retype(value: string, issue: Issue, name: string): string {
  const proposal = value
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  const isId = issue.code === 'invalid_format' && issue.message.includes('lower-case letters');
  return isId && proposal !== '' ? `write ${proposal}` : `write ${name} again in that form`;
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The innermost key with the indices below it: `discord[0]`. */
function pathName(path: Path): string {
  const key = path.findLastIndex((step) => typeof step === 'string');
  const rest = path.slice(key + 1).map((step) => `[${String(step)}]`);
  return key < 0 && rest.length === 0 ? 'the file' : `${key < 0 ? 'entry ' : String(path[key])}${rest.join('')}`;
}

/** A value as a person would name it, cut short. */
function show(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : quote(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (isMapping(value)) return Object.keys(value as object).length === 0 ? 'an empty mapping' : 'a mapping';
  // A longer number has lost digits when it was read: showing it would mislead.
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return 'a number';
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

function quote(text: string): string {
  // A password in an address is not repeated on a terminal or in a log.
  const shown = text.replace(/(:\/\/)[^\s/@]*@/g, '$1…@');
  return JSON.stringify(shown.length > 60 ? `${shown.slice(0, 59)}…` : shown);
}
