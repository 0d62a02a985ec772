import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLines } from '../../src/store/lines.ts';
import { openStore } from '../../src/store/open.ts';

describe('a file of lines', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tierwatch-lines-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  async function read(
    text: string,
  ): Promise<{ readonly lines: string[]; readonly length: number; readonly torn: number }> {
    const path = join(dir, 'file');
    await writeFile(path, text);
    const lines: string[] = [];
    const extent = await readLines(path, (piece) => {
      expect(piece.endsWith('\n')).toBe(true);
      lines.push(...piece.slice(0, -1).split('\n'));
    });
    return { lines, ...extent };
  }

  it('is given whole, however long it is and wherever its pieces end', async () => {
    const lines = Array.from({ length: 60_000 }, (_, n) => `${n} ${'äß→𝟙'.repeat(n % 7)}`);
    const text = `${lines.join('\n')}\n`;
    expect(await read(text)).toEqual({ lines, length: Buffer.byteLength(text), torn: 0 });
  });

  it('is given in pieces of the size that is asked for', async () => {
    const path = join(dir, 'file');
    await writeFile(path, 'line\n'.repeat(1000));
    const sizes: number[] = [];
    await readLines(path, (piece) => sizes.push(piece.length), 100);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(5000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  });

  it('may have a line longer than a piece', async () => {
    const lines = ['a', 'x'.repeat(3_000_000), 'b'];
    expect((await read(`${lines.join('\n')}\n`)).lines).toEqual(lines);
  });

  it('ends with its last newline; what follows is torn', async () => {
    expect(await read('a\nb\nhalf a li')).toEqual({ lines: ['a', 'b'], length: 4, torn: 9 });
    expect(await read('')).toEqual({ lines: [], length: 0, torn: 0 });
    expect(await read('no line at all')).toEqual({ lines: [], length: 0, torn: 14 });
  });

  it('names the line that is wrong, counted from the start of the file', async () => {
    const data = join(dir, 'data');
    const open = () => openStore({ dir: data, retention: 1e13, now: Date.UTC(2026, 0, 2), report: () => undefined });
    await (await open()).close();
    const rows = Array.from({ length: 40_000 }, (_, n) => `2025-01-01T00:00:00Z,akash,gpus_total,${n},probe`);
    await writeFile(
      join(data, 'samples/2025-01.csv'),
      `time,subject,metric,value,source\n${rows.join('\n')}\n2025-01-01T00:00:00Z,akash,gpus_total,many,probe\n`,
    );
    await expect(open()).rejects.toThrow(/2025-01\.csv:40002: "many" is no finite number/);
  });
});
