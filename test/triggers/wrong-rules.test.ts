/** Wrong rules with what their authors are told, to be read in golden/wrong-rules.txt; what is suggested must compile. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printProblems } from '../../src/config/excerpt.ts';
import { loadConfig } from '../../src/config/load.ts';
import { DAY } from '../../src/core/time.ts';
import { caret } from '../../src/triggers/language/caret.ts';
import { ExpressionError } from '../../src/triggers/language/error.ts';
import { compileCondition } from '../../src/triggers/language/expression.ts';
import { withFolder } from '../config/folder.ts';
import { NAMES } from '../world.ts';
import { WRONG_EXPRESSIONS, WRONG_RULES } from './wrong-rules.ts';

const DERIVED = [
  ...NAMES.derived.values(),
  { id: 'broken_share', unit: 'ratio', meaning: 'wrong', expression: 'gpus_leased / gpu_total' } as const,
  { id: 'market.slack', unit: 'ratio', meaning: 'one', expression: 'market.h100_price / gcp.h100_price' } as const,
  { id: 'loop_a', unit: 'ratio', meaning: 'a circle', expression: 'loop_b / 2' } as const,
  { id: 'loop_b', unit: 'ratio', meaning: 'a circle', expression: 'loop_a * 2' } as const,
];
const WORLD = { ...NAMES, derived: new Map(DERIVED.map((derived) => [derived.id, derived])), longest: 800 * DAY };

function mistakeIn(text: string): ExpressionError | undefined {
  try {
    compileCondition(text, WORLD);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

/** What is suggested in place of the mistake; undefined where the advice is in prose. */
function suggestionOf(todo: string): string | undefined {
  if (/^leave \S+ out$/.test(todo)) return '';
  const prose = /^(?:an?|it|the|what) |year-month-day| or leave /;
  const found = /^(?:did you mean|write) (.+?)\??$/.exec(todo)?.[1];
  return found === undefined || prose.test(found) ? undefined : found.replace('(…)', '');
}

/** The text with the mistake mended as advised, in its place or as a whole; undefined where that does not compile. */
function mended(text: string, { column, end, todo }: ExpressionError): string | undefined {
  const right = suggestionOf(todo);
  if (right === undefined) return undefined;
  const word = /^[\w.%$]+/.exec(text.slice(column - 1))?.[0].length ?? 0;
  const subject = /\w+\.$/.exec(text.slice(0, column - 1))?.[0].length ?? 0;
  const rest = text.slice((end ?? column + word) - 1);
  const inPlace = [column - 1, column - 1 - subject].map((from) => text.slice(0, from) + right + rest);
  return [...inPlace, right, `${right} > 0`].find((candidate) => mistakeIn(candidate) === undefined);
}

describe('wrong expressions', () => {
  it('are each told what is wrong, what was expected and what to do', async () => {
    const told = WRONG_EXPRESSIONS.map(([name, text]) => {
      const mistake = mistakeIn(text);
      expect(mistake, name).toBeInstanceOf(ExpressionError);
      if (mistake === undefined) return '';
      const right = mended(text, mistake);
      return [
        `## ${name}`,
        caret(text, mistake.column, mistake.end),
        `what      ${mistake.message}`,
        `expected  ${mistake.expected}`,
        `to do     ${mistake.todo}`,
        ...(right === undefined ? [] : [`so        ${right}`]),
        '',
      ].join('\n');
    });
    const files: string[] = [];
    for (const [name, rules] of WRONG_RULES)
      await withFolder({ 'rules/rules.yaml': rules }, async (dir) => {
        const loaded = await loadConfig(dir, { builtIn: { akash: 1000, coingecko: 1000 }, lexicon: false });
        const problems = loaded.ok ? loaded.warnings : loaded.problems;
        files.push(`## ${name}\n${(await printProblems(problems, dir)).join('\n')}\n`);
      });
    const golden = join(import.meta.dirname, 'golden/wrong-rules.txt');
    await expect([...told, ...files].join('\n')).toMatchFileSnapshot(golden);
  });

  it('are no duplicates, and more than forty', () => {
    const names = [...WRONG_EXPRESSIONS, ...WRONG_RULES].map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(45);
  });

  it.each(WRONG_EXPRESSIONS)('%s: what is suggested compiles', (_, text) => {
    const mistake = mistakeIn(text);
    if (mistake === undefined) return expect.fail('nothing is wrong');
    const { todo } = mistake;
    if (suggestionOf(todo) !== undefined) expect(mended(text, mistake), todo).toBeDefined();
    // An example in prose is a value or a comparison.
    for (const [, example = ''] of todo.matchAll(
      /\b(?:example write|such as|its change:|sample:|group:|as in) ([a-z]\w*[.(].*)/g,
    ))
      expect(mistakeIn(/[<>]/.test(example) ? example : `${example} > 0`), example).toBeUndefined();
  });
});
