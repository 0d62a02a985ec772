/** Damage: what is cut off, what stops the start, and what it says. */
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StartupError } from '../../src/core/ports.ts';
import { writeLine } from '../../src/store/line.ts';
import { crashed, FIRST_SEGMENT, fold, freshDir, openAt, plain, subscribed } from './facts.ts';

/** A directory with four commits in its journal and no snapshot; and the journal's lines. */
async function fourCommits(): Promise<{ dir: string; path: string; lines: readonly string[] }> {
  const source = await freshDir();
  const store = await openAt(source);
  for (let n = 1; n <= 4; n++) await store.commit([subscribed(n)]);
  const dir = await crashed(source);
  await store.close();
  const path = join(dir, FIRST_SEGMENT);
  return { dir, path, lines: (await readFile(path, 'utf8')).split('\n').slice(0, -1) };
}

const stateOf = (...numbers: number[]) => plain(fold(numbers.map(subscribed)));

describe('a torn last line', () => {
  it.each([
    ['half of it', (last: string) => last.slice(0, last.length / 2)],
    ['no newline', (last: string) => last],
    ['its middle missing', (last: string) => `${last.slice(0, 40)}${last.slice(80)}\n`],
    ['zeros', (last: string) => `${'\0'.repeat(last.length)}\n`],
    ['zeros without end', () => '\0\0\0'],
    ['an empty line', () => '\n'],
  ])('is cut off and reported: %s', async (_, tear) => {
    const { dir, path, lines } = await fourCommits();
    const good = `${lines.slice(0, 3).join('\n')}\n`;
    const torn = tear(lines[3] ?? '');
    await writeFile(path, good + torn);
    const said: string[] = [];
    const store = await openAt(dir, {}, said);
    expect(plain(store.state())).toEqual(stateOf(1, 2, 3));
    expect(said).toEqual([`${path}: the last line was torn by a crash; ${Buffer.byteLength(torn)} bytes cut off`]);
    expect(await readFile(path, 'utf8')).toBe(good);
    await store.commit([subscribed(5)]);
    await store.close();
    const again = await openAt(dir);
    expect(plain(again.state())).toEqual(stateOf(1, 2, 3, 5));
    await again.close();
  });

  it('stops the start where a snapshot says that it had been acknowledged', async () => {
    const { dir, path, lines } = await fourCommits();
    await (await openAt(dir)).close();
    const before = `${lines.slice(0, 3).join('\n')}\nxyz`;
    await writeFile(path, before);
    await expect(openAt(dir)).rejects.toThrow(/snapshot\.json stands at commit 4, but the journal ends at commit 3/);
    expect(await readFile(path, 'utf8')).toBe(before);
    await rm(join(dir, 'snapshot.json'));
    const store = await openAt(dir);
    expect(plain(store.state())).toEqual(stateOf(1, 2, 3));
    await store.close();
  });
});

describe('any other damage stops the start', () => {
  const rewritten = (v: number, seq: number, events: string) => writeLine(v, seq, events).trimEnd();
  it.each([
    ['a changed byte', 2, (line: string) => line.replace('akash', 'akasH'), /checksum does not match/],
    ['a changed checksum', 1, (line: string) => `00000000${line.slice(8)}`, /checksum does not match/],
    ['a lost line', 2, () => null, /commit 3 follows commit 1/],
    ['a doubled line', 3, (line: string) => `${line}\n${line}`, /:4: commit 3 follows commit 3/],
    ['an unknown event', 4, () => rewritten(1, 4, '[{"kind":"exploded"}]'), /unknown kind "exploded".*another version/],
    ['an event without its parts', 4, () => rewritten(1, 4, '[{"kind":"change"}]'), /another version/],
    ['a newer schema', 4, () => rewritten(2, 4, '[]'), /schema 2 by a newer Tierwatch; this one knows up to 1/],
    ['something else whole', 4, () => '8d53b1b0 {"hello":"world"}', /checksum|no commit/],
  ])('%s', async (_, number, change, said) => {
    const { dir, path, lines } = await fourCommits();
    const changed = lines.map((line, index) => (index === number - 1 ? change(line) : line));
    // A line after the damaged one, so that it is never the last.
    const more = number === 4 ? [writeLine(1, 5, '[]').trimEnd()] : [];
    const text = `${[...changed.filter((line) => line !== null), ...more].join('\n')}\n`;
    await writeFile(path, text);
    const opening = openAt(dir);
    await expect(opening).rejects.toThrow(StartupError);
    await expect(opening).rejects.toThrow(said);
    await expect(opening).rejects.toThrow(/00000001\.log:\d: .*(backup|newer)/);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(await readdir(dir)).not.toContain('lock');
  });

  it('also where a snapshot covers the damaged line, and in the last line of an older segment', async () => {
    const { dir, path, lines } = await fourCommits();
    const store = await openAt(dir, { segmentBytes: 10 });
    await store.commit([subscribed(5)]);
    await store.close();
    await writeFile(path, `${lines.join('\n')}`);
    await expect(openAt(dir)).rejects.toThrow(/00000001\.log:4: its checksum does not match/);
    await writeFile(path, `${lines.join('\n').replace('akash', 'akasH')}\n`);
    await expect(openAt(dir)).rejects.toThrow(/00000001\.log:1: its checksum does not match/);
  });

  it('says how to recover, and the recipe works', async () => {
    const { dir, path, lines } = await fourCommits();
    await writeFile(path, `${lines.join('\n').replaceAll('-1003', '-1009')}\n`);
    await expect(openAt(dir)).rejects.toThrow(/00000001\.log:3: .*keep only the 2 lines before this one/);
    await writeFile(path, `${lines.slice(0, 2).join('\n')}\n`);
    const store = await openAt(dir);
    expect(plain(store.state())).toEqual(stateOf(1, 2));
    await store.close();
  });
});

describe('a snapshot that cannot be used', () => {
  async function closedWithSnapshot(): Promise<string> {
    const { dir } = await fourCommits();
    await (await openAt(dir)).close();
    return dir;
  }
  const page = join('snapshot', '4', '000001.json');
  it.each([
    ['manifest empty', (dir: string) => writeFile(join(dir, 'snapshot.json'), '')],
    ['manifest something else', (dir: string) => writeFile(join(dir, 'snapshot.json'), '{"seq":"4"}')],
    ['page missing', (dir: string) => rm(join(dir, page))],
    ['page torn', (dir: string) => truncate(join(dir, page), 50)],
    [
      'page changed',
      async (dir: string) =>
        writeFile(join(dir, page), (await readFile(join(dir, page), 'utf8')).replace('akash', 'akasH')),
    ],
  ])('is reported and rebuilt from the journal: %s', async (_, harm) => {
    const dir = await closedWithSnapshot();
    await harm(dir);
    const said: string[] = [];
    const store = await openAt(dir, {}, said);
    expect(plain(store.state())).toEqual(stateOf(1, 2, 3, 4));
    expect(said.join()).toMatch(/snapshot\.json.*rebuilding from the whole journal/);
    await store.close();
    const quiet: string[] = [];
    await (await openAt(dir, {}, quiet)).close();
    expect(quiet).toEqual([]);
  });

  it('of a newer schema stops the start; an older one is rebuilt', async () => {
    const dir = await closedWithSnapshot();
    const manifest = await readFile(join(dir, 'snapshot.json'), 'utf8');
    await writeFile(join(dir, 'snapshot.json'), manifest.replace('"schema": 1', '"schema": 7'));
    await expect(openAt(dir)).rejects.toThrow(/snapshot\.json: written with schema 7 by a newer Tierwatch/);
  });
});

describe('schema migrations', () => {
  it('read old lines through every step, rebuild the snapshot, and write the new version', async () => {
    const { dir, path } = await fourCommits();
    await (await openAt(dir)).close();
    const rename = (events: readonly unknown[]) =>
      events.map((event) => JSON.parse(JSON.stringify(event).replace('"ann"', '"anna"')) as unknown);
    const said: string[] = [];
    const store = await openAt(dir, { migrations: [rename] }, said);
    expect([...store.state().subscriptions.values()].map(({ by }) => by)).toEqual(Array(4).fill('anna'));
    expect(said.join()).toMatch(/older schema 1; rebuilding/);
    await store.commit([subscribed(5)]);
    await store.close();
    expect(await readFile(path, 'utf8')).toMatch(/ \{"v":2,"seq":5,/);
    const again = await openAt(dir, { migrations: [rename] });
    expect(again.state().subscriptions.get('telegram/-1005/7')?.by).toBe('ann');
    await again.close();
    await expect(openAt(dir)).rejects.toThrow(/schema 2 by a newer Tierwatch/);
  });
});

describe('a directory that cannot be used', () => {
  it('is named', async () => {
    const dir = await freshDir();
    await writeFile(join(dir, 'file'), '');
    const opening = openAt(join(dir, 'file', 'data'));
    await expect(opening).rejects.toThrow(StartupError);
    await expect(opening).rejects.toThrow(join(dir, 'file', 'data'));
    await expect(openAt(join(dir, 'file'))).rejects.toThrow(/cannot be/);
  });

  it('also under a file system that makes no directories', async () => {
    if (process.platform !== 'linux') return console.log('skipped: only Linux has /proc');
    await expect(openAt('/proc/tierwatch/data')).rejects.toThrow(
      'The data directory /proc/tierwatch/data cannot be made',
    );
  });

  const root = process.getuid?.() === 0;
  if (root) console.log('skipped: root may write everywhere, so a directory without write permission cannot be tried');
  it.skipIf(root)('also where nothing can be written', async () => {
    const dir = join(await freshDir(), 'data');
    await mkdir(dir, { mode: 0o500 });
    await expect(openAt(dir)).rejects.toThrow(`${dir} cannot be written to`);
  });
});
