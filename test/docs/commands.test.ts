/** The command lines of docs/rules.md, typed into a shell as they stand, one after the other. */
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { MINE, withConfig } from './examples.ts';
import { blocks, codes, section } from './markdown.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const doc = await readFile(join(ROOT, 'docs/rules.md'), 'utf8');

it('run, with the first rule saved where the document says', async () => {
  const [rule = ''] = blocks(section(doc, 'Your first rule'), 'yaml');
  await withConfig(async (dir) => {
    await writeFile(join(dir, MINE), rule);
    await cp(join(ROOT, 'demo'), join(dir, 'demo'), { recursive: true });
    const path = await withTierwatch(dir);
    for (const block of blocks(doc, 'sh')) {
      const { code, said } = await shell(block, dir, path);
      expect(code, `${block}\n${said}`).toBe(0);
    }
    expect((await readdir(join(dir, 'pictures'))).some((name) => name.endsWith('.png'))).toBe(true);
  });
}, 120_000);

it('name options that the program has', async () => {
  const main = await readFile(join(ROOT, 'src/main.ts'), 'utf8');
  for (const option of codes(doc).filter((code) => /^--[a-z]+/.test(code))) expect(main).toContain(`'${option}`);
  for (const [, command = ''] of doc.matchAll(/(?:^|`)tierwatch (\w+)/gm))
    expect(main).toContain(`.command('${command}')`);
});

/** A directory for PATH in which `tierwatch` is the compiled program. */
async function withTierwatch(dir: string): Promise<string> {
  const bin = join(dir, 'bin');
  await mkdir(bin);
  await writeFile(
    join(bin, 'tierwatch'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'dist/main.js')}' "$@"\n`,
  );
  await chmod(join(bin, 'tierwatch'), 0o755);
  return bin;
}

/** Stops at the first line that fails. */
function shell(
  script: string,
  cwd: string,
  path: string,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const env = { PATH: `${path}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn('sh', ['-e', '-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}
