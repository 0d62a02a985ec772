/** What the store on disk adds to the contract: everything is there again after a restart. */
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/events.ts';
import { DAY } from '../../src/core/time.ts';
import { rowsOf } from '../contract/store.ts';
import {
  anyEvent,
  article,
  crashed,
  EVERY_TABLE,
  FIRST_SEGMENT,
  fold,
  freshDir,
  NOW,
  openAt,
  plain,
  sample,
  subscribed,
} from './facts.ts';

describe('reopening', () => {
  it('finds every table again, from the snapshot and from the journal alone', async () => {
    const dir = await freshDir();
    const store = await openAt(dir);
    await store.commit(EVERY_TABLE);
    const before = plain(store.state());
    const noSnapshot = await crashed(dir);
    await store.close();
    const lines: string[] = [];
    for (const place of [dir, noSnapshot]) {
      const again = await openAt(place, {}, lines);
      expect(plain(again.state())).toEqual(before);
      await again.close();
    }
    expect(lines).toEqual([]);
  });

  it('equals the pure fold for any events, with snapshots, crashes and rebuilding at any point', async () => {
    const portion = fc.tuple(fc.array(fc.array(anyEvent, { maxLength: 4 }), { maxLength: 8 }), fc.nat(3));
    await fc.assert(
      fc.asyncProperty(fc.array(portion, { minLength: 1, maxLength: 4 }), async (portions) => {
        let dir = await freshDir();
        let store = await openAt(dir, { segmentBytes: 700 });
        const events: Event[] = [];
        for (const [commits, end] of portions) {
          await Promise.all(commits.map((commit) => store.commit(commit)));
          events.push(...commits.flat());
          if (end === 0) continue;
          const copy = await crashed(dir);
          await store.close();
          if (end === 1) dir = copy;
          if (end === 2) await rm(join(dir, 'snapshot.json'), { force: true });
          store = await openAt(dir, { segmentBytes: 700 });
          expect(plain(store.state())).toEqual(plain(fold(events)));
        }
        expect(plain(store.state())).toEqual(plain(fold(events)));
        await store.close();
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it('writes snapshots while commits run, and keeps one generation', async () => {
    const dir = await freshDir();
    const store = await openAt(dir, { snapshotEvery: 3, snapshotDelay: 0 });
    for (let n = 0; n < 120; n++) await store.commit([subscribed(n)]);
    const expected = plain(store.state());
    const copy = await crashed(dir);
    const again = await openAt(copy);
    expect(plain(again.state())).toEqual(expected);
    await again.close();
    await store.close();
    expect(await readdir(join(dir, 'snapshot'))).toEqual(['120']);
    expect(JSON.parse(await readFile(join(dir, 'snapshot.json'), 'utf8'))).toMatchObject({ schema: 1, seq: 120 });
  });

  it('splits a large table into pages', async () => {
    const dir = await freshDir();
    const store = await openAt(dir);
    await store.commit(Array.from({ length: 2500 }, (_, n) => subscribed(n)));
    const expected = plain(store.state());
    await store.close();
    expect((await readdir(join(dir, 'snapshot', '1'))).length).toBeGreaterThan(2);
    const again = await openAt(dir);
    expect(plain(again.state())).toEqual(expected);
    await again.close();
  });

  it('rotates segments, keeps them all, and starts without the old ones only beside a snapshot', async () => {
    const dir = await freshDir();
    const store = await openAt(dir, { segmentBytes: 500 });
    for (let n = 0; n < 10; n++) await store.commit([subscribed(n)]);
    const expected = plain(store.state());
    await store.close();
    const names = await readdir(join(dir, 'journal'));
    expect(names.length).toBeGreaterThan(3);
    await rm(join(dir, FIRST_SEGMENT));
    const lines: string[] = [];
    const again = await openAt(dir, {}, lines);
    expect(plain(again.state())).toEqual(expected);
    expect(lines.join()).toMatch(/begins with commit \d/);
    await again.close();
    await rm(join(dir, 'snapshot.json'));
    await expect(openAt(dir)).rejects.toThrow(/00000002\.log:1: the journal begins with commit/);
  });

  it('keeps everything to its owner', async () => {
    const dir = join(await freshDir(), 'data');
    const store = await openAt(dir, { segmentBytes: 300 });
    for (let n = 0; n < 4; n++) await store.commit([subscribed(n)]);
    await store.observe([sample(0, 1)], [article('a', 0)]);
    store.ran('poll', NOW);
    await store.close();
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    expect(entries.map(({ name }) => name)).toContain('runs.json');
    for (const entry of [...entries, { parentPath: dir, name: '.', isDirectory: () => true }]) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect([entry.name, (mode & 0o777).toString(8)]).toEqual([entry.name, entry.isDirectory() ? '700' : '600']);
    }
  });

  it('remembers runs, and ignores a file it cannot read', async () => {
    const dir = await freshDir();
    const store = await openAt(dir);
    store.ran('poll', NOW);
    await store.close();
    const again = await openAt(dir);
    expect(again.lastRun('poll')).toBe(NOW);
    await again.close();
    await writeFile(join(dir, 'runs.json'), '{"poll":');
    const lines: string[] = [];
    const third = await openAt(dir, {}, lines);
    expect(third.lastRun('poll')).toBeUndefined();
    expect(lines.join()).toMatch(/runs\.json: cannot be read/);
    await third.close();
  });
});

describe('observations on disk', () => {
  const ID = 'akash.gpu_utilization';
  const NOVEMBER = join('samples', '2026-11.csv');

  it('are in the public history format, a file a month', async () => {
    const dir = await freshDir();
    const store = await openAt(dir);
    await store.observe([sample(0, 0.5), sample(31 * 24, 0.1, { source: 'a "b", c\nd' }), sample(1, 1e-9)], []);
    await store.close();
    expect(await readFile(join(dir, NOVEMBER), 'utf8')).toBe(
      'time,subject,metric,value,source\n' +
        '2026-11-15T12:00:00Z,akash,gpu_utilization,0.5,akash-stats\n' +
        '2026-11-15T13:00:00Z,akash,gpu_utilization,1e-9,akash-stats\n',
    );
    expect(await readFile(join(dir, 'samples', '2026-12.csv'), 'utf8')).toMatch(/,0\.1,"a ""b"", c d"\n$/);
    const again = await openAt(dir);
    expect(rowsOf(again.evidence().series(ID))).toEqual([
      [0, 0.5, 'akash-stats'],
      [1, 1e-9, 'akash-stats'],
      [31 * 24, 0.1, 'a "b", c d'],
    ]);
    await again.close();
  });

  it('are the same after a restart for any values, instants and sources', async () => {
    const anySample = fc
      .record({
        at: fc.integer({ min: -40 * DAY, max: 40 * DAY }),
        value: fc.double({ noNaN: true }),
        source: fc.string({ unit: 'binary' }),
      })
      .map(({ at, value, source }) => sample(0, value, { at: NOW + at, source }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anySample, { maxLength: 5 }), { maxLength: 5 }), async (portions) => {
        const dir = await freshDir();
        const store = await openAt(dir);
        for (const portion of portions) await store.observe(portion, []);
        const before = rowsOf(store.evidence().series(ID));
        await store.close();
        const lines: string[] = [];
        const again = await openAt(dir, {}, lines);
        expect(rowsOf(again.evidence().series(ID))).toEqual(before);
        expect(lines).toEqual([]);
        await again.close();
      }),
      { numRuns: 40, seed: 6 },
    );
  });

  it('keep corrections, late samples and articles across a restart, and write repeats once', async () => {
    const dir = await freshDir();
    for (let round = 0; round < 2; round++) {
      const store = await openAt(dir);
      await store.observe([sample(5, 1), sample(2, 2)], [article('a', 0)]);
      if (round === 0) await store.observe([sample(5, 3), sample(1, 0)], [article('b', -1)]);
      if (round === 1) await store.observe([sample(5, 3)], [article('b', -1)]);
      await store.close();
    }
    const store = await openAt(dir);
    expect(rowsOf(store.evidence().series(ID)).map(([hour, value]) => [hour, value])).toEqual([
      [1, 0],
      [2, 2],
      [5, 3],
    ]);
    const titles = store
      .evidence()
      .news('lab_training', 'akash', 0, NOW)
      .map(({ title }) => title);
    expect(titles).toEqual(['Title of b', 'Title of a']);
    await store.close();
    // The second round's sample(5, 1) was a correction back, and 3 another one.
    expect((await readFile(join(dir, NOVEMBER), 'utf8')).trim().split('\n')).toHaveLength(1 + 4 + 2);
    expect((await readFile(join(dir, 'articles', '2026-11.ndjson'), 'utf8')).trim().split('\n')).toHaveLength(2);
  });

  it.each([
    ['samples', '2026-11.csv', /2026-11\.csv: the last line was torn by a crash; \d+ bytes cut off/],
    ['articles', '2026-11.ndjson', /2026-11\.ndjson: the last line was torn by a crash; \d+ bytes cut off/],
  ])('lose a torn last line of %s, wherever it is torn', async (folder, name, said) => {
    const dir = await freshDir();
    const store = await openAt(dir);
    for (let n = 0; n < 3; n++) await store.observe([sample(n, n + 0.25)], [article(`a${n}`, 0)]);
    await store.close();
    const whole = await readFile(join(dir, folder, name));
    for (let length = whole.length - 1; length >= 0; length -= 3) {
      await writeFile(join(dir, folder, name), whole);
      await truncate(join(dir, folder, name), length);
      const lines: string[] = [];
      const again = await openAt(dir, {}, lines);
      const kept = whole.toString('utf8', 0, length).split('\n').length - 1;
      const found =
        folder === 'samples'
          ? again.evidence().series(ID)?.length
          : again.evidence().news('lab_training', 'akash', 0, NOW).length;
      expect(found ?? 0).toBe(folder === 'samples' ? Math.max(0, kept - 1) : kept);
      if (length > 0 && whole[length - 1] !== 0x0a) expect(lines.join()).toMatch(said);
      await again.observe(
        [sample(0, 0.25), sample(1, 1.25), sample(2, 2.25)],
        ['a0', 'a1', 'a2'].map((id) => article(id, 0)),
      );
      await again.close();
      expect(await readFile(join(dir, folder, name), 'utf8')).toBe(whole.toString());
    }
  });

  it.each([
    ['2026-11-15T12:00:00Z,akash,gpu_utilization,,x', /:3: "" is no finite number/],
    ['2026-11-15T12:00:00Z,akash,gpu_utilization,abc,x', /:3: "abc" is no finite number/],
    ['2026-11-15T12:00:00Z,akash,gpu_utilization,Infinity,x', /:3: "Infinity" is no finite number/],
    ['2026-02-30T12:00:00Z,akash,gpu_utilization,1,x', /:3: "2026-02-30T12:00:00Z" is no instant/],
    ['2026-11-15T12:61:00Z,akash,gpu_utilization,1,x', /:3: "2026-11-15T12:61:00Z" is no instant/],
    ['2026-11-15 12:00:00,akash,gpu_utilization,1,x', /:3: .* is no instant/],
    ['2026-11-15T12:00:00Z,Ak"ash,gpu_utilization,1,x', /:3: .* is no subject and metric/],
    ['2026-11-15T12:00:00Z,akash,gpu_utilization,1', /:3: expected five columns/],
    ['2026-11-15T12:00:00Z,akash,gpu_utilization,1,x,y', /:3: the source is not quoted/],
    ['2026-11-15T12:00:00Z,akash,gpu_utilization,1,"x', /:3: the source is not quoted/],
    ['', /:3: expected five columns/],
  ])('stop the start at a malformed line: %s', async (line, said) => {
    const dir = await freshDir();
    const store = await openAt(dir);
    await store.observe([sample(0, 1)], []);
    await store.close();
    const text = await readFile(join(dir, NOVEMBER), 'utf8');
    await writeFile(join(dir, NOVEMBER), `${text}${line}\n${text.split('\n')[1]}\n`);
    const opening = openAt(dir);
    await expect(opening).rejects.toMatchObject({ name: 'StartupError' });
    await expect(opening).rejects.toThrow(said);
    await expect(opening).rejects.toThrow(join(dir, NOVEMBER));
  });

  it('stop the start at another header and at an article that is none', async () => {
    const dir = await freshDir();
    await (await openAt(dir)).close();
    await writeFile(join(dir, NOVEMBER), 'time,value\n');
    await expect(openAt(dir)).rejects.toThrow(/2026-11\.csv:1: expected the header/);
    await rm(join(dir, NOVEMBER));
    await writeFile(join(dir, 'articles', '2026-11.ndjson'), `${JSON.stringify(article('a', 0))}\n{"id":1}\n`);
    await expect(openAt(dir)).rejects.toThrow(/2026-11\.ndjson:2: the line is no article/);
  });

  it('read what a person may have written: CRLF, zones, milliseconds, any order', async () => {
    const dir = await freshDir();
    await (await openAt(dir)).close();
    const rows = [
      'time,subject,metric,value,source',
      '2026-11-15T14:00:00+01:00,akash,gpu_utilization,2,b\r',
      '2026-11-15T12:00:00.250Z,akash,gpu_utilization,1.0,"a, ""b"""',
      '2026-11-15,akash,gpu_utilization,0,a',
    ];
    await writeFile(join(dir, NOVEMBER), `${rows.join('\n')}\n`);
    const store = await openAt(dir);
    expect(rowsOf(store.evidence().series(ID))).toEqual([
      [-12, 0, 'a'],
      [250 / 3_600_000, 1, 'a, "b"'],
      [1, 2, 'b'],
    ]);
    await store.close();
  });

  it('are removed a month at a time, and not read again once too old', async () => {
    const dir = await freshDir();
    const store = await openAt(dir, { retention: 30 * DAY });
    await store.observe([sample(-24 * 40, 1), sample(-24 * 20, 2), sample(0, 3)], [article('a', -40), article('b', 0)]);
    expect(rowsOf(store.evidence().series(ID))).toHaveLength(3);
    await store.expire(NOW + 20 * DAY);
    expect(await readdir(join(dir, 'samples'))).toEqual(['2026-11.csv']);
    expect(await readdir(join(dir, 'articles'))).toEqual(['2026-11.ndjson']);
    await store.close();
    const later = await openAt(dir, { retention: 30 * DAY, now: NOW + 90 * DAY });
    expect(later.evidence().series(ID)).toBeUndefined();
    expect(await readdir(join(dir, 'samples'))).toEqual(['2026-11.csv']);
    await later.close();
  });
});
