/** `tierwatch probe` as an operator runs it: keys, proxies, records, and what must never be reached. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from '../servers/http.ts';
import { type ProxyServer, startProxy } from '../servers/proxy.ts';
import { startTlsServer, type TlsServer } from '../servers/tls.ts';
import { configIn, endAll, scratch, tierwatch } from './program.ts';

const NAME = 'figures.tierwatch-test.example';
const PASSWORD = 'pr0xy-passw0rd';
const KEY = 'kEy-0123456789abcdef';

describe('probe', () => {
  let home: Awaited<ReturnType<typeof scratch>>;
  let tls: TlsServer;
  let plain: HttpServer;
  let proxy: ProxyServer;
  let config: string;

  beforeAll(async () => {
    home = await scratch();
    tls = await startTlsServer(NAME, (_, response) => response.end('{"gpu":0.5}'));
    plain = await startHttpServer((asked, response) =>
      asked.path.startsWith('/redirect')
        ? response.writeHead(302, { location: plain.url('/inside') }).end()
        : response.end(JSON.stringify({ gpu: 0.25, asked: asked.path })),
    );
    // The proxy has its own idea of names: whatever it is asked for is the https server.
    proxy = await startProxy(() => tls.port);
    await writeFile(join(home.dir, 'ca.pem'), tls.certificate);
    const declared = (id: string, url: string, series: string, more = '') =>
      `  - { id: ${id}, json: '${url}', every: 15m${more}, samples: [{ series: ${series}, value: /gpu }] }\n`;
    config = await configIn(home.dir, {
      'sources.yaml': `sources:
${declared('outside', `https://${NAME}/v1?x=1`, 'akash.gpu_utilization')}\
${declared('inside', plain.url('/inside'), 'ionet.gpu_utilization')}\
${declared('named', 'https://localhost/inside', 'render.gpu_utilization')}\
${declared('metadata', 'http://169.254.169.254/latest', 'vast.gpu_utilization')}\
${declared('own', plain.url(`/own?api_key=${KEY}`), 'lium.gpu_utilization', ', private: true')}\
  - { id: lambda }
`,
    });
  }, 30_000);
  afterAll(async () => {
    endAll();
    await Promise.all([tls.close(), plain.close(), proxy.close(), home.remove()]);
  });

  const env = (more: Readonly<Record<string, string>> = {}) => ({
    TIERWATCH_CONFIG: config,
    NODE_EXTRA_CA_CERTS: join(home.dir, 'ca.pem'),
    ...more,
  });
  const rows = (text: string): Record<string, unknown>[] =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('goes through a proxy to where no name server leads, and with TLS to the end', async () => {
    const through = env({ HTTPS_PROXY: proxy.url(`me:${PASSWORD}`) });
    const { code, out, err } = await tierwatch(['probe', 'outside', '--json'], through, home.dir).finished;
    expect(rows(out)).toMatchObject([
      { source: 'outside', series: 'akash.gpu_utilization', value: 0.5, verdict: 'ok' },
    ]);
    expect(code).toBe(0);
    expect(proxy.passed).toEqual([
      {
        kind: 'tunnel',
        target: `${NAME}:443`,
        authorization: `Basic ${Buffer.from(`me:${PASSWORD}`).toString('base64')}`,
      },
    ]);
    expect(tls.asked).toEqual([`${NAME}/v1?x=1`]);
    expect(out + err).not.toContain(PASSWORD);
  }, 40_000);

  it('reaches nothing inside, with a proxy or without, unless that is allowed', async () => {
    const [before, asked] = [proxy.passed.length, plain.asked.length];
    const names = ['inside', 'named', 'metadata'];
    for (const more of [{}, { http_proxy: proxy.url(), https_proxy: proxy.url() }]) {
      const { code, out } = await tierwatch(['probe', ...names, '--json'], env(more), home.dir).finished;
      expect(code).toBe(1);
      expect(rows(out).map(({ source, verdict, reason }) => [source, verdict, reason])).toEqual(
        names.map((name) => [name, 'failed', expect.stringMatching(/: refused, because its address is not public$/)]),
      );
    }
    expect([proxy.passed.length, plain.asked.length]).toEqual([before, asked]);
    const { code, out } = await tierwatch(['probe', 'own'], env(), home.dir).finished;
    expect([code, out]).toEqual([0, expect.stringMatching(/own +lium\.gpu_utilization +25% +0s old +ok/)]);
  });

  it('asks servers of its own straight where NO_PROXY names them', async () => {
    const [before, asked] = [proxy.passed.length, plain.asked.length];
    const straight = env({ HTTP_PROXY: proxy.url(), NO_PROXY: '127.0.0.1' });
    const { code } = await tierwatch(['probe', 'own'], straight, home.dir).finished;
    expect([code, proxy.passed.length, plain.asked.length]).toEqual([0, before, asked + 1]);
  });

  it.each([
    ['HTTPS_PROXY', `ftp://me:${PASSWORD}@proxy`],
    ['http_proxy', `http://${PASSWORD}@proxy:3128`],
  ])('names %s where it is broken, in one line and without its value', async (name, value) => {
    const { code, out, err } = await tierwatch(['probe', 'own'], env({ [name]: value }), home.dir).finished;
    const lines = err.split('\n').filter((line) => line !== '' && !line.startsWith('warning: '));
    expect({ code, out, lines }).toEqual({
      code: 1,
      out: '',
      lines: [expect.stringMatching(`^tierwatch: ${name} has no|^tierwatch: ${name} is no`)],
    });
    expect(err).not.toContain(PASSWORD);
  });

  it('says what a disabled source needs, and fails for none', async () => {
    const { code, out } = await tierwatch(['probe', 'own', 'lambda'], env(), home.dir).finished;
    expect(code).toBe(0);
    expect(out).toMatch(/lambda +– +– +– +disabled: needs LAMBDA_API_KEY \(https:/);
    expect(out).toMatch(/\n2 sources, 1 ok, 1 disabled\n$/);
  });

  it('keeps answers without what must not be kept, and keeps none twice', async () => {
    const record = ['probe', 'own', '--record', 'answers'];
    expect((await tierwatch(record, env({ DISCORD_TOKEN: KEY }), home.dir).finished).code).toBe(0);
    const dir = join(home.dir, 'answers');
    expect((await readdir(dir, { recursive: true })).toSorted()).toEqual(['index.ndjson', 'own', 'own/1-own.json']);
    const [index, body] = await Promise.all(
      ['index.ndjson', 'own/1-own.json'].map((name) => readFile(join(dir, name), 'utf8')),
    );
    expect(rows(index ?? '')).toMatchObject([
      { source: 'own', url: plain.url('/own?api_key=[removed]'), status: 200, file: 'own/1-own.json' },
    ]);
    expect(JSON.parse(body ?? '')).toEqual({ gpu: 0.25, asked: '/own?api_key=[removed]' });
    const { code, err } = await tierwatch(record, env(), home.dir).finished;
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^tierwatch: --record .*answers: a record is there already: /m),
    ]);
  });

  it('names what it does not know, and helps', async () => {
    const { code, err } = await tierwatch(['probe', 'insied'], env(), home.dir).finished;
    expect(code).toBe(1);
    expect(err).toMatch(
      /^tierwatch: no source or feed is called insied \(did you mean inside\?\): there are outside, inside, /m,
    );
    const help = await tierwatch(['probe', '--help']).finished;
    expect(help.out).toMatch(/--record <dir>[\s\S]*Examples:\n {2}tierwatch probe akash coingecko\n/);
  });

  it('check warns of addresses that would be refused', async () => {
    const { code, err } = await tierwatch(['check'], env(), home.dir).finished;
    expect(code).toBe(0);
    const told = err.split('\n').filter((line) => line.includes('will not be asked, because'));
    expect(told).toHaveLength(3);
    for (const line of told) expect(line).toMatch(/^warning: config\/sources\.yaml:\d+:\d+: json will not be asked/);
  });
});
