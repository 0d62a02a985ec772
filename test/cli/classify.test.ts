import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ClassifyOptions, runClassify } from '../../src/cli/classify.ts';

const CONFIG = new URL('../../config', import.meta.url).pathname;
const RUN = {
  id: 'a',
  title: 'Templar finishes pre-training a 72B model on a Bittensor subnet over the open internet',
  summary: null,
  url: 'https://one.example/a',
  publisher: 'one.example',
  published: '2026-03-10',
};
const PRICE = { ...RUN, id: 'b', title: 'H100 rental prices fell by a third since January, to $1.90 an hour' };
const NOTHING = { ...RUN, id: 'c', title: 'A phone that folds' };

/** What the command prints for lines, and its exit code. */
async function classified(
  lines: readonly (object | string)[],
  options: Omit<ClassifyOptions, 'file' | 'config'> = {},
): Promise<{ readonly out: readonly string[]; readonly err: string; readonly code: number }> {
  const dir = await mkdtemp(join(tmpdir(), 'tierwatch-classify-'));
  try {
    const file = join(dir, 'articles.jsonl');
    await writeFile(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
    let [out, err] = ['', ''];
    const io = {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text.replaceAll(dir, '.');
      },
      env: {},
      cwd: dir,
      columns: null,
    };
    const code = await runClassify({ ...options, config: CONFIG, file }, io);
    return { out: out.split('\n').slice(0, -1), err, code };
  } finally {
    await rm(dir, { recursive: true });
  }
}

describe('tierwatch classify', () => {
  it('prints a line of JSON for each article, in their order', async () => {
    const { out, code } = await classified([RUN, PRICE, NOTHING], { json: true });
    expect(code).toBe(0);
    expect(out.map((line) => JSON.parse(line))).toMatchObject([
      {
        id: 'a',
        networks: ['bittensor'],
        events: [{ type: 'lab_training', network: 'bittensor', status: 'done', confidence: expect.any(Number) }],
        story: 'a',
      },
      { id: 'b', networks: [], events: [{ type: 'capacity_catchup', network: null, status: 'done' }], story: 'b' },
      { id: 'c', networks: [], events: [], story: 'c' },
    ]);
    for (const line of out)
      for (const { because } of JSON.parse(line).events)
        for (const quote of because) expect(`${RUN.title}\n${PRICE.title}`).toContain(quote);
  });

  it('puts articles of one event into one story, which is called by the oldest', async () => {
    const later = { ...RUN, id: 'z', title: `${RUN.title}, says its team`, published: '2026-03-12' };
    const { out } = await classified([later, RUN], { json: true });
    expect(out.map((line) => JSON.parse(line).story)).toEqual(['a', 'a']);
  });

  it('shows people the title, each event with the words that convinced, and the story', async () => {
    const { out } = await classified([RUN, { ...RUN, id: 'd' }, NOTHING]);
    expect(out[0]).toContain('a  Templar finishes pre-training');
    expect(out[1]).toMatch(/^ {2}lab training · bittensor · done · \d+% · “.*pre-training.*”/);
    expect(out[2]).toBe('  story a, with 1 more');
    expect(out.slice(-2)).toEqual(['c  A phone that folds', '  reports nothing']);
  });

  it('says why a piece reports nothing', async () => {
    const { out } = await classified([{ ...RUN, title: 'AMA: io.net was hacked, GPUs offline' }]);
    expect(out[1]).toBe('  reports nothing: talk');
  });

  it('names each line that cannot be read and reads the others', async () => {
    const { out, err, code } = await classified(
      [RUN, 'no json', { title: 'x' }, { ...RUN, id: 'e', events: [{ type: 'x' }] }, '', PRICE],
      {
        json: true,
      },
    );
    expect(code).toBe(1);
    expect(out.map((line) => JSON.parse(line).id)).toEqual(['a', 'b']);
    expect(err.split('\n').map((line) => /articles\.jsonl:(\d+): /.exec(line)?.[1])).toEqual([
      '2',
      '3',
      '4',
      undefined,
    ]);
    expect(err).toContain('expected one object a line');
    expect(err).toContain('id: ');
  });

  it('reads past a byte order mark, and refuses an id that was there before', async () => {
    const { out, err, code } = await classified([`\ufeff${JSON.stringify(RUN)}`, PRICE, { ...NOTHING, id: 'a' }], {
      json: true,
    });
    expect(out.map((line) => JSON.parse(line).id)).toEqual(['a', 'b']);
    expect(err).toContain('articles.jsonl:3: id "a" was on line 1');
    expect(code).toBe(1);
  });

  it('writes no control characters to a terminal', async () => {
    const { out } = await classified([{ ...RUN, id: '\u001b[31mRED\u0007\u202e' }]);
    expect(out.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('takes titles as data: markup is stripped, and what is too long is cut', async () => {
    const { out } = await classified([
      { ...RUN, title: `<b>\u202e${'x'.repeat(1_000_000)}</b>`, summary: '<script>alert(1)</script>' },
    ]);
    expect(out[0]?.length).toBeLessThan(200);
    expect(out.join('')).not.toMatch(/[\u202e<]/);
  });

  it('scores labels, and says so where there are none', async () => {
    const labelled = [
      { ...RUN, events: [{ type: 'lab_training', network: 'bittensor', status: 'done' }], story: 's' },
      { ...PRICE, events: [] },
    ];
    const { out } = await classified(labelled, { score: true });
    expect(out.find((line) => line.startsWith('lab_training'))).toMatch(/100% +100% +100% +100% of 1 +1 +1 +1$/);
    expect(out.join('\n')).toContain('100% of the 1 items without a fact report one');
    const json = await classified(labelled, { score: true, json: true });
    expect(JSON.parse(json.out.join(''))).toMatchObject({ items: 2, networks: 1, falseAlarms: 1, factless: 1 });
    await expect(classified([RUN], { score: true })).rejects.toThrow('no line has labels');
  });

  it('says which file it cannot read', async () => {
    const io = { out: () => undefined, err: () => undefined, env: {}, cwd: '/', columns: null };
    await expect(runClassify({ config: CONFIG, file: 'gone.jsonl' }, io)).rejects.toThrow(
      'gone.jsonl cannot be read (ENOENT); name a file of JSON lines, or - for the standard input',
    );
  });
});
