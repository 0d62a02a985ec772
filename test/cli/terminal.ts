/** A terminal for the commands: what they write, and files of their own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';

export type Terminal = Io & { readonly written: { out: string; err: string } };

export function terminal(cwd: string, columns: number | null = null): Terminal {
  const written = { out: '', err: '' };
  return {
    written,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    env: {},
    cwd,
    columns,
  };
}

/** A directory with these files; `remove` takes it away. */
export async function folder(
  files: Readonly<Record<string, string | Buffer>>,
): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'tierwatch-cli-'));
  for (const [name, body] of Object.entries(files)) await writeFile(join(dir, name), body);
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export function lines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
