/** A disk that fails, and a crash, at every single thing the store asks of the disk. */
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/events.ts';
import type { Store } from '../../src/core/ports.ts';
import { type Files, nodeFiles, type OpenFile } from '../../src/store/append.ts';
import { rowsOf } from '../contract/store.ts';
import { article, crashed, fold, freshDir, NOW, openAt, owed, plain, sample, subscribed } from './facts.ts';

type Fault = { readonly files: Files; asked(): number; restore(): void };

/** Fails at the step numbered `at` with half a write done; `dead` fails ever after, as a process that was stopped. */
function failing(at: number, dead: boolean): Fault {
  let count = 0;
  let broken = true;
  function fails(): boolean {
    count += 1;
    return broken && (count === at || (dead && count > at));
  }
  function full(): Error {
    return Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  }
  async function step(act: () => Promise<void>): Promise<void> {
    if (fails()) throw full();
    await act();
  }
  function wrap(file: OpenFile): OpenFile {
    return {
      async write(bytes) {
        const stopped = fails();
        if (stopped && count > at) throw full();
        await file.write(stopped ? bytes.subarray(0, bytes.length / 2) : bytes);
        if (stopped) throw full();
      },
      sync: () => step(file.sync),
      truncate: (length) => step(() => file.truncate(length)),
      close: file.close,
    };
  }
  const files: Files = {
    async open(path) {
      if (fails()) throw full();
      return wrap(await nodeFiles.open(path));
    },
    syncDirectory: (path) => step(() => nodeFiles.syncDirectory(path)),
  };
  function restore(): void {
    broken = false;
  }
  return { files, asked: () => count, restore };
}

const COMMITS: readonly (readonly Event[])[] = [
  [subscribed(1), owed(1)],
  [subscribed(2), owed(2)],
  [{ kind: 'sent', at: NOW, delivery: 'd1', message: 'm' }, subscribed(3)],
  [owed(3), subscribed(4)],
];
const MONTHS = [0, 24 * 20];

/** Commits and observes in turn; gives what was acknowledged. */
async function work(store: Store): Promise<{ commits: number[]; samples: number[] }> {
  const done = { commits: [] as number[], samples: [] as number[] };
  for (const [index, events] of COMMITS.entries()) {
    await store.commit(events).then(() => done.commits.push(index), expectFull);
    const hours = MONTHS.map((hour) => hour + index);
    const samples = hours.map((hour) => sample(hour, hour));
    await store.observe(samples, [article(`a${index}`, 0)]).then(() => done.samples.push(...hours), expectFull);
  }
  return done;
}

function expectFull(error: unknown): void {
  expect(error).toMatchObject({ code: 'ENOSPC' });
}

const hoursOf = (store: Store) => rowsOf(store.evidence().series('akash.gpu_utilization')).map(([hour]) => hour);
const byNumber = (a: number, b: number) => a - b;

async function stepsInAll(): Promise<number> {
  const fault = failing(0, false);
  const store = await openAt(await freshDir(), { files: fault.files, segmentBytes: 400 });
  await work(store);
  await store.close();
  return fault.asked();
}

describe('a fault at every step', () => {
  it('rejects what was not written, keeps the rest, and the next works', async () => {
    const steps = await stepsInAll();
    expect(steps).toBeGreaterThan(40);
    for (let at = 2; at <= steps; at++) {
      const dir = await freshDir();
      const { files } = failing(at, false);
      const store = await openAt(dir, { files, segmentBytes: 400 });
      const done = await work(store);
      expect(done.commits.length).toBeGreaterThanOrEqual(COMMITS.length - 1);
      const expected = plain(fold(done.commits.flatMap((index) => COMMITS[index] ?? [])));
      expect([at, plain(store.state())]).toEqual([at, expected]);
      expect(hoursOf(store)).toEqual(done.samples.toSorted(byNumber));
      const copy = await crashed(dir);
      await store.close();
      for (const place of [copy, dir]) {
        const lines: string[] = [];
        const again = await openAt(place, {}, lines);
        expect([at, plain(again.state())]).toEqual([at, expected]);
        expect([at, hoursOf(again)]).toEqual([at, done.samples.toSorted(byNumber)]);
        expect(lines).toEqual([]);
        await again.close();
      }
    }
  });

  it('followed by the end of the process leaves all that was acknowledged and nothing half done', async () => {
    const steps = await stepsInAll();
    const possible = COMMITS.map((_, index) => plain(fold(COMMITS.slice(0, index + 1).flat())));
    possible.unshift(plain(fold([])));
    for (let at = 2; at <= steps; at++) {
      const dir = await freshDir();
      const { files } = failing(at, true);
      const store = await openAt(dir, { files, segmentBytes: 400 });
      const done = await work(store);
      const copy = await crashed(dir);
      await store.close();
      const again = await openAt(copy);
      const commits = done.commits.length;
      expect([possible[commits], possible[commits + 1]]).toContainEqual(plain(again.state()));
      for (const hour of done.samples) expect(hoursOf(again)).toContain(hour);
      await again.commit([subscribed(9)]);
      await again.observe([sample(500, 1)], []);
      await again.close();
    }
  });

  // Steps 2 to 5 of the first commit: open, place in the directory, write, sync.
  it.each([2, 3, 4, 5])('a disk full from step %i on changes nothing; with room again, work goes on', async (from) => {
    const dir = await freshDir();
    const fault = failing(from, true);
    const store = await openAt(dir, { files: fault.files });
    const before = store.state();
    expect(await work(store)).toEqual({ commits: [], samples: [] });
    expect(store.state()).toBe(before);
    expect(store.evidence().series('akash.gpu_utilization')).toBeUndefined();
    fault.restore();
    expect((await work(store)).commits).toHaveLength(COMMITS.length);
    await store.close();
    const again = await openAt(dir);
    expect(plain(again.state())).toEqual(plain(fold(COMMITS.flat())));
    await again.close();
  });

  it('rejects every commit that shared the failed sync', async () => {
    const fault = failing(5, false);
    const store = await openAt(await freshDir(), { files: fault.files });
    const results = await Promise.allSettled([1, 2, 3].map((n) => store.commit([subscribed(n)])));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await store.commit([subscribed(4)]);
    expect([...store.state().subscriptions.entries()].map(([key]) => key)).toEqual(['telegram/-1004']);
    await store.close();
  });
});
