/** A provider that answers anything but figures: each answer is named in the log, no tier moves, the others go on. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from '../servers/http.ts';
import { type Figures, startFigures } from './figures.ts';
import { configIn, endAll, type Program, pause, scratch, tierwatch, until } from './program.ts';

const declared = (id: string, url: string, series: string): string => `  - id: ${id}
    json: ${url}
    every: 1s
    private: true
    samples: [{ series: ${series}, value: /gpu/utilization }]
`;

const RULES = `rules:
  - id: floor
    networks: [akash, ionet]
    when: gpu_utilization < 20%
    effect: { lower: 1 }
`;

describe('a provider that lies', () => {
  let bad: Figures;
  let good: Figures;
  let home: Awaited<ReturnType<typeof scratch>>;
  let program: Program;
  let env: Record<string, string>;

  beforeAll(async () => {
    [bad, good, home] = await Promise.all([startFigures(), startFigures(), scratch()]);
    bad.answer({ gpu: { utilization: 0.5 } });
    good.answer({ gpu: { utilization: 0.5 } });
    const config = await configIn(home.dir, {
      'sources.yaml': `sources:\n${declared('bad', bad.url, 'akash.gpu_utilization')}${declared('good', good.url, 'ionet.gpu_utilization')}`,
      'rules/floor.yaml': RULES,
    });
    env = { TIERWATCH_CONFIG: config, TIERWATCH_DATA: join(home.dir, 'data') };
    program = tierwatch(['start'], env, home.dir);
    await until(() => bad.requests() > 2 && good.requests() > 2, 'polls', 30_000);
  }, 60_000);

  afterAll(async () => {
    endAll();
    await Promise.all([bad.close(), good.close(), home.remove()]);
  });

  it('without a token prints where alerts go and how to add one', () => {
    expect(program.out()).toMatch(/Alerts appear here[\s\S]*DISCORD_TOKEN or TELEGRAM_TOKEN/);
  });

  it.each<[string, string | Buffer, string]>([
    ['HTML', '<!doctype html><title>Just a moment</title>', 'HTML'],
    ['half a JSON', '{"gpu": {"utiliza', 'JSON'],
    ['a number as text', '{"gpu":{"utilization":"0.05"}}', 'quotes'],
    ['null', '{"gpu":{"utilization":null}}', 'null'],
    ['null alone', 'null', 'gpu'],
    ['nothing', '', 'empty'],
    ['a figure out of range', '{"gpu":{"utilization":-3}}', 'outside'],
    ['binary', Buffer.from([0, 255, 254, 1, 2, 3]), 'UTF-8'],
    ['50 MB', Buffer.alloc(50 * 1024 * 1024, 0x20), 'larger than'],
  ])('%s: named, nothing moves', async (_, body, reason) => {
    const from = program.err().length;
    const others = good.requests();
    bad.answerRaw(body);
    await until(
      () => program.err().slice(from).toLowerCase().includes(reason.toLowerCase()),
      `the reason ${reason} in ${program.err().slice(from)}`,
      20_000,
    );
    await until(() => good.requests() > others, 'the other source going on');
    expect(program.out()).not.toContain('→');
  });

  it('is shown by probe with the reason, the good one with its figure, exit code 1', async () => {
    bad.answer({ gpu: { utilization: '0.05' } });
    const { code, out } = await tierwatch(['probe'], env, home.dir).finished;
    expect(out).toMatch(/bad\s+akash\.gpu_utilization\s+–\s+–\s+dropped: .*quotes/);
    expect(out).toMatch(/good\s+ionet\.gpu_utilization\s+50%\s+0s old\s+ok/);
    expect(code).toBe(1);
    const json = await tierwatch(['probe', 'good', '--json'], env, home.dir).finished;
    expect(JSON.parse(json.out)).toMatchObject({
      source: 'good',
      series: 'ionet.gpu_utilization',
      value: 0.5,
      unit: 'ratio',
      verdict: 'ok',
    });
    expect(json.code).toBe(0);
  });

  it('a true figure at last moves the tier, and the terminal is told', async () => {
    bad.answer({ gpu: { utilization: 0.05 } });
    await until(() => program.out().includes('Akash: Watching → Avoid'), 'the alert on the terminal');
    expect(program.out()).not.toContain('io.net:');
    program.signal('SIGTERM');
    expect((await program.finished).code).toBe(0);
  });

  it('whatever arrives later, the past is kept', async () => {
    await pause(0);
    program = tierwatch(['start'], env, home.dir);
    await until(() => program.err().includes('"watching"'), 'the start', 30_000);
    await pause(2500);
    expect(program.out()).not.toContain('→');
    program.signal('SIGINT');
    expect((await program.finished).code).toBe(0);
  });
});

const MEBIBYTE = 1024 * 1024;

const feed = (id: string, url: string): string =>
  `  - { id: ${id}, url: '${url}', outlet: ${id}, owner: ${id}, trust: press, every: 1s, private: true }\n`;

const ITEMS = `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>
  <item><link>https://example.com/untitled</link></item>
  <item><guid>nothing</guid></item>
  <item><title>No link at all</title></item>
  <item><title>A link that is none</title><link>javascript:alert(1)</link></item>
  <item><title>${'Long '.repeat(200_000)}</title><link>https://example.com/long</link></item>
</channel></rss>`;

describe('a feed that lies', () => {
  let server: HttpServer;
  let home: Awaited<ReturnType<typeof scratch>>;
  let program: Program;
  let sent = 0;

  function* chunks(): Generator<Buffer> {
    for (let n = 0; n < 100; n++) {
      sent += MEBIBYTE;
      yield Buffer.alloc(MEBIBYTE, 0x20);
    }
  }

  beforeAll(async () => {
    const packed = gzipSync(Buffer.alloc(100 * MEBIBYTE, 0x20));
    server = await startHttpServer(({ path }, response) => {
      const xml = { 'content-type': 'application/rss+xml' };
      const asked = path.split('?')[0];
      if (asked === '/endless') response.writeHead(302, { location: `/endless?${server.asked.length}` }).end();
      else if (asked === '/huge') Readable.from(chunks()).pipe(response.writeHead(200, xml));
      else if (asked === '/packed') response.writeHead(200, { ...xml, 'content-encoding': 'gzip' }).end(packed);
      else response.writeHead(200, xml).end(ITEMS);
    });
    home = await scratch();
    const urls = ['endless', 'huge', 'packed', 'items'].map((name) => feed(name, server.url(`/${name}`)));
    const config = await configIn(home.dir, {
      'sources.yaml': 'sources: []\n',
      'feeds.yaml': `feeds:\n${urls.join('')}`,
      'rules/floor.yaml': RULES,
    });
    program = tierwatch(['start'], { TIERWATCH_CONFIG: config, TIERWATCH_DATA: join(home.dir, 'data') }, home.dir);
  }, 60_000);

  afterAll(async () => {
    endAll();
    await Promise.all([server.close(), home.remove()]);
  });

  it.each([
    ['endless', /redirects more than 5 times/],
    ['huge', /larger than 8192 KiB/],
    ['packed', /larger than 8192 KiB/],
    ['items', /"what":"https:\/\/example\.com\/untitled","reason":"no title"/],
    ['items', /"what":"nothing","reason":"no title"/],
  ])('%s is told in the log: %s', async (id, reason) => {
    const told = (): boolean =>
      program
        .err()
        .split('\n')
        .some((line) => line.includes(`"source":"${id}"`) && reason.test(line));
    await until(told, `${reason} of ${id} in ${program.err()}`, 30_000);
  });

  it('is not read to its end', () => {
    const polls = server.asked.filter(({ path }) => path === '/huge').length;
    expect(polls).toBeGreaterThan(0);
    expect(sent / polls).toBeLessThan(50 * MEBIBYTE);
  });

  it('leaves behind what can be kept: short titles, no false links, and nothing that counts', async () => {
    await until(() => program.err().includes('was there before the feed was first read'), 'the baseline', 30_000);
    program.signal('SIGTERM');
    expect((await program.finished).code).toBe(0);
    const dir = join(home.dir, 'data/articles');
    const files = await Promise.all((await readdir(dir)).map((name) => readFile(join(dir, name), 'utf8')));
    const kept = files.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line));
    expect(kept.map(({ title, link }) => [title.length, link]).sort()).toEqual([
      [14, null],
      [19, null],
      [300, 'https://example.com/long'],
    ]);
    for (const { uncounted } of kept) expect(uncounted).toBe('was there before the feed was first read');
  });
});
