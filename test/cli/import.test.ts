/** `tierwatch import`: history into a data directory, from files and from sources, again and again. */
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportOptions, runImport } from '../../src/cli/import.ts';
import { DAY, HOUR, type Instant, toIso } from '../../src/core/time.ts';
import { openStore } from '../../src/store/open.ts';
import { type Change, withFolder } from '../config/folder.ts';
import { type HttpServer, startHttpServer } from '../servers/http.ts';
import { lines, type Terminal, terminal } from './terminal.ts';

const TODAY = Math.floor(Date.now() / DAY) * DAY;
const ago = (days: number): Instant => TODAY - days * DAY;
const HEADER = 'time,subject,metric,value,source\n';
const line = (days: number, value: number | string, series = 'akash,gpu_utilization'): string =>
  `${toIso(ago(days))},${series},${value},recorded\n`;

type Place = {
  readonly dir: string;
  readonly io: Terminal;
  run(options: Partial<ImportOptions>): Promise<{ readonly code: number; readonly out: string; readonly err: string }>;
  /** Days ago and value, oldest first. */
  recorded(series?: string): Promise<readonly (readonly [number, number])[]>;
};

/** A configuration with these files beside it, and no data yet. */
function place<T>(
  files: Readonly<Record<string, string>>,
  work: (place: Place) => Promise<T>,
  config: Readonly<Record<string, Change>> = {},
): Promise<T> {
  return withFolder(config, async (dir) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
    const io = terminal(dir);
    return work({
      dir,
      io,
      run: async (options) => {
        io.written.out = '';
        io.written.err = '';
        const code = await runImport({ config: dir, files: [], ...options }, io);
        return { code, ...io.written };
      },
      recorded: async (series = 'akash.gpu_utilization') => {
        const store = await openStore({ dir: join(dir, 'data'), retention: 800 * DAY, now: TODAY, report: () => {} });
        const held = store.evidence().series(series);
        await store.close();
        return Array.from({ length: held?.length ?? 0 }, (_, at) => [
          (TODAY - (held?.time(at) ?? 0)) / DAY,
          held?.value(at) ?? Number.NaN,
        ]);
      },
    });
  });
}

describe('files', () => {
  it('are recorded once, and counted', async () => {
    const files = {
      'a.csv': HEADER + line(9, 0.1) + line(8, 0.2) + line(8, 2, 'aws,h100_price'),
      'b.csv': HEADER + line(7, 0.3),
    };
    await place(files, async ({ run, recorded }) => {
      const first = await run({ files: ['a.csv', 'b.csv'] });
      expect(first).toEqual({
        code: 0,
        err: '',
        out: `a.csv: 3 samples read, 3 new, 0 corrected, 0 already there, 0 dropped
  2 series from ${toIso(ago(9)).slice(0, 10)} to ${toIso(ago(8)).slice(0, 10)}
b.csv: 1 sample read, 1 new, 0 corrected, 0 already there, 0 dropped
  1 series from ${toIso(ago(7)).slice(0, 10)} to ${toIso(ago(7)).slice(0, 10)}

Rules see it at the next start.
`,
      });
      const second = await run({ files: ['a.csv', 'b.csv'] });
      expect(second.out).toContain('a.csv: 3 samples read, 0 new, 0 corrected, 3 already there, 0 dropped');
      expect(second.out).toMatch(/\nNothing is new: the record stays as it was\.\n$/);
      expect(await recorded()).toEqual([
        [9, 0.1],
        [8, 0.2],
        [7, 0.3],
      ]);
    });
  });

  it('correct what is recorded otherwise', async () => {
    await place(
      { 'a.csv': HEADER + line(9, 0.1), 'b.csv': HEADER + line(9, 0.4) + line(8, 0.2) },
      async ({ run, recorded }) => {
        await run({ files: ['a.csv'] });
        const { out } = await run({ files: ['b.csv'] });
        expect(out).toContain('b.csv: 2 samples read, 1 new, 1 corrected, 0 already there, 0 dropped');
        expect(await recorded()).toEqual([
          [9, 0.4],
          [8, 0.2],
        ]);
      },
    );
  });

  it('that contradict themselves or each other count with the last word, each time', async () => {
    const files = {
      'a.csv': HEADER + line(9, 0.1) + line(9, 0.2) + line(9, 0.2) + line(8, 0.5),
      'b.csv': HEADER + line(8, 0.6),
    };
    await place(files, async ({ run, recorded }) => {
      const counts = async () =>
        lines((await run({ files: ['a.csv', 'b.csv'], json: true })).out).map((row) => [
          row.new,
          row.corrected,
          row.alreadyThere,
          row.dropped,
        ]);
      expect(await counts()).toEqual([
        [1, 0, 1, 2],
        [1, 0, 0, 0],
      ]);
      expect(await counts()).toEqual([
        [0, 0, 2, 2],
        [0, 0, 1, 0],
      ]);
      expect(await recorded()).toEqual([
        [9, 0.2],
        [8, 0.6],
      ]);
    });
  });

  it('lose what cannot be true or used, with the reason, and the rest is recorded', async () => {
    const text =
      HEADER +
      line(9, 0.1) +
      line(8, 1.5) +
      line(7, 1.6) +
      line(6, 0.2, 'atlantis,gpu_utilization') +
      line(6, 0.2, 'akash,karma') +
      line(900, 0.2) +
      line(-2, 0.2);
    await place({ 'a.csv': text }, async ({ run, recorded }) => {
      const { code, out } = await run({ files: ['a.csv'] });
      expect(code).toBe(0);
      expect(out.split('\n').slice(0, -3)).toEqual([
        'a.csv: 7 samples read, 1 new, 0 corrected, 0 already there, 6 dropped',
        expect.stringMatching(/^ {2}1 series from /),
        `  dropped: atlantis.gpu_utilization at ${toIso(ago(6))}: atlantis is not in networks.yaml`,
        `  dropped: akash.gpu_utilization at ${toIso(ago(900))}: older than the retention of 800d in tierwatch.yaml`,
        `  dropped: akash.gpu_utilization at ${toIso(ago(8))}: 150% is outside 0% to 100%, and 1 more like it`,
        `  dropped: akash.karma at ${toIso(ago(6))}: karma is not in metrics.yaml`,
        `  dropped: akash.gpu_utilization at ${toIso(ago(-2))}: is dated more than 5 minutes in the future`,
      ]);
      expect(await recorded()).toEqual([[9, 0.1]]);
      const json = lines((await run({ files: ['a.csv'], json: true })).out)[0];
      expect(json).toMatchObject({
        file: 'a.csv',
        source: null,
        read: 7,
        new: 0,
        alreadyThere: 1,
        dropped: 6,
        series: 1,
      });
      expect(json?.reasons).toContainEqual({
        series: 'akash.gpu_utilization',
        at: toIso(ago(8)),
        reason: '150% is outside 0% to 100%',
        count: 2,
      });
    });
  });

  it('name twenty reasons and count the others', async () => {
    const strange = Array.from({ length: 25 }, (_, at) => line(9, 0.1, `stranger_${at},gpu_utilization`)).join('');
    await place({ 'a.csv': HEADER + line(9, 0.1) + strange }, async ({ run }) => {
      const { out } = await run({ files: ['a.csv'] });
      expect(out.match(/dropped: stranger/g)).toHaveLength(20);
      expect(out).toContain('  dropped: 5 more reasons\n');
    });
  });

  it('of which nothing can be used end with 1', async () => {
    await place({ 'a.csv': HEADER + line(9, 7) }, async ({ run }) => {
      expect(await run({ files: ['a.csv'] })).toMatchObject({ code: 1, err: '' });
    });
  });

  it.each([
    [
      'a line that cannot be read',
      HEADER + line(9, 'much'),
      /^b\.csv:2: "much" is no number; expected .*; mend the line/,
    ],
    ['nothing', '', /^b\.csv:0: the file is empty; /],
    ['another header', 'when,what\n1,2\n', /^b\.csv:1: the header lacks a column; /],
  ])('with %s are refused whole, and nothing is imported', async (_, text, told) => {
    await place({ 'a.csv': HEADER + line(9, 0.1), 'b.csv': text }, async ({ run, dir }) => {
      const { code, out, err } = await run({ files: ['a.csv', 'b.csv'] });
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(told);
      expect(err).toMatch(/\nnothing was imported\n$/);
      expect(existsSync(join(dir, 'data'))).toBe(false);
    });
  });

  it('go to the data directory that is named, by option or environment', async () => {
    await place({ 'a.csv': HEADER + line(9, 0.1) }, async ({ run, dir, io }) => {
      await run({ files: ['a.csv'], data: 'elsewhere' });
      await runImport({ config: dir, files: ['a.csv'] }, { ...io, env: { TIERWATCH_DATA: 'third' } });
      for (const name of ['elsewhere', 'third']) expect(await readdir(join(dir, name, 'samples'))).toHaveLength(1);
      expect(existsSync(join(dir, 'data'))).toBe(false);
    });
  });

  it('wait for the service that holds the directory', async () => {
    await place({ 'a.csv': HEADER + line(9, 0.1) }, async ({ run, dir }) => {
      const held = await openStore({ dir: join(dir, 'data'), retention: DAY, now: TODAY, report: () => {} });
      await expect(run({ files: ['a.csv'] })).rejects.toThrow(
        /The data directory .*data is in use by process \d+\. Stop it first/,
      );
      await held.close();
    });
  });

  it('need no configuration of sources', async () => {
    await place(
      { 'a.csv': HEADER + line(9, 0.1) },
      async ({ run }) => {
        expect((await run({ files: ['a.csv'] })).code).toBe(0);
      },
      { 'sources.yaml': 'sources: [{ id: nobody }]\n' },
    );
  });

  it('or sources must be named', async () => {
    await place({}, async ({ run }) => {
      await expect(run({})).rejects.toThrow('import needs a history file, or --from');
    });
  });
});

describe('sources', () => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await startHttpServer((asked, response) => {
      const body = bodies()[asked.path];
      if (body === undefined) response.writeHead(404).end();
      else response.end(JSON.stringify(body));
    });
  });
  afterAll(() => server.close());

  const bodies = (): Readonly<Record<string, unknown>> => ({
    '/mine': { now: 0.9, at: toIso(TODAY - HOUR), old: 0.4, oldAt: toIso(ago(5)) },
  });
  const sources = (): string => `sources:
  - id: mine
    json: ${server.url('/mine')}
    every: 15m
    private: true
    samples:
      - { series: akash.gpu_utilization, value: /now, at: /at }
      - { series: ionet.gpu_utilization, value: /old, at: /oldAt }
  - { id: off, json: 'https://example.com/', every: 15m, enabled: false, samples: [{ series: aws.h100_price, value: /a }] }
  - { id: gone, json: '${server.url('/none')}', every: 15m, private: true, samples: [{ series: aws.h100_price, value: /a }] }
`;

  it('are asked for what lies before the record, and change nothing in it', async () => {
    await place(
      { 'a.csv': HEADER + line(6, 0.1, 'ionet,gpu_utilization') },
      async ({ run, recorded }) => {
        await run({ files: ['a.csv'] });
        const first = await run({ from: ['mine'] });
        expect(first.code).toBe(0);
        expect(first.out).toContain('mine: 2 samples read, 1 new, 0 corrected, 1 already there, 0 dropped');
        expect(await recorded('ionet.gpu_utilization')).toEqual([[6, 0.1]]);
        expect(await recorded()).toEqual([[1 / 24, 0.9]]);
        const second = await run({ from: ['mine'] });
        expect(second.out).toContain('mine: 2 samples read, 0 new, 0 corrected, 2 already there, 0 dropped');
      },
      { 'sources.yaml': sources() },
    );
  });

  it('come after the files of the same call, which are recorded first', async () => {
    await place(
      { 'a.csv': HEADER + line(2, 0.1) },
      async ({ run, recorded }) => {
        const { out } = await run({ files: ['a.csv'], from: ['mine'] });
        expect(out.match(/ read, /g)).toHaveLength(2);
        expect(await recorded()).toEqual([[2, 0.1]]);
      },
      { 'sources.yaml': sources() },
    );
  });

  it('that fail are told, and end with 1', async () => {
    await place(
      {},
      async ({ run }) => {
        const { code, out } = await run({ from: ['gone', 'mine'] });
        expect(code).toBe(1);
        expect(out).toMatch(
          /^gone: 0 samples read, .*\n {2}failed: 127\.0\.0\.1:\d+\/none: answered 404\nmine: 2 samples/,
        );
        expect(lines((await run({ from: ['gone'], json: true })).out)).toMatchObject([
          { source: 'gone', file: null, read: 0, from: null, to: null, failed: [expect.stringMatching(/404$/)] },
        ]);
      },
      { 'sources.yaml': sources() },
    );
  });

  it.each([
    ['mien', '--from mien: there is no such source; did you mean mine?'],
    ['zzzzzz', '--from zzzzzz: there is no such source; there are mine, gone'],
    ['off', '--from off: the source is disabled: switched off in sources.yaml'],
    ['wire', '--from wire: that is a feed, and only sources tell figures'],
    ['history/a.csv', '--from history/a.csv: that is no source; name files before --from'],
  ])('%s is refused', async (id, why) => {
    await place({}, async ({ run }) => expect(run({ from: [id] })).rejects.toThrow(why), { 'sources.yaml': sources() });
  });
});
