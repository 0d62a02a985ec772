/** One mistake in an owner's file: where it is, what is wrong, what was expected, what to do. */
import { isAbsolute, relative } from 'node:path';
import { caret } from '../triggers/language/caret.ts';

export type Problem = {
  /** Absolute path. */
  readonly file: string;
  /** Both count from 1; 1:1 where the file as a whole is meant. */
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly expected: string;
  readonly todo: string;
};

/** A problem without its place. */
export type Complaint = Pick<Problem, 'what' | 'expected' | 'todo'>;

/** The complaint about a file or directory as a whole. */
export function wholeFile(file: string, complaint: Complaint): Problem {
  return { file, line: 1, column: 1, ...complaint };
}

/** One line: `config/networks.yaml:12:5: what is wrong; expected …; what to do`. */
export function printProblem(problem: Problem, cwd: string): string {
  const { line, column, what, expected, todo } = problem;
  return `${shortPath(problem.file, cwd)}:${line}:${column}: ${what}; expected ${expected}; ${todo}`;
}

/**
 * The same with the line of the file it stands in and a caret beneath the place, where it is about a place.
 * @param source the line; an address in it is not repeated on a terminal or in a log, it may hold a password or key.
 */
export function printInPlace(problem: Problem, source: string | undefined, cwd: string): string {
  const told = printProblem(problem, cwd);
  if (source === undefined || source.trim() === '' || isWhole(problem)) return told;
  const masked = source.replace(/(?<=:\/\/)[^\s'"]+/g, (address) => '·'.repeat(address.length));
  const shown = caret(masked, problem.column).replace(/^/gm, '    ');
  return `${told}\n${shown}`;
}

/** The first character stands for the file as a whole. */
function isWhole({ line, column }: Problem): boolean {
  return line === 1 && column === 1;
}

/** The path relative to `cwd` where the file is inside it, as given otherwise. */
export function shortPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}

/** By file, line and column. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.what, b.what),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
