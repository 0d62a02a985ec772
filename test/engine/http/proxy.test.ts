/** Behind a real proxy on the loopback address: what goes through it, what does not, and what it is never asked. */
import type { LookupFunction } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttp, type FetchResult, type Http, type HttpOptions } from '../../../src/engine/http.ts';
import { type Handler, type HttpServer, startHttpServer } from '../../servers/http.ts';
import { type ProxyServer, startProxy, type Trouble } from '../../servers/proxy.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Names as our own name server knows them; the others it does not answer for. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'api.example.org': ['93.184.215.14', '2606:2800:21f::1'],
  'rebound.example.org': ['93.184.215.14', '10.0.0.7'],
  'inside.example.org': ['127.0.0.1'],
};
const lookup: LookupFunction = (name, options, callback) => {
  const known = NAMES[name]?.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  if (known === undefined) callback(Object.assign(new Error(name), { code: 'ENOTFOUND' }), []);
  else if (options.all) callback(null, known);
  else callback(null, known[0]?.address ?? '', known[0]?.family);
};

type World = { readonly server: HttpServer; readonly proxy: ProxyServer; readonly http: Http };

const echo: Handler = (asked, response) => void response.end(`${asked.headers.host} ${asked.path}`);

async function world(
  options: Partial<HttpOptions> = {},
  trouble: () => Trouble = () => null,
  answer: Handler = echo,
): Promise<World> {
  const server = await startHttpServer(answer);
  const proxy = await startProxy(() => Number(new URL(server.url('/')).port), trouble);
  const http = createHttp({
    userAgent: 'test',
    clock: { now: () => 0 },
    sleep: async () => {},
    lookup,
    proxy: { http: proxy.url(), https: proxy.url() },
    ...options,
  });
  closing.push(server.close, proxy.close, http.close);
  return { server, proxy, http };
}

function text(result: FetchResult): string {
  return result.kind === 'ok' ? Buffer.from(result.reply.bytes).toString() : `failed: ${result.why}`;
}

describe('a guarded request behind a proxy', () => {
  test('of plain http is forwarded in absolute form', async () => {
    const { http, proxy } = await world();
    expect(text(await http.fetch({ url: 'http://api.example.org/a?b=1' }))).toBe('api.example.org /a?b=1');
    expect(text(await http.fetch({ url: 'http://api.example.org:8080/' }))).toBe('api.example.org:8080 /');
    expect(proxy.passed).toEqual([
      { kind: 'forward', target: 'http://api.example.org/a?b=1', authorization: undefined },
      { kind: 'forward', target: 'http://api.example.org:8080/', authorization: undefined },
    ]);
  });

  test('of https goes through a tunnel, which nothing but TLS enters', async () => {
    const { http, proxy, server } = await world({ attempts: 1 });
    const result = text(await http.fetch({ url: 'https://api.example.org/secret?key=k' }));
    expect(result).toMatch(/^failed: api\.example\.org\/secret\?…: on the way through the proxy /);
    expect(proxy.passed).toEqual([{ kind: 'tunnel', target: 'api.example.org:443', authorization: undefined }]);
    expect(server.asked).toEqual([]);
  });

  test('without a proxy for https uses that for http', async () => {
    const other = await world();
    const { http, server } = await world({ proxy: { http: other.proxy.url() }, attempts: 1 });
    await http.fetch({ url: 'https://api.example.org/' });
    expect(other.proxy.passed).toMatchObject([{ kind: 'tunnel' }]);
    expect(server.connections()).toBe(0);
  });

  test('that the proxy alone can resolve is let through', async () => {
    const { http, proxy } = await world();
    expect(text(await http.fetch({ url: 'http://only-there.example.net/' }))).toBe('only-there.example.net /');
    expect(proxy.passed).toHaveLength(1);
  });

  test('to a public literal is let through', async () => {
    const { http } = await world();
    expect(text(await http.fetch({ url: 'http://93.184.215.14/' }))).toBe('93.184.215.14 /');
    expect(text(await http.fetch({ url: 'http://[2606:4700::1111]/' }))).toBe('[2606:4700::1111] /');
  });

  test.each([
    'http://inside.example.org/',
    'https://inside.example.org/',
    'http://rebound.example.org/',
    'https://rebound.example.org./',
    'http://127.0.0.1/',
    'https://[::1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/',
    'http://metadata.google.internal/',
    'http://intranet/',
  ])('to %s is refused before the proxy is asked', async (url) => {
    const { http, proxy } = await world();
    const result = await http.fetch({ url });
    expect(result).toMatchObject({ kind: 'failed', permanent: true });
    expect(text(result)).toMatch(/: refused, because its address is not public$/);
    expect(proxy.passed).toEqual([]);
  });

  test('to an odd port is refused', async () => {
    const { http, proxy } = await world();
    expect(text(await http.fetch({ url: 'http://api.example.org:6379/' }))).toMatch(/its port is none of/);
    expect(proxy.passed).toEqual([]);
  });

  test.each(['http://inside.example.org/', 'http://10.0.0.1/', 'http://api.example.org:22/'])(
    'is refused where it is redirected to %s',
    async (location) => {
      const turn: Handler = (_, response) => void response.writeHead(302, { location }).end();
      const { http, proxy } = await world({}, () => null, turn);
      expect(text(await http.fetch({ url: 'http://api.example.org/' }))).toMatch(/: refused, because its /);
      expect(proxy.passed).toHaveLength(1);
    },
  );
});

describe('hosts that need no proxy', () => {
  test.each(['inside.example.org', '.example.org', 'a.example.net, inside.example.org', '*'])(
    '%s are asked straight',
    async (none) => {
      const { http, proxy, server } = await world();
      const straight = createHttp({
        userAgent: 'test',
        clock: { now: () => 0 },
        lookup,
        proxy: { http: proxy.url(), none },
      });
      closing.push(straight.close);
      const url = server.url('/x', 'inside.example.org');
      expect(text(await straight.fetch({ url, private: true }))).toMatch(/^inside\.example\.org:\d+ \/x$/);
      expect(proxy.passed).toEqual([]);
      expect(text(await http.fetch({ url, private: true }))).toMatch(/ \/x$/);
      expect(proxy.passed).toEqual([{ kind: 'forward', target: url, authorization: undefined }]);
    },
  );

  test('are guarded like all others', async () => {
    const { http, proxy } = await world({ proxy: { http: 'http://127.0.0.1:9', none: '*' } });
    expect(text(await http.fetch({ url: 'http://inside.example.org/' }))).toMatch(/its address is not public$/);
    expect(proxy.passed).toEqual([]);
  });
});

test("the process' own environment is not looked at", async () => {
  const before = { ...process.env };
  const { http, server, proxy } = await world({ proxy: {} });
  Object.assign(process.env, { http_proxy: proxy.url(), https_proxy: proxy.url(), no_proxy: 'example.org' });
  try {
    const url = server.url('/x', 'inside.example.org');
    expect(text(await http.fetch({ url, private: true }))).toMatch(/ \/x$/);
    const { http: behind, proxy: own } = await world();
    await behind.fetch({ url: 'http://api.example.org/' });
    expect([proxy.passed.length, own.passed.length]).toEqual([0, 1]);
  } finally {
    for (const name of ['http_proxy', 'https_proxy', 'no_proxy'])
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  }
});

describe('credentials', () => {
  test('are sent to the proxy alone, and to no log', async () => {
    const { proxy, server } = await world();
    const http = createHttp({
      userAgent: 'test',
      clock: { now: () => 0 },
      lookup,
      sleep: async () => {},
      proxy: { http: proxy.url('user:p%40ss') },
    });
    closing.push(http.close);
    await http.fetch({ url: 'http://api.example.org/' });
    const failure = text(await http.fetch({ url: 'https://api.example.org/' }));
    const sent = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    expect(new Set(proxy.passed.map(({ authorization }) => authorization))).toEqual(new Set([sent]));
    expect(failure).not.toMatch(/user|p@ss|p%40ss/);
    expect(server.asked[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('a proxy in trouble', () => {
  const cases: readonly [Trouble, string, string, string, boolean][] = [
    [407, 'http', '/', 'the proxy wants another user name and password (407)', true],
    [407, 'https', '/', 'the proxy wants another user name and password (407)', true],
    [403, 'https', '/', 'the proxy answered 403 and did not connect', true],
    [502, 'https', '/', 'the proxy answered 502 and did not connect (3 attempts)', false],
    [502, 'http', '/', 'answered 502 (3 attempts)', false],
    ['cut', 'https', '/', 'on the way through the proxy the connection was cut (3 attempts)', false],
    ['cut', 'http', '/', 'the connection was cut (3 attempts)', false],
  ];
  test.each(cases)('%s to %s', async (wrong, scheme, path, why, permanent) => {
    const { http, proxy } = await world({}, () => wrong);
    const result = await http.fetch({ url: `${scheme}://api.example.org${path}` });
    expect(text(result)).toBe(`failed: api.example.org/: ${why}`);
    expect(result).toMatchObject({ permanent });
    expect(proxy.passed).toHaveLength(permanent ? 1 : 3);
  });

  test.each(['http', 'https'])('silence to %s ends with the deadline, and the next try is made', async (scheme) => {
    const { http, proxy } = await world({ deadline: 60, attempts: 2 }, () => 'silence');
    expect(text(await http.fetch({ url: `${scheme}://api.example.org/` }))).toMatch(
      /no complete answer .* \(2 attempts\)$/,
    );
    expect(proxy.passed.length).toBeGreaterThan(0);
  });

  test('that is not there is said to be the one that is not', async () => {
    const { http } = await world({ proxy: { http: 'http://127.0.0.1:1' } });
    for (const scheme of ['http', 'https'])
      expect(text(await http.fetch({ url: `${scheme}://api.example.org/` }))).toBe(
        'failed: api.example.org/: on the way through the proxy the connection was refused (3 attempts)',
      );
  });

  test('is asked again once it is well', async () => {
    let wrong: Trouble = 407;
    const { http } = await world({}, () => wrong);
    await http.fetch({ url: 'http://api.example.org/' });
    wrong = null;
    expect(text(await http.fetch({ url: 'http://api.example.org/' }))).toBe('api.example.org /');
  });
});
