/** The compiled program in a process of its own, as an operator runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'dist/main.js');

type Finished = { readonly code: number | null; readonly out: string; readonly err: string };
export type Program = {
  readonly out: () => string;
  readonly err: () => string;
  readonly finished: Promise<Finished>;
  signal(signal: NodeJS.Signals): void;
};

const children = new Set<ChildProcess>();

/** Starts `tierwatch …`; nothing of this process' environment but PATH reaches it. */
export function tierwatch(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = tmpdir(),
): Program {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { PATH: process.env.PATH ?? '', ...env } });
  children.add(child);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => {
      children.delete(child);
      resolve({ code, out, err });
    });
  });
  return { out: () => out, err: () => err, finished, signal: (signal) => void child.kill(signal) };
}

/** Ends whatever a failed test left running. */
export function endAll(): void {
  for (const child of children) child.kill('SIGKILL');
}

/** A directory of its own, removed by `remove`. */
export async function scratch(): Promise<{ readonly dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'tierwatch-e2e-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** The shipped configuration with other sources and rules, and no feeds. */
export async function configIn(dir: string, files: Readonly<Record<string, string>>): Promise<string> {
  const config = join(dir, 'config');
  await cp(join(ROOT, 'config'), config, { recursive: true });
  await rm(join(config, 'rules'), { recursive: true });
  await writeFile(join(config, 'feeds.yaml'), 'feeds: []\n');
  await mkdir(join(config, 'rules'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(config, name), text);
  return config;
}

/** The shipped configuration, rules included, with other files in place of its own. */
export async function shippedConfigIn(dir: string, files: Readonly<Record<string, string>>): Promise<string> {
  const config = join(dir, 'config');
  await cp(join(ROOT, 'config'), config, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(config, name), text);
  return config;
}

/** Waits until `holds`, checking often; fails with what was waited for. */
export async function until(holds: () => boolean, what: string, within = 15_000): Promise<void> {
  const end = Date.now() + within;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain for ${what}`);
    await pause(20);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
