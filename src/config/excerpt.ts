/** Prints problems with what the files say at their places. */
import { readText } from './file.ts';
import { type Problem, printInPlace } from './problem.ts';

/** Each problem as it is printed: one line, and where it is about a place in a file that line with a caret beneath. */
export async function printProblems(problems: readonly Problem[], cwd: string): Promise<readonly string[]> {
  const lines = new Map<string, readonly string[]>();
  for (const { file } of problems) if (!lines.has(file)) lines.set(file, await linesOf(file));
  return problems.map((problem) => printInPlace(problem, lines.get(problem.file)?.[problem.line - 1], cwd));
}

/** None where the file cannot be read: then that is the problem. */
async function linesOf(file: string): Promise<readonly string[]> {
  const read = await readText(file);
  return read.kind === 'text' ? read.text.split(/\r?\n/) : [];
}
