/** Crashes: the journal cut at every byte, and a real process killed at random moments. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StartupError } from '../../src/core/ports.ts';
import { crashed, FIRST_SEGMENT, fold, freshDir, NOW, openAt, owed, plain, subscribed } from './facts.ts';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));
const BUILT = fileURLToPath(new URL('../../dist/store/open.js', import.meta.url));

describe('the journal cut at every byte', () => {
  it('holds every whole commit, no half one, and goes on', async () => {
    const commits = [
      [subscribed(1), owed(1)],
      [{ kind: 'sent', at: NOW, delivery: 'd1', message: 'ü' } as const, subscribed(2)],
      [owed(2), subscribed(3)],
    ];
    const source = await freshDir();
    const store = await openAt(source);
    const ends = [0];
    for (const events of commits) {
      await store.commit(events);
      ends.push((await readFile(join(source, FIRST_SEGMENT))).length);
    }
    const states = ends.map((_, index) => plain(fold(commits.slice(0, index).flat())));
    // Every byte of the last commit, and around the end of each before it.
    const [first, second, last, end] = ends as [number, number, number, number];
    const lengths = [first, second - 1, second, second + 1, last - 1];
    for (let length = last; length <= end; length++) lengths.push(length);
    for (const length of lengths) {
      const dir = await crashed(source);
      await truncate(join(dir, FIRST_SEGMENT), length);
      const again = await openAt(dir);
      const whole = ends.findLastIndex((bytes) => bytes <= length);
      expect([length, plain(again.state())]).toEqual([length, states[whole]]);
      if (length % 20 === 0) {
        await again.commit([subscribed(4)]);
        const expected = plain(again.state());
        const third = await openAt(await crashed(dir));
        expect(plain(third.state())).toEqual(expected);
        await third.close();
      }
      await again.close();
    }
    await store.close();
  }, 60_000);
});

describe('a process', () => {
  beforeAll(() => {
    if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: run npm run build first`);
  });

  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });

  /** Starts a child on the directory; `said` grows with its lines, `reports` is what it wrote to stderr. */
  async function start(dir: string, mode = 'work') {
    const child = spawn(process.execPath, [CHILD, dir, mode], { stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    const said: string[] = [];
    const reports: string[] = [];
    child.stderr.on('data', (data) => reports.push(String(data)));
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => said.push(line));
    await Promise.race([once(lines, 'line'), once(child, 'exit')]);
    return { child, said, reports };
  }

  async function kill(child: ChildProcess): Promise<void> {
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
  }

  it('killed at random moments loses nothing acknowledged and leaves nothing half done', async () => {
    const dir = await freshDir();
    let newest = 0;
    for (const wait of [3, 11, 24, 37, 58, 83, 120, 170]) {
      const { child, said, reports } = await start(dir);
      expect(reports.filter((line) => !line.includes('torn'))).toEqual([]);
      expect(said).toContain('open');
      await new Promise((resolve) => setTimeout(resolve, wait));
      await kill(child);
      const numbers = (letter: string) =>
        said.filter((line) => line.startsWith(letter) && line !== 'open').map((line) => Number(line.slice(1)));
      const store = await openAt(await crashed(dir), { retention: Number.POSITIVE_INFINITY });
      const { sources, handled } = store.state();
      const last = handled.get('telegram') ?? 0;
      expect(last).toBeGreaterThanOrEqual(Math.max(newest, ...numbers('c')));
      expect(sources.size).toBe(last);
      const series = store.evidence().series('akash.gpu_utilization');
      const values = new Set(Array.from({ length: series?.length ?? 0 }, (_, index) => series?.value(index)));
      for (const n of numbers('o')) expect(values).toContain(n);
      newest = last;
      await store.commit([subscribed(1)]);
      await store.close();
    }
    expect(newest).toBeGreaterThan(20);
  }, 60_000);

  it('keeps others out of its directory until it ends, however it ends', async () => {
    const dir = await freshDir();
    const { child } = await start(dir, 'hold');
    const opening = openAt(dir);
    await expect(opening).rejects.toThrow(StartupError);
    await expect(opening).rejects.toThrow(`The data directory ${dir} is in use by process ${child.pid}.`);
    const second = await start(dir);
    expect(second.said).toEqual([]);
    expect(second.reports.join('')).toContain(`in use by process ${child.pid}`);
    await kill(child);
    await (await openAt(dir)).close();
  });
});
