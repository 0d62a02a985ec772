/** Every broken configuration is refused with its place, what was expected and what to do: golden/broken.txt. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printProblems } from '../../src/config/excerpt.ts';
import { loadConfig } from '../../src/config/load.ts';
import { MINUTE } from '../../src/core/time.ts';

import { BROKEN } from './broken.ts';
import { withFolder } from './folder.ts';

const OPTIONS = { builtIn: { akash: 2 * MINUTE, coingecko: 5 * MINUTE } };

async function messages(files: (typeof BROKEN)[number]['files']): Promise<readonly string[]> {
  return withFolder(files, async (dir) => {
    const loaded = await loadConfig(dir, OPTIONS);
    return loaded.ok ? [] : printProblems(loaded.problems, dir);
  });
}

test('the sound configuration is sound', async () => {
  expect(await messages({})).toEqual([]);
});

test('every broken configuration has its messages', async () => {
  const told: string[] = [];
  for (const { name, files } of BROKEN) {
    const lines = await messages(files);
    expect(lines, name).not.toEqual([]);
    for (const told of lines) {
      const [line, excerpt, carets, ...rest] = told.split('\n');
      expect(line, name).toMatch(/^[\w./]+:\d+:\d+: [^;]+; expected [^;]{2,}; .{5,}$/);
      if (excerpt !== undefined) expect(excerpt, name).toMatch(/^ {4}/);
      if (carets !== undefined) expect(carets, name).toMatch(/^ {4} *\^+$/);
      expect(rest, name).toEqual([]);
    }
    told.push(`## ${name}\n${lines.join('\n')}\n`);
  }
  expect(new Set(BROKEN.map(({ name }) => name)).size).toBe(BROKEN.length);
  await expect(told.join('\n')).toMatchFileSnapshot(join(import.meta.dirname, 'golden/broken.txt'));
});

test('a directory that is none, or is missing, is one problem', async () => {
  await withFolder({}, async (dir) => {
    for (const path of [join(dir, 'nowhere'), join(dir, 'tierwatch.yaml')]) {
      const loaded = await loadConfig(path, OPTIONS);
      expect(loaded.ok ? [] : loaded.problems).toHaveLength(1);
    }
  });
});
