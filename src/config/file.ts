/** Reads one text file of the owner's, or says why it cannot be one. */
import { readFile, stat } from 'node:fs/promises';
import { type Problem, wholeFile } from './problem.ts';

/** Bytes: 1 MB. The largest shipped file has a few kilobytes. */
const LARGEST = 1024 * 1024;

export type Text =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Reads UTF-8 text. Missing is told apart, since some files may be. */
export async function readText(path: string): Promise<Text> {
  try {
    const { size, ...kind } = await kindOf(path);
    if (kind.directory) return refused(path, 'is a directory', 'a YAML file', 'move the directory away');
    if (!kind.regular) return refused(path, 'is no regular file', 'a YAML file', 'put a plain file here');
    if (size > LARGEST) return tooLarge(path, size);
    const bytes = await readFile(path);
    return bytes.length > LARGEST ? tooLarge(path, bytes.length) : decode(path, bytes);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    return refused(path, `cannot be read (${code})`, 'a readable file', 'check its owner and permissions');
  }
}

/** The system's name for a failed file operation, such as ENOENT. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

async function kindOf(path: string): Promise<{ directory: boolean; regular: boolean; size: number }> {
  const found = await stat(path);
  return { directory: found.isDirectory(), regular: found.isFile(), size: found.size };
}

function decode(path: string, bytes: Uint8Array): Text {
  if (bytes.includes(0))
    return refused(path, 'is a binary file (it has NUL bytes)', 'text in UTF-8', 'replace the file');
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refused(path, 'is not valid UTF-8', 'text in UTF-8', 'save it again in the encoding UTF-8');
  }
}

function tooLarge(path: string, size: number): Text {
  return refused(path, `has ${size} bytes`, `at most ${LARGEST}`, 'check what was written into it, or split it');
}

function refused(path: string, what: string, expected: string, todo: string): Text {
  return { kind: 'refused', problem: wholeFile(path, { what: `the file ${what}`, expected, todo }) };
}
