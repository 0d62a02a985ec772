/** One process a data directory: a lock file that says who holds it. */
import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../core/ports.ts';
import { codeOf, wordsOf } from './faults.ts';

/** A process: its number, and when it began, as the number alone is used again. Null where the system does not tell. */
type Holder = { readonly pid: number; readonly began: string | null };

export type Lock = { release(): Promise<void> };

/**
 * Takes the lock of a data directory. Rejects with a StartupError naming directory and process where another one
 * holds it, or where nothing can be written. A lock whose process is gone is taken over.
 */
export async function takeLock(dir: string): Promise<Lock> {
  const path = join(dir, 'lock');
  const draft = join(dir, `lock.${randomUUID()}`);
  const mine = JSON.stringify({ pid: process.pid, began: await beganOf(process.pid) });
  try {
    await writeDraft(dir, draft, mine);
    if (!(await created(draft, path))) await takeOver(dir, path, draft);
  } finally {
    // What went wrong before counts, not that its traces cannot be removed.
    await rm(draft, { force: true }).catch(() => {});
  }
  return { release: () => release(path, mine) };
}

async function writeDraft(dir: string, draft: string, mine: string): Promise<void> {
  try {
    await writeFile(draft, `${mine}\n`, { mode: 0o600 });
  } catch (error) {
    throw new StartupError(
      `The data directory ${dir} cannot be written to (${wordsOf(error)}). ` +
        'Give the user that runs Tierwatch write access to it, free some space, or name another directory.',
    );
  }
}

/** A hard link appears with its content or not at all, and never replaces a file. A copy serves where links do not exist. */
async function created(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error;
      return copyFile(draft, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A second file keeps two processes that both find a stale lock from both replacing it. */
async function takeOver(dir: string, path: string, draft: string): Promise<void> {
  const turn = join(dir, 'lock.takeover');
  await refuseIfAlive(dir, path);
  if (!(await created(draft, turn))) {
    await clearTurn(dir, turn, `${draft}.turn`);
    if (!(await created(draft, turn))) throw refusal(dir, 'another process', path);
  }
  try {
    await refuseIfAlive(dir, path);
    await rename(draft, path);
  } finally {
    await rm(turn, { force: true });
  }
}

/** A turn whose process died in the middle of it is moved aside, which one can do; a live one moved by mistake goes back. */
async function clearTurn(dir: string, turn: string, aside: string): Promise<void> {
  await refuseIfAlive(dir, turn);
  await rename(turn, aside).catch((error: unknown) => {
    throw codeOf(error) === 'ENOENT' ? refusal(dir, 'another process', turn) : error;
  });
  try {
    await refuseIfAlive(dir, aside);
  } catch (error) {
    await created(aside, turn);
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function refuseIfAlive(dir: string, path: string): Promise<void> {
  const holder = await holderOf(path);
  if (holder !== null && (await isAlive(holder))) throw refusal(dir, `process ${holder.pid}`, path);
}

function refusal(dir: string, holder: string, path: string): StartupError {
  return new StartupError(
    `The data directory ${dir} is in use by ${holder}. Stop it first, or name another directory. ` +
      `If that is not a running Tierwatch, remove ${path} and start again.`,
  );
}

/** Null where the file is gone or tells nothing: locks appear whole, so such a file is nobody's. */
async function holderOf(path: string): Promise<Holder | null> {
  try {
    const { pid, began } = JSON.parse(await readFile(path, 'utf8')) as Partial<Holder>;
    return Number.isSafeInteger(pid) && pid !== undefined && pid > 0 ? { pid, began: began ?? null } : null;
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A process with the same number that began at another time is another process: after a restart, often our own. */
async function isAlive(holder: Holder): Promise<boolean> {
  if (!isRunning(holder.pid)) return false;
  const began = await beganOf(holder.pid);
  if (began === null || holder.began === null) return holder.pid !== process.pid;
  return began === holder.began;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * The boot, and the clock ticks from it to the start of the process: field 22 of /proc/<pid>/stat, see proc(5). The
 * name in field 2 may hold blanks and `)`. A zombie (state Z) holds nothing any more, so its start is `ended`.
 */
async function beganOf(pid: number): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return 'ended';
    return fields[19] === undefined ? null : `${boot.trim()}/${fields[19]}`;
  } catch {
    return null;
  }
}

async function release(path: string, mine: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text.trim() === mine) await rm(path, { force: true });
}
