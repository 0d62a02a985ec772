/** `tierwatch probe` against a server of its own: what it prints, what it keeps, and how it ends. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProbeOptions, runProbe } from '../../src/cli/probe.ts';
import { DAY, toIso } from '../../src/core/time.ts';
import { withFolder } from '../config/folder.ts';
import { type HttpServer, startHttpServer } from '../servers/http.ts';
import { lines, terminal } from './terminal.ts';

const KEY = 'kEy-0123456789';
const NOW = toIso(Date.now());
const OLD = toIso(Date.now() - 9 * DAY);
const FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>
  <item><title>Akash grows</title><link>https://example.com/1</link></item><item><link>https://example.com/2</link></item>
</channel></rss>`;

let server: HttpServer;
beforeAll(async () => {
  const bodies: Readonly<Record<string, readonly [type: string, body: string | Buffer]>> = {
    '/good': ['application/json', JSON.stringify({ now: 0.5, at: NOW, far: 1.7, old: 0.2, oldAt: OLD, text: 'x' })],
    '/echo': ['text/plain', JSON.stringify({ now: 0.5, asked: KEY, again: Buffer.from(`:${KEY}`).toString('base64') })],
    '/html': ['text/html', '<!doctype html><title>Just a moment</title>'],
    '/bytes': ['application/octet-stream', Buffer.from([0, 255, 1])],
    '/feed.xml': ['application/rss+xml', FEED],
  };
  server = await startHttpServer((asked, response) => {
    const [type, body] = bodies[asked.path.split('?')[0] ?? ''] ?? [];
    if (type === undefined) response.writeHead(404).end('no');
    else response.writeHead(200, { 'content-type': type, 'last-modified': 'Fri, 17 Jul 2026 20:00:00 GMT' }).end(body);
  });
});
afterAll(() => server.close());

const source = (id: string, path: string, samples: string, more = ''): string =>
  `  - { id: ${id}, json: '${server.url(path)}', every: 15m, private: true${more}, samples: [${samples}] }\n`;
const figure = (series: string, value: string, at = ''): string => `{ series: ${series}, value: ${value}${at} }`;
const feed = (id: string, path: string, more = ''): string =>
  `  - { id: ${id}, url: '${server.url(path)}', outlet: ${id}, owner: ${id}, trust: press, private: true${more} }\n`;

const good = (): string => source('good', '/good', figure('akash.gpu_utilization', '/now', ', at: /at'));

async function probe(
  sources: string,
  options: Partial<ProbeOptions> = {},
  more: {
    feeds?: string;
    env?: Readonly<Record<string, string>>;
    columns?: number;
    inside?: (dir: string) => Promise<void>;
  } = {},
) {
  const files = {
    'sources.yaml': sources === '' ? 'sources: []\n' : `sources:\n${sources}`,
    'feeds.yaml': more.feeds === undefined ? 'feeds: []\n' : `feeds:\n${more.feeds}`,
  };
  return withFolder(files, async (dir) => {
    const io = { ...terminal(dir, more.columns ?? null), env: more.env ?? {} };
    const code = await runProbe({ config: dir, sources: [], ...options }, io);
    await more.inside?.(dir);
    return { code, out: io.written.out, err: io.written.err };
  });
}

describe('probe', () => {
  const many = (): string =>
    source(
      'many',
      '/good',
      [
        figure('akash.gpu_utilization', '/now', ', at: /at'),
        figure('ionet.gpu_utilization', '/far'),
        figure('akash.h100_price', '/old', ', at: /oldAt'),
        figure('ionet.h100_price', '/text'),
        figure('aws.h100_price', '/none'),
      ].join(', '),
    );

  it('prints a line for each series with its verdict', async () => {
    const { code, out } = await probe(many());
    expect(code).toBe(0);
    // How the columns line up is for the table's own tests: here ages, and so widths, depend on the clock.
    const squeezed = out
      .split('\n')
      .map((line) => line.replace(/ {2,}/g, '  ').replace(/(\dd)?( \d+s)? old/, '$1 old'));
    expect(squeezed.toSpliced(1, 1)).toEqual([
      'Source  Series  Value  Age  Verdict',
      expect.stringMatching(/^many {2}akash\.gpu_utilization {2}50% .*old {2}ok$/),
      expect.stringMatching(
        /^many {2}ionet\.gpu_utilization {2}170% .*old {2}out_of_range: 170% is outside 0% to 100%$/,
      ),
      'many  akash.h100_price  $0.20/GPU-hour  9d old  stale: past the 2d that it stays good',
      'many  ionet.h100_price  –  –  dropped: /text is a text, not a number',
      'many  aws.h100_price  –  –  dropped: /none leads to nothing, not a number',
      '',
      '1 source, 1 ok',
      '',
    ]);
  });

  it('prints JSON lines of one shape', async () => {
    const { code, out } = await probe(many(), { json: true });
    expect(code).toBe(0);
    const rows = lines(out);
    for (const row of rows)
      expect(Object.keys(row)).toEqual(['source', 'series', 'value', 'unit', 'at', 'verdict', 'reason']);
    expect(rows.map(({ series, value, verdict }) => [series, value, verdict])).toEqual([
      ['akash.gpu_utilization', 0.5, 'ok'],
      ['ionet.gpu_utilization', 1.7, 'out_of_range'],
      ['akash.h100_price', 0.2, 'stale'],
      ['ionet.h100_price', null, 'dropped'],
      ['aws.h100_price', null, 'dropped'],
    ]);
    expect(rows[0]).toMatchObject({ source: 'many', unit: 'ratio', at: NOW, reason: null });
    expect(rows[3]).toMatchObject({ unit: null, at: null, reason: '/text is a text, not a number' });
  });

  it('asks feeds, and names those that are switched off and why', async () => {
    const off = `  - { id: akash, enabled: false }\n`;
    const feeds = feed('wire', '/feed.xml') + feed('quiet', '/quiet.xml', ', enabled: false');
    const { code, out } = await probe(good() + off, { json: true }, { feeds });
    expect(code).toBe(0);
    expect(lines(out).slice(1)).toEqual([
      { source: 'wire', feed: 'wire', items: 1, dropped: 1, verdict: 'ok', reason: null },
      {
        source: 'akash',
        series: null,
        value: null,
        unit: null,
        at: null,
        verdict: 'disabled',
        reason: 'switched off in sources.yaml',
      },
      {
        source: 'quiet',
        feed: 'quiet',
        items: 0,
        dropped: 0,
        verdict: 'disabled',
        reason: 'switched off in feeds.yaml',
      },
    ]);
    const text = await probe(good() + off, {}, { feeds });
    expect(text.out).toMatch(/wire +1 item +– +– +ok, 1 dropped\n/);
    expect(text.out).toMatch(/\n4 sources and feeds, 2 ok, 2 disabled\n$/);
  });

  it('asks those that are named, and asks none that is switched off', async () => {
    const from = server.asked.length;
    const both = good() + source('off', '/good', figure('ionet.gpu_utilization', '/now'), ', enabled: false');
    const { code, out } = await probe(both, { sources: ['off'] });
    expect(code).toBe(0);
    expect(out).toMatch(/off +– +– +– +disabled: switched off in sources\.yaml/);
    expect(server.asked).toHaveLength(from);
    expect((await probe(both, { sources: ['good'], json: true })).out.trim().split('\n')).toHaveLength(1);
  });

  it.each<[string, string, string | undefined, string]>([
    ['does not answer', '/none', undefined, 'failed: 127'],
    ['answers HTML', '/html', undefined, 'dropped: '],
    ['gives only what cannot be true', '/good', '/far', 'out_of_range: 170%'],
  ])('ends with 1 where a source %s, the others shown, with what helps', async (_, path, value, verdict) => {
    const bad = source('bad', path, figure('ionet.gpu_utilization', value ?? '/now'));
    const { code, out } = await probe(bad + good());
    expect(code).toBe(1);
    expect(out).toContain(verdict);
    expect(out).toMatch(/good +akash\.gpu_utilization +50% .* ok\n/);
    expect(out).toMatch(/\n2 sources, 1 ok, 1 failed\n\n.*tierwatch probe bad --record answers\n/);
  });

  it('ends with 1 where a feed gives no item', async () => {
    for (const path of ['/none.xml', '/html'])
      expect((await probe(good(), {}, { feeds: feed('wire', path) })).code).toBe(1);
  });

  it('takes figures that are old but can be true for usable', async () => {
    const old = source('old', '/good', figure('akash.gpu_utilization', '/old', ', at: /oldAt'));
    const { code, out } = await probe(old);
    expect([code, out.includes('stale: ')]).toEqual([0, true]);
  });

  it('refuses what does not exist, with the nearest name and all of them', async () => {
    await expect(probe(good(), { sources: ['godo'] }, { feeds: feed('wire', '/feed.xml') })).rejects.toThrow(
      'no source or feed is called godo (did you mean good?): there are good, wire',
    );
    await expect(probe(good(), { sources: ['zzzz', 'good'] })).rejects.toThrow('called zzzz: there are good');
    await expect(probe('')).rejects.toThrow('no source is enabled');
  });

  it('keeps within 80 columns', async () => {
    const { out } = await probe(many(), {}, { feeds: feed('wire', '/feed.xml'), columns: 80 });
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('ends with 1 where the configuration is broken, and asks nobody', async () => {
    const from = server.asked.length;
    expect((await probe(good().replace('15m', '15'))).code).toBe(1);
    expect(server.asked).toHaveLength(from);
  });
});

describe('probe --record', () => {
  const echoing = (): string => source('echo', `/echo?api_key=${KEY}&x=1`, figure('ionet.gpu_utilization', '/now'));

  it('keeps every answer and an index, for the owner only and without the key', async () => {
    const sources =
      good() +
      echoing() +
      source('gone', '/none', figure('aws.h100_price', '/now')) +
      source('page', '/html', figure('ionet.h100_price', '/now')) +
      source('raw', '/bytes', figure('akash.h100_price', '/now'));
    await probe(
      sources,
      { record: 'answers' },
      {
        feeds: feed('wire', '/feed.xml'),
        inside: async (dir) => {
          const answers = join(dir, 'answers');
          const text = await readFile(join(answers, 'index.ndjson'), 'utf8');
          const rows = lines(text).toSorted((a, b) => String(a.source).localeCompare(String(b.source)));
          expect(rows.map(({ source: id, status, failure, file }) => [id, status, failure, file])).toEqual([
            ['echo', 200, null, 'echo/1-echo.json'],
            ['gone', null, expect.stringMatching(/^127\.0\.0\.1:\d+\/none: answered 404$/), null],
            ['good', 200, null, 'good/1-good.json'],
            ['page', 200, null, 'page/1-html.txt'],
            ['raw', 200, null, 'raw/1-bytes.bin'],
            ['wire', 200, null, 'wire/1-feed.xml'],
          ]);
          expect(rows[0]).toEqual({
            source: 'echo',
            url: server.url('/echo?api_key=[removed]&x=1'),
            method: 'GET',
            status: 200,
            failure: null,
            contentType: 'text/plain',
            modified: '2026-07-17T20:00:00Z',
            at: expect.stringMatching(/^20\d\d-/),
            file: 'echo/1-echo.json',
          });
          expect(await readFile(join(answers, 'wire/1-feed.xml'), 'utf8')).toBe(FEED);
          expect([...(await readFile(join(answers, 'raw/1-bytes.bin')))]).toEqual([0, 255, 1]);
          const echo = await readFile(join(answers, 'echo/1-echo.json'), 'utf8');
          expect(JSON.parse(echo)).toMatchObject({ now: 0.5, asked: '[removed]' });
          expect(text + echo).not.toContain(KEY);
          expect(echo).not.toContain(Buffer.from(`:${KEY}`).toString('base64').slice(4, 16));
          const modes = async (path: string) => ((await stat(join(answers, path))).mode & 0o777).toString(8);
          expect(await Promise.all(['.', 'echo', 'index.ndjson', 'echo/1-echo.json'].map(modes))).toEqual([
            '700',
            '700',
            '600',
            '600',
          ]);
        },
      },
    );
  });

  it('takes the tokens of the environment out as well', async () => {
    await probe(
      echoing().replace(`api_key=${KEY}`, 'y=2'),
      { record: 'answers' },
      {
        env: { DISCORD_TOKEN: KEY },
        inside: async (dir) => {
          expect(await readFile(join(dir, 'answers/echo/1-echo.json'), 'utf8')).not.toContain(KEY);
        },
      },
    );
  });

  it('overwrites nothing, and asks nobody before it knows that it can write', async () => {
    await withFolder({ 'sources.yaml': `sources:\n${good()}`, 'feeds.yaml': null }, async (dir) => {
      const io = terminal(dir);
      const run = (record: string) => runProbe({ config: dir, sources: [], record }, io);
      expect(await run('answers')).toBe(0);
      const before = await readFile(join(dir, 'answers/index.ndjson'), 'utf8');
      const from = server.asked.length;
      await expect(run('answers')).rejects.toThrow(/answers: a record is there already: name another directory/);
      await writeFile(join(dir, 'a-file'), '');
      await expect(run('a-file')).rejects.toThrow(/a-file: cannot be written \(ENOTDIR\)/);
      await expect(run('no/such')).rejects.toThrow(/no\/such: no such directory can be made \(ENOENT\)/);
      expect(server.asked).toHaveLength(from);
      expect(await readFile(join(dir, 'answers/index.ndjson'), 'utf8')).toBe(before);
      expect(existsSync(join(dir, 'no'))).toBe(false);
    });
  });

  it('leaves a file that is in its way as it is, and says so', async () => {
    await withFolder({ 'sources.yaml': `sources:\n${good()}`, 'feeds.yaml': null }, async (dir) => {
      await mkdir(join(dir, 'answers/good'), { recursive: true });
      await writeFile(join(dir, 'answers/good/1-good.json'), 'mine');
      const run = runProbe({ config: dir, sources: [], record: 'answers' }, terminal(dir));
      await expect(run).rejects.toThrow(/a record is there already/);
      expect(await readFile(join(dir, 'answers/good/1-good.json'), 'utf8')).toBe('mine');
      expect(await readdir(join(dir, 'answers/good'))).toEqual(['1-good.json']);
    });
  });
});
