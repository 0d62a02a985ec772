import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { LookupFunction } from 'node:net';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Request } from '../../src/core/ports.ts';
import { createHttp, type FetchResult, type Http, type HttpOptions } from '../../src/engine/http.ts';
import { type Asked, type Handler, type HttpServer, startHttpServer } from '../servers/http.ts';

const NOW = Date.parse('2026-07-17T20:00:00Z');
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(handler: Handler, address?: string): Promise<HttpServer> {
  const server = await startHttpServer(handler, address);
  closing.push(server.close);
  return server;
}

/** A client whose waits take no time and are recorded. */
function client(options: Partial<HttpOptions> = {}): Http & { waited: number[] } {
  const waited: number[] = [];
  const sleep = async (duration: number) => void waited.push(duration);
  const http = createHttp({
    userAgent: 'tierwatch-test/1 (+https://example.org)',
    clock: { now: () => NOW },
    sleep,
    random: () => 0.5,
    ...options,
  });
  closing.push(http.close);
  return { ...http, waited };
}

function text(result: FetchResult): string {
  return result.kind === 'ok' ? Buffer.from(result.reply.bytes).toString('utf8') : `failed: ${result.why}`;
}

function failure(result: FetchResult): Extract<FetchResult, { kind: 'failed' }> {
  if (result.kind === 'ok') throw new Error(`expected a failure, got ${text(result)}`);
  return result;
}

function reply(body: string | Buffer, headers: Record<string, string> = {}, status = 200) {
  return (_: Asked, response: ServerResponse) => void response.writeHead(status, headers).end(body);
}

describe('a plain fetch', () => {
  test('gives bytes, content type and status, and names the bot', async () => {
    const server = await serve(reply('{"a":1}', { 'content-type': 'application/json; charset=utf-8' }));
    const result = await client().fetch({ url: server.url('/v1?x=1#part'), private: true });
    expect(result).toEqual({
      kind: 'ok',
      status: 200,
      unchanged: false,
      reply: { bytes: expect.any(Uint8Array), contentType: 'application/json; charset=utf-8', modified: null },
    });
    expect(text(result)).toBe('{"a":1}');
    expect(server.asked[0]).toMatchObject({ method: 'GET', path: '/v1?x=1', body: '' });
    expect(server.asked[0]?.headers['user-agent']).toBe('tierwatch-test/1 (+https://example.org)');
  });

  test('posts a body, with the headers asked for', async () => {
    const server = await serve(reply('ok'));
    const headers = { 'X-API-Key': 'k', 'User-Agent': 'browser' };
    await client().fetch({ url: server.url('/'), private: true, body: '{"q":1}', headers });
    expect(server.asked[0]).toMatchObject({ method: 'POST', body: '{"q":1}' });
    expect(server.asked[0]?.headers).toMatchObject({
      'x-api-key': 'k',
      'user-agent': 'browser',
      'content-type': 'application/json',
    });
  });

  test.each([400, 401, 403, 404, 410])('%i is final at the first attempt', async (status) => {
    const server = await serve(reply('no', {}, status));
    const result = failure(await client().fetch({ url: server.url('/x'), private: true }));
    expect(result).toMatchObject({ permanent: true, retryAfter: null });
    expect(result.why).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+/x: answered ${status}$`));
    expect(server.asked).toHaveLength(1);
  });

  test('204 is an empty body, not an error', async () => {
    const server = await serve(reply('', {}, 204));
    expect(await client().fetch({ url: server.url('/'), private: true })).toMatchObject({ kind: 'ok', status: 204 });
  });

  test.each([
    ['ftp://example.org/a', /neither http nor https/],
    ['file:///etc/passwd', /neither http nor https/],
    ['javascript:alert(1)', /neither http nor https/],
    ['http://me:secret@example.org/', /user name or password/],
    ['not a url secret', /not a URL/],
  ])('%s is not fetched', async (url, why) => {
    const result = failure(await client().fetch({ url, private: true }));
    expect(result.permanent).toBe(true);
    expect(result.why).toMatch(why);
    expect(result.why).not.toContain('secret');
  });
});

describe('time', () => {
  test('a server that never answers runs into the deadline, is tried again, and fails', async () => {
    const server = await serve(() => {});
    const result = failure(await client({ deadline: 50 }).fetch({ url: server.url('/slow'), private: true }));
    expect(result).toMatchObject({ permanent: false });
    expect(result.why).toMatch(/\/slow: no complete answer within .* \(3 attempts\)$/);
    expect(server.asked).toHaveLength(3);
  });

  test('the deadline covers a body that drips', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 10);
      response.once('close', () => clearInterval(drip));
    });
    const started = Date.now();
    const http = client({ deadline: 100, attempts: 1 });
    expect(failure(await http.fetch({ url: server.url('/'), private: true })).why).toMatch(/no complete answer/);
    expect(Date.now() - started).toBeLessThan(2000);
  });

  test('the deadline covers the body of an error answer, too', async () => {
    const server = await serve((_, response) => void response.writeHead(500).write('x'));
    const http = client({ deadline: 60, attempts: 1 });
    expect(failure(await http.fetch({ url: server.url('/'), private: true })).why).toMatch(/no complete answer/);
  });

  test('the deadline and a stop cover a name that never resolves', async () => {
    const http = client({ lookup: () => {}, deadline: 60 });
    const started = Date.now();
    expect(failure(await http.fetch({ url: 'http://a.example.org/' })).why).toMatch(
      /no complete answer .* \(3 attempts\)/,
    );
    const stop = new AbortController();
    const hanging = client({ lookup: () => {} }).fetch({ url: 'http://b.example.org/' }, stop.signal);
    setTimeout(() => stop.abort(), 20);
    expect(failure(await hanging).why).toMatch(/stopped/);
    expect(Date.now() - started).toBeLessThan(2000);
  });

  test('all attempts together have a bound of their own', async () => {
    let now = NOW;
    const server = await serve((_, response) => {
      now += 25_000;
      response.writeHead(503).end();
    });
    const http = client({ clock: { now: () => now }, total: 60_000, attempts: 9 });
    const result = failure(await http.fetch({ url: server.url('/'), private: true }));
    expect(server.asked).toHaveLength(3);
    expect(result.why).toMatch(/answered 503|longer than 1m in all/);
  });

  test('an outer signal stops a fetch under way and one that waits in the queue', async () => {
    const server = await serve(() => {});
    const http = client();
    const [one, two] = [new AbortController(), new AbortController()];
    const running = http.fetch({ url: server.url('/a'), private: true }, one.signal);
    const waiting = http.fetch({ url: server.url('/b'), private: true }, two.signal);
    two.abort();
    expect(failure(await waiting).why).toMatch(/\/b: stopped$/);
    setTimeout(() => one.abort(), 50);
    expect(failure(await running).why).toMatch(/\/a: stopped$/);
    expect(server.asked.length).toBeLessThanOrEqual(1);
  });

  test('close ends what is under way and refuses what comes later', async () => {
    const server = await serve(() => {});
    const http = client();
    const running = http.fetch({ url: server.url('/a'), private: true });
    setTimeout(() => void http.close(), 50);
    expect(failure(await running).why).toMatch(/stopped/);
    expect(failure(await http.fetch({ url: server.url('/b'), private: true })).why).toMatch(/stopped/);
  });
});

describe('size', () => {
  test('a 50 MB body is cut off at 8 MiB', async () => {
    let sent = 0;
    const server = await serve((_, response) => {
      const block = Buffer.alloc(1024 * 1024);
      const more = () => {
        while (sent < 50 && !response.destroyed) {
          sent += 1;
          if (!response.write(block)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const result = failure(await client().fetch({ url: server.url('/big'), private: true }));
    expect(result).toMatchObject({ permanent: true });
    expect(result.why).toMatch(/\/big: the body is larger than 8192 KiB$/);
    expect(sent).toBeLessThan(40);
    expect(server.asked).toHaveLength(1);
  });

  const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', (zeros: Buffer) => brotliCompressSync(zeros, fast)],
  ])('a %s bomb is stopped at the bound', async (coding, compress) => {
    const bomb = compress(Buffer.alloc(64 * 1024 * 1024));
    const server = await serve(reply(bomb, { 'content-encoding': coding }));
    const before = process.memoryUsage().arrayBuffers;
    const result = failure(await client({ maxBytes: 1024 * 1024 }).fetch({ url: server.url('/'), private: true }));
    expect(result.why).toMatch(/larger than 1024 KiB/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });

  test('so is a gzip bomb that nobody announced', async () => {
    const server = await serve(reply(gzipSync(Buffer.alloc(64 * 1024 * 1024))));
    const before = process.memoryUsage().arrayBuffers;
    const result = failure(await client({ maxBytes: 1024 * 1024 }).fetch({ url: server.url('/'), private: true }));
    expect(result).toMatchObject({ permanent: true });
    expect(result.why).toMatch(/larger than 1024 KiB/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });

  const plain = Buffer.from('{"value": 0.53}');
  test.each([
    ['gzip', gzipSync(plain)],
    ['x-gzip', gzipSync(plain)],
    ['GZIP', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['identity', plain],
  ])('%s is read', async (coding, bytes) => {
    const server = await serve(reply(bytes, { 'content-encoding': coding }));
    expect(text(await client().fetch({ url: server.url('/'), private: true }))).toBe(plain.toString());
  });

  test('gzip that nobody announced is read; where a coding is named, that holds', async () => {
    const packed = gzipSync(plain);
    const server = await serve((asked, response) => {
      response.writeHead(200, asked.path === '/named' ? { 'content-encoding': 'identity' } : {}).end(packed);
    });
    const http = client();
    expect(text(await http.fetch({ url: server.url('/'), private: true }))).toBe(plain.toString());
    const named = await http.fetch({ url: server.url('/named'), private: true });
    expect(named.kind === 'ok' && packed.equals(named.reply.bytes)).toBe(true);
  });

  test.each([
    ['cut short', gzipSync(plain).subarray(0, 20)],
    ['its first two bytes', gzipSync(plain).subarray(0, 2)],
    ['something else that begins so', Buffer.concat([Buffer.from([0x1f, 0x8b]), plain])],
  ])('gzip that nobody announced, %s, fails with a reason', async (_, bytes) => {
    const server = await serve(reply(bytes));
    const result = failure(await client().fetch({ url: server.url('/'), private: true }));
    expect(result).toMatchObject({ permanent: false });
    expect(result.why).toMatch(/begins as gzip, without being announced as such, and is damaged/);
  });

  test('a random body of exactly the bound passes; one byte more does not', async () => {
    // The first byte is none of gzip's.
    const bytes = Buffer.concat([Buffer.from([0]), randomBytes(4095)]);
    const server = await serve((asked, response) =>
      response.end(asked.path === '/more' ? Buffer.concat([bytes, bytes.subarray(0, 1)]) : bytes),
    );
    const http = client({ maxBytes: 4096 });
    const result = await http.fetch({ url: server.url('/'), private: true });
    const hash = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    expect(result.kind === 'ok' && hash(result.reply.bytes)).toBe(hash(bytes));
    expect(failure(await http.fetch({ url: server.url('/more'), private: true })).why).toMatch(/larger than 4 KiB/);
  });

  test.each([
    ['gzip', gzipSync(plain).subarray(0, 20), /not valid gzip/],
    ['gzip', plain, /not valid gzip/],
    ['br', plain, /not valid br/],
    ['zstd', plain, /encoding that was not asked for/],
    ['gzip, gzip', gzipSync(gzipSync(plain)), /encoding that was not asked for/],
  ])('%s that is damaged or unknown fails with a reason', async (coding, bytes, why) => {
    const server = await serve(reply(bytes, { 'content-encoding': coding }));
    expect(failure(await client().fetch({ url: server.url('/'), private: true })).why).toMatch(why);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])(
    '%i is followed within the origin, headers and permission kept',
    async (status) => {
      const server = await serve((asked, response) =>
        asked.path === '/a' ? response.writeHead(status, { location: '/b' }).end('moved') : response.end('here'),
      );
      const result = await client().fetch({ url: server.url('/a'), private: true, headers: { 'x-key': 'k' } });
      expect(text(result)).toBe('here');
      expect(server.asked[1]?.headers['x-key']).toBe('k');
    },
  );

  test('a loop ends after five', async () => {
    const server = await serve(reply('', { location: '/again' }, 302));
    const result = failure(await client().fetch({ url: server.url('/'), private: true }));
    expect(result.why).toMatch(/redirects more than 5 times/);
    expect(server.asked).toHaveLength(6);
  });

  test('a private request loses its permission when it leaves its port', async () => {
    const inner = await serve(reply('secret'));
    const outer = await serve(reply('', { location: inner.url('/admin?token=t') }, 302));
    const result = failure(await client().fetch({ url: outer.url('/'), private: true }));
    expect(result.why).toMatch(/\/admin\?…: refused, because its address is not public/);
    expect(result.permanent).toBe(true);
    expect(inner.asked).toHaveLength(0);
  });

  test('a private request loses its permission when it leaves its host name', async () => {
    const server: HttpServer = await serve((_, response) => {
      response.writeHead(302, { location: server.url('/in', 'localhost') }).end();
    });
    const result = failure(await client().fetch({ url: server.url('/'), private: true }));
    expect(result.why).toMatch(/^localhost:\d+\/in: refused/);
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    ['', /without saying where/],
    ['http://[', /no address/],
    ['file:///etc/passwd', /neither http nor https/],
    ['http://u:p@127.0.0.1/', /user name or password/],
  ])('to %j is refused', async (location, why) => {
    const headers: Record<string, string> = location === '' ? {} : { location };
    const server = await serve(reply('', headers, 302));
    expect(failure(await client().fetch({ url: server.url('/'), private: true })).why).toMatch(why);
  });

  test('a body does not follow a 302', async () => {
    const server = await serve((asked, response) =>
      asked.path === '/a' ? response.writeHead(302, { location: '/b' }).end() : response.end(asked.method),
    );
    expect(text(await client().fetch({ url: server.url('/a'), private: true, body: 'x' }))).toBe('GET');
  });
});

describe('retry', () => {
  function failing(times: number, status: number, headers: Record<string, string> = {}): Handler {
    let left = times;
    return (_, response) => {
      left -= 1;
      if (left >= 0) response.writeHead(status, headers).end('busy');
      else response.end('fine');
    };
  }

  test.each([408, 429, 500, 502, 503, 504])('%i passes at the third attempt, with jittered waits', async (status) => {
    const server = await serve(failing(2, status));
    const http = client();
    expect(text(await http.fetch({ url: server.url('/'), private: true }))).toBe('fine');
    expect(http.waited).toEqual([250, 500]);
  });

  test('gives up after three attempts', async () => {
    const server = await serve(failing(9, 503));
    const result = failure(await client().fetch({ url: server.url('/'), private: true }));
    expect(result).toMatchObject({ permanent: false, retryAfter: null });
    expect(result.why).toMatch(/answered 503 \(3 attempts\)$/);
    expect(server.asked).toHaveLength(3);
  });

  test('a body is never sent twice', async () => {
    const server = await serve(failing(1, 503));
    expect(failure(await client().fetch({ url: server.url('/'), private: true, body: '{}' })).why).toMatch(/503/);
    expect(server.asked).toHaveLength(1);
  });

  test('waits as long as Retry-After asks, in seconds', async () => {
    const server = await serve(failing(1, 429, { 'retry-after': '7' }));
    const http = client();
    expect(text(await http.fetch({ url: server.url('/'), private: true }))).toBe('fine');
    expect(http.waited).toEqual([7000]);
  });

  test('waits as long as Retry-After asks, as a date', async () => {
    const server = await serve(failing(1, 503, { 'retry-after': new Date(NOW + 9000).toUTCString() }));
    const http = client();
    expect(text(await http.fetch({ url: server.url('/'), private: true }))).toBe('fine');
    expect(http.waited).toEqual([9000]);
  });

  test('a Retry-After beyond the time left is handed to the caller', async () => {
    const server = await serve(failing(9, 429, { 'retry-after': '3600' }));
    const http = client();
    const result = failure(await http.fetch({ url: server.url('/'), private: true }));
    expect(result).toMatchObject({ retryAfter: 3_600_000, permanent: false });
    expect(http.waited).toEqual([]);
    expect(server.asked).toHaveLength(1);
  });

  test('a cut connection is tried again', async () => {
    let cuts = 1;
    const server = await serve((_, response) => {
      cuts -= 1;
      if (cuts >= 0) response.destroy();
      else response.end('fine');
    });
    expect(text(await client().fetch({ url: server.url('/'), private: true }))).toBe('fine');
  });

  test('a body that is shorter than promised is tried again', async () => {
    let cuts = 1;
    const server = await serve((_, response) => {
      cuts -= 1;
      if (cuts < 0) return void response.end('fine');
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":', () => response.destroy());
    });
    expect(text(await client().fetch({ url: server.url('/'), private: true }))).toBe('fine');
  });

  test('a refused connection says so', async () => {
    const server = await startHttpServer(() => {});
    const url = server.url('/gone?key=hidden');
    await server.close();
    const http = client();
    const result = failure(await http.fetch({ url, private: true }));
    expect(result.why).toMatch(/\/gone\?…: the connection was refused \(3 attempts\)$/);
    expect(result.permanent).toBe(false);
  });

  test('a header that HTTP does not allow is final and not quoted', async () => {
    const server = await serve(reply('x'));
    const request = { url: server.url('/'), private: true, headers: { 'x-key': 'sec\nret' } };
    const result = failure(await client().fetch(request));
    expect(result).toMatchObject({ permanent: true });
    expect(result.why).not.toMatch(/sec|ret/);
  });
});

describe('not modified', () => {
  test('304 gives the body kept, marked unchanged', async () => {
    const server = await serve((asked, response) => {
      const headers = { etag: '"v1"', 'last-modified': 'Fri, 17 Jul 2026 20:00:00 GMT', 'content-type': 'text/x' };
      if (asked.headers['if-none-match'] === '"v1"') response.writeHead(304, headers).end();
      else response.writeHead(200, headers).end('body');
    });
    const http = client();
    const request: Request = { url: server.url('/feed?k=1'), private: true };
    expect(await http.fetch(request)).toMatchObject({ unchanged: false });
    const second = await http.fetch(request);
    expect(second).toMatchObject({ kind: 'ok', status: 304, unchanged: true, reply: { contentType: 'text/x' } });
    expect(text(second)).toBe('body');
    expect(server.asked[1]?.headers['if-modified-since']).toBe('Fri, 17 Jul 2026 20:00:00 GMT');
    await http.fetch({ ...request, url: server.url('/feed?k=2') });
    expect(server.asked[2]?.headers['if-none-match']).toBeUndefined();
    await http.fetch({ ...request, headers: { 'x-key': 'other' } });
    expect(server.asked[3]?.headers['if-none-match']).toBeUndefined();
  });

  test('a body over 1 MiB or marked no-store is not kept', async () => {
    const server = await serve((asked, response) => {
      const big = asked.path === '/big';
      response.writeHead(200, { etag: '"v"', ...(big ? {} : { 'cache-control': 'private, no-store' }) });
      response.end(Buffer.alloc(big ? 1024 * 1024 + 1 : 10));
    });
    const http = client();
    for (const path of ['/big', '/big', '/private', '/private'])
      await http.fetch({ url: server.url(path), private: true });
    expect(server.asked.filter((asked) => asked.headers['if-none-match'] !== undefined)).toEqual([]);
  });

  test('304 that nobody asked for is a failure', async () => {
    const server = await serve(reply('', {}, 304));
    expect(failure(await client().fetch({ url: server.url('/'), private: true })).why).toMatch(/answered 304/);
  });
});

describe('one queue a host', () => {
  test('requests to one host never overlap and share a connection', async () => {
    const server = await serve((_, response) => void setTimeout(() => response.end('x'), 5));
    const http = client();
    const urls = Array.from({ length: 12 }, (_, i) => server.url(`/${i}`));
    const results = await Promise.all(urls.map((url) => http.fetch({ url, private: true })));
    expect(results.every((result) => result.kind === 'ok')).toBe(true);
    expect(server.most()).toBe(1);
    expect(server.connections()).toBe(1);
    expect(server.asked.map((asked) => asked.path)).toEqual(urls.map((url) => new URL(url).pathname));
  });

  test('a slow host does not hold up another', async () => {
    const slow = await serve(() => {});
    const quick = await serve(reply('quick'), '::1');
    const http = client();
    const stop = new AbortController();
    const hanging = http.fetch({ url: slow.url('/'), private: true }, stop.signal);
    expect(text(await http.fetch({ url: quick.url('/', '[::1]'), private: true }))).toBe('quick');
    stop.abort();
    await hanging;
  });

  test('error bodies are read off, so that the connection serves on', async () => {
    const server = await serve((asked, response) =>
      response.writeHead(asked.path === '/end' ? 200 : 404).end('x'.repeat(1000)),
    );
    const http = client();
    for (const path of ['/1', '/2', '/3', '/end']) await http.fetch({ url: server.url(path), private: true });
    expect(server.connections()).toBe(1);
  });
});

describe('the address guard', () => {
  const resolved: LookupFunction = (_, options, callback) =>
    options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);

  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '0',
    'localhost',
    'LOCALHOST',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fc00::1]',
    '[ff02::1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '%31%32%37.0.0.1',
    '１２７.0.0.1',
  ])('%s is refused without a request', async (host) => {
    const server = await serve(reply('inside'));
    const result = failure(await client().fetch({ url: server.url('/admin?k=v', host) }));
    expect(result.why).toMatch(/\/admin\?…: refused, because its address is not public$/);
    expect(result.permanent).toBe(true);
    expect(server.asked).toHaveLength(0);
    expect(server.connections()).toBe(0);
  });

  const portOf = (server: HttpServer) => Number(new URL(server.url('/')).port);

  test('a name that resolves to loopback is refused', async () => {
    const server = await serve(reply('inside'));
    const http = client({ lookup: resolved, ports: [portOf(server)] });
    const result = failure(await http.fetch({ url: server.url('/', 'api.example.org') }));
    expect(result.why).toMatch(/^api\.example\.org:\d+\/: refused, because its address is not public$/);
    expect(server.connections()).toBe(0);
  });

  test('a port outside the list is refused, and nothing is looked up', async () => {
    const server = await serve(reply('inside'));
    let looked = 0;
    const lookup: LookupFunction = (...args) => {
      looked += 1;
      resolved(...args);
    };
    const result = failure(await client({ lookup }).fetch({ url: server.url('/', 'api.example.org') }));
    expect(result.why).toMatch(
      /^api\.example\.org:\d+\/: refused, because its port is none of 80, 443, 8080 and 8443$/,
    );
    expect(result.permanent).toBe(true);
    expect([looked, server.connections()]).toEqual([0, 0]);
  });

  test('a redirect to such a port is refused, too, and private is the way round', async () => {
    const far = await serve(reply('admin'));
    const near: HttpServer = await serve((asked, response) => {
      if (asked.path !== '/away') return void response.end('here');
      response.writeHead(302, { location: far.url('/admin', 'api.example.org') }).end();
    });
    const http = client({ lookup: resolved, ports: [portOf(near)] });
    const away = failure(await http.fetch({ url: near.url('/away', 'api.example.org'), private: true }));
    expect(away.why).toMatch(/\/admin: refused, because its port is none of \d+$/);
    expect(far.connections()).toBe(0);
    expect(text(await http.fetch({ url: far.url('/', 'api.example.org'), private: true }))).toBe('admin');
  });

  test('the permission of one request does not open its connection to others', async () => {
    const server = await serve(reply('inside'));
    const http = client({ lookup: resolved, ports: [portOf(server)] });
    expect(text(await http.fetch({ url: server.url('/', 'api.example.org'), private: true }))).toBe('inside');
    expect(failure(await http.fetch({ url: server.url('/', 'api.example.org') })).why).toMatch(/refused/);
    expect(server.asked).toHaveLength(1);
  });

  test('an unknown name is a passing failure', async () => {
    const lookup: LookupFunction = (_, __, callback) =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND key=1'), { code: 'ENOTFOUND' }), '', 4);
    const result = failure(await client({ lookup }).fetch({ url: 'http://nowhere.example.org/a' }));
    expect(result).toMatchObject({ permanent: false });
    expect(result.why).toBe('nowhere.example.org/a: no such host (3 attempts)');
  });
});
