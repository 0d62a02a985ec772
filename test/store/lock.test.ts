/** The lock: one process a directory, and stale locks taken over. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../../src/store/lock.ts';
import { freshDir, openAt } from './facts.ts';

const LINUX = existsSync('/proc/self/stat');

/** A number no process has: Linux gives none above 2^22. */
const NOBODY = 2 ** 22 + 1;

describe('the lock', () => {
  it('refuses a second store in the same process, and names it', async () => {
    const dir = await freshDir();
    const store = await openAt(dir);
    await expect(openAt(dir)).rejects.toThrow(`The data directory ${dir} is in use by process ${process.pid}`);
    await store.close();
    await (await openAt(dir)).close();
    expect((await readdir(dir)).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: NOBODY, began: null })],
    ['another process with our number', JSON.stringify({ pid: process.pid, began: 'an earlier boot/7' })],
    ['another process with a number in use', JSON.stringify({ pid: process.ppid, began: 'an earlier boot/7' })],
    ['nobody', ''],
    ['something else', '[]'],
  ])('is taken over from %s', async (_, text) => {
    if (!LINUX && text.includes('boot')) return;
    const dir = await freshDir();
    await writeFile(join(dir, 'lock'), text);
    const lock = await takeLock(dir);
    expect(JSON.parse(await readFile(join(dir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
    expect(await readdir(dir)).toEqual([]);
  });

  it('is respected where only the number is known and its process runs', async () => {
    const dir = await freshDir();
    await writeFile(join(dir, 'lock'), JSON.stringify({ pid: process.ppid, began: null }));
    await expect(takeLock(dir)).rejects.toThrow(`in use by process ${process.ppid}`);
    expect(await readdir(dir)).toEqual(['lock']);
  });

  const STALE = JSON.stringify({ pid: NOBODY, began: null });

  it('goes to exactly one of many that find it stale', async () => {
    const dir = await freshDir();
    await writeFile(join(dir, 'lock'), STALE);
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => takeLock(dir)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(dir)).toEqual(['lock']);
  });

  it('is taken over where an earlier takeover was cut short', async () => {
    const dir = await freshDir();
    await writeFile(join(dir, 'lock'), STALE);
    await writeFile(join(dir, 'lock.takeover'), STALE);
    const lock = await takeLock(dir);
    await lock.release();
    expect(await readdir(dir)).toEqual([]);
  });

  it('is left alone on release when it is somebody else’s by then', async () => {
    const dir = await freshDir();
    const lock = await takeLock(dir);
    await writeFile(join(dir, 'lock'), 'other');
    await lock.release();
    expect(await readFile(join(dir, 'lock'), 'utf8')).toBe('other');
  });
});
